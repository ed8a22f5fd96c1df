"""A real mail server on loopback for the tests, as kind or as difficult as a test needs it; and addresses."""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from v6portal.organizations.models import User


def give_address(*people: User) -> None:
    for person in people:
        person.email = f"{person.username}@example.se"
        person.save(update_fields=["email"])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class PostOffice:
    """What has been delivered, and in which way the server is difficult.

    ``answers`` are given to the texts in turn before they are accepted, e.g. ``["451 Try later"]``; ``refused`` are
    answers by address. ``hangs_up`` says when the connection is dropped: "before" the text is taken or "after".
    """

    def __init__(self) -> None:
        self.delivered: list[EmailMessage] = []
        self.answers: list[str] = []
        self.refused: dict[str, str] = {}
        self.hangs_up = ""
        self.spoken_to = 0

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        self.spoken_to += 1
        if self.hangs_up == "before":
            server.transport.abort()
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.answers:
            return self.answers.pop(0)
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert message["To"] == ", ".join(envelope.rcpt_tos)
        self.delivered.append(message)  # type: ignore[arg-type]
        if self.hangs_up == "after":
            server.transport.abort()
        return "250 OK"

    @property
    def told(self) -> dict[str, list[str]]:
        """The subjects by address."""
        found: dict[str, list[str]] = {}
        for message in self.delivered:
            found.setdefault(str(message["To"]), []).append(subject(message))
        return found


@contextmanager
def open_for_business(office: PostOffice, port: int) -> Iterator[None]:
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield
    finally:
        controller.stop()


def part(message: EmailMessage, kind: str) -> str:
    """The text or the HTML of a mail."""
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def subject(message: EmailMessage) -> str:
    """Without the space that Python's parser leaves before a subject folded onto the next line."""
    return str(message["Subject"]).strip()
