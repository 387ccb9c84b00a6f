"""Who may call at all: host names, origins, the key of the control plane."""

from collections.abc import Mapping

import pytest
from flask import Request, Response
from werkzeug.exceptions import UnsupportedMediaType
from werkzeug.test import EnvironBuilder

from logindrill.rules.decisions import Refused
from logindrill.settings import Settings
from logindrill.web import access

KEY = "0f9c1b7e5a3d48620f9c1b7e5a3d4862"
HOSTS = Settings(public_url="https://login.example.test", allow_hosts=("mock.example.test", ".lab.example.test"))


def call(
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    *,
    host: str = "localhost:8401",
    cookie: bool = False,
    content_type: str | None = None,
    data: bytes = b"",
) -> Request:
    """A call with these headers; the host is taken as it is."""
    sent = list((headers or {}).items())
    builder = EnvironBuilder("/v1/x", method=method, headers=sent, content_type=content_type, data=data)
    environ = builder.get_environ() | {"HTTP_HOST": host}
    if cookie:
        environ["HTTP_COOKIE"] = "ld_session=mock_x"
    return Request(environ)


def code(response: Response | None) -> str | None:
    return None if response is None else str(response.get_json(force=True)["code"])


@pytest.mark.parametrize(
    "host",
    [
        *(
            "localhost localhost:8401 LocalHost:1 shop.localhost:3000 a.b.localhost 127.0.0.1 127.0.0.1:65535 "
            "[::1] [::1]:8401 10.0.2.2:8401 host.docker.internal:8401 login.example.test login.example.test:443 "
            "mock.example.test:8401 x.lab.example.test"
        ).split(),
    ],
)
def test_names_of_this_machine_and_those_the_operator_gave_are_allowed(host: str) -> None:
    assert access.refuse_host(call(host=host), HOSTS.allowed_hosts) is None


@pytest.mark.parametrize(
    "host",
    [
        "",
        "localhost evil.test",
        "localhost\tevil",
        "\u2113ocalhost",
        *(
            "evil.test evil.test:8401 evil-localhost evillocalhost localhost.evil.test localhost. localhost.:8401 "
            "shop.localhost. .localhost ..localhost 127.0.0.1.evil.test 127.0.0.1. 127.0.0.2 127.1 2130706433 "
            "0x7f000001 0.0.0.0 ::1 [::] [::1 [::1].evil.test [::1]evil.test:8401 [::ffff:127.0.0.1] localhost: "
            "localhost:evil localhost:8401:8401 localhost:8401@evil.test localhost@evil.test localhost,evil.test "
            "localhost/evil.test localhost#evil.test localhost%00.evil.test login.example.test.evil.test "
            "notlogin.example.test lab.example.test"
        ).split(),
    ],
)
@pytest.mark.rule("S60")
def test_any_other_name_is_refused_so_that_no_rebound_name_gets_in(host: str) -> None:
    assert code(access.refuse_host(call(host=host), HOSTS.allowed_hosts)) == "host_refused"


def test_a_refused_host_is_answered_with_what_to_do() -> None:
    refused = access.refuse_host(call(host="mock.internal"), HOSTS.allowed_hosts)
    assert refused is not None
    assert refused.status_code == 400
    assert "--allow-host" in refused.get_json(force=True)["detail"]


def test_the_control_plane_is_open_to_a_local_tool() -> None:
    assert access.refuse_control(call("POST"), None) is None


@pytest.mark.parametrize(
    ("headers", "refused"),
    [
        ({"Origin": "http://localhost:8401"}, False),
        ({"Origin": "http://localhost:8401", "Sec-Fetch-Site": "same-origin"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Origin": "http://localhost:3000"}, True),
        ({"Origin": "http://localhost"}, True),
        ({"Origin": "https://localhost:8401"}, True),
        ({"Origin": "http://127.0.0.1:8401"}, True),
        ({"Origin": "http://localhost:8401.evil.test"}, True),
        ({"Origin": "http://evil.test"}, True),
        ({"Origin": "null"}, True),
        ({"Origin": ""}, True),
        ({"Sec-Fetch-Site": "cross-site"}, True),
        ({"Sec-Fetch-Site": "same-site"}, True),
        ({"Sec-Fetch-Site": "Same-Origin"}, True),
        ({"Sec-Fetch-Site": ""}, True),
        ({"Origin": "http://localhost:8401", "Sec-Fetch-Site": "cross-site"}, True),
        ({"Origin": "http://evil.test", "Sec-Fetch-Site": "same-origin"}, True),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
@pytest.mark.rule("S60")
def test_the_control_plane_is_closed_to_pages_of_other_origins(
    method: str, headers: dict[str, str], refused: bool
) -> None:
    answer = access.refuse_control(call(method, headers), None)
    assert code(answer) == ("origin_refused" if refused else None)
    if answer is not None:
        assert answer.status_code == 403
        assert "from a tool" in answer.get_json(force=True)["detail"]


ELSEWHERE = "login.example.test"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.rule("S60")
def test_under_another_name_a_change_without_a_key_says_where_it_comes_from(method: str) -> None:
    refused = access.refuse_control(call(method, host=ELSEWHERE), None)
    assert code(refused) == "origin_refused"
    assert refused is not None
    assert refused.status_code == 403
    assert "--control-key" in refused.get_json(force=True)["detail"]
    own: tuple[dict[str, str], ...] = ({"Origin": f"http://{ELSEWHERE}"}, {"Sec-Fetch-Site": "same-origin"})
    for headers in own:
        assert access.refuse_control(call(method, headers, host=ELSEWHERE), None) is None


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_under_another_name_reading_needs_no_more(method: str) -> None:
    assert access.refuse_control(call(method, host=ELSEWHERE), None) is None


@pytest.mark.parametrize(
    "host", "localhost:8401 shop.localhost 127.0.0.1:8401 [::1]:8401 10.0.2.2:8401 host.docker.internal:8401".split()
)
def test_tools_on_this_machine_need_not_say_where_they_come_from(host: str) -> None:
    assert access.refuse_control(call("DELETE", host=host), None) is None


def test_the_key_says_enough_under_every_name() -> None:
    held = {"Authorization": f"Bearer {KEY}"}
    assert access.refuse_control(call("DELETE", held, host=ELSEWHERE), KEY) is None
    assert code(access.refuse_control(call("DELETE", host=ELSEWHERE), KEY)) == "control_key_required"


@pytest.mark.parametrize("authorization", [f"Bearer {KEY}", f"bearer {KEY}"])
def test_who_holds_the_control_key_gets_in(authorization: str) -> None:
    assert access.refuse_control(call("GET", {"Authorization": authorization}), KEY) is None


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        KEY,
        "Bearer",
        "Bearer ",
        f"Basic {KEY}",
        f"Bearer {KEY[:-1]}",
        f"Bearer {KEY}0",
        f"Bearer  {KEY}",
        f"Bearer {KEY} ",
        f"Bearer {KEY.upper()}",
        "Bearer mock_x",
        "Bearer " + "\u00e9" * 32,
    ],
)
def test_a_control_key_once_given_is_needed_exactly(authorization: str) -> None:
    refused = access.refuse_control(call("GET", {"Authorization": authorization}), KEY)
    assert code(refused) == "control_key_required"
    assert refused is not None
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"].startswith("Bearer ")


class JealousKey(str):
    """A key that does not stand being compared letter by letter."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        raise AssertionError("compared in a time that tells how much was right")

    __hash__ = str.__hash__


@pytest.mark.rule("S59")
def test_a_control_key_is_compared_in_constant_time() -> None:
    for sent in (KEY, KEY[:-1], "0"):
        refused = access.refuse_control(call("GET", {"Authorization": f"Bearer {sent}"}), JealousKey(KEY))
        assert (refused is None) is (sent == KEY)


def test_a_page_of_another_origin_stays_out_even_with_the_key() -> None:
    refused = access.refuse_control(
        call("GET", {"Authorization": f"Bearer {KEY}", "Origin": "http://localhost:3000"}), KEY
    )
    assert code(refused) == "origin_refused"


@pytest.mark.parametrize(
    "origin",
    [
        "http://localhost",
        "http://localhost:3000",
        "https://localhost:3000",
        "http://shop.localhost:3000",
        "http://127.0.0.1:5173",
        "http://[::1]:5173",
    ],
)
def test_a_page_served_on_this_machine_is_of_a_loopback_origin(origin: str) -> None:
    assert access.is_loopback(origin)


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "http://local\rhost",
        "http://localhost\nX-Evil: 1",
        *(
            "null * localhost //localhost file://localhost ftp://localhost javascript://localhost http:// "
            "http://evil.test http://localhost.evil.test http://evillocalhost http://localhost@evil.test "
            "http://evil.test@localhost http://evil@localhost http://localhost/ http://localhost/path "
            "http://localhost?x http://localhost#x http://localhost:99999 http://localhost:port "
            "http://127.0.0.1.evil.test http://127.0.0.2 http://0.0.0.0 http://[::1 http://10.0.2.2"
        ).split(),
    ],
)
def test_any_other_origin_is_foreign(origin: str) -> None:
    assert not access.is_loopback(origin)


JSON = "application/json"
OWN = {"Origin": "http://localhost:3000"}


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_an_unsafe_call_with_a_cookie_comes_from_an_allowed_origin(method: str) -> None:
    for origin in ("http://localhost:3000", "http://localhost:8401", "http://127.0.0.1:5173"):
        access.keep_foreign_cookies_out(call(method, {"Origin": origin}, cookie=True, content_type=JSON))
    for origin in ("http://evil.test", "https://login.example.test", "null", ""):
        with pytest.raises(Refused, match="origin_refused"):
            access.keep_foreign_cookies_out(call(method, {"Origin": origin}, cookie=True, content_type=JSON))


def test_a_page_of_the_very_server_is_of_an_allowed_origin() -> None:
    own = {"Origin": "http://login.example.test"}
    access.keep_foreign_cookies_out(call("POST", own, host="login.example.test", cookie=True, content_type=JSON))


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
@pytest.mark.rule("S69")
def test_an_unsafe_call_with_a_cookie_is_no_form(content_type: str) -> None:
    with pytest.raises(UnsupportedMediaType):
        access.keep_foreign_cookies_out(call("DELETE", OWN, cookie=True, content_type=content_type, data=b"{}"))


def test_an_unsafe_call_with_a_cookie_may_be_without_a_body() -> None:
    access.keep_foreign_cookies_out(call("DELETE", cookie=True))


def test_a_call_that_reads_or_brings_no_cookie_or_a_token_is_not_looked_at() -> None:
    foreign = {"Origin": "http://evil.test"}
    access.keep_foreign_cookies_out(call("GET", foreign, cookie=True))
    access.keep_foreign_cookies_out(call("POST", foreign, content_type="text/plain", data=b"x"))
    access.keep_foreign_cookies_out(call("POST", foreign | {"Authorization": "Bearer mock_x"}, cookie=True))
