"""Values that the check has shown to be there."""

from typing import TypeVar

from pamiers.agreement.values.blank import Blank, known
from pamiers.agreement.values.duration import Duration
from pamiers.agreement.values.expression import Expression
from pamiers.agreement.values.moment import Moment
from pamiers.agreement.values.quantity import Quantity
from pamiers.core.errors import MalformedAgreementError

_Value = TypeVar("_Value")


def sure(value: _Value | Blank | None) -> _Value:
    """Return a value that the check has shown to be there.

    Raises:
        MalformedAgreementError: It is not: a fault of the check.
    """
    if value is None or isinstance(value, Blank):
        raise MalformedAgreementError(
            "agreement",
            expected="a value that the check lets through",
            got=repr(value),
            remedy="Report this: the check should have named it.",
        )
    return value


def held(value: object, kind: type[_Value]) -> _Value:
    """Return a record of a kind that the check has shown to be there."""
    return sure(value if isinstance(value, kind) else None)


def metres(quantity: Quantity | Blank | None) -> float:
    """Return a length [m]; 0 where there is none."""
    found = known(quantity)
    return found.base if found else 0.0


def nominal_s(duration: Duration | Blank | None) -> float | None:
    """Return about how long a duration is [s]; None where there is none."""
    found = known(duration)
    return found.nominal_s if found else None


def amount(quantity: Quantity | Blank | None) -> float | None:
    """Return how many; None where nothing is said."""
    found = known(quantity)
    return found.amount if found else None


def moment(value: Moment | Blank | None) -> Moment | None:
    """Return a moment, or None where none is stated."""
    return None if isinstance(value, Blank) else value


def moments(*values: Moment | Blank | None) -> tuple[Moment, ...]:
    """Return those moments that are stated, in order."""
    return tuple(each for each in map(moment, values) if each is not None)


def condition(value: Expression | Blank | None) -> Expression | None:
    """Return a condition, or None where none is stated."""
    return None if isinstance(value, Blank) else value
