"""``manage.py report``: the figures as JSON, on standard output or in a file, and refusals that say what to type."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command

from followup.exports import WRITERS
from followup.periods import HalfYear
from followup.reports import compute

from .history import History, day

pytestmark = pytest.mark.django_db
TODAY = "2026-11-23"


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("report", *args, stdout=out)
    return out.getvalue()


def test_it_writes_the_computed_figures_as_readable_json():
    History("DI-1", "Götene", v6="2026-02-02")
    written = run("2026-1", "--format", "json", "--as-of", TODAY)
    assert json.loads(written) == compute(HalfYear(2026, 1), day(TODAY))
    assert '\n  "period": "2026-1",\n' in written
    assert "Götene" in written


def test_as_of_says_which_day_to_count_as_today():
    assert json.loads(run("2026-2", "--as-of", "2026-08-01"))["per"] == "2026-08-01"


def test_standard_output_gets_the_bytes_themselves(monkeypatch):
    monkeypatch.setitem(WRITERS, "json", lambda figures: b"\x00\xff")
    stream = io.TextIOWrapper(io.BytesIO())
    call_command("report", "2026-1", "--as-of", TODAY, stdout=stream)
    assert stream.buffer.getvalue() == b"\x00\xff"


def test_a_file_that_is_no_text_is_not_thrown_at_a_terminal(monkeypatch):
    class Terminal(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    monkeypatch.setitem(WRITERS, "pdf", lambda figures: b"%PDF")
    with pytest.raises(CommandError, match="Ange --output"):
        call_command("report", "2026-1", "--format", "pdf", "--as-of", TODAY, stdout=Terminal(io.BytesIO()))


def test_a_file_takes_it_and_is_named_afterwards(tmp_path, capsys):
    target = tmp_path / "rapport.json"
    call_command("report", "2026-1", "--as-of", TODAY, "--output", str(target))
    assert json.loads(target.read_text(encoding="utf-8"))["period"] == "2026-1"
    assert str(target) in capsys.readouterr().err


def test_a_place_that_cannot_be_written_to_is_said(tmp_path):
    with pytest.raises(CommandError, match="Det går inte att skriva till"):
        run("2026-1", "--as-of", TODAY, "--output", str(tmp_path / "saknas" / "rapport.json"))


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["2026-3"], "”2026-3” är inget halvår. Skriv till exempel 2026-1 eller 2026-2."),
        (["2026-2", "--as-of", "2026-06-30"], "Halvåret 2026-2 har inte börjat än."),
        (["2026-2", "--as-of", "2026-02-30"], "”2026-02-30” är inget datum. Skriv till exempel 2026-11-23."),
    ],
)
def test_what_cannot_be_reported_is_refused_in_a_sentence(args, sentence):
    with pytest.raises(CommandError) as refusal:
        run(*args)
    assert sentence in str(refusal.value)
