import pytest

from logindrill.serving.log import without_secrets

TOKEN = "kR3v0yJ0m2h4Q0c5xkQ3uXk2a9o7d1Zb.Tn5-WmQx"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("GET /v1/session HTTP/1.1", "GET /v1/session HTTP/1.1"),
        (f"GET /s/default/activate/{TOKEN} HTTP/1.1", "GET /s/default/activate/… HTTP/1.1"),
        (f"PUT /v1/password-resets/{TOKEN}/ HTTP/1.1", "PUT /v1/password-resets/…/ HTTP/1.1"),
        (f"GET /reset-password?token={TOKEN}&x=1 HTTP/1.1", "GET /reset-password HTTP/1.1"),
    ],
)
@pytest.mark.rule("S43")
def test_no_token_and_no_query_reaches_the_log(line: str, shown: str) -> None:
    assert without_secrets(line) == shown
