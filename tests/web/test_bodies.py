"""Invalid bodies and queries are answered with a 4xx, whatever they contain."""

import json
from typing import Any

import pytest
from flask import Request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType
from werkzeug.test import EnvironBuilder

from logindrill.rules.decisions import MOST_ERRORS, Invalid
from logindrill.web.bodies import Body, Query, parse, read_body, read_query
from logindrill.web.fields import Limit, Line, Prose, Typed


class Letter(Body):
    to: Line
    text: Prose = ""
    pages: int = 1
    urgent: bool = False


class Choice(Query):
    after: Line | None = None
    limit: Limit = 50


class Word(Body):
    said: Typed


def sent(data: bytes, content_type: str | None = "application/json") -> Request:
    builder = EnvironBuilder(method="POST", data=data, content_type=content_type)
    return Request(builder.get_environ())


def asked(query: str) -> Request:
    return Request(EnvironBuilder(query_string=query).get_environ())


def mistakes(request: Request, model: type[Body] = Letter) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        read_query(request, Choice) if request.method == "GET" else read_body(request, model)
    return [(error.field, error.code) for error in refused.value.fields]


def test_an_unknown_field_is_refused_with_the_nearest_known_one() -> None:
    with pytest.raises(Invalid) as refused:
        read_body(sent(b'{"to": "Ada", "urgnet": true, "colour": "red"}'), Letter)
    assert [error.detail for error in refused.value.fields] == [
        "There is no such field. Did you mean urgent?",
        "There is no such field.",
    ]


def test_the_list_of_mistakes_is_limited() -> None:
    crowd = json.dumps({"to": "Ada"} | {f"urgent{n}": 1 for n in range(5000)}).encode()
    assert len(mistakes(sent(crowd))) == MOST_ERRORS


UNREADABLE = {
    "nothing": b"",
    "a word": b"hello",
    "half an object": b'{"to": ',
    "two values": b"{} {}",
    "a comment": b"{} // fine",
    "a trailing comma": b'{"to": "Ada",}',
    "bytes that are no UTF-8": b'{"to": "\xff\xfe"}',
    "a lone surrogate in UTF-8": b'{"to": "\xed\xa0\x80"}',
    "UTF-16": '{"to": "Ada"}'.encode("utf-16"),
    "a byte order mark": b'\xef\xbb\xbf{"to": "Ada"}',
    "a raw control character": b'{"to": "A\x00da"}',
    "NaN": b'{"pages": NaN}',
    "Infinity": b'{"pages": Infinity}',
    "minus Infinity": b'{"pages": -Infinity}',
    "a number beyond a double": b'{"pages": 1e999}',
    "an integer beyond 64 bits": b'{"pages": 9223372036854775808}',
    "a negative integer beyond 64 bits": b'{"pages": -9223372036854775809}',
    "an integer of 5,000 digits": b'{"pages": ' + b"7" * 5000 + b"}",
    "a name given twice": b'{"to": "Ada", "to": "Ben"}',
    "a name given twice far inside": b'{"to": [{"a": 1, "a": 1}]}',
    "arrays 200,000 deep": b"[" * 200_000 + b"]" * 200_000,
    "objects 200,000 deep": b'{"a":' * 200_000 + b"1" + b"}" * 200_000,
}


@pytest.mark.parametrize("data", UNREADABLE.values(), ids=list(UNREADABLE))
def test_what_not_everybody_reads_alike_is_no_json(data: bytes) -> None:
    with pytest.raises(BadRequest):
        parse(data)


@pytest.mark.parametrize("value", [None, 7, 9223372036854775807, -9223372036854775807, 0.5, "ä", [], {"a": [1, {}]}])
def test_json_is_read_as_it_is(value: Any) -> None:
    assert parse(json.dumps(value).encode()) == value


@pytest.mark.parametrize(
    "content_type",
    [None, "", "text/plain", "text/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"],
)
def test_a_body_says_that_it_is_json(content_type: str | None) -> None:
    with pytest.raises(UnsupportedMediaType):
        read_body(sent(b'{"to": "Ada"}', content_type), Letter)


def test_a_charset_changes_nothing() -> None:
    assert read_body(sent(b'{"to": "Ada"}', "application/json; charset=utf-8"), Letter).to == "Ada"


@pytest.mark.parametrize("data", [b"null", b"[]", b'["to"]', b'"to"', b"1", b"true"])
def test_a_body_is_an_object(data: bytes) -> None:
    assert mistakes(sent(data)) == [("body", "invalid")]


@pytest.mark.parametrize(
    ("data", "mistake"),
    [
        (b"{}", ("to", "required")),
        (b'{"to": null}', ("to", "invalid")),
        (b'{"to": 5}', ("to", "invalid")),
        (b'{"to": ["Ada"]}', ("to", "invalid")),
        (b'{"to": ""}', ("to", "invalid")),
        (b'{"to": "A\\u0000da"}', ("to", "invalid")),
        (b'{"to": "A\\r\\nBcc: ben@example.test"}', ("to", "invalid")),
        (b'{"to": "A\\u2028da"}', ("to", "invalid")),
        (b'{"to": "\\ud800"}', ("to", "invalid")),
        (b'{"to": "Ada", "text": "\\u0000"}', ("text", "invalid")),
        (b'{"to": "Ada", "text": "\\udfff\\ud800"}', ("text", "invalid")),
        (b'{"to": "Ada", "pages": "1"}', ("pages", "invalid")),
        (b'{"to": "Ada", "pages": 1.5}', ("pages", "invalid")),
        (b'{"to": "Ada", "pages": true}', ("pages", "invalid")),
        (b'{"to": "Ada", "urgent": 1}', ("urgent", "invalid")),
        (b'{"to": "Ada", "urgent": "true"}', ("urgent", "invalid")),
        (b'{"to": "Ada", "role": "owner"}', ("role", "unknown")),
        (b'{"to": "Ada", "TO": "Ben"}', ("TO", "unknown")),
    ],
)
def test_each_field_that_cannot_be_is_named(data: bytes, mistake: tuple[str, str]) -> None:
    assert mistakes(sent(data)) == [mistake]


def test_every_mistake_is_reported_at_once() -> None:
    assert mistakes(sent(b'{"pages": "x", "more": 1}')) == [
        ("to", "required"),
        ("pages", "invalid"),
        ("more", "unknown"),
    ]


def test_a_line_is_of_254_characters_at_most() -> None:
    longest = "ä" * 254
    assert read_body(sent(json.dumps({"to": longest}).encode()), Letter).to == longest
    assert mistakes(sent(json.dumps({"to": longest + "ä"}).encode())) == [("to", "invalid")]


def test_what_was_typed_is_taken_as_it_is() -> None:
    typed = " Ada\t@EXAMPLE.test\n"
    assert read_body(sent(json.dumps({"said": typed}).encode()), Word).said == typed
    assert mistakes(sent(b'{"said": "\\u0000"}'), Word) == [("said", "invalid")]


@pytest.mark.parametrize(
    ("query", "mistake"),
    [
        ("limit=0", ("limit", "invalid")),
        ("limit=201", ("limit", "invalid")),
        ("limit=-1", ("limit", "invalid")),
        ("limit=", ("limit", "invalid")),
        ("limit=ten", ("limit", "invalid")),
        ("limit=1e1", ("limit", "invalid")),
        ("limit=NaN", ("limit", "invalid")),
        ("limit=" + "9" * 5000, ("limit", "invalid")),
        ("limit=9223372036854775808", ("limit", "invalid")),
        ("limit=%D9%A3", ("limit", "invalid")),
        ("limit=5&limit=6", ("limit", "invalid")),
        ("after=", ("after", "invalid")),
        ("after=%00", ("after", "invalid")),
        ("after=a%0D%0Ab", ("after", "invalid")),
        ("after=" + "a" * 255, ("after", "invalid")),
        ("sort=name", ("sort", "unknown")),
        ("%00=1", ("\0", "unknown")),
    ],
)
def test_each_part_of_a_query_that_cannot_be_is_named(query: str, mistake: tuple[str, str]) -> None:
    assert mistakes(asked(query)) == [mistake]


def test_a_query_is_read_as_what_its_fields_want() -> None:
    assert read_query(asked("limit=7&after=usr_ada"), Choice) == Choice(after="usr_ada", limit=7)
    assert read_query(asked(""), Choice) == Choice()
