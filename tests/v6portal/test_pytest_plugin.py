"""Our own templates must not use what their view did not give; other people's may."""

from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Engine, Origin, Template, engines

from v6portal.pytest_plugin import UndefinedTemplateVariable

OURS = settings.BASE_DIR / "templates" / "example.html"
THEIRS = settings.BASE_DIR.parent / "somebody" / "templates" / "example.html"


def draw(source: str, where: Path) -> str:
    engine: Engine = engines["django"].engine
    return Template(source, Origin(str(where)), engine=engine).render(Context({"known": "ja"}))


@pytest.mark.parametrize("source", ["{{ unknown }}", "{{ known.unknown }}", "{{ unknown|upper }}"])
def test_our_templates_fail_on_an_undefined_variable(source: str) -> None:
    with pytest.raises(UndefinedTemplateVariable, match="unknown i "):
        draw(source, OURS)


@pytest.mark.parametrize("source", ["{% if unknown %}{% endif %}", "{% for x in unknown %}{% endfor %}"])
def test_asking_whether_something_is_there_is_allowed(source: str) -> None:
    assert draw(source, OURS) == ""


def test_other_peoples_templates_rely_on_silence() -> None:
    assert draw("{{ known }}{{ unknown }}", THEIRS) == "ja"
