"""How a report of a stress test speaks: labels, names, cells, in one language."""

from dataclasses import dataclass, replace
from math import ceil
from typing import Final, Self

from pamiers.agreement.values.quantity import UNITS
from pamiers.core.share import Share
from pamiers.deterrence.assumptions.written import (
    Basis,
    ClauseStakes,
    Figure,
    Incentives,
    LadderStep,
)
from pamiers.deterrence.remarks import Remark, status
from pamiers.render.page import Badge, Grid
from pamiers.render.remarks import stress_sentence
from pamiers.render.stress.charts import Chart
from pamiers.render.stress.drawing import number
from pamiers.render.stress.words import LABELS
from pamiers.report.stress import PERIODS, StressReport

SHAPES: Final = {"holds": "●", "partly": "◐", "fails": "◆"}
_TONES = {"holds": "kept", "partly": "undetermined", "fails": "breached"}
DAY_S: Final = 86_400.0
_NEARLY: Final = 0.9999


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section: words, then tables, then charts."""

    id: str
    title: str
    paragraphs: tuple[str, ...] = ()
    bullets: tuple[str, ...] = ()
    grids: tuple[Grid, ...] = ()
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StressPage:
    """A whole report in one language."""

    language: str
    title: str
    subtitle: str
    agreement: str
    about: str
    foot: str
    parts: tuple[Part, ...]


def named(path: str, assumed: Incentives) -> str:
    """Return a path with the ids of clauses and steps in place of their numbers."""
    section, _, rest = path.partition("[")
    place, _, key = rest.partition("].")
    if not key:
        return path
    held: tuple[ClauseStakes | LadderStep, ...]
    held = assumed.clauses if section == "clauses" else assumed.ladder
    return f"{held[int(place)].id}: {key}"


def in_unit(figure: Figure) -> Figure:
    """Return a figure in the unit that it was written in, not in seconds."""
    if not figure.unit:
        return figure
    scale = UNITS[figure.unit][1]
    low, mode, high = (each / scale for each in figure.values)
    return Figure(low=low, mode=mode, high=high, unit=figure.unit, by=figure.by)


#: what stands about the name of a clause, by language
QUOTES: Final = {
    "en": ("“", "”"),
    "uk": ("«", "»"),
    "fr": ("« ", " »"),
    "lv": ("„", "“"),
}


class Told(str):
    """A figure in a sentence: digits and minus as in tables, whatever is asked."""

    __slots__ = ("value",)
    value: float

    def __new__(cls, value: float) -> Self:
        """Take the figure."""
        self = super().__new__(cls, number(value))
        self.value = value
        return self

    def __format__(self, spec: str) -> str:
        """Return it as a share, or with its sign where the sentence asks for one."""
        if spec.endswith("%"):
            return format(Share(self.value), spec)
        return f"+{self}" if spec.startswith("+") and self.value > 0 else str(self)


class Voice:
    """Puts what a report holds into one language."""

    def __init__(self, report: StressReport, language: str) -> None:
        """Take a report and the language of its pages."""
        self.report, self.language = report, language
        self.out, self.game = report.outcome, report.outcome.game

    def say(self, key: str, **given: object) -> str:
        """Return a label with its figures."""
        return LABELS[self.language][key].format(periods=PERIODS, **given)

    def words(self, words: object) -> str:
        """Return words in this language, or in English."""
        held = words if isinstance(words, dict) else {}
        return str(held.get(self.language) or held.get("en") or "")

    def basis(self, name: str) -> str:
        """Return who judged, when and where."""
        basis = self.report.assumed.bases[name]
        assert isinstance(basis, Basis)  # noqa: S101 - the reader left no blank
        return self.say("basis", author=basis.author, on=basis.on, source=basis.source)

    def said(self, *, party: str, start: tuple[str, ...]) -> tuple[str, ...]:
        """Return what is said of a party, by the beginning of what it is about."""
        found = [
            each
            for each in self.report.said
            if each.party == party and each.code.startswith(start)
        ]
        return tuple(self.sentence(each) for each in found)

    def name(self, id_: str) -> str:
        """Return what a party or clause is called; its id where that is not known."""
        return self.words(self.report.names.get(id_)) or id_

    @property
    def quotes(self) -> tuple[str, str]:
        """Return what stands about the name of a clause."""
        return QUOTES[self.language]

    def lever_name(self, id_: str) -> str:
        """Return what a lever is called; its id where it has no name."""
        levers = self.report.assumed.levers
        title = next((each.title for each in levers if each.id == id_), None)
        return self.words(title) or id_

    def called(self) -> tuple[str, ...]:
        """Return what the parties are called."""
        return tuple(map(self.name, self.game.parties))

    def sentence(self, remark: Remark) -> str:
        """Return a remark as a sentence, with names in place of ids."""
        party, figures = self.name(remark.party), dict(remark.figures)
        begin, end = self.quotes
        naming = {
            "clauses": self.name,
            "levers": self.lever_name,
            "lever": self.lever_name,
        }
        for key, name in naming.items():
            if isinstance(several := figures.get(key), str):
                called = [f"{begin}{name(id_)}{end}" for id_ in several.split(", ")]
                figures[key] = ", ".join(called)
        ceiling = self.ceiling(remark.clause)
        above = remark.code == "clause-detection" and float(figures["least"]) > ceiling
        if remark.code == "clause-lag":
            figures["time"] = self.time(float(figures["days"]))
        if above:
            figures["most"] = ceil(ceiling * 100 - 1e-9) / 100
        for key, figure in figures.items():
            if isinstance(figure, float):
                figures[key] = Told(figure)
        clause = self.name(remark.clause)
        named = replace(remark, party=party, clause=clause, figures=figures)
        words = self._own(named) or stress_sentence(named, self.language)
        return f"{party}: {words}" if party else words

    def _own(self, remark: Remark) -> str:
        """Return the sentence of this report for a remark; empty where it has none."""
        above = "-above" if "most" in remark.figures else ""
        key = f"said-{remark.code}{above}"
        if key not in LABELS[self.language]:
            return ""
        unit = self.out.unit.partition(",")[0]
        told = {"party": remark.party, "clause": remark.clause, "unit": unit}
        return self.say(key, **told, **remark.figures)

    def ceiling(self, clause: str) -> float:
        """Return what watching alone can reach: all noticed, the rest as stated."""
        if clause not in self.game.clauses:
            return 1.0
        at, of = self.game.clauses.index(clause), self.game.at
        mode = self.game.mode
        return float(mode[of.verification[at]] * mode[of.attribution[at]])

    def time(self, days: float) -> str:
        """Return a time in days, or below one in whole hours."""
        if days >= 1:
            return self.say("in-days", n=number(days))
        return self.say("in-hours", n=number(days * 24 // 1))

    def lever(self, party: int, clause: int) -> str:
        """Return the cheapest lever that closes a clause alone, and how far."""
        if (lever := self.out.singles.get((party, clause))) is not None:
            return self.say("lever", lever=self.lever_name(lever))
        lever = self.out.singles_likeliest.get((party, clause))
        return (
            ""
            if lever is None
            else self.say("lever-likeliest", lever=self.lever_name(lever))
        )

    def cell(self, likeliest: float, worst: float, share: float, lever: str) -> Badge:
        """Return a margin with its worst corner, its share and its lever."""
        stands = str(status(likeliest, worst))
        # draws seldom meet the worst corner: all of them is not everywhere
        told = Share(min(share, _NEARLY) if worst < 0 else share)
        small = self.say("cell", worst=number(worst), share=f"{told:.0%}")
        if lever:
            small = f"{small}; {lever}"
        return Badge(
            tone=_TONES[stands],
            shape=SHAPES[stands],
            text=f"{number(likeliest)} {self.say(stands)}",
            small=small,
        )
