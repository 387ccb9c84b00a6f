"""Reads answers of every kind alike, and compares them: problems, errors of OAuth 2.0, redirects to an application,
and pages.
"""

import html
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from logindrill.client import ReceivedAnswer
from logindrill.scenarios.known import Known, resolve_pointer
from logindrill.scenarios.step import Seen

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
_INTERACTION = re.compile(r"\bint_[0-9a-f]{16}\b")


def readable(answer: ReceivedAnswer) -> Any:
    """The body; of a redirect the parameters that it brings, with the address as `location`; of a page what its forms
    send unseen, with the id of the interaction that it belongs to.
    """
    if is_page(answer):
        found = _INTERACTION.search(answer.body)
        hidden = {name: html.unescape(value) for name, value in _HIDDEN.findall(answer.body)}
        return hidden if found is None else {**hidden, "interaction": found[0]}
    address = answer.headers.get("location")
    if not 300 <= answer.status < 400 or address is None:
        return answer.body
    parts = urlsplit(address)
    return {"location": address, **dict(parse_qsl(parts.query or parts.fragment))}


def is_page(answer: ReceivedAnswer) -> bool:
    """Whether it is a page for people."""
    return isinstance(answer.body, str) and "html" in answer.headers.get("content-type", "")


def cookies_of(answer: ReceivedAnswer) -> dict[str, str]:
    """The cookies that it sets, by name."""
    lines = answer.headers.get("set-cookie", "").splitlines()
    pairs = (line.partition(";")[0].partition("=") for line in lines)
    return {name: value for name, _, value in pairs}


def _code(body: Mapping[str, Any]) -> str | None:
    """The code of a problem or of an error of OAuth 2.0, or the status in the body of a success."""
    return body.get("error") or body.get("code") or body.get("status")


def _detail(body: Mapping[str, Any]) -> str | None:
    """The words of a problem or of an error of OAuth 2.0."""
    return body.get("detail") or body.get("error_description")


def difference(seen: Seen | None, answer: ReceivedAnswer, *, detail: str | None, known: Known) -> str | None:
    """What is not as expected, in words; None where everything is. `detail` are the service's own words for it."""
    found = readable(answer)
    body = found if isinstance(found, Mapping) else {}
    answered = f"answered {answer.status} {_code(body) or ''}".rstrip()
    if seen is None:
        return None if 200 <= answer.status < 300 else f"{answered}, not a success: {_detail(body)}"
    if answer.status != seen.status:
        return f"{answered}, not {seen.status} {seen.code or ''}".rstrip()
    if is_page(answer):
        is_there = detail is None or detail in html.unescape(answer.body)
        return None if is_there else f"the page does not say {detail!r}"
    if seen.code is not None and seen.code not in (body.get("code"), body.get("status"), body.get("error")):
        return f"{answered}, not {seen.code}"
    return _difference_of_words(seen, body, detail, known)


def _difference_of_words(seen: Seen, body: Mapping[str, Any], detail: str | None, known: Known) -> str | None:
    if detail is not None and seen.why is None and _detail(body) != detail:
        return f"answered {_detail(body)!r}, not {detail!r}"
    if seen.about is not None and seen.about not in [error.get("field") for error in body.get("errors", ())]:
        return f"named {body.get('errors')}, not {seen.about}"
    if seen.why is not None and seen.why not in _why(body):
        return f"the inbox shows {_why(body)}, not {seen.why}"
    for pointer, value in seen.body.items():
        wanted = known.fill_all(value, strictly=False)
        if resolve_pointer(body, pointer) != wanted:
            return f"{pointer} is {resolve_pointer(body, pointer)!r}, not {wanted!r}"
    return None


def _why(body: Mapping[str, Any]) -> list[str]:
    return [why for message in body.get("seen", ()) for why in message.get("why", ())]
