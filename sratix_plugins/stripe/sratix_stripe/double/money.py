"""Currencies as Stripe charges them: decimals, smallest charge, its fee. Amounts are integers in the smallest unit.

Facts: https://docs.stripe.com/currencies and the published European card price of 2.9 % + 0.30.
"""

from __future__ import annotations

from sratix_stripe.double.errors import StripeError

CODES = """
    aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd bwp byn bzd cad cdf chf clp cny cop crc cve
    czk djf dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gnf gtq gyd hkd hnl htg huf idr ils inr isk jmd jod jpy kes kgs khr kmf
    krw kwd kyd kzt lak lbp lkr lrd lsl mad mdl mga mkd mmk mnt mop mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd omr pab pen pgk
    php pkr pln pyg qar ron rsd rub rwf sar sbd scr sek sgd shp sle sos srd std szl thb tjs tnd top try ttd twd tzs uah ugx usd uyu
    uzs vnd vuv wst xaf xcd xcg xof xpf yer zar zmw
"""
CURRENCIES = frozenset(CODES.split())
NO_DECIMALS = frozenset(
    ("bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf")
)
THREE_DECIMALS = frozenset(("bhd", "jod", "kwd", "omr", "tnd"))
# Counted in hundredths although they have none.
WHOLE_ONLY = frozenset(("isk", "ugx"))
SMALLEST = {
    "aed": 200, "bgn": 100, "czk": 1500, "dkk": 250, "gbp": 30, "hkd": 400, "huf": 17500, "mxn": 1000, "myr": 200,
    "nok": 300, "pln": 200, "ron": 200, "sek": 300, "thb": 1000,
}  # fmt: skip
LARGEST = 99_999_999


def decimals(currency: str) -> int:
    return 0 if currency in NO_DECIMALS else 3 if currency in THREE_DECIMALS else 2


def shown(amount: int, currency: str) -> str:
    """`CHF 12.50`, as the pages show it."""
    places = decimals(currency)
    sign, digits = "-" if amount < 0 else "", str(abs(amount)).rjust(places + 1, "0")
    return (
        f"{currency.upper()} {sign}{digits[: len(digits) - places]}{'.' + digits[-places:] if places else ''}"
    )


def currency(given: str) -> str:
    if given.lower() not in CURRENCIES:
        raise StripeError(f"Invalid currency: {given}.", code="invalid_currency", param="currency")
    return given.lower()


def chargeable(amount: int, currency: str, param: str = "amount") -> int:
    """The amount if Stripe would charge it, else what Stripe refuses it with."""
    least = SMALLEST.get(currency, 500 if currency in THREE_DECIMALS else 50)
    if amount < least:
        text = f"Amount must be at least {shown(least, currency)}"
        raise StripeError(text, code="amount_too_small", param=param)
    if amount > LARGEST:
        text = f"Amount must be no more than {shown(LARGEST, currency)}"
        raise StripeError(text, code="amount_too_large", param=param)
    step = 10 if currency in THREE_DECIMALS else 100 if currency in WHOLE_ONLY else 1
    if amount % step:
        raise StripeError(f"Amount must be a multiple of {step} in {currency}", param=param)
    return amount


def fee(amount: int, currency: str) -> int:
    """2.9 %, half up, and 30 hundredths."""
    return (amount * 29 + 500) // 1000 + (300 if currency in THREE_DECIMALS else 30)
