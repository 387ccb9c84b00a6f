"""A QR code is an element to put into a page: no script, nothing foreign, and what it says is what it was given."""

from xml.etree import ElementTree

from logindrill.adapters import qr_codes

ADDRESS = "otpauth://totp/Business%20chat:ada%40example.test?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def test_a_code_is_one_svg_element_that_loads_nothing() -> None:
    drawn = qr_codes.draw(ADDRESS)
    root = ElementTree.fromstring(drawn)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert {part.tag.rpartition("}")[2] for part in root.iter()} == {"svg", "g", "path"}
    assert "href" not in drawn
    assert "style" not in drawn


def test_the_same_text_is_drawn_alike_and_another_is_not() -> None:
    assert qr_codes.draw(ADDRESS) == qr_codes.draw(ADDRESS)
    assert qr_codes.draw(ADDRESS) != qr_codes.draw(ADDRESS + "X")
