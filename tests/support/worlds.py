"""World documents as a person writes them, one for each preset, that use everything a world may contain."""

from typing import Any

from tests.support.people import COMPANY, OTHER_COMPANY, person

COMPANIES = [{"id": COMPANY, "name": "Harbour Books"}, {"id": OTHER_COMPANY, "name": "Meadow Bikes"}]


def somebody(name: str, role: str, **more: Any) -> dict[str, Any]:
    made = person(name, role).model_dump(mode="json", exclude_defaults=True)
    return {key: value for key, value in (made | more).items() if value is not None}


BUSINESS_CHAT: dict[str, Any] = {
    "companies": COMPANIES,
    "people": [
        somebody("Ola Oak", "owner", last_sign_in_at="-P3DT0.5S"),
        somebody("Ada Ash", "admin", second_factor={"method": "second_password", "second_password": "the other one"}),
        somebody("Ben Birch", "member", status="deactivated", phones=[{"number": "+1 415 555 0100"}]),
        somebody("Cy Cane", "member", status="invited", password=None),
        somebody("Dan Dill", "member", status="invited", password=None, invitation="none"),
        somebody(
            "Eva Elm",
            "member",
            second_factor={"method": "totp", "secret": "JBSWY3DPEHPK3PXPJBSWY3DP"},
            devices=[
                {"name": "Laptop", "token": "eva's laptop", "trusted_at": "-P29D"},
                {
                    "name": "Phone",
                    "client": "mobile",
                    "installation_id": "i1",
                    "trusted_at": "2026-03-01T00:00:00+01:00",
                },
            ],
        ),
        somebody(
            "Fay Fir",
            "member",
            memberships=[
                {"company": COMPANY, "role": "member", "access": "revoked", "cause": "deactivated"},
                {"company": OTHER_COMPANY, "role": "owner"},
            ],
        ),
    ],
    "policy": {"passwords.min_length": 10, "codes.life": "PT5M"},
    "clock": {"mode": "frozen", "now": "2026-03-02T09:00:00Z"},
    "applications": [
        {
            "id": "Shop.Web-1",
            "name": "The shop",
            "secret": "what the shop knows",
            "redirect_uris": ["https://shop.example.test/callback?from=login", "http://localhost:3000/callback"],
            "post_logout_redirect_uris": ["http://localhost:3000/"],
            "grant_types": ["authorization_code", "refresh_token", "client_credentials"],
            "scopes": ["openid", "email", "orders:read"],
            "id_token_signed_response_alg": "ES256",
            "require_pkce": False,
            "audience": "https://api.example.test",
            "consent": "once",
            "first_party": False,
        },
        {"id": "app", "name": "On a phone", "redirect_uris": ["com.example.app:/callback"]},
    ],
    "conditions": [{"match": {"client": "mobile"}, "network": "hotspot"}],
    "delivery_rules": [{"match": {"kind": "activation"}, "disposition": "delayed", "delay": "PT3M", "times": 2}],
    "faults": [{"match": {"operation": "sign_in"}, "effect": {"status": 503}, "skip": 1, "times": 3}],
}
CONTACT_PORTAL: dict[str, Any] = {
    "companies": COMPANIES[:1],
    "people": [
        somebody("Sam Sage", "staff"),
        somebody("Cleo Cedar", "contact", opted_out=True),
        somebody("Dora Dale", "contact", emails=[], phones=[{"number": "+14155550101", "kind": "sms"}]),
    ],
    "publications": [
        {"id": "pub_plan", "title": "The plan", "body": "First this,\nthen that.", "audience": ["usr_cleo"]},
        {"id": "pub_none", "title": "For nobody", "body": ""},
    ],
}
CUSTOMER_APP: dict[str, Any] = {
    "companies": COMPANIES,
    "people": [
        somebody("Pia Pine", "professional"),
        somebody("Sue Sorrel", "support", memberships=[{"company": "co_platform", "role": "support"}]),
        somebody(
            "Ada Ash", "customer", username="ada.ash", emails=[{"address": "ash@example.test", "kind": "secondary"}]
        ),
        somebody(
            "Ben Birch",
            "customer",
            password=None,
            temporary_password={"password": "hand me over", "expires_at": "P1D"},
        ),
        somebody(
            "Cy Cane", "customer", status="merged", merged_into="usr_ada", merged_in_company=COMPANY, memberships=[]
        ),
        somebody(
            "Dora Dale",
            "customer",
            memberships=[{"company": COMPANY, "role": "customer", "access": "revoked"}],
        ),
    ],
}
WORLDS = {"business-chat": BUSINESS_CHAT, "contact-portal": CONTACT_PORTAL, "customer-app": CUSTOMER_APP}
