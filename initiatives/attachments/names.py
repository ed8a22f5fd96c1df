"""What an attachment is called: the sender's name made harmless, with the ending that its content has."""

from __future__ import annotations

import re
import unicodedata

from .kinds import ENDINGS, Kind

LONGEST = 100
"""Characters, the ending included."""
NAMELESS = "bilaga"
RESERVED = re.compile(r"[<>:\"|?*%]")
DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""What Windows takes for a device, whatever the ending."""
ACTIVE = (
    *(".exe", ".com", ".scr", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".jse", ".wsf", ".hta", ".msi", ".jar", ".lnk"),
    *(".html", ".htm", ".svg", ".xml", ".php", ".sh", ".py", ".docm", ".xlsm", ".pptm", ".zip", ".iso", ".dll"),
)


def clean_name(sent: str, kind: Kind) -> str:
    """The name to show and to send: no path, no controls or direction marks, the content's own ending, not too long.

    ``faktura.pdf.exe`` with a PDF in it becomes ``faktura.pdf``, and ``foto.jpg`` with a PNG in it ``foto.png``.
    """
    stem = _without_traps(sent)
    ending = next((e for e in kind.endings if stem.lower().endswith(e)), "")
    while known := next((e for e in (*ENDINGS, *ACTIVE) if stem.lower().endswith(e)), ""):
        stem = stem[: -len(known)].rstrip(" .")
    stem = stem.strip(" .")
    if DEVICES.fullmatch(stem.split(".")[0]):
        stem = f"{NAMELESS}-{stem}"
    ending = ending.lower() or kind.ending
    return (stem[: LONGEST - len(ending)].rstrip(" .") or NAMELESS) + ending


def _without_traps(sent: str) -> str:
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", sent))[-1]
    spaced = "".join(" " if unicodedata.category(c) in {"Zs", "Zl", "Zp"} else c for c in last)
    kept = "".join(c for c in spaced if unicodedata.category(c)[0] != "C")
    return re.sub(r"\s+", " ", RESERVED.sub("-", kept)).strip().rstrip(" .")
