"""A slug is plain ASCII in one spelling, and never one of our own addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sratix_core.values.slugs import MAX_LENGTH, RESERVED, BadSlug, check_slug, slugify


@pytest.mark.parametrize(
    "slug", ["a", "sra", "swiss-robotics-day-2027", "2027", "0", "a" * 63, "api-day", "xy"]
)
def test_a_plain_word_is_a_slug(slug: str) -> None:
    assert check_slug(slug) == slug


@pytest.mark.parametrize(
    ("slug", "reason"),
    [
        ("", "empty"), ("a" * 64, "too_long"), ("Sra", "characters"), ("sra_day", "characters"),
        ("sra day", "characters"), ("sra\n", "characters"), ("sra\x00", "characters"), ("../sra", "characters"),
        ("sr\u0430", "characters"), ("\uff53ra", "characters"), ("sra\u200b", "characters"),
        ("٢", "characters"), ("\u017fra", "characters"), ("z\u00fcrich", "characters"), ("s.ra", "characters"),
        ("-sra", "hyphens"), ("sra-", "hyphens"), ("-", "hyphens"), ("s--ra", "hyphens"),
        ("xn--sr-7ka", "hyphens"), ("sra\u2010day", "characters"),
    ],
)  # fmt: skip
def test_look_alikes_and_stray_characters_are_refused(slug: str, reason: str) -> None:
    with pytest.raises(BadSlug) as refusal:
        check_slug(slug)
    assert refusal.value.reason == reason


@pytest.mark.parametrize("slug", sorted(RESERVED))
def test_our_own_addresses_are_taken(slug: str) -> None:
    with pytest.raises(BadSlug, match="reserved"):
        check_slug(slug)
    assert check_slug(slugify(slug)) == f"{slug}-1"


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Swiss Robotics Day 2027", "swiss-robotics-day-2027"), ("Zürich & Genève", "zurich-geneve"),
        ("Große Straße", "grosse-strasse"), ("  Ærø — Łódź  ", "aero-lodz"), ("日本", ""), ("", ""),
        ("...", ""), ("x" * 80, "x" * 63), ("a" * 62 + " b", "a" * 62),
    ],
)  # fmt: skip
def test_a_title_becomes_a_slug(text: str, slug: str) -> None:
    assert slugify(text) == slug


@given(st.text(max_size=200))
def test_every_proposal_is_acceptable(text: str) -> None:
    slug = slugify(text)
    assert len(slug) <= MAX_LENGTH
    assert slug == "" or check_slug(slug) == slug
    assert slugify(slug) == slug
