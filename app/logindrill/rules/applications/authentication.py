"""How somebody signed in, in the words of OpenID Connect: `amr` and `acr` (Core 1.0, 2; RFC 8176; O16)."""

from collections.abc import Collection

from logindrill.rules.factors import FactorMethod

PASSWORD = "pwd"
ONE_TIME_CODE = "otp"
_SEVERAL = "mfa"
DEVICE_ALONE, ONE_FACTOR, TWO_FACTORS = "0", "1", "2"
"""The values of `acr`: a recognised device instead of a factor (D15), one factor, two of different kinds."""


def method_of(factor: FactorMethod) -> str:
    """What a second factor proves: a second password is a password once more (D4)."""
    return PASSWORD if factor is FactorMethod.SECOND_PASSWORD else ONE_TIME_CODE


def passed(*methods: str) -> str:
    """The methods of a sign-in as they are stored: each once, with a space between two."""
    return " ".join(dict.fromkeys(methods))


def amr(stored: str | None) -> list[str]:
    """The methods that tokens name; sessions of before began with a password."""
    methods = [PASSWORD] if stored is None else stored.split()
    return [*methods, _SEVERAL] if acr(stored) == TWO_FACTORS else methods


def acr(stored: str | None) -> str:
    """What the methods amount to; a trusted device adds nothing (S67)."""
    methods: Collection[str] = (PASSWORD,) if stored is None else stored.split()
    return (DEVICE_ALONE, ONE_FACTOR, TWO_FACTORS)[min(len(methods), 2)]
