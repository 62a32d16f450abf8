"""What a plan of posts notices by clause and hour, as every report shows it.

The least of all stretches stands for them, since whoever breaks a clause chooses where.
Which stretch that is goes along only for those who may know.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pamiers.deployment.plan import Plan, Worst

#: party, clause, hour, area, stretch, noticed: the worst of each
Gap = tuple[str, str, str, str, tuple[int, int], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What a plan notices in the worst stretch, by party, clause and hour."""

    hours: Mapping[str, Mapping[str, str]]  #: id -> what it is called, by language
    least: Mapping[tuple[str, str, str], float]  #: (party, clause, hour) -> noticed
    gaps: tuple[Gap, ...]  #: empty but for those who may know

    def rows(
        self, clauses: tuple[str, ...], parties: tuple[str, ...]
    ) -> Iterator[tuple[str, str, tuple[float | None, ...]]]:
        """Yield clause, hour and what is noticed of each party, where anything is.

        Args:
            clauses: In the order of the rows.
            parties: In the order of the columns.

        Yields:
            None for a party that nobody could watch break the clause at that hour.
        """
        for clause in clauses:
            for hour in self.hours:
                noticed = tuple(self.least.get((p, clause, hour)) for p in parties)
                if any(each is not None for each in noticed):
                    yield clause, hour, noticed


#: upper edges of the bands that everybody may read, and no finer
BANDS: Final = (0.25, 0.5, 0.75)


def banded(watched: Watched) -> dict[tuple[str, str], int]:
    """Return in which band the least lies that is noticed of either side.

    Args:
        watched: What a plan notices.

    Returns:
        (clause, hour) -> how many of `BANDS` it reaches, one figure for all sides.
    """
    found: dict[tuple[str, str], int] = {}
    for (_, clause, hour), noticed in watched.least.items():
        band = sum(noticed >= edge for edge in BANDS)
        found[clause, hour] = min(found.get((clause, hour), band), band)
    return found


def watched_of(plan: Plan, worst: Mapping[tuple[int, int], Worst] | None) -> Watched:
    """Return what a plan notices.

    Args:
        plan: The plan.
        worst: Its worst places, for those who may know; None leaves them out.

    Returns:
        The least by party, clause and hour, over all stretches.
    """
    game, least = plan.setting.game, dict[tuple[str, str, str], float]()
    found = plan.found().tolist()
    for demand, noticed in zip(plan.task.demands, found, strict=True):
        party, clause = game.parties[demand.party], game.clauses[demand.clause]
        key = (party, clause, demand.hour)
        least[key] = min(least.get(key, 1.0), noticed)
    return Watched(
        hours=named_hours(plan),
        least=least,
        gaps=() if worst is None else tuple(_gaps(plan, worst)),
    )


def named_hours(plan: Plan) -> dict[str, Mapping[str, str]]:
    """Return the hours of a plan in their order, and what each is called."""
    return {
        hour: words if isinstance(words, dict) else {}
        for hour, words in plan.setting.stated.hours.items()
    }


def _gaps(plan: Plan, worst: Mapping[tuple[int, int], Worst]) -> Iterator[Gap]:
    game = plan.setting.game
    for (party, clause), each in sorted(worst.items()):
        yield (
            game.parties[party],
            game.clauses[clause],
            each.demand.hour,
            each.demand.area,
            (each.demand.column, each.demand.row),
            each.noticed[1],
        )
