"""Bank files for tests, in the shapes that banks write them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

IBAN = "CH9300762011623852957"
MESSAGES = {"camt.053": ("BkToCstmrStmt", "Stmt"), "camt.054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn")}


@dataclass(frozen=True)
class Paid:
    """One payment as a test wants it told."""

    amount: str
    reference: str = ""
    message: str = ""
    payer: str = "Ada Lovelace"
    currency: str = "CHF"
    bank_reference: str = ""


def camt(
    *paid: Paid, kind: str = "camt.054", version: str = "04", day: str = "2027-03-04", more: str = ""
) -> bytes:
    """One batch booking with these payments in it; `more` stands beside it."""
    outer, inner = MESSAGES[kind]
    later = version >= "08"
    state = "<Sts><Cd>BOOK</Cd></Sts>" if later else "<Sts>BOOK</Sts>"
    details = "".join(_detail(each, n, later, version) for n, each in enumerate(paid, 1))
    total = sum(round(float(each.amount) * 100) for each in paid)
    currency = paid[0].currency if paid else "CHF"
    entry = (
        f'<Ntry><NtryRef>1</NtryRef><Amt Ccy="{currency}">{total // 100}.{total % 100:02d}</Amt>'
        f"<CdtDbtInd>CRDT</CdtDbtInd><RvslInd>false</RvslInd>{state}<BookgDt><Dt>{day}</Dt></BookgDt>"
        f"<ValDt><Dt>{day}</Dt></ValDt><AcctSvcrRef>BATCH-{day}</AcctSvcrRef>"
        f"<NtryDtls><Btch><NbOfTxs>{len(paid)}</NbOfTxs></Btch>{details}</NtryDtls></Ntry>"
        if paid
        else ""
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:{kind}.001.{version}">'
        f"<{outer}><GrpHdr><MsgId>M1</MsgId></GrpHdr><{inner}><Id>S1</Id><Acct><Id><IBAN>{IBAN}</IBAN></Id></Acct>"
        f"{entry}{more}</{inner}></{outer}></Document>"
    ).encode()


def _detail(paid: Paid, number: int, later: bool, version: str) -> str:
    amount = f'<Amt Ccy="{paid.currency}">{paid.amount}</Amt>'
    money = (
        amount + "<CdtDbtInd>CRDT</CdtDbtInd>"
        if version >= "04"
        else f"<AmtDtls><TxAmt>{amount}</TxAmt></AmtDtls>"
    )
    named = f"<Pty><Nm>{escape(paid.payer)}</Nm></Pty>" if later else f"<Nm>{escape(paid.payer)}</Nm>"
    structured = (
        f"<Strd><CdtrRefInf><Tp><CdOrPrtry><Prtry>QRR</Prtry></CdOrPrtry></Tp><Ref>{paid.reference}</Ref></CdtrRefInf></Strd>"
        if paid.reference
        else ""
    )
    words = f"<Ustrd>{escape(paid.message)}</Ustrd>" if paid.message else ""
    bank = paid.bank_reference or f"TX-{number}-{paid.reference[-8:]}-{paid.amount}"
    return (
        f"<TxDtls><Refs><AcctSvcrRef>{bank}</AcctSvcrRef><EndToEndId>NOTPROVIDED</EndToEndId></Refs>{money}"
        f"<RltdPties><Dbtr>{named}</Dbtr><DbtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></DbtrAcct></RltdPties>"
        f"<RmtInf>{words}{structured}</RmtInf></TxDtls>"
    )


def table(
    rows: Sequence[Sequence[str]], delimiter: str = ";", preamble: str = "", encoding: str = "utf-8"
) -> bytes:
    lines = [delimiter.join(f'"{cell}"' for cell in row) for row in rows]
    return (preamble + "\r\n".join(lines) + "\r\n").encode(encoding)
