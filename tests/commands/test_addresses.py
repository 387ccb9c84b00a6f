"""Whatever address a server showed somebody, the commands find the server by it, and the sandbox where it is of one."""

import click
import pytest

from logindrill.commands.addresses import Address, read_address, sandbox_meant

HERE = "http://localhost:8401"


@pytest.mark.parametrize(
    ("url", "sandbox"),
    [
        (HERE, None),
        (f"{HERE}/", None),
        (f"{HERE}/s/why/v1", "why"),
        (f"{HERE}/s/why/v1/", "why"),
        (f"{HERE}/s/why", "why"),
        (f"{HERE}/s/why/login?lang=de#form", "why"),
        (f"{HERE}/console/s/why/timeline/att_12?user=ada", "why"),
        (f"{HERE}/console/", None),
        (f"{HERE}/control/v1/sandboxes/why/clock", "why"),
        (f"{HERE}/control/v1/sandboxes", None),
        (f"{HERE}/v1", "default"),
        (f"{HERE}/docs", None),
        ("http://dev-2.localhost:8401/s/why/login", "why"),
    ],
)
def test_an_address_is_of_a_server_and_perhaps_of_a_sandbox(url: str, sandbox: str | None) -> None:
    assert read_address(url) == Address(HERE, sandbox)


def test_what_a_proxy_puts_before_the_path_stays() -> None:
    assert read_address("https://qa.example.test/drill/s/why/v1") == Address("https://qa.example.test/drill", "why")
    assert read_address("https://qa.example.test/drill") == Address("https://qa.example.test/drill")


def test_what_is_no_address_is_left_to_whoever_calls() -> None:
    assert read_address("localhost") == Address("localhost")


def test_the_sandbox_is_the_one_named_else_the_addresss_else_the_first_one() -> None:
    assert sandbox_meant(None, None) == sandbox_meant(HERE, None) == "default"
    assert sandbox_meant(f"{HERE}/s/why/v1", None) == sandbox_meant(f"{HERE}/s/why/v1", "why") == "why"
    assert sandbox_meant(HERE, "other") == "other"
    with pytest.raises(click.UsageError, match="the sandbox why, --sandbox says other"):
        sandbox_meant(f"{HERE}/s/why/v1", "other")
