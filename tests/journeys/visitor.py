"""A person at her keyboard, without a browser: opens pages, follows links, fills in the forms that stand there.

What she sends is what the page's own form would send, hidden fields and the key against forged requests included. A
field or a button that is not on the page cannot be used.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.test import Client

from v6portal.organizations.models import User

Attributes = dict[str, str | None]


@dataclass
class Form:
    """A form with what it would send if nothing was touched: controls by name, each with its values."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    choices: dict[str, set[str]] = field(default_factory=dict)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)

    def hold(self, name: str, value: str) -> None:
        self.values.setdefault(name, []).append(value)


class Page(HTMLParser):
    """The forms and the links of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html, self.forms, self.links, self.errors = html, list[Form](), dict[str, str](), list[str]()
        self._form: Form | None = None
        self._select = self._textarea = self._option = ""
        self._first_option: str | None = None
        self._button: Attributes | None = None
        self._href = ""
        self._text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, found: list[tuple[str, str | None]]) -> None:
        attributes: Attributes = dict(found)
        name = attributes.get("name") or ""
        if tag == "form":
            self._form = Form(attributes.get("action") or "", attributes.get("method") or "get")
            self.forms.append(self._form)
        elif tag == "a":
            self._href, self._text = attributes.get("href") or "", []
        elif self._form is None:
            return
        elif tag == "input" and name:
            self._input(self._form, name, attributes)
        elif tag == "textarea":
            self._textarea, self._text = name, []
            self._form.names.add(name)
        elif tag == "select":
            self._select, self._first_option = name, None
            self._form.names.add(name)
        elif tag == "option" and self._select:
            self._one_option(self._form, attributes)
        elif tag == "button":
            self._button, self._text = attributes, []

    def _input(self, form: Form, name: str, attributes: Attributes) -> None:
        form.names.add(name)
        value = attributes.get("value")
        if attributes.get("type") in ("radio", "checkbox"):
            form.choices.setdefault(name, set()).add(value or "on")
            if "checked" in attributes:
                form.hold(name, value or "on")
        elif value is not None:
            form.hold(name, value)

    def _one_option(self, form: Form, attributes: Attributes) -> None:
        value = attributes.get("value") or ""
        form.choices.setdefault(self._select, set()).add(value)
        self._first_option = self._first_option if self._first_option is not None else value
        if "selected" in attributes:
            form.hold(self._select, value)

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        words = " ".join("".join(self._text).split())
        if tag == "form":
            self._form = None
        elif tag == "a" and self._href:
            self.links[words] = self._href
            self._href = ""
        elif self._form is None:
            return
        elif tag == "textarea":
            self._form.hold(self._textarea, "".join(self._text).strip())
        elif tag == "select":
            if self._select not in self._form.values and self._first_option is not None:
                self._form.hold(self._select, self._first_option)
            self._select = ""
        elif tag == "button" and self._button is not None:
            if "disabled" not in self._button:
                self._form.buttons[words] = (self._button.get("name") or "", self._button.get("value") or "")
            self._button = None

    def form_with(self, button: str) -> Form:
        """The one form that has such a button, and one that can be pressed."""
        found = [form for form in self.forms if button in form.buttons]
        assert len(found) == 1, (button, [list(form.buttons) for form in self.forms])
        return found[0]


class Visitor:
    """One person, signed in, with the page before her."""

    def __init__(self, person: User) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.client.force_login(person)
        self.address, self.page = "", Page("")

    def open(self, address: str) -> Page:
        response = self.client.get(address, follow=True)
        assert response.status_code == 200, (address, response.status_code)
        return self._arrived(response)

    def follow(self, words: str) -> Page:
        """Clicks on a link by its words."""
        assert words in self.page.links, (words, self.address, list(self.page.links))
        return self.open(self.page.links[words])

    def press(self, button: str, **answers: str | list[str]) -> Page:
        """Fills in the form with the button and presses it; the answers must be possible to give there."""
        form = self.page.form_with(button)
        sent = dict(form.values)
        for name, answer in answers.items():
            given = answer if isinstance(answer, list) else [answer]
            assert name in form.names, (name, sorted(form.names))
            assert set(given) <= form.choices.get(name, set(given)), (name, given, form.choices[name])
            sent[name] = given
        name, value = form.buttons[button]
        if name:
            sent[name] = [value]
        response = self.client.post(form.action or self.address, sent, follow=True)
        assert response.status_code == 200, (button, response.status_code)
        page = self._arrived(response)
        assert 'class="error-summary"' not in page.html, page.html[page.html.index('class="error-summary"') :][:800]
        return page

    def _arrived(self, response: object) -> Page:
        self.address = response.request["PATH_INFO"]  # type: ignore[attr-defined]
        self.page = Page(response.content.decode())  # type: ignore[attr-defined]
        return self.page
