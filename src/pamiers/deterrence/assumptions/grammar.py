"""The keys of `incentives.yaml`: what may stand where, and one line on each."""

from dataclasses import dataclass
from typing import Final

from pamiers.agreement.complaint import Notes
from pamiers.agreement.grammar.forms import (
    Amount,
    Choice,
    Day,
    Id,
    Leaf,
    Number,
    Ref,
    Schema,
    Text,
    Value,
    Words,
    misfit,
    parsed,
)
from pamiers.agreement.grammar.records import (
    ById,
    Field,
    Listed,
    OneOrByParty,
    Record,
    Several,
)
from pamiers.agreement.text.node import Node, Plain
from pamiers.agreement.values.blank import BLANK, Blank
from pamiers.agreement.values.quantity import UNITS, decimal, parse_quantity
from pamiers.deterrence.assumptions import written as w

#: version of the file
VERSION: Final = 1
_HUGE: Final = 1e12
_FIGURES: Final = 3


@dataclass(frozen=True, slots=True)
class Ranged(Leaf):
    """A figure as `[lowest, likeliest, highest]`, or one number that is exact.

    With another basis than the file's it is a mapping: `{range: [...], by: basis}`.
    """

    low: float = 0.0
    high: float = _HUGE
    inside: bool = False  #: the bounds themselves are not allowed
    dimension: str = ""  #: figures carry a unit of it: time, length

    def write(self, value: Value) -> Plain:
        """Return the three figures, and the basis where it is its own."""
        shown: list[Plain] = [self._shown(each, value.unit) for each in value.values]
        return {"range": shown, "by": value.by} if value.by else shown

    def _shown(self, figure: float, unit: str) -> Plain:
        if not self.dimension:
            return figure
        return f"{decimal(figure / UNITS[unit][1])} {unit}"

    def take(self, node: Node, notes: Notes, path: str) -> Value:
        """Return the figure, or a blank after a complaint."""
        by = ""
        if isinstance(node.value, dict):
            odd = set(node.value) - {"range", "by"}
            if odd or "range" not in node.value or "by" not in node.value:
                return misfit(node, notes, path, "the keys range and by, or a list")
            by = str(node.value["by"].value)
            node = node.value["range"]
        given = node.value if isinstance(node.value, list) else [node] * _FIGURES
        if len(given) != _FIGURES:
            return misfit(node, notes, path, "[lowest, likeliest, highest]")
        figures = [
            self._figure(each, notes, path) for each in given[: _distinct(given)]
        ]
        found = [each for each in figures if not isinstance(each, Blank)]
        if len(found) < len(figures):
            return BLANK
        low, mode, high = found * _FIGURES if len(found) == 1 else found
        unit = str(given[0].value).lstrip("0123456789. ") if self.dimension else ""
        return self._ordered(
            w.Figure(low=low, mode=mode, high=high, unit=unit, by=by), node, notes, path
        )

    def _figure(self, node: Node, notes: Notes, path: str) -> Value:
        """Return one of the three figures, in metres or seconds if it is measured."""
        if node.value == BLANK.value:
            return Number(0, 0).read(node, notes, path)
        if self.dimension:
            return self._measured(node, notes, path)
        if isinstance(node.value, bool) or not isinstance(node.value, int | float):
            return misfit(node, notes, path, "a number")
        value = float(node.value)
        fits = self.low <= value <= self.high
        if fits and not (self.inside and value in {self.low, self.high}):
            return value
        words = "between" if self.inside else "from"
        notes.complain(
            "I-RANGE",
            path,
            f"expected a number {words} {self.low:g} to {self.high:g}, got {value:g}",
            "Correct the figure.",
            mark=node.mark,
        )
        return BLANK

    def _measured(self, node: Node, notes: Notes, path: str) -> Value:
        """Return a figure in metres or seconds."""
        got = parsed(node, notes, path, lambda t: parse_quantity(t, self.dimension))
        if isinstance(got, Blank) or not self.inside or got.base > 0:
            return got if isinstance(got, Blank) else got.base
        message = f"expected more than none, got {got}"
        notes.complain("I-RANGE", path, message, "Correct it.", mark=node.mark)
        return BLANK

    def _ordered(self, figure: w.Figure, node: Node, notes: Notes, path: str) -> Value:
        if figure.low <= figure.mode <= figure.high:
            return figure
        notes.complain(
            "I-RANGE",
            path,
            f"expected lowest, likeliest and highest in this order, got "
            f"{', '.join(f'{each:g}' for each in figure.values)}",
            "Put the three figures in order.",
            mark=node.mark,
        )
        return BLANK

    def schema(self) -> Schema:
        """Return the schema of one figure, of three, or of three and their basis."""
        one: Schema = {"type": "string"} if self.dimension else {"type": "number"}
        if not self.dimension:
            edges = ("exclusiveMinimum", "exclusiveMaximum")
            names = edges if self.inside else ("minimum", "maximum")
            one |= dict(zip(names, (self.low, self.high), strict=True))
        three = {"type": "array", "items": one, "minItems": 3, "maxItems": 3}
        based = {
            "type": "object",
            "properties": {
                "range": {"anyOf": [one, three]},
                "by": {"type": "string"},
            },
            "required": ["range", "by"],
        }
        return {"anyOf": [one, three, based]}


def _distinct(given: list[Node]) -> int:
    """Return 1 for a single figure that stands for three, so that it is read once."""
    return 1 if all(each is given[0] for each in given) else _FIGURES


_TEXT: Final = Text()
_PARTY: Final = Ref(("parties",))
_SHARE: Final = Ranged(0.0, 1.0)
_FLOW: Final = Ranged(-_HUGE, _HUGE)
_COST: Final = Ranged()
_TIME: Final = Ranged(dimension="time")
_TITLE: Final = Field(Words(), "its name, by language")


def _per_party(form: Ranged) -> OneOrByParty:
    return OneOrByParty(form, _PARTY)


BASIS: Final = Record(
    w.Basis,
    {
        "author": Field(_TEXT, "whose judgement", required=True),
        "on": Field(Day(), "when it was made", required=True),
        "source": Field(_TEXT, "where it can be read", required=True),
        "note": Field(_TEXT, "a remark"),
    },
)

BELIEF: Final = Record(
    w.Belief,
    {
        "both_keep": Field(_FLOW, "both keep", required=True),
        "only_other_breaks": Field(_FLOW, "the other side breaks", required=True),
        "only_self_breaks": Field(_FLOW, "this side breaks", required=True),
        "both_break": Field(_FLOW, "both break, after the response", required=True),
    },
)

PARTY: Final = Record(
    w.PartyStakes,
    {
        "discount": Field(
            Ranged(0.0, 1.0, inside=True), "worth now of 1 next period", required=True
        ),
        "peace": Field(_FLOW, "per period while it is kept", required=True),
        "war": Field(_FLOW, "per period of going back to war", required=True),
        "first_strike": Field(_COST, "gained once by striking first", required=True),
        "war_later": Field(_FLOW, "per period of war a period later, if it shifts"),
        "belief": Field(BELIEF, "one period of keep or break", required=True),
    },
)

CLAUSE: Final = Record(
    w.ClauseStakes,
    {
        "id": Field(Ref(("clauses",)), "clause of the agreement", required=True),
        "breach": Field(
            Choice(("once", "standing")), "pays once, or until stopped", required=True
        ),
        "gain": Field(_per_party(_COST), "what a breach pays", required=True),
        "detection": Field(ById(_SHARE), "means -> found per period", required=True),
        "verification": Field(_SHARE, "then verified", required=True),
        "attribution": Field(_SHARE, "and laid to the right side", required=True),
        "false_alarm": Field(
            _SHARE, "a complier found in breach, per period", required=True
        ),
        "lag": Field(_TIME, "from found until the response is in force", required=True),
        "answered_by": Field(Several(Ref(("ladder",))), "its steps", required=True),
    },
)

KINDS: Final = (
    *("notice", "visit", "session", "suspension", "escrow", "sanction"),
    *("withheld benefit", "posture of protectors"),
)

STEP: Final = Record(
    w.LadderStep,
    {
        "id": Field(Id(), "its id", required=True),
        "title": _TITLE,
        "kind": Field(Choice(KINDS), "what it is, abstractly", required=True),
        "after": Field(_TIME, "from the start of the response", required=True),
        "lasts": Field(_TIME, "how long", required=True),
        "loss": Field(_per_party(_COST), "taken per period", required=True),
        "credibility": Field(_SHARE, "really applied", required=True),
        "responder": Field(Ref(("actors", "roles")), "who applies it", required=True),
        "cost": Field(_COST, "to the responder, per period", required=True),
        "restores": Field(_COST, "worth to the responder, per period", required=True),
    },
)

_AMOUNT: Final = Number(-_HUGE, _HUGE)
CHANGE: Final = Record(
    w.Change,
    {
        "clause": Field(Ref(("clauses",)), "in this clause"),
        "step": Field(Ref(("ladder",)), "or in this step"),
        "party": Field(_PARTY, "or for this party; with clause or step, only for it"),
        "of": Field(_TEXT, "key of the figure", required=True),
        "means": Field(Ref(("monitoring",)), "which means, for detection"),
        "to": Field(_AMOUNT, "becomes this; times in seconds"),
        "add": Field(_AMOUNT, "rises by this"),
        "times": Field(_AMOUNT, "is multiplied by this"),
    },
    one_of=("to", "add", "times"),
)

LEVER: Final = Record(
    w.Lever,
    {
        "id": Field(Id(), "its id", required=True),
        "title": _TITLE,
        "cost": Field(Number(0.0, _HUGE), "what it costs", required=True),
        "paid_by": Field(Words(), "who would pay for it"),
        "changes": Field(Several(CHANGE), "what it does", required=True),
        "excludes": Field(Several(Ref(("levers",))), "cannot go with these"),
    },
)

INCENTIVES: Final = Record(
    w.Incentives,
    {
        "pamiers_incentives": Field(Number(1, 1e6), "version", required=True),
        "agreement": Field(Id(), "id of the agreement", required=True),
        "about": Field(Words(), "what these assumptions are"),
        "period": Field(Amount("time"), "length of one period", required=True),
        "unit": Field(_TEXT, "in what payoffs are stated", required=True),
        "cost_unit": Field(_TEXT, "in what levers cost"),
        "by": Field(Ref(("bases",)), "basis of figures that name none"),
        "bases": Field(ById(BASIS), "who judged, when, where", required=True),
        "correlation": Field(
            _SHARE, "between means that watch one clause", required=True
        ),
        "parties": Field(ById(PARTY), "party -> its stakes", required=True),
        "clauses": Field(Listed(CLAUSE), "clauses put to the test", required=True),
        "ladder": Field(Listed(STEP), "steps of the response", required=True),
        "levers": Field(Listed(LEVER), "what could be changed"),
    },
)
