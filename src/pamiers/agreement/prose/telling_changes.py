"""What an option or an amendment changes in a clause, each change with its name."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from pamiers.agreement.prose.conditions import tell_condition
from pamiers.agreement.prose.telling import Teller
from pamiers.agreement.prose.telling_matter import tell_line
from pamiers.agreement.prose.telling_verbs import tell_requirement
from pamiers.agreement.written import Option

Say = Callable[[Teller, Any], str]


def _requirements(tell: Teller, value: Any) -> str:  # noqa: ANN401 - as written
    return tell.joined(tell_requirement(tell, each) for each in value)


def _moments(tell: Teller, value: Any) -> str:  # noqa: ANN401 - as written
    return tell.joined((_closing(tell, each) for each in value), by="or")


def _closing(tell: Teller, value: Any) -> str:  # noqa: ANN401 - as written
    return tell.moment(value, closes=True)


_CHANGED: Final[Mapping[str, tuple[str, Say]]] = {
    "distance": ("distance", Teller.amount),
    "width": ("width", Teller.amount),
    "line": ("line", tell_line),
    "of": ("of", lambda tell, v: tell.names(v, "classes", by="or")),
    "in": ("in_", lambda tell, v: tell.names(v, "zones", by="or")),
    "not_in": ("not_in", lambda tell, v: tell.names(v, "zones")),
    "where": ("where", tell_condition),
    "bearer": ("bearer", Teller.who),
    "from": ("from_", Teller.moment),
    "until": ("until", _closing),
    "hours": ("hours", Teller.hours),
    "days": ("days", lambda tell, v: tell.joined(map(tell.word, v))),
    "deadline": ("deadline", _moments),
    "within": ("lasting", Teller.duration),
    "n": ("n", Teller.amount),
    "per": ("per", Teller.per),
    "period": ("period", Teller.per),
    "before": ("before", Teller.duration),
    "presence_lasts": ("presence_lasts", Teller.duration),
    "requires": ("requires", _requirements),
    "without": ("without", lambda tell, v: tell.joined(map(tell.words, v))),
}


def tell_changes(tell: Teller, option: Option) -> str:
    """Return every change that an option makes: `distance: 25 km; ...`."""
    return tell.tongue.parts(_changes(tell, option))


def _changes(tell: Teller, option: Option) -> Iterator[str]:
    for key, (attribute, say) in _CHANGED.items():
        value = getattr(option, attribute)
        if value not in (None, "", ()):
            label = tell.tongue.labels["classes" if key == "of" else key]
            yield tell.say("labelled", label=label, value=say(tell, value))
    for key, kept in option.extra.items():
        yield tell.say("labelled", label=f"`{key}`", value=kept)
