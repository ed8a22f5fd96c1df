"""People who never rest: each presses her buttons over HTTP, and sends a form again until it has been answered.

Run as a program in the installation's environment it makes the cases they press on and the sessions they are signed in
by: ``python -m tests.operation.busy`` prints them as JSON.
"""

from __future__ import annotations

import http.client
import io
import itertools
import json
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from PIL import Image

COOKIE = "c" * 32
"""Both the cookie and the word of the form; they are to be the same."""
PATIENCE = 90


@dataclass(frozen=True)
class Pressing:
    """One form: where it is sent, what stands in it, and the words by which it is known again in the log."""

    address: str
    fields: dict[str, str]
    mark: str
    file: bytes = b""

    def sent(self) -> tuple[bytes, str]:
        """The body and its content type; the key of the form is the same however many times it is sent."""
        edge = uuid.uuid4().hex
        body = b"".join(
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in self.fields.items()
        )
        if self.file:
            head = f'Content-Disposition: form-data; name="files"; filename="{self.mark}.png"'
            body += f"--{edge}\r\n{head}\r\nContent-Type: image/png\r\n\r\n".encode() + self.file + b"\r\n"
        return body + f"--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"


Acts = Callable[[str], Iterator[Pressing]]


def _mark() -> str:
    return f"m{uuid.uuid4().hex[:12]}"


def _step(reference: str, act: str, mark: str, **fields: str) -> Pressing:
    return Pressing(f"/initiativ/{reference}/steg/{act}/", {"token": uuid.uuid4().hex, **fields}, mark)


def commenting(reference: str) -> Iterator[Pressing]:
    while True:
        mark = _mark()
        yield _step(reference, "comment", mark, motivation=mark)


def resting_and_waking(reference: str) -> Iterator[Pressing]:
    for act in itertools.cycle(["pause", "resume"]):
        mark = _mark()
        more = {"review_on": "2099-01-01"} if act == "pause" else {}
        yield _step(reference, act, mark, motivation=mark, **more)


def answering(reference: str) -> Iterator[Pressing]:
    for answer in itertools.cycle(["wait", "decline"]):
        mark = _mark()
        beside = {"decider_name": "Ada Beslut", "decided_on": time.strftime("%Y-%m-%d")}
        yield _step(reference, "answer_interest", mark, motivation=mark, answer=answer, **beside)


def paying(reference: str) -> Iterator[Pressing]:
    for number in itertools.count(1):
        amount = f"{number},{uuid.uuid4().int % 90 + 10}"
        more = {"kind": "development", "value": "actual", "amount": amount, "date": time.strftime("%Y-%m-%d")}
        yield _step(reference, "record_cost", amount.replace(",", "."), **more)


def attaching(reference: str) -> Iterator[Pressing]:
    for _time in itertools.count():
        mark, picture = _mark(), io.BytesIO()
        Image.new("RGB", (8, 8), uuid.uuid4().int % 2**24).save(picture, "PNG")
        yield Pressing(f"/initiativ/{reference}/bilagor/", {}, mark, picture.getvalue())


PEOPLE: dict[str, Acts] = {
    "comments": commenting,
    "rests": resting_and_waking,
    "answers": answering,
    "answers too": answering,
    "pays": paying,
    "attaches": attaching,
}


class Person(threading.Thread):
    """Presses one thing after the other until she is asked to stop."""

    def __init__(self, name: str, port: int, session: str, acts: Iterator[Pressing]) -> None:
        super().__init__(name=name, daemon=True)
        self.port, self.session, self.acts = port, session, acts
        self.stopping = threading.Event()
        self.taken: list[str] = []
        """Marks of what she was told is done."""
        self.unforeseen: list[str] = []
        self.resent = 0

    def run(self) -> None:
        for pressing in self.acts:
            if self.stopping.is_set():
                return
            self._press(pressing)

    def _press(self, pressing: Pressing) -> None:
        """Sends the form until there is an answer. A file that was taken when the answer was lost is there already."""
        give_up, again = time.monotonic() + PATIENCE, False
        while time.monotonic() < give_up:
            status = self._send(pressing)
            if status == 302 or (status == 422 and again and pressing.file):
                return self.taken.append(pressing.mark)
            if status is not None and status < 500:
                return self.unforeseen.append(f"{self.name}: {pressing.address} {status}")
            again, self.resent = True, self.resent + 1
            time.sleep(0.05)
        return self.unforeseen.append(f"{self.name}: no answer within {PATIENCE} s")

    def _send(self, pressing: Pressing) -> int | None:
        """The status of the answer; None when the other end was gone, or went in the middle."""
        body, content_type = pressing.sent()
        headers = {
            "Content-Type": content_type,
            "Cookie": f"sessionid={self.session}; csrftoken={COOKIE}",
            "X-CSRFToken": COOKIE,
        }
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("POST", pressing.address, body, headers)
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()
        return answer.status


def _make() -> dict[str, Any]:
    """The cases, each where its person presses on it, and a session for each."""
    from django.test import Client

    from governance.statuses import Status
    from tests.cast import Cast
    from tests.walk import Walk

    cast = Cast()
    asked = Walk(cast).to(Status.INTEREST).case
    made = {
        "comments": (Walk(cast).to(Status.SUBMITTED).case, cast.lead()),
        "rests": (Walk(cast).to(Status.SUBMITTED).case, cast.lead()),
        "answers": (asked, cast.director("essunga")),
        "answers too": (asked, cast.director("grastorp")),
        "pays": (Walk(cast).to(Status.IN_PROGRESS).case, cast.lead()),
        "attaches": (Walk(cast).to(Status.SUPPLEMENT).case, cast.staff()),
    }
    people = {}
    for name, (case, person) in made.items():
        client = Client()
        client.force_login(person)
        people[name] = {"reference": case.initiative.reference, "session": client.cookies["sessionid"].value}
    return people


if __name__ == "__main__":
    import os

    import django
    from django.conf import settings

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "v6portal.settings")
    django.setup()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    print(json.dumps(_make()))  # noqa: T201
