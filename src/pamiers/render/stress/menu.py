"""The sections of a stress test about what could be changed, and about trust."""

from collections.abc import Iterator, Mapping
from typing import Final

from pamiers.agreement.values.blank import filled
from pamiers.deterrence.assumptions.written import (
    Belief,
    Change,
    Figure,
    LadderStep,
    PartyStakes,
)
from pamiers.deterrence.choices import Trust
from pamiers.render.page import Cell, Column, Detail, Grid
from pamiers.render.stress.charts import frontier, lettered, on_frontier
from pamiers.render.stress.drawing import number
from pamiers.render.stress.voice import DAY_S, Part, Voice

#: figures that are lengths of time, which a lever moves in seconds
_TIMES: Final = frozenset({"lag", "after", "lasts"})
#: what a party gets, by who keeps: the label of each figure of a belief
_CASES: Final[Mapping[str, str]] = {
    "both_keep": "both-keep",
    "only_other_breaks": "only-other",
    "only_self_breaks": "only-self",
    "both_break": "both-break",
}


class Menu(Voice):
    """Lays out levers, packages of them, and trust."""

    def levers(self) -> Part:
        """Return every lever: what it is, changes and costs, and who would pay."""
        rows = tuple(
            (
                Detail(text=self.words(each.title) or str(each.id), small=str(each.id)),
                "; ".join(map(self._change, filled(each.changes))),
                number(float(str(each.cost))),
                self.words(each.paid_by) or self.say("payer-open"),
            )
            for each in self.report.assumed.levers
        )
        labels = ("lever-is", "does", "cost", "payer")
        columns = tuple(
            Column(label=self.say(each), numeric=each == "cost") for each in labels
        )
        return Part(
            id="menu",
            title=self.say("menu"),
            paragraphs=(self.say("menu-about"),),
            grids=(Grid(caption=self.out.cost_unit, columns=columns, rows=rows),),
        )

    def _change(self, each: Change) -> str:
        """Return what one change does, and where."""
        where = ", ".join(
            self._place(str(id_))
            for id_ in (each.clause, each.step, each.party)
            if isinstance(id_, str) and id_
        )
        what = self.say(f"of-{each.of}")
        if isinstance(each.means, str) and each.means:
            what = f"{what} ({each.means})"
        if isinstance(each.times, float | int):
            does = self.say("change-times", what=what, by=each.times)
        else:
            does = self._moved(what, each)
        return f"{where}: {does}" if where else does

    def _moved(self, what: str, each: Change) -> str:
        """Return a change by so much or to so much, times in days."""
        adds = isinstance(each.add, float | int)
        by = float(str(each.add if adds else each.to))
        if str(each.of) in _TIMES:
            key = "change-days" if adds else "change-to-days"
            return self.say(key, what=what, by=by / DAY_S)
        return self.say("change-add" if adds else "change-to", what=what, by=by)

    def _place(self, id_: str) -> str:
        """Return what a clause, a step or a party is called."""
        begin, end = self.quotes
        for step in self.report.assumed.ladder:
            if step.id == id_:
                return f"{begin}{self._step(step)}{end}"
        called = self.name(id_)
        return called if id_ in self.game.parties else f"{begin}{called}{end}"

    def _step(self, step: LadderStep) -> str:
        return self.words(step.title) or str(step.id)

    def packages(self) -> Part:
        """Return what packages cost and reach, those told that none betters."""
        points = self.report.frontier
        rows = tuple(
            (
                letter or "–",
                "; ".join(map(self.lever_name, each.levers)) or self.say("no-lever"),
                number(each.cost),
                number(each.likeliest),
                number(each.worst),
            )
            for letter, each in zip(lettered(points), points, strict=True)
            if letter or each in on_frontier(points)
        )
        labels = ("letter", "levers", "cost", "smallest-likeliest", "smallest-worst")
        columns = tuple(
            Column(label=self.say(each), numeric=i > 1) for i, each in enumerate(labels)
        )
        return Part(
            id="frontier",
            title=self.say("frontier"),
            charts=(frontier(points, self.say, self.out.cost_unit),),
            grids=(Grid(caption=self.out.cost_unit, columns=columns, rows=rows),),
        )

    def trust(self) -> Part:
        """Return how sure each side must be of the other and from what; responders."""
        lines = [
            line
            for party in self.game.parties
            for line in self.said(party=party, start=("trust",))
        ]
        steps = self.said(party="", start=("step",))
        return Part(
            id="others",
            title=self.say("others" if steps else "others-trust"),
            paragraphs=(self.say("trust-about"),),
            bullets=(*lines, *steps),
            grids=(self._beliefs(),),
        )

    def _beliefs(self) -> Grid:
        rows: list[tuple[Cell, ...]] = [
            (self.say(label), *self._payoffs(key)) for key, label in _CASES.items()
        ]
        rows.append((self.say("sure-at-least"), *map(self._sure, self.out.trust)))
        parties = [Column(label=each, numeric=True) for each in self.called()]
        return Grid(
            caption=self.out.unit,
            columns=(Column(label=self.say("case")), *parties),
            rows=tuple(rows),
        )

    def _payoffs(self, key: str) -> Iterator[str]:
        """Yield the likeliest payoff of each party in one case."""
        for stakes in self.report.assumed.parties.values():
            assert isinstance(stakes, PartyStakes)  # noqa: S101 - no blank is left
            belief = stakes.belief
            assert isinstance(belief, Belief)  # noqa: S101 - as above
            figure = getattr(belief, key)
            assert isinstance(figure, Figure)  # noqa: S101 - as above
            yield number(figure.mode)

    def _sure(self, trust: Trust) -> str:
        if trust.least is None:
            return self.say("sure-never")
        return f"{trust.least:.0%}" if trust.least > 0 else self.say("sure-always")
