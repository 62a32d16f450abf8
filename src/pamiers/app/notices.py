"""Notices delivered: letters to print, e-mail, signed webhooks, and other services.

A notice is the same for every party and goes to all of them at once: where one of them
cannot be reached, it counts as not delivered and is tried again. Drafts are written for
the role that has to act, and leave the mission only when that role sends them.
"""

import hashlib
import hmac
import json
import smtplib
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Final, Protocol

from pamiers.agreement.model import Agreement
from pamiers.app.letters import Told, Wording, languages_of
from pamiers.app.pages.words import LANGUAGES
from pamiers.app.wiring import write_file
from pamiers.core.errors import UsageError

FILE: Final = "notices.json"
_TIMEOUT_S: Final = 10
_KEYS: Final = ("languages", "webhook", "mail", "apprise")


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
    """Letters to print, all languages on one sheet; drafts in a folder of their own."""

    folder: Path
    wording: Wording
    name: str = "letter"

    def deliver(self, told: Told) -> None:
        """Write one letter, the same for all."""
        kind = "drafts" if told["kind"] == "draft" else "letters"
        day = str(told["at"])[:10]
        path = self.folder / kind / f"{day}-{told['what']}-{_mark(told)[:16]}.pdf"
        write_file(path, self.wording.letter(told))


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
    """One e-mail for all parties, every address in it, the letter with it."""

    host: str
    port: int
    sender: str
    to: Mapping[str, str]  #: party -> address
    wording: Wording
    login: tuple[str, str] | None = field(default=None, repr=False)
    tls: bool = False
    name: str = "mail"

    def deliver(self, told: Told) -> None:
        """Send one message; the server takes it for all, or it was not sent."""
        message = EmailMessage()
        first = self.wording.languages[0]
        message["Subject"] = self.wording.subject(told, first)
        message["From"] = self.sender
        message["To"] = ", ".join(self.to[each] for each in told["to"])
        message["Message-ID"] = f"<{_mark(told)[:32]}@pamiers.invalid>"
        message.set_content(self.wording.plain(told))
        message.add_attachment(
            self.wording.letter(told),
            maintype="application",
            subtype="pdf",
            filename=f"{told['what']}.pdf",
        )
        with smtplib.SMTP(self.host, self.port, timeout=_TIMEOUT_S) as server:
            if self.tls:
                server.starttls()
            if self.login is not None:
                server.login(*self.login)
            if server.send_message(message):
                raise OSError("an address was refused")


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """A message by the services that apprise knows, an address for each party."""

    to: Mapping[str, str] = field(repr=False)  #: party -> address with its secrets
    wording: Wording
    name: str = "apprise"

    def deliver(self, told: Told) -> None:
        """Send one message to every party, in the same words."""
        import apprise  # noqa: PLC0415 - an extra, which may be absent

        first = self.wording.languages[0]
        for party in told["to"]:
            service = apprise.Apprise()
            sent = service.add(self.to[party]) and service.notify(
                title=self.wording.subject(told, first),
                body=self.wording.plain(told),
                body_format=apprise.NotifyFormat.TEXT,
            )
            if not sent:
                raise OSError(f"the service of {party} did not take it")


def _mark(told: Told) -> str:
    return hashlib.sha256(str(told["key"]).encode()).hexdigest()


def means_of(folder: Path, agreement: Agreement) -> tuple[Means, ...]:
    """Return the means that a mission's `notices.json` names; else letters alone.

    Args:
        folder: Mission.
        agreement: Its parties are those that every means has to reach.

    Returns:
        Letters, then what the file names.

    Raises:
        UsageError: The file is not as it should be, or leaves out a party.
    """
    path = folder / FILE
    held: Any = {}
    try:
        if path.is_file():
            held = json.loads(path.read_text("utf-8"))
        return tuple(_means(folder, held, agreement))
    except (ValueError, KeyError, TypeError, OSError, ImportError) as error:
        raise UsageError(
            str(path),
            expected="webhook (urls, secret_file), mail (host, port, sender, to), "
            "apprise (party: address), languages",
            got=f"{type(error).__name__}: {error}",
            remedy="Correct the file, or remove it: letters are written all the same.",
        ) from error


def _means(folder: Path, held: Any, agreement: Agreement) -> list[Means]:  # noqa: ANN401 - as written
    if unknown := [key for key in held if key not in _KEYS]:
        raise ValueError(f"expected {', '.join(_KEYS)}, got {unknown[0]!r}")
    languages = tuple(held.get("languages") or languages_of(agreement))
    if not set(languages) <= set(LANGUAGES):
        raise ValueError(f"expected languages of {', '.join(LANGUAGES)}")
    wording = Wording(agreement=agreement, languages=languages)
    found: list[Means] = [Letters(folder=folder / "notices", wording=wording)]
    parties = agreement.party_ids
    if "webhook" in held:
        secret = (folder / held["webhook"]["secret_file"]).read_bytes().strip()
        urls = _allowed([str(each) for each in held["webhook"]["urls"]])
        found.append(Webhook(urls=urls, secret=secret))
    if "mail" in held:
        found.append(_mail(folder, dict(held["mail"]), wording))
    if "apprise" in held:
        import apprise  # noqa: PLC0415 - an extra, which may be absent

        for each in _all(held["apprise"], parties).values():
            if not apprise.Apprise().add(each):
                raise ValueError("expected addresses that apprise knows")
        found.append(Services(to=held["apprise"], wording=wording))
    return found


def _mail(folder: Path, held: dict[str, Any], wording: Wording) -> Mail:
    held["to"] = _all(held["to"], wording.agreement.party_ids)
    user, file = held.pop("user", None), held.pop("password_file", None)
    if user is not None:
        password = (folder / file).read_text("utf-8").strip()
        held["login"] = (str(user), password)
    return Mail(**held, wording=wording)


def _all(to: Mapping[str, str], parties: Sequence[str]) -> Mapping[str, str]:
    """Return addresses that leave out no party: all are told, or nobody is."""
    missing = [each for each in parties if not to.get(each)]
    if missing:
        raise ValueError(f"expected an address of every party, got none of {missing}")
    return to


def _allowed(urls: Sequence[str]) -> tuple[str, ...]:
    for url in urls:
        if not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
            raise ValueError(f"expected https, got {url!r}")
    return tuple(urls)
