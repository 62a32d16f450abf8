"""The agreement as written: every part may hold blanks, and rival claims stand.

Each record has a default for every attribute, so that a text with gaps can still
be held, shown and checked; `grammar` says which keys are required. `extra` keeps
keys that this version does not know. Nothing here is judged or resolved.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from pamiers.agreement.blank import BLANK, Maybe
from pamiers.agreement.moment import Duration, Moment
from pamiers.agreement.node import Plain
from pamiers.agreement.quantity import Quantity
from pamiers.agreement.weapon import Bounds

Texts = Mapping[str, str]  #: language code -> text
Extra = Mapping[str, Plain]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What holds for the whole agreement."""

    id: Maybe[str] = BLANK
    title: Maybe[Texts] = field(default_factory=dict)
    kind: Maybe[str] = ""  #: the text's own word: ceasefire, truce, mechanism ...
    parties: tuple[Maybe[str], ...] = ()
    time_zone: Maybe[str] = BLANK
    cut_off: Maybe[str] = "00:00"
    durations: Maybe[str] = ""  #: elapsed or wall_clock, where a clause is silent
    mandate: "Maybe[Mandated]" = BLANK
    thresholds: "Maybe[Cuts]" = BLANK
    about: Maybe[Texts] = field(default_factory=dict)
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandated:
    """What the monitor may say: forbidden, permitted or required to attribute."""

    attribution: Maybe[str] = BLANK
    cite: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cuts:
    """Probabilities at which a verdict is decided."""

    breached: Maybe[float] = BLANK
    kept: Maybe[float] = BLANK
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A source of facts about the agreement."""

    speaker: Maybe[str] = BLANK
    interested: tuple[Maybe[str], ...] = ()  #: parties it speaks for; empty: none
    reliability: Maybe[str] = "F"
    credibility: Maybe[str] = "6"
    date: Maybe[dt.date | None] = None
    url: Maybe[str] = ""
    note: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Anyone named anywhere, party or not."""

    name: Maybe[Texts] = field(default_factory=dict)
    members: tuple[Maybe[str], ...] = ()
    note: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What one source says that one actor did with an instrument."""

    actor: Maybe[str] = BLANK
    act: Maybe[str] = BLANK  #: signed, not signed, absent, reserved, ratified
    source: Maybe[str] = ""
    by: Maybe[str] = ""  #: the person
    on: Maybe[dt.date | None] = None
    note: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A declaration, protocol, memorandum, decision or annex."""

    id: Maybe[str] = BLANK
    title: Maybe[Texts] = field(default_factory=dict)
    date: Maybe[dt.date | None] = None
    status: Maybe[str] = "published"
    visibility: Maybe[str] = "public"
    agreed_share: Maybe[float | None] = None  #: of a draft, in [0, 1]
    signatures: tuple[Signature, ...] = ()
    source: Maybe[str] = ""
    url: Maybe[str] = ""
    note: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What one source says of a party's consent to a role."""

    actor: Maybe[str] = BLANK
    act: Maybe[str] = BLANK  #: given, refused, withdrawn, not asked
    source: Maybe[str] = ""
    note: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """An office that an instrument creates, and who holds it."""

    title: Maybe[Texts] = field(default_factory=dict)
    held_by: tuple[Maybe[str], ...] = ()
    members: tuple[Maybe[str], ...] = ()
    created_by: Maybe[str] = BLANK
    tasks: tuple[Maybe[str], ...] = ()  #: observe, verify, attribute, decide ...
    decides_by: Maybe[str] = ""  #: rule of decision: consensus, majority ...
    verifies: tuple[Maybe[str], ...] = ()  #: actors whose conduct it verifies
    consents: tuple[Consent, ...] = ()
    source: Maybe[str] = ""
    cite: Maybe[str] = ""
    note: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledge:
    """What someone undertook to give, how much at most, and what has come."""

    by: Maybe[str] = BLANK
    of: tuple[Maybe[str], ...] = ()
    up_to: Maybe[Quantity | None] = None
    delivered: Maybe[Quantity | None] = None
    excludes: tuple[Maybe[str], ...] = ()
    where: Maybe[str] = ""
    when: Maybe[str] = ""
    created_by: Maybe[str] = ""
    source: Maybe[str] = ""
    note: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A position someone took, with an interest or without."""

    speaker: Maybe[str] = BLANK
    says: Maybe[Texts] = field(default_factory=dict)
    interested: tuple[Maybe[str], ...] = ()
    date: Maybe[dt.date | None] = None
    source: Maybe[str] = ""
    bears_on: tuple[Maybe[str], ...] = ()
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedValue:
    """A value a term has from a moment on."""

    from_: Maybe[Moment | None] = None
    value: Maybe[Quantity | str] = BLANK
    cite: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A defined word, or a value that changed over time."""

    means: Maybe[Texts] = field(default_factory=dict)
    values: tuple[DatedValue, ...] = ()
    cite: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A zone or line, and the feature of zones.geojson that draws it."""

    title: Maybe[Texts] = field(default_factory=dict)
    feature: Maybe[str] = ""  #: empty: the feature with the same id
    tolerance: Maybe[Quantity | None] = None
    as_of: Maybe[str] = ""
    from_: Maybe[Moment | None] = None
    until: Maybe[Moment | None] = None
    approximates: Maybe[str] = ""  #: what it stands for, where that was not found
    cite: Maybe[str] = ""
    note: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arms:
    """A class of weapon."""

    title: Maybe[Texts] = field(default_factory=dict)
    kind: tuple[Maybe[str], ...] = ()
    calibre: Maybe[Bounds | None] = None
    range: Maybe[Bounds | None] = None
    systems: tuple[Maybe[str], ...] = ()
    except_systems: tuple[Maybe[str], ...] = ()
    any_of: tuple[Maybe[str], ...] = ()
    cite: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """Within a distance of a line; the line may differ by party."""

    of: "Maybe[str | Mapping[str, Maybe[str]]]" = BLANK
    distance: Maybe[Quantity | None] = None  #: None: every reading gives one
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What is forbidden or owed."""

    event: tuple[Maybe[str], ...] = ()
    state: Maybe[str] = ""
    of: tuple[Maybe[str], ...] = ()
    in_: tuple[Maybe[str], ...] = ()
    within: Maybe[Within | None] = None
    to: tuple[Maybe[str], ...] = ()
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer to a question of reading: what it changes in the clause."""

    says: Maybe[Texts] = field(default_factory=dict)
    distance: Maybe[Quantity | None] = None
    line: "Maybe[str | Mapping[str, Maybe[str]]]" = ""
    of: tuple[Maybe[str], ...] = ()
    in_: tuple[Maybe[str], ...] = ()
    bearer: tuple[Maybe[str], ...] = ()
    from_: Maybe[Moment | None] = None
    until: Maybe[Moment | None] = None
    deadline: Maybe[Moment | Duration | None] = None
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something the text leaves open, and the answers that are given to it."""

    question: Maybe[Texts] = field(default_factory=dict)
    options: Mapping[str, Maybe[Option]] = field(default_factory=dict)
    source: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """An announcement that takes an activity out of a clause."""

    before: Maybe[Duration | None] = None
    matching: tuple[Maybe[str], ...] = ()
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unless:
    """An exemption from a clause."""

    id: Maybe[str] = BLANK
    text: Maybe[Texts] = field(default_factory=dict)
    priority: Maybe[float | None] = None
    notified: Maybe[Notice | None] = None
    in_answer_to: tuple[Maybe[str], ...] = ()
    after_tried: Maybe[str] = ""
    ordered_by: Maybe[str] = ""
    by: tuple[Maybe[str], ...] = ()
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """One clause as written."""

    id: Maybe[str] = BLANK
    title: Maybe[Texts] = field(default_factory=dict)
    text: Maybe[Texts] = field(default_factory=dict)
    cite: Maybe[str] = ""
    instrument: Maybe[str] = BLANK
    forbid: Maybe[Matter | None] = None
    oblige: Maybe[Matter | None] = None
    bearer: tuple[Maybe[str], ...] = ()
    from_: Maybe[Moment | None] = None
    until: Maybe[Moment | None] = None
    deadline: Maybe[Moment | Duration | None] = None
    upon: tuple[Maybe[str], ...] = ()
    readings: tuple[Maybe[Question], ...] = ()
    unless: tuple[Unless, ...] = ()
    watched_by: tuple[Maybe[str], ...] = ()
    severity: Maybe[Texts] = field(default_factory=dict)
    on_breach: Maybe[str] = ""
    gap: Maybe[Duration | None] = None
    note: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A probability of detection, with who stated it, when and where."""

    probability: Maybe[float] = BLANK
    author: Maybe[str] = BLANK
    on: Maybe[dt.date | None] = BLANK
    source: Maybe[str] = BLANK
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A means of watching."""

    title: Maybe[Texts] = field(default_factory=dict)
    by: Maybe[str] = BLANK
    kinds: tuple[Maybe[str], ...] = ()
    watches: tuple[Maybe[str], ...] = ()
    detection: Maybe[Estimate | None] = None
    source: Maybe[str] = ""
    note: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a procedure."""

    id: Maybe[str] = BLANK
    by: tuple[Maybe[str], ...] = ()
    do: Maybe[Texts] = field(default_factory=dict)
    when: Maybe[str] = ""
    within: Maybe[Duration | None] = None
    rule: Maybe[str] = ""
    cite: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """What was agreed for the case of a breach."""

    title: Maybe[Texts] = field(default_factory=dict)
    created_by: Maybe[str] = BLANK
    clock: Maybe[str] = ""  #: what the times of the steps run from
    steps: tuple[Step, ...] = ()
    cite: Maybe[str] = ""
    source: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """An event that times are counted from."""

    at: Maybe[Moment] = BLANK
    means: Maybe[Texts] = field(default_factory=dict)
    cite: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The whole agreement as written, the drawings of its zones included."""

    pamiers: Maybe[float] = 1.0  #: version of the language
    agreement: Maybe[Heading] = BLANK
    sources: Mapping[str, Maybe[Origin]] = field(default_factory=dict)
    actors: Mapping[str, Maybe[Actor]] = field(default_factory=dict)
    instruments: tuple[Instrument, ...] = ()
    roles: Mapping[str, Maybe[Role]] = field(default_factory=dict)
    pledges: tuple[Maybe[Pledge], ...] = ()
    statements: tuple[Maybe[Statement], ...] = ()
    terms: Mapping[str, Maybe[Term]] = field(default_factory=dict)
    anchors: Mapping[str, Maybe[Anchor]] = field(default_factory=dict)
    zones: Mapping[str, Maybe[Drawn]] = field(default_factory=dict)
    lines: Mapping[str, Maybe[Drawn]] = field(default_factory=dict)
    sectors: tuple[Maybe[str], ...] = ()
    classes: Mapping[str, Maybe[Arms]] = field(default_factory=dict)
    events: Mapping[str, Maybe[Texts]] = field(default_factory=dict)
    clauses: tuple[Provision, ...] = ()
    monitoring: Mapping[str, Maybe[Watch]] = field(default_factory=dict)
    procedures: Mapping[str, Maybe[Procedure]] = field(default_factory=dict)
    extra: Extra = field(default_factory=dict)
    drawings: Mapping[str, Plain] = field(
        default_factory=dict
    )  #: feature id -> GeoJSON

    @property
    def heading(self) -> Heading:
        """Return the heading; an empty one where it is blank."""
        return self.agreement if isinstance(self.agreement, Heading) else Heading()
