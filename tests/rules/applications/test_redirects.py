"""An answer goes only to an address that the application registered, or, for an open one, to this machine (O11)."""

import pytest

from logindrill.rules.applications.redirects import is_loopback, judge, mistake_in, receiver, sources_of
from logindrill.rules.reasons import REDIRECT_URI_FOREIGN, REDIRECT_URI_MISSING, REDIRECT_URI_UNREGISTERED

REGISTERED = ["https://app.example.test/cb?tenant=1", "http://localhost:3000/cb"]
ODD = (
    "http://localhost@evil.test/",
    "http://user:secret@localhost/cb",
    "http://localhost.evil.test/",
    "//evil.test/cb",
    "/cb",
    "localhost:3000/cb",
    "http:localhost/cb",
    "http:///cb",
    "http://localhost\\@evil.test/",
    "http://localhost/cb#x",
    "http://localhost/cb#",
    "http://localhost/cb\r\nSet-Cookie: a=b",
    "http://localhost/\tcb",
    " http://localhost/cb",
    "http://localhost/cb\n",
    "http://localhost/\0",
    "http://localhost/c\u00f6",
    "http://loc\u0430lhost/cb",
    "http://localhost:99999/cb",
    "http://localhost:/cb",
    "http://127.0.0.1.nip.io/cb",
    "http://[::ffff:127.0.0.1]/cb",
    "http://0.0.0.0/cb",
    "http://2130706433/cb",
    "http://127.1/cb",
    "http://evil.localhost.test/cb",
    "http://.localhost/cb",
    "http://evil.test/?localhost",
    "javascript:alert(1)//localhost",
    "data:text/html,localhost",
    "file://localhost/etc/passwd",
    "com.example.app:/cb",
    "com.example.app://localhost/cb",
    "",
    "http://localhost/" + "a" * 2_000,
)


@pytest.mark.rule("O1", "O11")
@pytest.mark.parametrize("uri", ODD)
def test_an_open_application_gets_no_answer_elsewhere(uri: str) -> None:
    assert receiver(uri, None) is None
    assert judge(uri, None).reason is REDIRECT_URI_FOREIGN


@pytest.mark.rule("O1")
@pytest.mark.parametrize(
    "uri",
    [
        "http://localhost:3000/auth/callback?x=1",
        "http://localhost",
        "https://localhost:8443/",
        "http://app.localhost:65535/cb",
        "http://LocalHost/cb",
        "http://127.0.0.1:5000/cb",
        "http://[::1]:5000/cb",
    ],
)
def test_an_open_application_may_be_anywhere_on_this_machine(uri: str) -> None:
    assert receiver(uri, None) == uri
    assert judge(uri, None).reason is None
    assert is_loopback(uri)


@pytest.mark.rule("O11")
@pytest.mark.parametrize(
    "uri",
    [
        "https://app.example.test/cb?tenant=1/",
        "https://app.example.test/cb?tenant=2",
        "https://app.example.test/cb?tenant=1&x=2",
        "https://app.example.test/cb",
        "https://app.example.test/CB?tenant=1",
        "https://APP.example.test/cb?tenant=1",
        "https://app.example.test:443/cb?tenant=1",
        "https://app.example.test:8443/cb?tenant=1",
        "https://app.example.test/cb?tenant=1#x",
        "https://app.example.test/x/../cb?tenant=1",
        "http://app.example.test/cb?tenant=1",
        "http://localhost:3000/cb/",
        "http://localhost:3000/cb?",
        "http://LOCALHOST:3000/cb",
        "http://127.0.0.1:3000/cb",
        "https://localhost:3000/cb",
        "http://localhost:3000@evil.test/cb",
        "http://localhost:123456/cb",
        *(uri for uri in ODD if uri),
    ],
)
def test_every_character_of_a_registered_address_counts(uri: str) -> None:
    assert receiver(uri, REGISTERED) is None
    assert judge(uri, REGISTERED).reason is REDIRECT_URI_UNREGISTERED


@pytest.mark.parametrize("uri", [*REGISTERED, "http://localhost:49152/cb", "http://localhost/cb"])
def test_only_the_port_of_a_loopback_address_may_differ(uri: str) -> None:
    assert receiver(uri, REGISTERED) == uri


def test_none_sent_is_the_only_one_registered() -> None:
    assert receiver(None, REGISTERED[:1]) == REGISTERED[0]
    assert receiver(None, REGISTERED) is None
    assert receiver(None, []) is None
    assert receiver(None, None) is None
    assert judge(None, REGISTERED).reason is REDIRECT_URI_MISSING


@pytest.mark.parametrize(
    "uri",
    [
        *(uri for uri in ODD if mistake_in(uri, public=False) is not None),
        "http://app.example.test/cb",
        "https:/app.example.test/cb",
        "https://",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
    ],
)
def test_an_address_that_could_lead_elsewhere_cannot_be_registered(uri: str) -> None:
    assert mistake_in(uri, public=False) is not None
    is_of_an_app = uri.startswith("com.")
    assert (mistake_in(uri, public=True) is None) is is_of_an_app


def test_what_most_odd_addresses_have_wrong_is_found_at_registration_too() -> None:
    unused = {uri for uri in ODD if mistake_in(uri, public=True) is None}

    assert unused == {"com.example.app:/cb", "com.example.app://localhost/cb"}


def test_an_application_in_a_store_may_have_its_own_scheme_if_it_has_no_secret() -> None:
    assert mistake_in("com.example.app:/cb", public=True) is None
    assert mistake_in("com.example.app:/cb", public=False) is not None
    assert receiver("com.example.app:/cb", ["com.example.app:/cb"]) == "com.example.app:/cb"


@pytest.mark.parametrize(
    ("uri", "source"),
    [
        ("https://app.example.test/cb?x=http://y", "https://app.example.test"),
        ("https://app.example.test?x", "https://app.example.test"),
        ("http://[::1]:3000/cb", "http:"),
        ("Com.Example.App:/cb", "com.example.app:"),
        ("myapp://callback/x", "myapp:"),
    ],
)
def test_a_policy_names_where_the_answer_goes(uri: str, source: str) -> None:
    assert sources_of(uri) == source


@pytest.mark.parametrize("uri", ["http://localhost:3000", "https://127.0.0.1/cb", "http://api.localhost:5000/cb?x"])
def test_an_application_on_this_machine_may_lead_on_to_another_port(uri: str) -> None:
    sources = sources_of(uri).split()

    assert "http://localhost:*" in sources
    assert all(source.endswith(("localhost:*", "127.0.0.1:*")) for source in sources)
