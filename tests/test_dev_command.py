"""The two commands and the environment they make, as far as it can be seen without making one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "PATH": os.environ["PATH"],
    "DATABASE_URL": "postgresql://portal_app@db.example.se/portal",
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "portal.example.se",
}


def run(code: str, **environment: str | None) -> subprocess.CompletedProcess[str]:
    env = {**PRODUCTION, **environment}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={name: value for name, value in env.items() if value is not None},
        capture_output=True,
        text=True,
    )


def test_dev_py_imports_the_standard_library_only() -> None:
    """Isolated (-I) and without site packages (-S), as on a machine where nothing is installed."""
    done = subprocess.run([sys.executable, "-I", "-S", "dev.py"], cwd=ROOT, capture_output=True, text=True)
    assert "dev.py run" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [["rum"], ["setup", "--fresh"], []])
def test_dev_py_explains_itself_when_it_does_not_understand(arguments: list[str]) -> None:
    done = subprocess.run([sys.executable, "dev.py", *arguments], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert "dev.py test" in done.stderr


def test_the_web_application_never_imports_the_embedded_server() -> None:
    done = run(
        "import sys, v6portal.wsgi; "
        "print([m for m in sys.modules if 'embedded' in m or m in ('v6portal.serve', 'pytest')])"
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_a_command_with_database_url_imports_nothing_embedded() -> None:
    done = run(
        "import sys; sys.argv = ['manage.py', 'version']; import manage; manage.main(); "
        "print([m for m in sys.modules if 'embedded' in m])"
    )
    assert done.stdout.splitlines()[-1] == "[]", done.stderr


def test_the_portal_does_not_start_without_a_key() -> None:
    done = run("import v6portal.settings", SECRET_KEY=None)
    assert done.returncode == 1
    assert "SECRET_KEY saknas" in done.stderr


def test_demo_mode_is_off_unless_asked_for() -> None:
    done = run("import v6portal.settings as s; print(s.DEBUG, s.DEMO, s.HTTPS, s.SESSION_COOKIE_SECURE)")
    assert done.stdout.split() == ["False", "False", "True", "True"], done.stderr


def test_the_policy_allows_no_inline_script_or_style() -> None:
    done = run("import v6portal.settings as s; print(s.CONTENT_SECURITY_POLICY)")
    assert "unsafe" not in done.stdout
    assert "'default-src': [\"'none'\"]" in done.stdout
