import pytest

from logindrill.world.document import World
from logindrill.world.unknown_fields import message


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        (("poeple",), "people"),
        (("people", 0, "pasword"), "password"),
        (("people", 3, "emails", 1, "adress"), "address"),
        (("people", 0, "second_factor", "metod"), "method"),
        (("faults", 0, "match", "operations"), "operation"),
        (("clock", "mod"), "mode"),
    ],
)
def test_the_field_that_was_meant_is_named_wherever_it_stands(path: tuple[int | str, ...], meant: str) -> None:
    assert message(World, path) == f"There is no such field. Did you mean {meant}?"


@pytest.mark.parametrize("path", [("colour",), ("people", 0, "x"), ("nowhere", "at", 7, "all")])
def test_a_field_like_none_there_is_only_unknown(path: tuple[int | str, ...]) -> None:
    assert message(World, path) == "There is no such field."
