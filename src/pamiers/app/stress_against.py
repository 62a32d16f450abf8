"""Two drafts side by side: what each margin is in the one and in the other."""

from collections.abc import Iterator
from typing import Any

from pamiers.app.stress_values import Tested
from pamiers.deterrence.remarks import status


def against_values(first: Tested, second: Tested) -> dict[str, Any]:
    """Return two stress tests clause by clause and party by party.

    Args:
        first: One draft.
        second: The other.

    Returns:
        Rows in the order of the first, then what only the second has; and what each
        closes at what cost.
    """
    held = {"first": _table(first), "second": _table(second)}
    keys = [*held["first"], *(k for k in held["second"] if k not in held["first"])]
    rows = [
        {
            "clause": clause,
            "party": party,
            "first": held["first"].get((clause, party)),
            "second": held["second"].get((clause, party)),
            "only": _only(held, (clause, party), (first.agreement, second.agreement)),
        }
        for clause, party in keys
    ]
    return {
        "first": first.agreement,
        "second": second.agreement,
        "rows": rows,
        "cheapest": {"first": _cheapest(first), "second": _cheapest(second)},
    }


def _table(found: Tested) -> dict[tuple[str, str], dict[str, Any]]:
    out = found.outcome
    told = {}
    for c, clause in enumerate(out.game.clauses):
        for p, party in enumerate(out.game.parties):
            likeliest = float(out.likeliest.margins[p, c, 0])
            worst = float(out.corner.margins[p, c])
            told[clause, party] = {
                "likeliest": likeliest,
                "worst": worst,
                "status": str(status(likeliest, worst)),
            }
    return told


def _only(
    held: dict[str, dict[tuple[str, str], dict[str, Any]]],
    key: tuple[str, str],
    names: tuple[str, str],
) -> str:
    if key in held["first"] and key in held["second"]:
        return ""
    return names[0] if key in held["first"] else names[1]


def _cheapest(found: Tested) -> dict[str, Any]:
    return {
        each.over: None
        if each.package is None
        else {"levers": list(each.package.levers), "cost": each.package.cost}
        for each in found.outcome.cheapest
    }


def change_of(told: dict[str, Any]) -> Iterator[str]:
    """Yield in sentences what gets better, what gets worse, and what closing costs."""
    rank = {"fails": 0, "partly": 1, "holds": 2}
    for row in told["rows"]:
        one, other = row["first"], row["second"]
        if one and other and one["status"] != other["status"]:
            better = rank[other["status"]] > rank[one["status"]]
            word = "better" if better else "worse"
            yield (
                f"{row['clause']}, {row['party']}: {word} in {told['second']} "
                f"({one['status']} -> {other['status']})."
            )
    for key in ("first", "second"):
        package = told["cheapest"][key]["likeliest"]
        yield (
            f"{told[key]}: no package on its menu closes everything at the likeliest."
            if package is None
            else f"{told[key]}: everything closes at the likeliest with "
            f"{', '.join(package['levers']) or 'nothing changed'} "
            f"(cost {package['cost']:g})."
        )
