"""Pairs of failures, made from the catalogue and played: both causes are named in the order in which curing them, one
by one, lets the person in."""

from itertools import islice

import pytest
from flask import Flask

from logindrill.scenarios.catalogue import find
from logindrill.web.in_process import InProcessTransport
from tests.support.pairs import Pair, pairs
from tests.support.pairs.play import play_pair
from tests.support.sets import thinned_slow

_EVERY = 19
ALL = {pair.name: pair for preset in ("business-chat", "contact-portal", "customer-app") for pair in pairs(preset)}
KNOWN_WELL = ("mistyped-password + deactivated", "behind-a-vpn + older-code", "outdated-app + merged-account")
SOME = tuple(dict.fromkeys((*KNOWN_WELL, *islice(ALL, 0, None, _EVERY))))
"""Spread over the catalogue; the rest takes longer."""
REST = tuple(name for name in ALL if name not in SOME)


@pytest.mark.parametrize("name", SOME)
def test_two_failures_are_named_and_cured_one_by_one(app: Flask, name: str) -> None:
    verdict = play_pair(ALL[name], InProcessTransport(app))
    assert verdict.passed, verdict.wrong


@pytest.mark.parametrize("name", thinned_slow(REST, 4))
def test_so_are_all_the_others(app: Flask, name: str) -> None:
    verdict = play_pair(ALL[name], InProcessTransport(app))
    assert verdict.passed, verdict.wrong


def test_a_pair_with_causes_in_the_wrong_order_is_noticed(app: Flask) -> None:
    turned = Pair(find("deactivated"), find("mistyped-password"))
    [wrong] = play_pair(turned, InProcessTransport(app)).wrong
    assert "answered 401 invalid_credentials, not 403 account_deactivated" in wrong


def test_no_sandbox_is_left_behind(app: Flask) -> None:
    call = app.test_client().get
    before = call("/control/v1/sandboxes").json
    play_pair(ALL[KNOWN_WELL[0]], InProcessTransport(app))
    assert call("/control/v1/sandboxes").json == before
