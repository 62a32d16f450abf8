"""From pledges and gates as written to those that engines take."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from pamiers.agreement import written as w
from pamiers.agreement.undertaking import Delivery, Gate, Indicator, Pledge, Stage
from pamiers.agreement.values.blank import Blank, filled, known
from pamiers.agreement.values.moment import Moment
from pamiers.agreement.values.quantity import UNITS, Quantity
from pamiers.core.errors import MalformedAgreementError

_Value = TypeVar("_Value")


def pledges(written: w.Written) -> tuple[Pledge, ...]:
    """Return the pledges of an agreement without blanks, in the order of the file.

    One that has no id is named after its place, such as `pledge-2`.
    """
    held = enumerate(written.pledges, start=1)
    return tuple(_pledge(_sure(each), f"pledge-{number}") for number, each in held)


def gates(written: w.Written) -> Mapping[str, Gate]:
    """Return the gates of an agreement without blanks, by id."""
    return {name: _gate(name, _sure(each)) for name, each in written.gates.items()}


def _sure(value: _Value | Blank | None) -> _Value:
    if value is None or isinstance(value, Blank):
        raise _unchecked(value)
    return value


def _unchecked(value: Blank | None) -> MalformedAgreementError:
    return MalformedAgreementError(
        "agreement",
        expected="a value that the check lets through",
        got=repr(value),
        remedy="Report this: the check should have named it.",
    )


def _pledge(pledge: w.Pledge, name: str) -> Pledge:
    staged = (known(each.at_least) for each in filled(pledge.stages))
    amounts = [known(pledge.at_least), known(pledge.up_to), *staged]
    unit = next((each.unit for each in amounts if each is not None), "items")
    return Pledge(
        id=str(known(pledge.id) or name),
        by=";".join(filled(pledge.by)),
        of=filled(pledge.of),
        at_least=_amount(known(pledge.at_least), unit),
        up_to=_amount(known(pledge.up_to), unit),
        about=any(each is not None and each.about for each in amounts),
        unit=unit,
        stages=tuple(_stages(pledge, unit)),
        deliveries=tuple(_deliveries(pledge, unit)),
        excludes=filled(pledge.excludes),
        where=known(pledge.where) or None,
        when=known(pledge.when) or "",
        created_by=known(pledge.created_by) or None,
        source=known(pledge.source) or None,
    )


def _amount(quantity: Quantity | None, unit: str) -> float | None:
    """Return an amount in the unit of the pledge, where both measure the same."""
    if quantity is None:
        return None
    dimension, base = UNITS[unit]
    return quantity.base / base if quantity.dimension == dimension else quantity.amount


def _stages(pledge: w.Pledge, unit: str) -> Iterator[Stage]:
    for each in filled(pledge.stages):
        at_least = _sure(_amount(_sure(each.at_least), unit))
        yield Stage(due=_moment(each.due), at_least=at_least)
    whole = _amount(known(pledge.at_least), unit)
    if pledge.due is not None and whole is not None:
        yield Stage(due=_moment(pledge.due), at_least=whole)


def _moment(value: Moment | Blank | None) -> Moment:
    if value is None or isinstance(value, Blank):
        raise _unchecked(value)
    return value


def _deliveries(pledge: w.Pledge, unit: str) -> Iterator[Delivery]:
    for each in filled(pledge.deliveries):
        yield Delivery(
            on=known(each.on),
            amount=_sure(_amount(_sure(each.amount), unit)),
            source=_sure(each.source),
        )
    told = known(pledge.delivered)
    if told is not None:
        amount = _sure(_amount(told, unit))
        yield Delivery(on=None, amount=amount, source=known(pledge.source) or "")


def _gate(name: str, gate: w.Gate) -> Gate:
    return Gate(
        id=name,
        title=dict(known(gate.title) or {}),
        window=_sure(gate.window),
        indicators=tuple(_indicator(each) for each in filled(gate.indicators)),
        certified_by=_sure(gate.certified_by),
        opens=filled(gate.opens),
        rolls_back=bool(known(gate.rolls_back)),
        appeal=known(gate.appeal) or None,
        cite=known(gate.cite) or "",
    )


def _indicator(indicator: w.Indicator) -> Indicator:
    return Indicator(
        clause=_sure(indicator.clause),
        breaches_at_most=known(indicator.breaches_at_most),
        kept_share=known(indicator.kept_share),
        watched_share=known(indicator.watched_share),
    )
