"""ISO 20022 statements: camt.053 (a day's bookings) and camt.054 (notices, where batches are told apart), any version.

Elements are found by their local names, since versions 2, 4 and 8 differ in namespaces and in a level here and there.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element, ParseError, iterparse
from xml.parsers import expat

from sratix_bank_transfer.entries import MOST_ENTRIES, Entry, Read, Unreadable, text
from sratix_core.plugin import Money, currency_digits

NAMESPACE = re.compile(r"\{urn:iso:std:iso:20022:tech:xsd:(camt\.05[34])\.001\.[0-9]{2}\}Document")
DEEPEST = 40
CREDIT = "CRDT"


def looks_like(data: bytes) -> bool:
    """Whether the bytes begin as XML does, in any of its usual encodings."""
    head = data[:400].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return head.startswith(b"<")


def judge(data: bytes) -> str:
    """`camt.053` or `camt.054`, for a file that is sound as XML. Raises `Unreadable` for any other."""
    _harmless(data)
    for _, root in iterparse(io.BytesIO(data), events=("start",)):  # noqa: S314 -- `_harmless` first
        return _kind(root)
    raise Unreadable("broken")


def _kind(root: Element) -> str:
    known = NAMESPACE.fullmatch(root.tag)
    if known is None:
        raise Unreadable("other_xml")
    return known[1]


def read(data: bytes) -> Read:
    """The credits of a statement. Raises `Unreadable`."""
    _harmless(data)
    try:
        return _read(data)
    except (ParseError, InvalidOperation, ValueError) as error:
        raise Unreadable("broken") from error


def _harmless(data: bytes) -> None:
    """Refuse what a statement never has: a document type, and with it all entities of its own; absurd depth.

    A pass of its own before anything is built, in the parser the standard library uses.
    """
    parser, depth = expat.ParserCreate(), 0

    def declared(*_: object) -> None:
        raise Unreadable("doctype")

    def opened(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise Unreadable("broken")

    def closed(*_: object) -> None:
        nonlocal depth
        depth -= 1

    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise Unreadable("broken") from error


def _read(data: bytes) -> Read:
    entries, accounts, skipped, kind = list[Entry](), set[str](), 0, ""
    for event, element in iterparse(io.BytesIO(data), events=("start", "end")):  # noqa: S314 -- `_harmless` first
        name = _local(element)
        if event == "start":
            if not kind:
                kind = _kind(element)
            continue
        if name == "Acct" and (iban := _text(element, "Id", "IBAN")):
            accounts.add(iban.replace(" ", "").upper())
        elif name == "Ntry":
            found = list(_credits(element))
            entries += found
            skipped += not found
            element.clear()
            if len(entries) > MOST_ENTRIES:
                raise Unreadable("too_many")
    if len(accounts) > 1:
        raise Unreadable("several_accounts")
    return Read(kind, next(iter(accounts), "")[:34], tuple(entries), skipped)


def _credits(entry: Element) -> Iterator[Entry]:
    """The payments in one booking; none for a debit, a reversal, or one that is not booked yet."""
    state = _text(entry, "Sts", "Cd") or _text(entry, "Sts") or "BOOK"
    if (
        _text(entry, "CdtDbtInd") != CREDIT
        or _text(entry, "RvslInd") in ("true", "1")
        or state.strip() != "BOOK"
    ):
        return
    booked = _day(entry)
    own = text(_text(entry, "AcctSvcrRef") or _text(entry, "NtryRef"), 60)
    total = _money(_child(entry, "Amt"))
    details = [d for group in _all(entry, "NtryDtls") for d in _all(group, "TxDtls")]
    if not details:
        said = _text(entry, "NtryDtls", "Btch", "NbOfTxs")
        batch = int(said) if said and said.strip().isdigit() else 1
        message = text(_text(entry, "AddtlNtryInf"), 500)
        yield Entry(booked, total, message=message, bank_reference=own, batch=max(1, batch))
        return
    for detail in details:
        if (_text(detail, "CdtDbtInd") or CREDIT) != CREDIT:
            continue
        amount = _child(detail, "Amt")
        if amount is None:
            amount = _down(detail, "AmtDtls", "TxAmt", "Amt")
        money = _money(amount) if amount is not None else total
        if len(details) == 1 and money.currency != total.currency:
            money = total  # what the payer sent in another currency was booked as this
        if money.minor > 0:
            yield _payment(detail, booked, money, own, len(details))


def _payment(detail: Element, booked: date, money: Money, entry_reference: str, beside: int) -> Entry:
    named = _text(detail, "Refs", "AcctSvcrRef")
    end_to_end = _text(detail, "Refs", "EndToEndId") or ""
    # A batch's own name is everybody's in it; what tells them apart is counted by `keyed` at the latest.
    name = named or (entry_reference if beside == 1 else f"{entry_reference}/{end_to_end}")
    payer = _down(detail, "RltdPties", "Dbtr")
    if payer is None:
        payer = _down(detail, "RltdPties", "UltmtDbtr")
    remittance = _child(detail, "RmtInf")
    lines = [e.text or "" for e in _all(remittance, "Ustrd")] if remittance is not None else []
    structured = _all(remittance, "Strd") if remittance is not None else []
    reference = next((r for s in structured if (r := _text(s, "CdtrRefInf", "Ref"))), "")
    lines += [e.text or "" for s in structured for e in _all(s, "AddtlRmtInf")]
    if end_to_end and end_to_end != "NOTPROVIDED" and not reference:
        lines.append(end_to_end)
    return Entry(
        booked,
        money,
        payer=text((_text(payer, "Nm") or _text(payer, "Pty", "Nm")) if payer is not None else "", 140),
        payer_iban=text(_text(detail, "RltdPties", "DbtrAcct", "Id", "IBAN"), 34),
        message=text(" ".join(lines), 500),
        reference=text(reference.replace(" ", ""), 35),
        bank_reference=text(name, 80) if name.strip("/") else "",
    )


def _day(entry: Element) -> date:
    for name in ("BookgDt", "ValDt"):
        said = _text(entry, name, "Dt") or _text(entry, name, "DtTm")
        if said:
            return date.fromisoformat(said.strip()[:10])
    raise Unreadable("broken")


def _money(element: Element | None) -> Money:
    """An amount as minor units; digits beyond those of the currency must be zeros."""
    if element is None or not element.text:
        raise Unreadable("broken")
    currency = element.get("Ccy", "")
    figure = element.text.strip()
    if not re.fullmatch(r"[0-9]{1,15}(\.[0-9]{1,5})?", figure):
        raise Unreadable("broken")
    minor = Decimal(figure).scaleb(_digits(currency))
    if minor != minor.to_integral_value():
        raise Unreadable("broken")
    return Money(int(minor), currency)


def _digits(currency: str) -> int:
    """Raises `Unreadable` for a currency nobody knows."""
    try:
        return currency_digits(currency)
    except ValueError as error:
        raise Unreadable("broken") from error


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _all(parent: Element, name: str) -> list[Element]:
    return [child for child in parent if _local(child) == name]


def _child(parent: Element, name: str) -> Element | None:
    return next((child for child in parent if _local(child) == name), None)


def _down(parent: Element, *names: str) -> Element | None:
    found: Element | None = parent
    for name in names:
        found = _child(found, name) if found is not None else None
    return found


def _text(parent: Element, *names: str) -> str | None:
    found = _down(parent, *names)
    return found.text if found is not None else None
