import pytest

from logindrill.serving.log import without_secrets

TOKEN = "kR3v0yJ0m2h4Q0c5xkQ3uXk2a9o7d1Zb.Tn5-WmQx"


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/v1/session", "/v1/session"),
        (f"/s/default/activate/{TOKEN}", "/s/default/activate/…"),
        (f"/v1/password-resets/{TOKEN}/", "/v1/password-resets/…/"),
        (TOKEN, "…"),
    ],
)
@pytest.mark.rule("S43")
def test_no_token_reaches_the_log(path: str, shown: str) -> None:
    assert without_secrets(path) == shown
