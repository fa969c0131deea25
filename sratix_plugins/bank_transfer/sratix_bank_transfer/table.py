"""Statements as tables: every bank writes its own CSV, so the layout is guessed, shown, and confirmed by a person."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sratix_bank_transfer.entries import MOST_ENTRIES, Entry, Read, Unreadable, text
from sratix_core.plugin import Money, currency_digits

DELIMITERS = (";", ",", "\t", "|")
FIELDS = ("date", "amount", "payer", "message", "reference", "currency", "payer_iban", "bank_reference")
NEEDED = ("date", "amount")
HEADS: dict[str, tuple[str, ...]] = {
    "bank_reference": ("transaktions-nr", "transaction no", "transaction id", "bankreferenz", "bank reference", "buchungs-nr"),
    "payer_iban": ("iban des zahl", "iban auftraggeber", "kontonummer/iban", "debtor iban", "payer iban", "iban zahlungs"),
    "date": ("buchungsdatum", "buchungstag", "booking date", "date de comptabilisation", "datum", "date", "data", "valuta"),
    "amount": ("gutschrift", "betrag", "credit", "crédit", "montant", "importo", "accredito", "amount", "umsatz", "haben"),
    "payer": ("auftraggeber", "zahlungspflichtige", "beguenstigter", "begünstigter", "name", "debtor", "payer", "débiteur", "ordinante"),
    "reference": ("referenznummer", "creditor reference", "qr-referenz", "esr", "referenz", "référence", "riferimento", "reference"),
    "currency": ("währung", "waehrung", "currency", "monnaie", "devise", "valuta divisa", "divisa"),
    "message": ("verwendungszweck", "avisierungstext", "mitteilung", "buchungstext", "beschreibung", "purpose", "description",
                "communication", "libellé", "message", "motivo", "text", "details"),
}  # fmt: skip
"""What heads of columns begin with or hold, by field, the most telling first."""

DATES = {"YYYY-MM-DD": "%Y-%m-%d", "DD.MM.YYYY": "%d.%m.%Y", "DD/MM/YYYY": "%d/%m/%Y", "MM/DD/YYYY": "%m/%d/%Y",
         "DD.MM.YY": "%d.%m.%y", "YYYYMMDD": "%Y%m%d"}  # fmt: skip
SAMPLE = 200


@dataclass(frozen=True)
class Layout:
    """How a table is read: `columns` gives the place of each field, -1 for none; `header` the row of the heads, -1 for none."""

    delimiter: str
    header: int
    columns: Mapping[str, int]
    dates: str
    currency: str

    @property
    def usable(self) -> bool:
        return all(self.columns[name] >= 0 for name in NEEDED) and self.dates in DATES


def decoded(data: bytes) -> str:
    """The text of a file: UTF-8 and UTF-16 by their marks, else UTF-8, else the code page of Windows in the west."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:4000]:
        raise Unreadable("binary")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def rows_of(words: str, delimiter: str) -> list[list[str]]:
    """Raises `Unreadable`."""
    lines = io.StringIO(words.replace("\0", ""), newline="")
    found = list[list[str]]()
    try:
        for row in csv.reader(lines, delimiter=delimiter):
            found.append(row)
            if len(found) > MOST_ENTRIES:
                raise Unreadable("too_many")
    except csv.Error as error:
        raise Unreadable("broken") from error
    return found


def guess(words: str, currency: str) -> Layout:
    """The layout that fits best; not `usable` when a person has to say what is what. Raises `Unreadable`."""
    best = max((_guessed(words, each, currency) for each in DELIMITERS), key=lambda found: found[0])[1]
    if best is None:
        raise Unreadable("no_table")
    return best


def _guessed(words: str, delimiter: str, currency: str) -> tuple[float, Layout | None]:
    # A file of one column has the delimiter of its decimals in every row; more fields known by name decide.
    rows = rows_of("".join(words.splitlines(keepends=True)[:SAMPLE]), delimiter)
    wide = Counter(len(row) for row in rows if len(row) > 1)
    if not wide:
        return 0, None
    header, columns, known = -1, dict.fromkeys(FIELDS, -1), 0
    for number, row in enumerate(rows[:40]):
        named = _named(row)
        if len(named) > known and "amount" in named:
            header, known = number, len(named)
            columns = {field: named.get(field, -1) for field in FIELDS}
    body = rows[header + 1 :]
    if header < 0:
        columns |= _by_contents(body)
    dates = _dates([row[columns["date"]] for row in body if 0 <= columns["date"] < len(row)])
    if header < 0 and dates and body and columns["date"] < len(body[0]):
        header = -1 if _day(body[0][columns["date"]], dates) else 0  # heads in words nobody foresaw
    score = 10 * known + sum(c >= 0 for c in columns.values()) + wide.most_common(1)[0][1] / SAMPLE
    return score, Layout(delimiter, header, columns, dates, currency)


def _named(row: Sequence[str]) -> dict[str, int]:
    """Which column is which by the words above it."""
    found: dict[str, int] = {}
    heads = [" ".join(cell.lower().split()) for cell in row]
    for field, words in HEADS.items():
        for word in words:
            place = next(
                (n for n, head in enumerate(heads) if word in head and n not in found.values()), None
            )
            if place is not None:
                found[field] = place
                break
    return found


def _by_contents(body: Sequence[Sequence[str]]) -> dict[str, int]:
    """Without heads: the first column of dates, the first of amounts, the longest words."""
    sample = [row for row in body[:40] if len(row) > 1]
    width = max((len(row) for row in sample), default=0)
    columns = [[row[n] for row in sample if n < len(row) and row[n].strip()] for n in range(width)]
    found: dict[str, int] = {}
    for n, cells in enumerate(columns):
        if cells and "date" not in found and _dates(cells):
            found["date"] = n
        elif cells and "amount" not in found and all(_figure(c) is not None for c in cells):
            found["amount"] = n
    rest = {
        n: sum(map(len, cells)) / len(cells)
        for n, cells in enumerate(columns)
        if cells and n not in found.values()
    }
    if rest:
        found["message"] = max(rest, key=lambda n: rest[n])
    return found


def _dates(cells: Sequence[str]) -> str:
    """The way of writing days that most fit, "" when it is fewer than half. Day before month where both would do."""
    said = [cell for cell in cells if cell.strip()][:SAMPLE]
    fits = {name: sum(_day(cell, name) is not None for cell in said) for name in DATES}
    best = max(DATES, key=lambda name: fits[name])
    return best if said and 2 * fits[best] >= len(said) else ""


def _day(cell: str, dates: str) -> date | None:
    try:
        return datetime.strptime(cell.strip()[:10], DATES[dates]).date()  # noqa: DTZ007 -- a day, not a moment
    except ValueError:
        return None


def _figure(cell: str) -> tuple[str, str] | None:
    """Sign with whole part, and decimals, of an amount as people and banks write it; None for anything else."""
    bare = re.sub(r"[\s'’\u00a0]|CHF|EUR", "", cell)
    if not re.fullmatch(r"[+-]?[0-9][0-9.,]{0,20}", bare):
        return None
    mark = max(bare.rfind("."), bare.rfind(","))
    if mark < 0:
        return bare, ""
    other = "." if bare[mark] == "," else ","
    # One mark before exactly three digits groups; anything else, or a second kind of mark before it, makes it decimal.
    if len(bare) - mark - 1 == 3 and other not in bare:
        return re.sub(r"[.,]", "", bare), ""
    return re.sub(r"[.,]", "", bare[:mark]), bare[mark + 1 :]


def amount(cell: str, currency: str) -> Money | None:
    """An amount, None where there is none or more decimals than the currency has."""
    figure, digits = _figure(cell), currency_digits(currency)
    if figure is None or len(figure[1].rstrip("0")) > digits or len(figure[0]) > 15:
        return None
    sign = -1 if figure[0].startswith("-") else 1
    whole = int(figure[0].lstrip("+-")) * 10**digits
    return Money(sign * (whole + int(figure[1][:digits].ljust(digits, "0") or 0)), currency)


def read(words: str, layout: Layout, account: str) -> Read:
    """The credits. Rows without a day or an amount (totals, debits, empty lines) are counted as left out."""
    entries, skipped = list[Entry](), 0
    for row in rows_of(words, layout.delimiter)[layout.header + 1 :]:
        if not any(cell.strip() for cell in row):
            continue
        entry = _entry(row, layout)
        if entry is None:
            skipped += 1
        else:
            entries.append(entry)
    return Read("csv", account, tuple(entries), skipped)


def _entry(row: Sequence[str], layout: Layout) -> Entry | None:
    def cell(field: str) -> str:
        place = layout.columns[field]
        return row[place] if 0 <= place < len(row) else ""

    currency = cell("currency").strip().upper()
    try:
        money = amount(cell("amount"), currency if len(currency) == 3 else layout.currency)
    except ValueError:
        return None
    day = _day(cell("date"), layout.dates)
    if money is None or money.minor <= 0 or day is None:
        return None
    return Entry(
        day,
        money,
        payer=text(cell("payer"), 140),
        payer_iban=text(cell("payer_iban"), 34),
        message=text(cell("message"), 500),
        reference=text(cell("reference").replace(" ", ""), 35),
        bank_reference=text(cell("bank_reference"), 80),
    )
