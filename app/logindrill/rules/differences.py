"""Where the product differs from the standards on purpose (docs/differences.md)."""

from collections.abc import Mapping
from types import MappingProxyType

DIFFERENCES: Mapping[str, str] = MappingProxyType(
    {
        "D1": "Eight characters suffice for a password.",
        "D2": "Codes by e-mail, SMS and WhatsApp count as a second factor.",
        "D3": "A trusted device spares the second factor for 30 days.",
        "D4": "A second password is offered as a second factor; it is never reported as mfa.",
        "D5": "The professional sees the temporary password, once.",
        "D6": "After the right password, the public is told that an account is deactivated or disabled.",
        "D7": "Codes and links are readable in the captured inbox.",
        "D8": "Common passwords are accepted by default.",
        "D9": "There is no implicit and no password grant.",
        "D10": "Plain http on loopback, so no Secure cookies there.",
        "D11": "The clock can be moved.",
        "D12": "Password hashes are cheap on loopback.",
        "D13": "Display data, delays and codes of a seeded sandbox repeat.",
        "D14": "No lockout by default on loopback.",
        "D15": "A recognised device spares the confirmation code.",
        "D16": "On loopback, near misses of a password are told to the tester.",
    }
)
