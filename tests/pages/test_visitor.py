"""What tests ask of a page is what a page can have."""

import pytest

from tests.pages.conftest import Visit
from tests.support.people import person


@pytest.mark.parametrize("mistyped", ["idenitfier", "sessoin", "sign-outt"])
def test_a_test_id_that_no_template_declares_is_refused_and_not_taken_for_absent(visit: Visit, mistyped: str) -> None:
    page = visit(person("Ada Ash")).open("/login")
    with pytest.raises(AssertionError, match=f"no template declares {mistyped}"):
        page.has(mistyped)
    assert page.has("identifier")
    assert not page.has("sign-out")
