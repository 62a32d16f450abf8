"""What is recorded of a case: one act or fact, by somebody, at an instant."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

#: what opens a case, or adds a ground to it
GROUNDS: Final = ("finding", "complaint", "self-report", "request")
#: what may be recorded of a case -> what it says
KINDS: Final = {
    "finding": "a finding of breach",
    "complaint": "a complaint",
    "self-report": "a party's report of its own breach",
    "request": "a request",
    "classified": "a finding given its severity and confidence",
    "retracted": "a finding taken back",
    "received": "receipt of a notice or report",
    "reported": "the report of the monitors",
    "recorded": "an event that the agreement names",
    "met": "the words of a trigger found to be so",
    "act": "a step done",
    "second": "a step confirmed, or not, by a second person",
    "session": "a session, with who is present and what is put to the vote",
    "vote": "a vote",
    "recused": "somebody takes no part",
    "vacant": "a role is vacant",
    "filled": "a role is held again",
    "extension-asked": "a longer time asked for",
    "consent": "consent to a longer time, or its refusal",
    "reply": "the reply of a party",
    "account": "a rival account",
    "dispute": "a finding or decision contested",
    "reserved": "a reserved position",
    "evidence": "new evidence",
    "attributed": "responsibility attributed, or not",
    "remedy": "a remedy determined",
    "remedy-done": "a remedy carried out",
    "remedy-verified": "a remedy verified, or not",
    "appeal": "an appeal",
    "appeal-decided": "an appeal decided",
    "suspended": "the procedure suspended",
    "resumed": "the procedure resumed",
    "stood-down": "the response stood down",
    "merged": "the case joined to another",
    "joined": "findings of another case joined to this one",
    "split": "findings parted from this case",
    "minutes": "minutes written",
    "signed": "minutes signed, or a signature refused",
    "published": "what came of the case published",
    "closed": "the case closed",
    "reopened": "the case opened again",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """One finding, or one allegation, as far as a case needs it."""

    key: str
    clause: str = ""
    party: str | None = None  #: concerned; None: not attributed
    breach_at: datetime  #: when it began [UTC]
    found_at: datetime | None = None  #: when it was found [UTC]; None: alleged only
    severity: int = 1  #: 1 to 4
    confidence: int = 1  #: 1 to 3
    lat_deg: float | None = None  #: WGS84
    lon_deg: float | None = None
    place: str = ""  #: its name

    @property
    def level(self) -> str:
        """Return severity and confidence as they are printed, such as `S3/C2`."""
        return f"S{self.severity}/C{self.confidence}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing recorded of a case. Invariant: `kind` is one of `KINDS`.

    Only the attributes that its kind needs are looked at.
    """

    kind: str
    at: datetime  #: when it took place [UTC]
    by: str = ""  #: actor or role
    person: str = ""  #: who of them, where that matters (four eyes)
    step: str = ""
    outcome: str = ""
    choice: str = ""  #: for, against, abstain; yes, no
    breaches: tuple[Breach, ...] = ()
    findings: tuple[str, ...] = ()  #: keys
    party: str = ""
    name: str = ""  #: role, remedy, kind of event, or other case
    present: tuple[str, ...] = ()
    lasts: str = ""  #: a duration, such as `24 h elapsed`
    method: str = ""
    confidence: int = 0
    dissent: tuple[str, ...] = ()
    reason: str = ""
    files: tuple[str, ...] = ()  #: letters and pictures with it, by their SHA-256
    recorded_at: datetime | None = None  #: None: as it took place
    position: int = 0  #: in the ledger; settles what came first at one instant

    @property
    def order(self) -> tuple[datetime, int]:
        """Return what a fold goes by: when it took place, then where it stands."""
        return self.at, self.position
