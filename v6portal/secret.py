"""The key that signs a checkout's sessions. An installation sets SECRET_KEY itself."""

import os
import secrets
from pathlib import Path

VAR = Path(__file__).resolve().parent.parent / "var"


def secret_key() -> str:
    """This checkout's own key, made the first time it is asked for."""
    path = VAR / "secret_key"
    VAR.mkdir(exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with open(descriptor, "w") as file:
        file.write(key := secrets.token_urlsafe(50))
    return key
