"""Typed text is clean before it is kept, folds the same way on both sides, and addresses are addresses."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sratix_core.values.text import BadText, clean, fold, is_email, normal_email

anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a\x00b", "nul"),
        ("\x00", "nul"),
        ("a\ud800", "surrogate"),
        ("\udfff", "surrogate"),
        ("abcdef", "too_long"),
    ],
)
def test_what_a_database_cannot_hold_is_refused(text: str, reason: str) -> None:
    with pytest.raises(BadText) as refusal:
        clean(text, 5)
    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  Zoë ", "Zoë"), ("Zoe\u0308", "Zoë"), ("a\tb\r\nc", "a b c"), ("a\x07\x1b[31mb", "a[31mb"),
        ("a\x85b\u2028c", "a b c"), ("\ufeffname", "name"), ("abc\u202egnp.exe", "abcgnp.exe"),
        ("a\u2066b\u2069", "ab"), ("نامه\u200cای", "نامه\u200cای"), ("👩\u200d🚀", "👩\u200d🚀"), ("", ""),
    ],
)  # fmt: skip
def test_one_line_is_kept_as_people_see_it(text: str, kept: str) -> None:
    assert clean(text, 20) == kept


def test_several_lines_keep_their_breaks() -> None:
    assert clean("one\r\ntwo\rthree\u2029\tfour\x07", 50, multiline=True) == "one\ntwo\nthree\n\tfour"


def test_length_counts_characters_after_composing() -> None:
    assert clean("e\u0301" * 10, 10) == "é" * 10
    with pytest.raises(BadText, match="too_long"):
        clean("é" * 11, 10)


def test_a_long_run_of_marks_costs_nothing() -> None:
    started = time.perf_counter()
    with pytest.raises(BadText, match="too_long"):
        clean("a" + "\u0301\u0316" * 500_000, 200)
    assert time.perf_counter() - started < 2


@given(anything, st.booleans())
def test_cleaning_is_safe_and_done_once(text: str, multiline: bool) -> None:
    try:
        kept = clean(text, 60, multiline=multiline)
    except BadText:
        return
    assert clean(kept, 60, multiline=multiline) == kept == unicodedata.normalize("NFC", kept)
    kept.encode("utf-8")
    assert not [c for c in kept if unicodedata.category(c) == "Cc" and not (multiline and c in "\n\t")]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Zoë  GROẞ", "zoe gross"), ("Straße", "strasse"), ("Ærøskøbing", "aeroskobing"), ("ŁÓDŹ", "lodz"),
        ("İstanbul", "istanbul"), ("ISPARTA Isparta ısparta", "isparta isparta isparta"), ("ﬁn", "fin"),
        ("Ｆｕｌｌ", "full"), ("  ", ""), ("ΣΊΣΥΦΟΣ", "σισυφοσ"), ("đorđe", "dorde"),
    ],
)  # fmt: skip
def test_words_fold_to_what_people_type(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(anything)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=40))
def test_spelling_and_case_do_not_matter_to_a_search(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text)) == fold(text)


@pytest.mark.parametrize(
    "address",
    [
        "a@b.ch",
        "nina.steiner+srd@sra.example",
        "o'neil@x-y.co.uk",
        "a@xn--mller-kva.ch",
        "1@2.33",
        "a" * 64 + "@b.ch",
    ],
)
def test_an_address_that_mail_reaches(address: str) -> None:
    assert is_email(address)


@pytest.mark.parametrize(
    "address",
    [
        "", "a", "a@b", "@b.ch", "a@", "a@@b.ch", "a b@c.ch", ".a@b.ch", "a.@b.ch", "a..b@c.ch", "a@-b.ch",
        "a@b-.ch", "a@b..ch", "a@b.ch.", "a@b.ch\n", "a@b.ch\r\nBcc: x@y.ch", "a\x00@b.ch", "a@b.ch,c@d.ch",
        "<a@b.ch>", '"a"@b.ch', "a@[127.0.0.1]", "ä@b.ch", "a@bücher.ch", "\u212a@b.ch", "a" * 65 + "@b.ch",
        "a@" + "b" * 64 + ".ch", "a@" + "b." * 130 + "ch",
    ],
)  # fmt: skip
def test_what_is_not_an_address(address: str) -> None:
    assert not is_email(address)


def test_an_address_is_compared_trimmed_and_in_lower_case() -> None:
    assert normal_email("  Nina.Steiner@SRA.Example ") == "nina.steiner@sra.example"


def test_a_look_alike_never_becomes_somebody_else() -> None:
    assert normal_email("\u212aim@sra.example") != "kim@sra.example"
    assert normal_email("\u0130@sra.example") == "\u0130@sra.example"


@given(anything)
def test_nonsense_normalises_to_something_a_database_can_hold(text: str) -> None:
    normal = normal_email(text)
    assert "\0" not in normal
    normal.encode("utf-8")
    assert normal_email(normal) == normal
