"""`python3 dev.py test`: every check, in turn, each with its time. The first that fails ends it.

With arguments, only pytest runs, with those arguments.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BIN = Path(sys.executable).parent
PYTHON = sys.executable
COVERAGE = [PYTHON, "-m", "coverage"]
PRODUCT = ["v6portal", "initiatives", "governance", "followup"]

# The rules that money, rank and rights follow from: every branch is tried.
RULES = [
    "initiatives/scoring.py",
    "initiatives/ranking.py",
    "initiatives/disagreement.py",
    "initiatives/benefit_calculation.py",
    "initiatives/sensitive.py",
    "initiatives/comparing.py",
    "initiatives/similarity.py",
    "initiatives/swedish.py",
    "initiatives/weighing.py",
    "governance/workflow.py",
    "governance/who.py",
    "governance/obstacles.py",
    "governance/facts.py",
    "governance/notices.py",
    "governance/notice_line.py",
    "governance/notices_to_roles.py",
    "governance/reminding.py",
    "governance/following_up.py",
    "governance/attempts.py",
    "governance/queueing.py",
    "governance/meetings.py",
    "governance/retention.py",
    "governance/expected.py",
    "governance/filled_in.py",
    "governance/bubbles.py",
    "governance/participating.py",
    "governance/as_it_was.py",
    "governance/remembering.py",
    "governance/cost_sharing.py",
    "governance/costing.py",
    "governance/planning.py",
    "governance/timeline.py",
    "governance/process_map.py",
    "governance/handing.py",
    "followup/periods.py",
    "followup/it_capacity.py",
    "followup/realised.py",
    "followup/approving.py",
    "followup/corrections.py",
    "followup/surveying.py",
    "followup/survey_counting.py",
    "governance/estimating.py",
    "followup/indicators/*",
]

LOCAL = {"SECRET_KEY": "a key for checks only, and long enough for every one of them"}
PRODUCTION = {
    **LOCAL,
    "DEBUG": "off",
    "DEMO": "off",
    "ALLOWED_HOSTS": "portal.example.se",
}

Step = tuple[str, list[str], dict[str, str]]
STEPS: list[Step] = [
    ("ruff format", [f"{BIN}/ruff", "format", "--check", "-q", "."], {}),
    ("ruff check", [f"{BIN}/ruff", "check", "-q", "."], {}),
    ("import-linter", [f"{BIN}/lint-imports", "--cache-dir", "var/import-linter"], {}),
    ("djlint", [f"{BIN}/djlint", "templates", "--lint", "--quiet"], {}),
    ("mypy", [f"{BIN}/mypy", "--cache-dir", "var/mypy"], LOCAL),
    ("migrationer", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"], PRODUCTION),
    ("check --deploy", [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
    ("töm täckningen", [*COVERAGE, "erase"], {}),
    ("pytest", [*COVERAGE, "run", "-m", "pytest", "-q", "-n", "auto", "--dist", "worksteal"], {}),
    ("samla täckningen", [*COVERAGE, "combine", "-q"], {}),
    ("täckning", [*COVERAGE, "report", "--fail-under=90"], {}),
    ("täckning, regler", [*COVERAGE, "report", f"--include={','.join(RULES)}", "--fail-under=100"], {}),
]


@contextmanager
def database() -> Iterator[None]:
    """The one in DATABASE_URL, else the checkout's own, up for as long as the checks take."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    from v6portal.embedded import checkout_environment

    with checkout_environment():
        yield


def run(name: str, command: list[str], extra: dict[str, str]) -> None:
    print(f"── {name}", flush=True)
    began = time.monotonic()
    child = subprocess.Popen(command, env={**os.environ, **extra})
    try:
        code = child.wait()
    except BaseException:  # Ctrl-C or SIGTERM: the child goes first
        child.terminate()
        child.wait()
        raise
    took = time.monotonic() - began
    if code:
        print(f"\nFEL i steget {name} ({took:.1f} s). Det som är fel står ovanför.", flush=True)
        raise SystemExit(1)
    print(f"   klart på {took:.1f} s", flush=True)


def main() -> None:
    began = time.monotonic()
    arguments = sys.argv[1:]
    with database():
        if arguments:
            run("pytest", [PYTHON, "-m", "pytest", *arguments], {})
        else:
            for step in STEPS:
                run(*step)
    print(f"\nAllt är grönt, {time.monotonic() - began:.0f} s.", flush=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        raise SystemExit(130) from None
