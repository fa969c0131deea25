"""The caged process that draws: run by its path, it imports nothing of ours and sees neither settings nor secrets.

Reads one JSON object {"html", "css", "attachments", "identifier", "archival"} and writes a PDF. Ends with 3 when the engine is
missing, 4 when it cannot draw. Limits: 8 s of processor, 1 GB of memory, 16 MB per file, no sockets, no programs, nothing but data:
addresses.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import sys
import warnings
from html import escape
from typing import Any

CPU_SECONDS = 8
MEMORY = 1 << 30
FILE_SIZE = 16 << 20
ENGINE_MISSING, CANNOT_DRAW = 3, 4
FORBIDDEN = (
    "socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostby", "socket.sendto", "urllib.Request",
    "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "pty.spawn", "ftplib.", "http.client.",
)  # fmt: skip


def cage() -> None:
    """From here on this process cannot harm or starve its neighbours. There is no way back out."""
    os.nice(10)
    for kind, soft, hard in (
        (resource.RLIMIT_CPU, CPU_SECONDS, CPU_SECONDS + 2),
        (resource.RLIMIT_AS, MEMORY, MEMORY),
        (resource.RLIMIT_FSIZE, FILE_SIZE, FILE_SIZE),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        resource.setrlimit(kind, (soft, hard))


def refuse(event: str, arguments: Any) -> None:
    """The audit hook: sees every attempt of Python code, cannot be removed."""
    if event.startswith(FORBIDDEN) and not (
        event == "urllib.Request" and str(arguments[0]).startswith("data:")
    ):
        raise PermissionError(f"{event} is not allowed here")


def draw(order: dict[str, Any]) -> bytes:
    """The PDF, or PDF/A-3b. Whatever an address in it names, only data: is ever opened."""
    from weasyprint import CSS, HTML, Attachment
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    fetcher, fonts = URLFetcher(allowed_protocols=("data",), allow_redirects=False), FontConfiguration()
    sheet = CSS(string=order["css"], font_config=fonts, url_fetcher=fetcher)
    page = HTML(string=order["html"], base_url=None, url_fetcher=fetcher)
    document = page.render(stylesheets=[sheet], font_config=fonts)
    carried = order["attachments"]
    document.metadata.attachments = [
        Attachment(
            url=f"data:{each['content_type']};base64,{each['data']}",
            url_fetcher=fetcher,
            name=each["filename"],
            description=each["description"],
            relationship="Alternative",
        )
        for each in carried
    ]
    plain = document.metadata.generate_rdf_metadata
    more = "".join(xmp(each) for each in carried if each["namespace"])

    def with_more(*arguments: Any, **named: Any) -> bytes:
        return bytes(plain(*arguments, **named)).replace(b"</rdf:RDF>", more.encode() + b"</rdf:RDF>")

    document.metadata.generate_rdf_metadata = with_more
    drawn: bytes = document.write_pdf(
        pdf_variant="pdf/a-3b" if order["archival"] else None,
        pdf_identifier=bytes.fromhex(order["identifier"]) or None,
    )
    return drawn


def xmp(carried: dict[str, Any]) -> str:
    """Properties of a namespace of their own, and the extension schema that PDF/A asks for to describe them."""
    prefix, names = escape(carried["prefix"]), [(escape(k), escape(v)) for k, v in carried["metadata"]]
    own = "".join(f"<{prefix}:{name}>{value}</{prefix}:{name}>" for name, value in names)
    described = "".join(
        f'<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{name}</pdfaProperty:name>'
        "<pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category>"
        f"<pdfaProperty:description>{name}</pdfaProperty:description></rdf:li>"
        for name, _ in names
    )
    namespace, schema = escape(carried["namespace"]), "http://www.aiim.org/pdfa/ns/"
    return (
        f'<rdf:Description xmlns:{prefix}="{namespace}" rdf:about="">{own}</rdf:Description>'
        f'<rdf:Description xmlns:pdfaExtension="{schema}extension/" xmlns:pdfaSchema="{schema}schema#" '
        f'xmlns:pdfaProperty="{schema}property#" rdf:about=""><pdfaExtension:schemas><rdf:Bag>'
        f'<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>{escape(carried["description"])}</pdfaSchema:schema>'
        f"<pdfaSchema:namespaceURI>{namespace}</pdfaSchema:namespaceURI><pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{described}</rdf:Seq></pdfaSchema:property></rdf:li>"
        "</rdf:Bag></pdfaExtension:schemas></rdf:Description>"
    )


def main() -> int:
    warnings.simplefilter("ignore")
    cage()
    try:
        # cffi asks the system for libraries by running ldconfig, so the engine is loaded before programs are forbidden.
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        return ENGINE_MISSING
    sys.addaudithook(refuse)
    if "--check" in sys.argv:
        return 0
    order = json.load(sys.stdin)
    try:
        drawn = draw(order)
    except Exception:
        return CANNOT_DRAW
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.buffer.write(drawn)
        sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
