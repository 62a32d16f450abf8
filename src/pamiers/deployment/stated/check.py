"""What is stated about a deployment against its agreement: names, sides, figures."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from itertools import pairwise
from typing import Final

from pamiers.agreement.complaint import Notes
from pamiers.agreement.values.blank import Blank, filled, known
from pamiers.agreement.values.quantity import Quantity
from pamiers.agreement.written import Written
from pamiers.deployment.stated import written as w
from pamiers.deterrence.assumptions.check import party_ids
from pamiers.deterrence.assumptions.written import Basis, Figure

#: lengths and times that have to be more than none: (where, key)
_ABOVE_NONE: Final = ("ground.spacing", "ground.stretch", "duty.week")


def check_stated(found: w.Stated, agreement: Written, notes: Notes) -> None:
    """Complain of everything by which a deployment does not fit its agreement.

    Args:
        found: What is stated, as read.
        agreement: The agreement it stands beside.
        notes: Takes the complaints.
    """
    check = _Check(found, agreement, notes)
    check.heading()
    check.lengths()
    check.areas()
    check.assets()
    check.contingents()
    check.sites()
    check.visits()
    check.bases()


def quantities(record: object, path: str) -> Iterator[tuple[str, Quantity]]:
    """Yield every quantity of a record and of the records in it, with its path."""
    if isinstance(record, Quantity):
        yield path, record
    elif isinstance(record, tuple):
        for index, each in enumerate(record):
            yield from quantities(each, f"{path}[{index}]")
    elif is_dataclass(record) and not isinstance(record, Blank | Figure):
        for each in fields(record):
            here = f"{path}.{each.name}".removeprefix(".")
            yield from quantities(getattr(record, each.name), here)


def figures(record: object, path: str = "") -> Iterator[tuple[str, Figure]]:
    """Yield every range of a record and of what is in it, with its path."""
    if isinstance(record, Figure):
        yield path, record
    elif isinstance(record, tuple):
        for index, each in enumerate(record):
            yield from figures(each, f"{path}[{index}]")
    elif isinstance(record, dict):
        for key, each in record.items():
            yield from figures(each, f"{path}.{key}")
    elif is_dataclass(record) and not isinstance(record, Blank | Basis):
        for one in fields(record):
            here = f"{path}.{one.name}".removeprefix(".")
            yield from figures(getattr(record, one.name), here)


class _Check:
    """The checks of one file, each a method."""

    def __init__(self, found: w.Stated, agreement: Written, notes: Notes) -> None:
        self.found, self.agreement, self.notes = found, agreement, notes
        self.kinds = [each.id for each in found.assets]

    def _known(
        self, path: str, what: str, got: object, names: Iterable[object]
    ) -> None:
        """Complain of a name that nothing defines; blanks are passed over."""
        held = [str(each) for each in names]
        if not isinstance(got, str) or not got or got in held:
            return
        listed = ", ".join(sorted(held)) or "none"
        self.notes.complain(
            "I-UNKNOWN",
            path,
            f"expected {what} ({listed}), got {got!r}",
            "Correct the name, or define it.",
        )

    def _all_known(
        self, path: str, what: str, got: Iterable[object], names: Iterable[object]
    ) -> None:
        held = list(names)
        for each in got:
            self._known(path, what, each, held)

    def _contrary(self, path: str, message: str, remedy: str) -> None:
        self.notes.complain("I-CONTRARY", path, message, remedy)

    def heading(self) -> None:
        """Check that the file is about the agreement beside it."""
        heading = known(self.agreement.agreement)
        own = known(heading.id) if heading is not None else None
        if own is not None:
            what = "the agreement beside it"
            self._known("agreement", what, self.found.agreement, [own])
        self._known("by", "a basis", self.found.by, self.found.bases)
        if not self.found.hours:
            self._contrary("hours", "expected at least one hour, got none", "Name it.")

    def lengths(self) -> None:
        """Check that lengths and times that divide are more than none."""
        for path, each in quantities(self.found, ""):
            last = path.rpartition(".")[2]
            divides = path in _ABOVE_NONE or last in {"revisit", "within", "spacing"}
            if divides and each.amount <= 0:
                message = f"expected more than none, got {each}"
                self.notes.complain("I-RANGE", path, message, "State how much.")
        ground = known(self.found.ground)
        if ground is None:
            return
        step, stretch = known(ground.spacing), known(ground.stretch)
        if step is not None and stretch is not None and stretch.base < step.base:
            self._contrary(
                "ground.stretch",
                f"expected at least the spacing ({step}), got {stretch}",
                "A stretch holds at least one point: widen it, or space closer.",
            )

    def areas(self) -> None:
        """Check areas, and that every party is watched for every clause."""
        parties = party_ids(self.agreement)
        clauses = [each.id for each in self.agreement.clauses]
        watched: dict[str, set[str]] = {}
        for index, each in enumerate(self.found.areas):
            path = f"areas[{index}]"
            self._known(f"{path}.party", "a party", each.party, parties)
            self._known(f"{path}.zone", "a zone", each.zone, self.agreement.zones)
            self._all_known(f"{path}.clauses", "a clause", each.clauses, clauses)
            if isinstance(each.side, w.Side):
                lines = self.agreement.lines
                self._known(f"{path}.side.of", "a line", each.side.of, lines)
            for clause in filled(each.clauses):
                watched.setdefault(clause, set()).add(str(each.party))
        for clause, held in watched.items():
            for party in parties:
                if party not in held:
                    self._one_sided(clause, party)

    def _one_sided(self, clause: str, party: str) -> None:
        self.notes.complain(
            "I-PARTY",
            "areas",
            f"expected an area of {party!r} for clause {clause!r}, got none",
            "Add it: nobody is watched alone.",
        )

    def assets(self) -> None:
        """Check what assets notice, and that each states every hour."""
        watched = [name for each in self.found.areas for name in filled(each.clauses)]
        for index, each in enumerate(self.found.assets):
            path = f"assets[{index}]"
            means = self.agreement.monitoring
            self._known(f"{path}.means", "a means of monitoring", each.means, means)
            self._all_known(f"{path}.hours", "an hour", each.hours, self.found.hours)
            for hour in self.found.hours:
                if hour not in each.hours:
                    self._hourless(path, hour)
            for at, sees in enumerate(each.sees):
                if isinstance(sees, w.Sees):
                    here = f"{path}.sees[{at}]"
                    what = "a clause of some area"
                    self._all_known(f"{here}.clauses", what, sees.clauses, watched)
                    self._drills(sees, here)

    def _hourless(self, path: str, hour: str) -> None:
        self.notes.complain(
            "I-HOURS",
            path,
            f"expected what is left of it at hour {hour!r}, got nothing",
            "State it under `hours`, 1 where nothing hinders.",
        )

    def _drills(self, sees: w.Sees, path: str) -> None:
        drills = filled(sees.drills)
        for at, each in enumerate(drills):
            shown, found = known(each.shown), known(each.found)
            if shown is not None and found is not None and found > shown:
                self._contrary(
                    f"{path}.drills[{at}].found",
                    f"expected at most as many as shown ({shown:g}), got {found:g}",
                    "Correct one of the two.",
                )
        lengths = sorted(
            {each.at.base for each in drills if isinstance(each.at, Quantity)}
        )
        if drills and not any(b > a for a, b in pairwise(lengths)):
            self._contrary(
                f"{path}.drills",
                "expected trials at two distances or more, got one",
                "Add a drill further away, or state the curve.",
            )

    def contingents(self) -> None:
        """Check who brings what, and their caveats."""
        if not self.found.contingents:
            message = "expected at least one contingent, got none"
            self._contrary("contingents", message, "Say who brings what.")
        pledges = [each.id for each in filled(self.agreement.pledges)]
        for index, each in enumerate(self.found.contingents):
            path = f"contingents[{index}]"
            self._known(f"{path}.by", "an actor", each.by, self.agreement.actors)
            self._known(f"{path}.pledge", "a pledge", each.pledge, pledges)
            self._all_known(f"{path}.assets", "a kind", each.assets, self.kinds)
            zones = self.agreement.zones
            self._all_known(f"{path}.not_in", "a zone", each.not_in, zones)
            self._all_known(f"{path}.only_in", "a zone", each.only_in, zones)
            for zone in set(filled(each.not_in)) & set(filled(each.only_in)):
                self._contrary(
                    f"{path}.only_in",
                    f"expected no zone that `not_in` has too, got {zone!r}",
                    "Remove it from one of the two.",
                )

    def sites(self) -> None:
        """Check sites, grids of sites, and that there is one."""
        if not self.found.sites and not self.found.grids:
            message = "expected at least one site or grid, got none"
            self._contrary("sites", message, "Say where things may stand.")
        for key in ("sites", "grids"):
            for index, each in enumerate(getattr(self.found, key)):
                path = f"{key}[{index}]"
                roads = self.found.roads
                self._all_known(f"{path}.roads", "a road", each.roads, roads)
                self._all_known(f"{path}.assets", "a kind", each.assets, self.kinds)
        for index, grid in enumerate(self.found.grids):
            zones = self.agreement.zones
            self._known(f"grids[{index}].zone", "a zone", grid.zone, zones)

    def visits(self) -> None:
        """Check visits against occasions."""
        clauses = [each.id for each in self.agreement.clauses]
        for index, each in enumerate(self.found.visits):
            path = f"visits[{index}]"
            self._known(f"{path}.clause", "a clause", each.clause, clauses)
            for key in ("occasions", "visits"):
                value = known(getattr(each, key))
                if value is not None and value != int(value):
                    message = f"expected a whole number, got {value:g}"
                    self.notes.complain(
                        "I-RANGE", f"{path}.{key}", message, "Round it."
                    )

    def bases(self) -> None:
        """Check that every range says whose judgement it is."""
        for path, figure in figures(self.found):
            if not figure.by and not self.found.by:
                self.notes.complain(
                    "I-BASIS",
                    path,
                    "expected whose judgement this is, got no basis for it or the file",
                    "Add `by:` with one of the bases.",
                )
            self._known(path, "a basis", figure.by, self.found.bases)
