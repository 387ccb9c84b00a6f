"""Lists where the product differs from the standards on purpose (docs/differences.md)."""

from collections.abc import Mapping
from types import MappingProxyType

DIFFERENCES: Mapping[str, str] = MappingProxyType(
    {
        "D1": "A password needs only eight characters.",
        "D2": "Codes by e-mail, SMS and WhatsApp count as a second factor.",
        "D3": "A trusted device skips the second factor for 30 days.",
        "D4": "A second password can be the second factor; it is never reported as MFA.",
        "D5": "The professional sees the temporary password once.",
        "D6": "After the right password, the public answer says that an account is deactivated or disabled.",
        "D7": "Codes and links are readable in the captured inbox.",
        "D8": "Common passwords are accepted by default.",
        "D9": "There is no implicit grant and no password grant.",
        "D10": "On loopback the server speaks plain HTTP, so its cookies are not Secure there.",
        "D11": "The clock can be moved.",
        "D12": "Password hashes are cheap on loopback.",
        "D13": "Display data, delays and codes of a seeded sandbox are repeatable.",
        "D14": "There is no lockout by default on loopback.",
        "D15": "A recognised device skips the confirmation code.",
        "D16": "On loopback, the tester learns how close a wrong password was.",
    }
)
