"""A setting as written: a YAML file that says who behaves how, in plain keys.

Keys are the names of what they set; shares lie in [0, 1], rates and times are not
negative, and `each` stands for all that are not named. What a key means is said in
docs/reference/simulations.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from pamiers.agreement.complaint import Notes
from pamiers.agreement.text.node import Node
from pamiers.agreement.text.yaml_text import read_yaml
from pamiers.core.errors import MalformedSourceError, Where
from pamiers.simulation.conduct import Conduct
from pamiers.simulation.manner import Manner
from pamiers.simulation.setting import Presence, Setting, Telling, Watch
from pamiers.simulation.weather import Weather

EACH: Final = "each"
_REMEDY: Final = "docs/reference/simulations.md lists what a simulation may say."
#: group of a scenario -> the mapping of a setting, its usual member, and its kind
_GROUPS: Final[dict[str, tuple[str, str, type]]] = {
    "parties": ("conduct", "usual_conduct", Conduct),
    "watching": ("watching", "usual_watch", Watch),
    "roles": ("manners", "usual_manner", Manner),
}
#: group of a scenario -> the attribute of a setting, and its kind
_SINGLE: Final[dict[str, tuple[str, type]]] = {
    "weather": ("weather", Weather),
    "reports": ("telling", Telling),
    "monitors": ("presence", Presence),
}
_PLAIN: Final = {
    "days": "days",
    "shifts": "shifts",
    "judged_every_h": "judged_every_h",
    "fused": "fused",
}
_MOST_DAYS: Final = 3_660
_WHOLE: Final = frozenset(
    {"days", "shifts", "posts", "boycotts_from_day", "returns_on_day"}
    | {"away_from_day", "back_on_day"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A scenario of a simulation: which agreement, and in what setting."""

    agreement: str
    setting: Setting
    from_on: date | None  #: first day of the calendar; None: chosen by the agreement


def read_setting(text: str, file: str) -> Written:
    """Return the setting that a text states.

    Args:
        text: Strict YAML.
        file: Its name, for messages.

    Returns:
        The setting; what is not said holds its default.

    Raises:
        MalformedSourceError: It is no YAML, or has a key or a value unknown here.
    """
    notes = Notes()
    root = read_yaml(text, file, notes)
    if root is None or notes.complaints or not isinstance(root.value, dict):
        first = str(notes.complaints[0]) if notes.complaints else "no mapping"
        raise _no(file, None, "a simulation in YAML", first)
    return _Reader(file).whole(root)


def _no(file: str, node: Node | None, expected: str, got: str) -> MalformedSourceError:
    line = node.mark.line if node is not None else None
    return MalformedSourceError(
        Where(file, line=line or None), expected=expected, got=got, remedy=_REMEDY
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    file: str

    def whole(self, root: Node) -> Written:
        held = self._held(root)
        known = {"simulation", "agreement", "from", "note", "cite"}
        self._known(root, {*known, *_GROUPS, *_SINGLE, *_PLAIN})
        made: dict[str, Any] = {}
        for name, target in _PLAIN.items():
            if name in held:
                made[target] = self._value(name, held[name], Setting)
        for name, (attribute, kind) in _SINGLE.items():
            if name in held:
                made[attribute] = self._record(held[name], kind())
        for name in _GROUPS:
            if name in held:
                made |= self._group(name, held[name])
        if "agreement" not in held:
            raise _no(self.file, root, "agreement: a folder or bundled name", "none")
        setting = Setting(title=self._text(held.get("simulation")), **made)
        self._sensible(root, setting)
        return Written(
            agreement=self._text(held["agreement"]),
            setting=setting,
            from_on=self._day(held.get("from")),
        )

    def _sensible(self, root: Node, setting: Setting) -> None:
        if not 1 <= setting.days <= _MOST_DAYS:
            raise _no(self.file, root, f"1 to {_MOST_DAYS} days", str(setting.days))
        if setting.shifts < 1 or setting.judged_every_h <= 0:
            raise _no(self.file, root, "one shift, and some hours, at least", "none")

    def _group(self, name: str, node: Node) -> dict[str, Any]:
        mapping, usual, kind = _GROUPS[name]
        held = self._held(node)
        base = self._record(held[EACH], kind()) if EACH in held else kind()
        own = {
            who: self._record(each, base) for who, each in held.items() if who != EACH
        }
        return {usual: base, mapping: own}

    def _record(self, node: Node, base: Any) -> Any:  # noqa: ANN401 - any record
        names = {each.name for each in fields(base)}
        self._known(node, names)
        changes = {
            name: self._rates(each)
            if name == "rates"
            else self._value(name, each, type(base))
            for name, each in self._held(node).items()
        }
        return replace(base, **changes)

    def _rates(self, node: Node) -> Mapping[str, float]:
        return {
            clause: float(self._number(clause, each))
            for clause, each in self._held(node).items()
        }

    def _value(self, name: str, node: Node, kind: type) -> Any:  # noqa: ANN401 - of its key
        value = node.plain()
        default = next(e.default for e in fields(kind) if e.name == name)
        if isinstance(default, bool):
            if not isinstance(value, bool):
                raise _no(self.file, node, f"{name}: true or false", repr(value))
            return value
        number = self._number(name, node)
        if name.endswith("_share") and not 0.0 <= number <= 1.0:
            raise _no(self.file, node, f"{name}: a share in [0, 1]", repr(value))
        if name in _WHOLE and number != int(number):
            raise _no(self.file, node, f"{name}: a whole number", repr(value))
        return int(number) if name in _WHOLE else float(number)

    def _number(self, name: str, node: Node) -> float:
        value = node.plain()
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise _no(self.file, node, f"{name}: a number, not negative", repr(value))
        return value

    def _day(self, node: Node | None) -> date | None:
        if node is None:
            return None
        try:
            return date.fromisoformat(self._text(node))
        except ValueError as error:
            raise _no(self.file, node, "from: a date", self._text(node)) from error

    def _text(self, node: Node | None) -> str:
        return "" if node is None else str(node.plain())

    def _held(self, node: Node) -> dict[str, Node]:
        if not isinstance(node.value, dict):
            raise _no(self.file, node, "a mapping", repr(node.plain()))
        return node.value

    def _known(self, node: Node, allowed: set[str]) -> None:
        for name, each in self._held(node).items():
            if name not in allowed:
                listed = ", ".join(sorted(allowed))
                raise _no(self.file, each, f"keys among {listed}", repr(name))


def starting(setting: Setting, from_on: date | None) -> Setting:
    """Return a setting that begins on a day of the calendar; as it is for None."""
    if from_on is None:
        return setting
    noon = datetime.combine(from_on, time(12), tzinfo=UTC)
    return replace(setting, start_at=noon - timedelta(days=1))
