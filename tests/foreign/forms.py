"""The forms on a page, as somebody without a browser reads them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

import httpx


@dataclass(slots=True)
class Form:
    """A form as it came: where it leads, what it holds already, and what is on it by test id."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    test_ids: set[str] = field(default_factory=set)


class Seen(HTMLParser):
    """Where somebody is, and what is on the page."""

    def __init__(self, answer: httpx.Response) -> None:
        super().__init__()
        self.answer = answer
        self.address = str(answer.url)
        self.forms: list[Form] = []
        self.alert = ""
        self._in_alert = self._in_form = False
        if "html" in answer.headers.get("content-type", ""):
            self.feed(answer.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "p":
            self._in_alert = values.get("data-testid") in {"alert", "problem"}
        if tag == "form":
            self.forms.append(Form(values.get("action", ""), values.get("method", "get").upper()))
            self._in_form = True
        elif self._in_form:
            self._put(self.forms[-1], values)

    def handle_endtag(self, tag: str) -> None:
        self._in_form = self._in_form and tag != "form"
        self._in_alert = self._in_alert and tag != "p"

    def handle_data(self, data: str) -> None:
        if self._in_alert:
            self.alert += data

    def asks_for(self, name: str) -> bool:
        """Whether a form has this field, or an element of this test id."""
        return self._form(name) is not None

    def form(self, name: str | None) -> Form:
        """The form with this field or test id; the first form where none is named."""
        found = self._form(name)
        assert found is not None, f"there is no form with {name}: {self}"
        return found

    def target(self, form: Form) -> str:
        """Where a form leads."""
        return urljoin(self.address, form.action)

    def __str__(self) -> str:
        return f"{self.answer.status_code} {self.address}\n{self.answer.text[:3000]}"

    def _form(self, name: str | None) -> Form | None:
        fitting = (form for form in self.forms if name is None or name in form.fields or name in form.test_ids)
        return next(fitting, None)

    @staticmethod
    def _put(form: Form, values: dict[str, str]) -> None:
        form.test_ids.add(values.get("data-testid", ""))
        kind = values.get("type", "text")
        is_sent = kind not in {"checkbox", "radio", "submit"} or "checked" in values
        if "name" in values and is_sent:
            form.fields[values["name"]] = values.get("value", "")
