"""Where an uploaded workbook waits between the preview and the confirmation: out of reach, and not for long."""

from __future__ import annotations

import os
import re
import secrets
import time
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.core.files.uploadedfile import UploadedFile

LIFETIME = 60 * 60
"""Seconds."""
TOKEN = re.compile(r"[A-Za-z0-9_-]{32,64}")


def _folder() -> Path:
    folder = Path(settings.MEDIA_ROOT) / "imports"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def keep(file: UploadedFile, session: SessionBase, key: str) -> str:
    """Stores the file for this session alone and returns its token; its earlier file by the key is thrown away."""
    sweep()
    discard(session, key)
    token = secrets.token_urlsafe(32)
    descriptor = os.open(_folder() / f"{token}.xlsx", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        for chunk in file.chunks():
            target.write(chunk)
    session[key] = {"token": token, "name": Path(file.name or "").name[:100]}
    return token


def waiting(token: str, session: SessionBase, key: str) -> tuple[Path, str] | None:
    """The file that this session has stored under the token, and the name it came with; None when it is gone."""
    kept = session.get(key) or {}
    if not TOKEN.fullmatch(token) or not secrets.compare_digest(str(kept.get("token", "")), token):
        return None
    path = _folder() / f"{token}.xlsx"
    if not path.is_file() or _age(path) > LIFETIME:
        return None
    return path, str(kept.get("name", ""))


def discard(session: SessionBase, key: str) -> None:
    """Throws away what the session has stored by the key, if anything."""
    kept = session.pop(key, None)
    if kept and TOKEN.fullmatch(kept["token"]):
        (_folder() / f"{kept['token']}.xlsx").unlink(missing_ok=True)


def sweep() -> None:
    """Throws away what nobody came back for."""
    for path in _folder().glob("*.xlsx"):
        if _age(path) > LIFETIME:
            path.unlink(missing_ok=True)


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0
