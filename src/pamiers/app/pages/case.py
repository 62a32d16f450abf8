"""One case: findings and what contests them, its steps, its clocks, what came of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pamiers.agreement.model.procedure import Step
from pamiers.app.case_files import file_values
from pamiers.app.case_values import case_values, notices_of
from pamiers.app.pages.case_seen import Seen
from pamiers.app.pages.cases import (
    Values,
    at_text,
    docket,
    due_values,
    names,
    seen,
    silence_values,
)
from pamiers.app.pages.readers import Reader
from pamiers.core.errors import UnknownTermError, UsageError
from pamiers.mission.cases import load

_SAID: Final = ("reply", "account", "dispute", "reserved", "evidence")


def case(reader: Reader, key: str, now: datetime) -> Values:
    """Return one case: findings and what contests them, steps, clocks, what is due.

    Args:
        reader: The mission as its reader sees it.
        key: Id of the case.
        now: As of when.

    Returns:
        Plain values.

    Raises:
        UnknownTermError: There is no such case, or the reader may not see it.
    """
    with docket(reader) as held:
        try:
            found = seen(reader, load(held.cases, key, now))
            notices = notices_of(held.cases, key)
        except UsageError as error:
            raise _unknown(key) from error
    if not found.shown:
        raise _unknown(key)
    told = _Told(found=found, reader=reader, now=now)
    return {**told.values(), "notices": told.notices(notices)}


def _unknown(key: str) -> UnknownTermError:
    return UnknownTermError(
        "case",
        expected="the id of a case that you may see",
        got=repr(key),
        remedy="The board of cases names them.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """One case, told as far as its reader may see it."""

    found: Seen
    reader: Reader
    now: datetime

    def values(self) -> Values:
        """Return the page."""
        case, held = self.found.case, self.found.case.standing
        plain = case_values(case, self.now)
        log = [self._transition(each) for each in plain["log"] if self._seen(each)]
        kept = ("id", "status", "outcome", "round", "opened_at", "closed_at", "as_of")
        return {
            **{name: plain[name] for name in kept},
            "procedure": dict(case.rules.procedure.title),
            "words_withheld": not self.found.words,
            "votes_withheld": not self.found.votes,
            "findings": [
                told for each in plain["findings"] if (told := self._finding(each))
            ],
            "said": [each for each in log if each["what"] in _SAID],
            "files": file_values(self.found.with_files()),
            "steps": [
                self._step(step, told)
                for step, told in zip(
                    case.rules.procedure.steps, plain["steps"], strict=True
                )
            ],
            "due": [due_values(self.found, each, self.now) for each in case.due],
            "replies": {
                party: {"at": at_text(at), "due_at": at_text(held.reply_due)}
                for party, at in held.replies.items()
                if self.found.those([party])
            },
            "attribution": self._attribution(plain["attribution"]),
            "remedies": self._remedies(plain["remedies"]),
            "may_determine": self._may_determine(),
            "appeal": _appeal(self.found),
            "suspended": self._suspended(),
            "minutes": self._minutes(),
            "publication": self._publication(),
            "log": log,
            "refused": plain["refused"] if self.found.votes else [],
            "names": names(self.reader),
        }

    def notices(self, told: list[Values]) -> list[Values]:
        """Return notices with their receipts, to those whom notices go to."""
        if not self.found.words:
            return []
        breaches = self.found.case.standing.breaches
        hidden = breaches.keys() - self.found.breaches.keys()
        return [each for each in told if each["about"] not in hidden]

    def _seen(self, told: Values) -> bool:
        known = {(each.what, each.key, at_text(each.at)) for each in self.found.log()}
        return (told["what"], told["about"] or "", told["at"]) in known

    def _transition(self, told: Values) -> Values:
        if self.found.words:
            return told
        about = str(told["about"] or "")
        what, sign, name = about.partition(":")
        kept = about if self.found.those([name if sign else about]) else what
        by = " ".join(self.found.those(str(told["by"] or "").split())) or None
        return {
            **told,
            "by": by,
            "about": kept if sign or kept == about else None,
            "reason": None,
        }

    def _finding(self, told: Values) -> Values | None:
        breach = self.found.breaches.get(told["key"])
        if breach is None:
            return None
        clause = next(
            (c for c in self.reader.agreement.clauses if c.id == breach.clause), None
        )
        standing = {each.key for each in self.reader.findings}
        return {
            **told,
            "party": self.found.party(breach),
            "title": {} if clause is None else dict(clause.title),
            "cite": "" if clause is None else clause.cite,
            "has_page": breach.key in standing,
        }

    def _step(self, step: Step, told: Values) -> Values:
        held = self.found.case.standing
        rule = step.decision
        present, motion = held.sessions.get(step.id, ((), ""))
        return {
            **told,
            "by": self.found.those(told["by"]),
            "done_by": next(iter(self.found.those([told["done_by"] or ""])), None),
            "act": step.act or None,
            "cite": step.cite,
            "outcomes": list(step.outcomes),
            "four_eyes": step.four_eyes,
            "proposed": self._proposed(step),
            "silence": silence_values(step),
            "decision": None
            if rule is None
            else {
                "rule": rule.rule,
                "among": list(rule.among),
                "quorum": rule.quorum,
                "each_party": rule.each_party,
                "chair": list(rule.chair),
            },
            "session": {"present": list(present), "motion": motion or None}
            if present and self.found.votes
            else None,
            "votes": held.votes.get(step.id, {}) if self.found.votes else {},
            "consent_of": list(step.consent_of),
        }

    def _proposed(self, step: Step) -> Values | None:
        """Return what one person proposed that a second has to confirm."""
        state = self.found.case.standing.steps.get(step.id)
        if state is None or state.first is None or state.ended_at is not None:
            return None
        by, person, outcome = state.first
        return {
            "by": next(iter(self.found.those([by])), None),
            "person": person if self.found.words else None,
            "outcome": outcome or None,
        }

    def _attribution(self, told: Values | None) -> Values | None:
        if told is None or self.found.words:
            return told
        return {"party": told.get("party"), "confidence": told.get("confidence")}

    def _remedies(self, told: dict[str, Values]) -> list[Values]:
        procedure = self.found.case.rules.procedure
        found = []
        for name, each in told.items():
            remedy = procedure.remedy(name)
            state = self.found.case.standing.remedies[name]
            found.append(
                {
                    "key": name,
                    "title": {} if remedy is None else dict(remedy.title),
                    "verified_by": [] if remedy is None else list(remedy.verified_by),
                    "check_at": at_text(state.check_at),
                    "refused_at": at_text(state.refused_at),
                    **each,
                    "of": self.found.those(each["of"]),
                }
            )
        return found

    def _may_determine(self) -> list[Values]:
        """Return the remedies that the agreement names and nobody determined yet."""
        held = self.found.case.standing.remedies
        return [
            {"key": each.id, "title": dict(each.title), "by": list(each.by)}
            for each in self.found.case.rules.procedure.remedies
            if each.id not in held
        ]

    def _suspended(self) -> Values | None:
        held = self.found.case.standing
        if held.suspended_at is None:
            return None
        return {
            "at": at_text(held.suspended_at),
            "until": at_text(held.suspended_until),
        }

    def _minutes(self) -> Values | None:
        held, office = (
            self.found.case.standing,
            self.found.case.rules.procedure.minutes,
        )
        if office is None:
            return None
        written = [e.reason for e in held.log if e.what == "minutes"]
        return {
            "by": list(office.by),
            "due_at": at_text(held.minutes_due),
            "at": at_text(held.minutes_at),
            "text": (written[-1] or None) if written and self.found.words else None,
            "signed_by": {each: held.signatures.get(each) for each in office.signed_by},
        }

    def _publication(self) -> Values | None:
        held, office = (
            self.found.case.standing,
            self.found.case.rules.procedure.publication,
        )
        if office is None:
            return None
        return {
            "by": list(office.by),
            "edition": office.edition,
            "due_at": at_text(held.publication_due),
            "at": at_text(held.published_at),
        }


def _appeal(found: Seen) -> Values | None:
    case = found.case
    held, office = case.standing, case.rules.procedure.appeal
    if office is None:
        return None
    return {
        "to": list(office.to),
        "by": list(office.by),
        "within": str(office.within),
        "at": at_text(held.appeal_at),
        "lodged_by": next(iter(found.those([held.appeal_by])), None) or None,
        "due_at": at_text(held.appeal_due),
        "suspends": office.suspends,
        "silence": office.silence,
    }
