"""The only module that draws random values: secrets from the operating system, display data from a sandbox's seed."""

import random
import secrets
from base64 import b32encode


def token() -> str:
    """A 256-bit value from the operating system in base64url, for sessions, devices, links and keys."""
    return secrets.token_urlsafe(32)


def public_id(prefix: str) -> str:
    """An id such as `usr_8f2b…`: the prefix and 64 random bits, always of the same length."""
    return f"{prefix}_{secrets.token_hex(8)}"


def digits(count: int) -> str:
    """This many random digits for a one-time code; every sequence is equally likely, leading zeros are kept."""
    return f"{secrets.randbelow(10**count):0{count}d}"


def shared_secret() -> str:
    """A 160-bit secret in base 32, as authenticator apps expect it (RFC 4226, 4, R6)."""
    return b32encode(secrets.token_bytes(20)).decode()


def pronounceable_password(*, shortest: int = 0) -> str:
    """A random password of at least 77 bits that a person can read out: `xxxx-xxxx-xxxx-xxxx`, longer where
    `shortest` requires more characters.
    """
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    groups = max(4, -(-(shortest + 1) // 5))
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(groups))


class SeededRandom:
    """Draws that repeat for the same seed and position; never use it for keys, sessions or links (D13)."""

    def __init__(self, seed: int, position: int) -> None:
        self.seed = seed
        self.position = position

    def number(self, below: int) -> int:
        """A number from 0 to `below` - 1; moves the position by one."""
        drawn = random.Random(f"{self.seed}:{self.position}").randrange(below)
        self.position += 1
        return drawn


def seed() -> int:
    """A fresh seed for a sandbox that was made without one."""
    return secrets.randbits(31)
