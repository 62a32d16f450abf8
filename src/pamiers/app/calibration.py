"""Calibrate a mission, and tell what was learned of its sources."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from pamiers.app.wiring import now, opened
from pamiers.core.instant import format_instant
from pamiers.mission.calibrated import calibrate
from pamiers.mission.happened import sources_of

MOST_SIZES: Final = 3  #: of stated errors that are told one by one


def calibrated(folder: Path) -> dict[str, Any]:
    """Learn what a mission's sources are like, on record.

    Args:
        folder: Mission folder.

    Returns:
        The entry, the digest of the model, how many reports taught, a card for each
        source, and the head; plain values.
    """
    with opened(folder) as mission:
        sources = sources_of(mission)
        found = calibrate(mission, sources, code=version("pamiers"), now=now())
        head = mission.record.head()
    return {
        "entry": found.entry,
        "model": found.digest,
        "reports": found.reports,
        "sources": [_dated(asdict(card)) for card in found.cards],
        "new_entries": found.new_entries,
        "entries": head.size,
        "head": head.hex,
    }


def _dated(card: dict[str, Any]) -> dict[str, Any]:
    """Return a card whose changes say since when as an instant."""
    for change in card["changes"]:
        change["since"] = format_instant(
            datetime.fromtimestamp(change.pop("since_s"), UTC)
        )
    return card


def _scales(place: tuple[tuple[float, float], ...]) -> str:
    """Return the learned scales of stated errors; of many the least and the most."""
    if len(place) > MOST_SIZES:
        scales = sorted(scale for _, scale in place)
        return f"{scales[0]:.2f} to {scales[-1]:.2f} ({len(place)} sizes)"
    return ", ".join(f"{scale:.2f} ({sigma:.0f} m)" for sigma, scale in place)


def card_lines(card: dict[str, Any]) -> Iterator[str]:
    """Yield what was learned of one source, as lines of text."""
    belief = card["belief"]
    yield f"{card['source']}: {card['reports']} reports"
    yield (
        f"  believed alone {belief['mean']:.2f} ({belief['low']:.2f} to "
        f"{belief['high']:.2f}); others told of {belief['shared']} too"
    )
    yield f"  errors of place as stated x {_scales(card['place'])}"
    yield (
        f"  off by {card['east_m']:+.0f} m east, {card['north_m']:+.0f} m north; "
        f"clock ahead by {card['clock_s']:+.0f} s, "
        f"its errors x {card['clock_scale']:.2f}"
    )
    yield (
        f"  reports {card['detection']:.0%} of what several others report; counts x "
        f"{card['count_factor']:.2f}; a day late {card['late']:.0%}"
    )
    for kind, shares in card["kinds"].items():
        means = ", ".join(f"{name} {share:.0%}" for name, share in shares.items())
        yield f"  {kind} means {means}"
    if card["copies"]:
        yield f"  copies {', '.join(card['copies'])}: {card['copied']} reports"
    if card["echoes"]:
        yield f"  one voice with {', '.join(card['echoes'])}"
    for silence in card["silent"]:
        yield (
            f"  passes over {silence['actor']}: tells of {silence['told']} of "
            f"{silence['of']} acts that others lay to it, and of "
            f"{silence['elsewhere']:.0%} of all else"
        )
    for change in card["changes"]:
        yield (
            f"  changed on {change['since'][:10]}: {change['what']} "
            f"{change['earlier']:.2f} before ({change['before']} reports), "
            f"{change['later']:.2f} since ({change['after']})"
        )
