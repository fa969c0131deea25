"""Until when the certificate of a server is good, asked by a handshake and nothing else.

For the installation's own address, which the operator wrote: no other one belongs here.
"""

from __future__ import annotations

import socket
import ssl
from datetime import datetime

from cryptography import x509

from sratix_core.egress.target import read
from sratix_core.errors import InsideTransaction, NotSent
from sratix_core.tenancy.open_units import open_unit

SECONDS = 5.0


def good_until(url: str, seconds: float = SECONDS) -> datetime:
    """When the certificate that stands behind an https address ends, whoever signed it. Raises `NotSent`, `AddressRefused`.

    It is not verified: one that is over, or that nobody trusts, has an end too, and that is what is asked.
    """
    if open_unit():
        raise InsideTransaction("a transaction is open: end the unit before the outside is called")
    target = read(url)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with (
            socket.create_connection((target.host, target.port), seconds) as plain,
            context.wrap_socket(plain, server_hostname=target.host) as wrapped,
        ):
            shown = wrapped.getpeercert(binary_form=True)
    except OSError as error:
        raise NotSent from error
    if not shown:
        raise NotSent
    return x509.load_der_x509_certificate(shown).not_valid_after_utc
