"""The look keeps its promises: readable colours in both schemes, markup that the security policy allows."""

import re
from pathlib import Path

import pytest
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_form
from django import forms
from django.template.loader import render_to_string

ROOT = Path(__file__).resolve().parent.parent
TOKENS = (ROOT / "static" / "css" / "tokens.css").read_text()
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

PAPERS = ["paper", "ground", "sunk"]
TEXT = [
    *[(ink, paper) for ink in ("ink", "ink-soft", "brand", "bad", "ok", "accent") for paper in PAPERS],
    *[(tone, f"{tone}-tint") for tone in ("brand", "accent", "ok", "warn", "bad", "info")],
    *[("ink", f"{tone}-tint") for tone in ("brand", "accent", "ok", "warn", "bad", "info")],
    ("ink-soft", "brand-tint"),
    ("on-brand", "brand"),
    ("top-ink", "top"),
    ("top-ink", "top-raised"),
    ("top-ink-soft", "top"),
    ("top-ink-soft", "top-raised"),
    ("badge-ink", "badge"),
]
KOMMUNER = ["essunga", "grastorp", "gotene", "lidkoping", "skara", "vara", "goliska", "v6"]
SHAPES = [
    *[(key, "paper") for key in KOMMUNER],
    ("line-strong", "paper"),
    ("brand", "paper"),
    ("accent", "paper"),
]


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})\b", block))


LIGHT = colours(TOKENS.split("prefers-color-scheme: dark")[0])
SCHEMES = {"light": LIGHT, "dark": LIGHT | colours(TOKENS.split("prefers-color-scheme: dark")[1])}


def luminance(colour: str) -> float:
    """Relative luminance, 0–1, as WCAG 2.1 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_the_known_ratio() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_can_be_read_on_its_ground(scheme: str, text: str, ground: str) -> None:
    assert contrast(SCHEMES[scheme][text], SCHEMES[scheme][ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_shapes_and_edges_of_controls_can_be_told_from_their_ground(scheme: str, shape: str, ground: str) -> None:
    assert contrast(SCHEMES[scheme][shape], SCHEMES[scheme][ground]) >= 3


def test_every_name_used_in_the_style_sheets_is_a_token() -> None:
    known = set(re.findall(r"--([\w-]+):", TOKENS))
    for sheet in (ROOT / "static" / "css").glob("*.css"):
        css = sheet.read_text()
        assert set(re.findall(r"var\(--([\w-]+)", css)) <= known, sheet.name


STYLE_OF_MAIL = ROOT / "templates" / "mail" / "_style.html"
"""A mail carries its style with it; where the portal itself shows one, the policy allows that style by its hash."""


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_a_template_holds_nothing_the_content_security_policy_refuses(path: Path) -> None:
    source = path.read_text()
    assert not re.search(r"<script(?![^>]*\ssrc=)", source)
    assert path == STYLE_OF_MAIL or not re.search(r"<style\b", source)
    assert not re.search(r"\sstyle\s*=", source)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", source)
    assert "javascript:" not in source


def test_the_page_for_a_broken_server_needs_nothing_around_it() -> None:
    page = render_to_string("500.html")
    assert "<h1>Något gick fel hos oss</h1>" in page


class Sample(forms.Form):
    title = forms.CharField(label="Titel", help_text="Kort.")
    answer = forms.ChoiceField(
        label="Svar",
        choices=[("yes", "Ja"), ("no", "Nej")],
        widget=forms.RadioSelect,
        help_text="Ett av två.",
    )
    level = forms.ChoiceField(
        label="Nytta",
        choices=[("1", "Ingen"), ("5", "Stor"), ("unknown", "Vet inte")],
        widget=forms.RadioSelect(attrs={"class": "level-choice"}),
    )
    remark = forms.CharField(label="Anmärkning", required=False)
    secret = forms.CharField(widget=forms.HiddenInput)


def rendered(form: forms.Form) -> str:
    return re.sub(r"\s+", " ", as_crispy_form(form))


def test_a_form_says_label_then_help_then_field() -> None:
    html = rendered(Sample())
    assert html.index('<label for="id_title">Titel') < html.index('id="id_title_helptext"') < html.index("<input")
    assert 'aria-describedby="id_title_helptext"' in html


def test_a_form_without_faults_has_no_summary() -> None:
    assert "error-summary" not in rendered(Sample())


def test_only_what_is_voluntary_is_marked() -> None:
    assert rendered(Sample()).count("valfritt") == 1


def test_the_summary_takes_focus_and_leads_to_each_field() -> None:
    html = rendered(Sample({"level": "5"}))
    summary = html[html.index('<div class="error-summary"') : html.index("</ul>")]
    assert 'role="alert" tabindex="-1" autofocus' in summary
    for target in ("id_title", "id_answer_0"):
        assert f'href="#{target}"' in summary
        assert f'id="{target}"' in html
    assert "secret" not in re.findall(r'href="#([^"]+)"', summary)


def test_a_fault_is_tied_to_its_field() -> None:
    html = rendered(Sample({}))
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'id="id_title_error"' in html
    group = html[html.index('id="div_id_answer"') :]
    assert 'aria-invalid="true"' in group[: group.index(">")]
    assert 'aria-describedby="id_answer_helptext id_answer_error"' in group[: group.index(">")]


def test_a_level_shows_its_number_and_its_words() -> None:
    html = rendered(Sample({"level": "5"}))
    assert '<span class="level">5</span><span class="words">Stor</span>' in html
    assert '<span class="level" aria-hidden="true">V</span><span class="words">Vet inte</span>' in html
    assert re.search(r'value="5" id="id_level_1" checked', html)
