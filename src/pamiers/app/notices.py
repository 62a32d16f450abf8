"""Notices delivered: letters to print, signed webhooks, e-mail; to all parties alike.

A notice is the same for every party and goes to all of them at once: where one of them
cannot be reached, it counts as not delivered and is tried again. Drafts are written for
the role that has to act, and leave the mission only when that role sends them.
"""

import hashlib
import hmac
import html
import json
import smtplib
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Final, Protocol

from pamiers.app.case_words import facts, subject
from pamiers.app.wiring import write_file
from pamiers.core.errors import UsageError

Told = Mapping[str, Any]
FILE: Final = "notices.json"
_TIMEOUT_S: Final = 10


class Means(Protocol):
    """One way of delivering notices."""

    @property
    def name(self) -> str:
        """Return what it is called on record."""

    def deliver(self, told: Told) -> None:
        """Deliver one notice to everybody it is for.

        Raises:
            OSError: Somebody could not be reached.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """Letters to print, both languages on one page; drafts in a folder of their own."""

    folder: Path
    name: str = "letter"

    def deliver(self, told: Told) -> None:
        """Write one letter, the same for all."""
        digest = hashlib.sha256(str(told["key"]).encode()).hexdigest()[:16]
        kind = "drafts" if told["kind"] == "draft" else "letters"
        day = str(told["at"])[:10]
        path = self.folder / kind / f"{day}-{told['what']}-{digest}.html"
        write_file(path, letter(told).encode())


def letter(told: Told) -> str:
    """Return a notice as a page to print, in English and Ukrainian."""
    draft = told["kind"] == "draft"
    parts = []
    for language, code in enumerate(("en", "uk")):
        rows = "".join(
            f"<tr><th>{html.escape(k)}</th><td>{html.escape(v)}</td></tr>"
            for k, v in facts(told, language)
        )
        head = ("Draft, for decision", "Чернетка, для рішення")[language]
        mark = f"<p><strong>{head}</strong></p>" if draft else ""
        title = html.escape(subject(told, language))
        to = html.escape(", ".join(told["to"]))
        parts.append(
            f'<section lang="{code}"><h1>{title}</h1>{mark}<p>→ {to}</p>'
            f"<table>{rows}</table></section>"
        )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>'
        f"{html.escape(subject(told))}</title><style>"
        "body{font:12pt/1.5 serif;max-width:42rem;margin:2cm auto}h1{font-size:15pt}"
        "th{text-align:left;padding-right:2em;vertical-align:top;font-weight:600}"
        "section+section{border-top:1px solid;margin-top:2em;padding-top:1em}"
        f"</style></head><body>{''.join(parts)}</body></html>\n"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """Posts to the addresses of all parties, signed.

    The header `Pamiers-Signature` holds `sha256=` and the HMAC of the body;
    `Idempotency-Key` is the same however often a notice is sent.
    """

    urls: tuple[str, ...]
    secret: bytes = field(repr=False)
    name: str = "webhook"

    def deliver(self, told: Told) -> None:
        """Post one notice to every address."""
        body = json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
        for url in self.urls:
            request = urllib.request.Request(  # noqa: S310 - http or https, as read
                url,
                data=body,
                headers={
                    "Content-Type": "application/json; charset=utf-8",
                    "Idempotency-Key": str(told["key"]),
                    "Pamiers-Signature": signature(self.secret, body),
                },
            )
            with urllib.request.urlopen(request, timeout=_TIMEOUT_S):  # noqa: S310 - http or https, as read
                pass


def signature(secret: bytes, body: bytes) -> str:
    """Return what the header `Pamiers-Signature` holds for a body."""
    return "sha256=" + hmac.new(secret, body, hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One e-mail for all parties, every address in it."""

    host: str
    port: int
    sender: str
    to: Mapping[str, str]  #: party -> address
    name: str = "mail"

    def deliver(self, told: Told) -> None:
        """Send one message; the server takes it for all, or it was not sent."""
        message = EmailMessage()
        message["Subject"], message["From"] = subject(told), self.sender
        message["To"] = ", ".join(self.to[each] for each in told["to"])
        message["Message-ID"] = f"<{_mark(told)}@pamiers.invalid>"
        said = [
            "\n".join([subject(told, n), *(f"{k}: {v}" for k, v in facts(told, n))])
            for n in range(2)
        ]
        message.set_content("\n\n".join(said))
        with smtplib.SMTP(self.host, self.port, timeout=_TIMEOUT_S) as server:
            if server.send_message(message):
                raise OSError("an address was refused")


def _mark(told: Told) -> str:
    return hashlib.sha256(str(told["key"]).encode()).hexdigest()[:32]


def means_of(folder: Path) -> tuple[Means, ...]:
    """Return the means that a mission's `notices.json` names; else letters alone.

    Raises:
        UsageError: The file is not as it should be.
    """
    found: list[Means] = [Letters(folder=folder / "notices")]
    path = folder / FILE
    if not path.is_file():
        return tuple(found)
    try:
        held = json.loads(path.read_text("utf-8"))
        if "webhook" in held:
            secret = (folder / held["webhook"]["secret_file"]).read_bytes().strip()
            urls = tuple(map(str, held["webhook"]["urls"]))
            found.append(Webhook(urls=_allowed(urls), secret=secret))
        if "mail" in held:
            found.append(Mail(**held["mail"]))
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise UsageError(
            str(path),
            expected="webhook (urls, secret_file) and mail (host, port, sender, to)",
            got=f"{type(error).__name__}: {error}",
            remedy="Correct the file, or remove it: letters are written all the same.",
        ) from error
    return tuple(found)


def _allowed(urls: Sequence[str]) -> tuple[str, ...]:
    for url in urls:
        if not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
            raise ValueError(f"expected https, got {url!r}")
    return tuple(urls)
