"""What a mission learned of its sources, under their names, as one value on record.

Before anything is learned the same value holds priors, so that a mission without a
calibration fuses in the same way: errors a little larger than stated, clocks that are
right, places that are meant, no copies, and every kind meaning mostly itself.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from typing import Any, Final

import numpy as np

from pamiers.core.errors import UnknownTermError
from pamiers.fusion.associating import Association
from pamiers.fusion.calibration import Calibration, calibration_of
from pamiers.fusion.columns import Columns, Ints
from pamiers.fusion.doubt import Judged, doubt_of
from pamiers.fusion.habit import habits_of
from pamiers.fusion.islands import islands
from pamiers.fusion.model import Belief, FusionModel
from pamiers.fusion.plane import Plane
from pamiers.fusion.reports import Reports
from pamiers.fusion.solving import calibrate, canonical, known_of
from pamiers.fusion.sources import unknown, with_a_stranger
from pamiers.fusion.strands import FORCE, PLAIN, Vocabulary, taxonomy_for
from pamiers.fusion.told import Change, Told
from pamiers.fusion.told import Reports as Named
from pamiers.fusion.working import Field

VERSION: Final = 1
#: how many reports a declared letter is worth against what was learned
LETTER_WORTH: Final = 20.0
#: share of reports that a source never seen is taken to be alone with
STRANGER: Final = 0.25
#: P(an observer numbers one thing twice): what has two keys is two things
TWICE: Final = 1e-12
#: P(dated a day late) of a source of which fewer than so many reports were confirmed
CONFIRMED, NEVER = 20, 1e-12
#: density of reports that is usual where nothing was counted: one a day in a square of
#: ten kilometres [1 / m2 s]
USUAL: Final = 1.0 / (1e8 * 86_400.0)
_Z: Final = 1.645  # nine times in ten


@dataclass(frozen=True, kw_only=True)
class Learned:
    """What is believed of sources.

    Invariant: source number i of `calibration` is `sources[i]`.
    """

    calibration: Calibration
    sources: tuple[str, ...]  #: `voice_name` of each
    plane: Plane
    vocabulary: Vocabulary = PLAIN  #: labels by number, and what they meant at first
    beliefs: Mapping[str, Belief] = field(default_factory=dict)

    @property
    def taught(self) -> bool:
        """Tell whether anything was learned, or all are priors."""
        return self.calibration.reports > 0

    def reaching(self, names: Sequence[str]) -> "Learned":
        """Return the same with priors for further sources, put last by name."""
        new = tuple(sorted(set(names) - set(self.sources)))
        every = (*self.sources, *new)
        if not new:
            return self
        wider = self.calibration.extended(taxonomy_for(len(every), self.vocabulary))
        return replace(self, sources=every, calibration=wider)

    def plain(self) -> dict[str, Any]:
        """Return it as lists and numbers; `learned_of` reads them back exactly."""
        return {
            "version": VERSION,
            "sources": list(self.sources),
            "centre": [self.plane.lon, self.plane.lat],
            "labels": list(self.vocabulary.labels),
            "meanings": [list(each) for each in self.vocabulary.meanings],
            "beliefs": {name: asdict(each) for name, each in self.beliefs.items()},
            "calibration": self.calibration.plain(),
        }


def learned_of(plain: Mapping[str, Any]) -> Learned:
    """Return what `Learned.plain` wrote.

    Raises:
        UnknownTermError: Another version, or a part is missing.
    """
    version = plain.get("version")
    if version != VERSION:
        raise _other(f"version {version!r}")
    try:
        lon, lat = plain["centre"]
        return Learned(
            calibration=calibration_of(plain["calibration"]),
            sources=tuple(plain["sources"]),
            plane=Plane(lon=lon, lat=lat),
            vocabulary=Vocabulary(
                labels=tuple(plain["labels"]),
                meanings=tuple(tuple(each) for each in plain["meanings"]),
            ),
            beliefs={
                name: Belief(**each) for name, each in sorted(plain["beliefs"].items())
            },
        )
    except (KeyError, TypeError, ValueError) as error:
        raise _other(f"{type(error).__name__}: {error}") from None


def _other(got: str) -> UnknownTermError:
    return UnknownTermError(
        "calibration",
        expected=f"what version {VERSION} writes",
        got=got,
        remedy="Calibrate anew with this version of the program.",
    )


@lru_cache(maxsize=16)
def priors(plane: Plane, vocabulary: Vocabulary = PLAIN) -> Learned:
    """Return what is believed before anything is learned, of any source."""
    none = np.empty(0)
    taxonomy = taxonomy_for(1, vocabulary)
    sources = unknown(np.full(1, STRANGER), taxonomy, 0)
    nobody = Judged(
        source=none.astype(np.int64),
        agreement=none,
        moved=none.astype(np.int64),
        chance=none,
    )
    habits = habits_of(none, none, none.astype(np.int64))
    calibration = Calibration(
        taxonomy=taxonomy,
        sources=with_a_stranger(sources),
        modes=np.empty((0, 2), dtype=np.int64),
        habits=replace(habits, town=none.astype(np.int64)),
        spots=habits.xy,
        levels=np.zeros((1, 1)),
        amount=np.array([math.log(2.0), 1.0]),
        doubt=doubt_of(nobody, np.zeros((1, 1), dtype=bool)),
        zones=np.zeros(1),
        lone=np.full(1, 0.5),
        origin=np.zeros(3),
        usual=USUAL,
        reports=0,
    )
    return Learned(
        calibration=calibration, sources=("",), plane=plane, vocabulary=vocabulary
    )


def learn(reports: Reports, model: FusionModel, plane: Plane) -> Learned:
    """Return what reports tell of their sources.

    Args:
        reports: Reports; those of force with a place teach, the others do not.
        model: What is declared of sources, which is where learning begins.
        plane: Where metres are measured.

    Returns:
        Priors where no report teaches.
    """
    at = np.flatnonzero(reports.placed & (np.array(reports.strand) == FORCE))
    vocabulary = model.words.vocabulary()
    if not at.size:
        return priors(plane, vocabulary)
    names = tuple(sorted({reports.names[i] for i in at.tolist()}))
    columns = reports.columns(at, names, vocabulary.labels, plane)
    if len(names) == 1:
        found = _of_one(names[0], at.size, plane, vocabulary)
    else:
        found = Learned(
            calibration=calibrate(columns, taxonomy_for(len(names), vocabulary)),
            sources=names,
            plane=plane,
            vocabulary=vocabulary,
        )
    told = associated(reports, at, found)
    return replace(found, beliefs=_beliefs(reports, at, found, (told, model)))


def _of_one(name: str, n: int, plane: Plane, vocabulary: Vocabulary) -> Learned:
    """Return what is known of a source that nobody stands beside: priors."""
    found = priors(plane, vocabulary).reaching([name])
    return replace(found, calibration=replace(found.calibration, reports=n))


def associated(reports: Reports, at: Ints, learned: Learned) -> tuple[Told, ...]:
    """Return what some placed reports of one strand tell of.

    Args:
        reports: Reports.
        at: Positions of those to join.
        learned: What is believed; reaches every source of theirs.

    Returns:
        Groups by their least id; empty for none.
    """
    if not at.size:
        return ()
    ids = reports.ids
    calibration = _numbering(learned, reports, at)
    columns = columns_of(reports, at, learned)
    found: list[Told] = []
    for part in islands(columns):
        held = Association(calibration)
        named = Named(
            ids=tuple(ids[i] for i in at[part].tolist()), columns=columns.take(part)
        )
        held.apply(Change(add=named))
        found += held.incidents()
    return tuple(sorted(found, key=lambda each: each.key))


def read_for(reports: Reports, asked: Ints, learned: Learned) -> tuple[Field, Ints]:
    """Return reports as they are read when they are joined.

    Args:
        reports: Reports.
        asked: Positions of placed reports of one strand.
        learned: What is believed; reaches every source of theirs.

    Returns:
        All placed reports of that strand as they are read, which is among how many;
        and the rows of those asked for.
    """
    strand = reports.strand[int(asked[0])]
    at = np.flatnonzero(reports.placed & (np.array(reports.strand) == strand))
    calibration = _numbering(learned, reports, at)
    columns = columns_of(reports, at, learned)
    order = canonical(columns)
    field = Field(known_of(columns.take(order), calibration), calibration.beliefs)
    row = np.empty(len(at), dtype=np.int64)
    row[order] = np.arange(len(at))
    return field, row[np.searchsorted(at, asked)]


def columns_of(reports: Reports, at: Ints, learned: Learned) -> Columns:
    """Return some placed reports as columns, numbered as what was learned is."""
    labels = learned.vocabulary.labels
    return reports.columns(at, learned.sources, labels, learned.plane)


def _numbering(learned: Learned, reports: Reports, at: Ints) -> Calibration:
    """Return the calibration with observers that never tell of one thing twice.

    Nor is anybody taken to date things a day late whom few others ever confirmed.
    """
    known = learned.calibration
    observers = {reports.names[i] for i in at.tolist() if not reports.claimed[i]}
    source = known.sources.source.copy()
    for i, name in enumerate(learned.sources):
        if name in observers:
            source["again"][i] = TWICE
        belief = learned.beliefs.get(name)
        if belief is None or belief.shared < CONFIRMED:
            source["late"][i] = NEVER
    return replace(known, sources=replace(known.sources, source=source))


def _beliefs(
    reports: Reports,
    at: Ints,
    learned: Learned,
    given: tuple[Sequence[Told], FusionModel],
) -> dict[str, Belief]:
    """Return how far each source is believed alone: its letter, and what was learned.

    What was learned weighs as many reports as others told of too: a source that
    nobody else ever looked over the shoulder of is believed as declared.
    """
    told, model = given
    ids = reports.ids
    number = {ids[i]: i for i in at.tolist()}
    shared: dict[str, int] = {}
    every: dict[str, int] = {}
    for each in told:
        copies = {copy for copy, _ in each.copies}
        voices = {reports.names[number[m]] for m in each.members if m not in copies}
        for member in each.members:
            name = reports.names[number[member]]
            every[name] = every.get(name, 0) + 1
            alone = member in copies or len(voices) < 2  # noqa: PLR2004 - two voices
            shared[name] = shared.get(name, 0) + (not alone)
    source = reports.table.columns.column("source").to_pylist()
    found = {}
    for i in at.tolist():
        name = reports.names[i]
        if name not in found:
            start = model.declared(source[i], None, claimed=bool(reports.claimed[i]))
            lone = float(learned.calibration.lone[learned.sources.index(name)])
            found[name] = _belief(start, lone, every[name], shared[name])
    return dict(sorted(found.items()))


def _belief(declared: float, learned: float, reports: int, shared: int) -> Belief:
    """Return a belief with the interval of Wilson (1927) on all that taught it."""
    n = LETTER_WORTH + shared
    p = (LETTER_WORTH * declared + shared * learned) / n
    middle = (p + _Z**2 / (2.0 * n)) / (1.0 + _Z**2 / n)
    half = _Z / (1.0 + _Z**2 / n) * math.sqrt(p * (1.0 - p) / n + (_Z / (2.0 * n)) ** 2)
    return Belief(
        mean=p,
        low=max(0.0, min(p, middle - half)),
        high=min(1.0, max(p, middle + half)),
        reports=reports,
        shared=shared,
    )
