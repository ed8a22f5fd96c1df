#!/usr/bin/env python3
"""The portal at a desk. Needs nothing but Python.

python3 dev.py run [--port 8000] [--fresh]   start the portal with demo data (--fresh: a new demo database)
python3 dev.py test [pytest arguments]       every check; with arguments: only those tests
python3 dev.py setup                         the environment alone, for scripts
"""

import ctypes
import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)
PDF = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def say(text):
    print("dev.py: " + text, flush=True)


def has_library(name):
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def is_ubuntu():
    release = Path("/etc/os-release")
    return release.exists() and "\nID=ubuntu\n" in "\n" + release.read_text()


def has_browser():
    return any(map(shutil.which, BROWSERS))


def missing_packages(testing):
    """Debian's names of what the machine lacks, in two lists: what nothing goes without, and the rest."""
    needed, wanted = [], []
    if not PYTHON.exists() and importlib.util.find_spec("ensurepip") is None:
        own = Path(sys.executable).name if sys.executable != "/usr/bin/python3" else "python3"
        needed.append(own + "-venv")
    libraries = [package for library, package in PDF.items() if not has_library(library)]
    wanted += libraries + (["fonts-dejavu-core"] if libraries else [])
    if testing:
        wanted += [] if has_browser() or is_ubuntu() else ["chromium"]
        wanted += [] if has_library("libatomic.so.1") else ["libatomic1"]
    return needed, wanted


def administrator():
    """The words to put before a command that changes the machine, or None when we may not."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    return None


def install_packages(testing):
    needed, wanted = missing_packages(testing)
    if not needed + wanted:
        return
    line = "apt-get install -y --no-install-recommends " + " ".join(needed + wanted)
    before = administrator()
    if before is not None:
        say("installerar systempaket: " + " ".join(needed + wanted))
        before = [*before, "env", "DEBIAN_FRONTEND=noninteractive"]
        subprocess.run([*before, "apt-get", "-q", "update"], stdout=subprocess.DEVNULL)
        if subprocess.run([*before, *line.split()], stdout=subprocess.DEVNULL).returncode == 0:
            return
    advice = "be den som sköter datorn skriva detta (som root):\n\n    apt-get update && " + line + "\n"
    if needed or testing:
        sys.exit("dev.py: systempaket saknas; " + advice)
    say("systempaket för PDF saknas, så portalen startar utan PDF. För PDF: " + advice)


def fingerprint(lock):
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def install_environment(testing):
    """A virtual environment with exactly what the lock says. The development lock holds the other one too."""
    runtime, development = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
    stamp = VENV / "installed"
    stamped = stamp.read_text().split() if stamp.exists() else []
    lock = development if testing else runtime
    if PYTHON.exists() and fingerprint(lock) in stamped:
        return
    if not (VENV / "bin" / "pip").exists():  # the last thing that venv makes
        say("skapar den virtuella miljön .venv")
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
    say("installerar paketen i " + lock.name)
    pip = [
        str(PYTHON),
        "-m",
        "pip",
        "install",
        "-q",
        "--disable-pip-version-check",
        "--no-compile",
        "--no-deps",
    ]
    if subprocess.run([*pip, "--require-hashes", "-r", str(lock)]).returncode:
        sys.exit("dev.py: paketen kunde inte installeras (se ovan). Finns nätet? Kör kommandot igen.")
    holds = [runtime, development] if testing else [runtime]
    stamp.write_text("\n".join(map(fingerprint, holds)) + "\n")


def install_browser():
    """Ubuntu's chromium is a snap, which few build machines run: Playwright brings its own there."""
    if has_browser() or not is_ubuntu():
        return
    command = [str(PYTHON), "-m", "playwright", "install", "chromium"]
    if administrator() is not None:
        command.insert(-1, "--with-deps")
    if subprocess.run(command).returncode:
        sys.exit("dev.py: webbläsaren för testerna kunde inte installeras (se ovan).")


def setup(testing):
    (ROOT / "var").mkdir(exist_ok=True)
    with open(ROOT / "var" / "setup", "a") as alone:  # two commands at once share one environment
        fcntl.flock(alone, fcntl.LOCK_EX)
        install_packages(testing)
        install_environment(testing)
        if testing:
            install_browser()


def newer_python():
    names = (f"python3.{minor}" for minor in range(OLDEST[1] + 3, OLDEST[1] - 1, -1))
    return next(filter(None, map(shutil.which, names)), None)


def main():
    if sys.version_info < OLDEST:
        found = newer_python()
        if found is None:
            here = ".".join(map(str, sys.version_info[:2]))
            advice = "apt-get install -y python3.11 python3.11-venv"
            sys.exit(f"dev.py: Python 3.11 eller nyare behövs; det här är {here}. Prova:\n\n    {advice}\n")
        os.execv(found, [found, *sys.argv])
    command, arguments = (sys.argv[1:2] or [""])[0], sys.argv[2:]
    if command not in ("run", "test", "setup") or (command == "setup" and arguments):
        sys.exit(__doc__)
    if command == "run" and {"-h", "--help"} & set(arguments):
        sys.exit(__doc__)
    setup(testing=command == "test")
    if command == "setup":
        return
    os.chdir(ROOT)
    module = "v6portal.serve" if command == "run" else "tests.suite"
    os.execv(PYTHON, [str(PYTHON), "-m", module, *arguments])


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
