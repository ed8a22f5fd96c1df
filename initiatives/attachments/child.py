"""The process that looks into a file for the portal, so that a hostile file can only hurt itself.

``python -m initiatives.attachments.child SOURCE TARGET '{"memory": …, "seconds": …, "written": …}'`` writes one line of
JSON to standard output: ``{"kind": "png", "rewritten": true}`` when the file may be taken in, with what is to be stored
in TARGET where it was written anew, else ``{"refused": "macros"}``. No Django, no database, no secrets here.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from initiatives.attachments.kinds import PDF, Kind
from initiatives.attachments.packages import Unsafe
from initiatives.attachments.reasons import Reason
from initiatives.attachments.recognising import HEAD, recognise


def examine(source: str, target: str) -> tuple[Kind, bool]:
    """The kind of the file, and whether it was written anew to the target; raises Unsafe."""
    content = Path(source).read_bytes()
    kind = recognise(content[:HEAD], content)
    if kind is PDF:
        from initiatives.attachments.pdf import check_pdf

        check_pdf(content)
        return kind, False
    del content
    if kind is None:
        from initiatives.attachments.office import check_office, repack

        kind = check_office(source)
        repack(source, target)
        return kind, True
    from initiatives.attachments.pictures import redraw

    redraw(source, target, kind)
    return kind, True


def tell(source: str, target: str) -> dict[str, str | bool]:
    """What became of the file. Whatever goes wrong in it is a refusal."""
    try:
        kind, rewritten = examine(source, target)
        return {"kind": kind.key, "rewritten": rewritten}
    except Unsafe as refusal:
        return {"refused": refusal.reason}
    except MemoryError:
        return {"refused": Reason.TOO_LARGE}
    except Exception:  # a reader may raise anything on a broken or hostile file
        return {"refused": Reason.BROKEN}


def main() -> None:
    import resource

    source, target, asked = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
    for limit, most in (
        (resource.RLIMIT_AS, asked["memory"]),
        (resource.RLIMIT_CPU, asked["seconds"]),
        (resource.RLIMIT_FSIZE, asked["written"]),
    ):
        resource.setrlimit(limit, (most, most))
    sys.stdout.write(json.dumps(tell(source, target)))


if __name__ == "__main__":
    main()
