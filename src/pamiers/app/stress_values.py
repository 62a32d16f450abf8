"""A stress test of an agreement's folder: read, compute, and give plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from pamiers.agreement import Complaint, read
from pamiers.app.agreement_files import agreement_texts
from pamiers.core.errors import UsageError
from pamiers.deterrence.assumptions import (
    Figure,
    Incentives,
    ReadIncentives,
    read_incentives,
)
from pamiers.deterrence.assumptions.check import figures
from pamiers.deterrence.game import Game
from pamiers.deterrence.levers import Cheapest, Package
from pamiers.deterrence.remarks import Remark, remarks, status
from pamiers.deterrence.stress import Stress, stress
from pamiers.deterrence.words import LIMITS, sentence

FILE: Final = "incentives.yaml"
Plain = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """An agreement put to the test, with what was assumed."""

    agreement: str
    assumed: Incentives
    complaints: tuple[Complaint, ...]  #: warnings only
    outcome: Stress


def assumed(path: str) -> ReadIncentives:
    """Return the assumptions beside an agreement, with every complaint.

    Args:
        path: Folder of the agreement, or the name of a bundled one.

    Returns:
        What was read; complaints of an agreement that cannot be read come first.

    Raises:
        UsageError: No folder, or no `incentives.yaml` in it.
    """
    return assumed_in(agreement_texts(path), path)


def assumed_in(texts: Mapping[str, str], path: str) -> ReadIncentives:
    """Return the assumptions among the texts of a folder, with every complaint.

    Args:
        texts: File name -> text.
        path: What the folder is called in messages.

    Returns:
        What was read; complaints of an agreement that cannot be read come first.

    Raises:
        UsageError: No `incentives.yaml` among them.
    """
    if FILE not in texts:
        raise UsageError(
            path,
            expected=f"a file {FILE} beside the agreement",
            got="none",
            remedy="Write down the assumptions; docs/howto/stress-test.md says how.",
        )
    found = read(texts)
    if found.written is None:
        return ReadIncentives(written=None, complaints=found.complaints)
    return read_incentives(texts[FILE], found.written)


def tested(
    found: ReadIncentives,
    *,
    draws: int,
    seed: int,
    game: Game | None = None,  # noqa: PT028 - no test, whatever its name
) -> Tested:
    """Return the stress test of assumptions.

    Args:
        found: Assumptions without errors or blanks.
        draws: How many columns to draw for the shares.
        seed: Seed of the draws.
        game: With a plan of posts in place; None for the game as assumed.

    Returns:
        The outcome.
    """
    assert found.written is not None  # noqa: S101 - the caller asked `runnable`
    return Tested(
        agreement=str(found.written.agreement),
        assumed=found.written,
        complaints=found.complaints,
        outcome=stress(
            found.written,
            draws=draws,
            seed=seed,
            game=game,
        ),
    )


def values(found: Tested, language: str) -> Plain:
    """Return a stress test as plain values, for `--json`.

    Args:
        found: The stress test.
        language: Of the sentences.

    Returns:
        What JSON can hold: a figure without a finite value is null, and a sentence
        says why.
    """
    out = found.outcome
    said = remarks(out)
    return {
        "agreement": found.agreement,
        "limits": list(LIMITS.get(language, LIMITS["en"])),
        "period_days": out.period_s / 86_400.0,
        "unit": out.unit,
        "cost_unit": out.cost_unit,
        "draws": out.shares.draws,
        "seed": out.shares.seed,
        "parties": {
            name: _party(found, i, said, language)
            for i, name in enumerate(out.game.parties)
        },
        "ladder": [_step(found, i) for i in range(len(out.game.steps))],
        "scenarios": [
            {
                "kind": each.kind,
                "what": each.what,
                "margins": _table(found, each.corner.margins),
                "taking_part": _by_party(found, each.corner.taking_part),
            }
            for each in out.scenarios
        ],
        "cheapest": {each.over: _cheapest(found, each) for each in out.cheapest},
        "says": [sentence(each, language) for each in said if not each.party],
        "assumptions": _assumptions(found.assumed),
        "complaints": [each.to_dict() for each in found.complaints],
    }


def number(value: float) -> float | None:
    """Return a figure, or nothing where it is not finite."""
    return float(value) if np.isfinite(value) else None


def _party(found: Tested, party: int, said: tuple[Remark, ...], language: str) -> Plain:
    out = found.outcome
    name = out.game.parties[party]
    own = [each for each in said if each.party == name]
    likeliest = float(out.likeliest.taking_part[party, 0])
    worst = float(out.corner.taking_part[party])
    weakest = out.weakest(party)
    return {
        "taking_part": {
            "status": status(likeliest, worst),
            "likeliest": likeliest,
            "worst": worst,
            "share": float(out.shares.taking_part[party]),
            "peace_after_false_alarms": float(out.likeliest.kept[party, 0]),
        },
        "clauses": {
            clause: _clause(found, party, i, own, language)
            for i, clause in enumerate(out.game.clauses)
        },
        "joint": _joint(found, party),
        "least_trust": out.trust[party].least,
        "radius": float(out.radius[party]),
        "share_of_everything": float(out.shares.all_of_it[party]),
        "share_no_breach_pays": {
            "least": float(out.shares.none_pays[party, 0]),
            "most": float(out.shares.none_pays[party, 1]),
        },
        "weakest": None if weakest is None else out.game.clauses[weakest],
        "tornado": [
            {"figure": each.name, "at_low": each.at_low, "at_high": each.at_high}
            for each in out.tornado[party]
        ],
        "says": [sentence(each, language) for each in own if not each.clause],
    }


def _clause(
    found: Tested, party: int, clause: int, own: list[Remark], language: str
) -> Plain:
    out = found.outcome
    name = out.game.clauses[clause]
    stakes = out.likeliest.stakes
    likeliest = float(out.likeliest.margins[party, clause, 0])
    worst = float(out.corner.margins[party, clause])
    lag = out.thresholds.lag[party, clause] * out.period_s / 86_400.0
    return {
        "breach": "standing" if out.game.standing[clause] else "once",
        "status": status(likeliest, worst),
        "margin": {
            "likeliest": likeliest,
            "worst": worst,
            "tenth": float(out.shares.tenth[party, clause]),
        },
        "share": float(out.shares.keeping[party, clause]),
        "detection": float(stakes.detection[party, clause, 0]),
        "loss": float(stakes.loss[party, clause, 0]),
        "least_detection": number(out.thresholds.detection[party, clause]),
        "longest_lag_days": number(lag),
        "least_loss": number(out.thresholds.loss[party, clause]),
        "cheapest_lever": out.singles.get((party, clause)),
        "says": [sentence(each, language) for each in own if each.clause == name],
    }


def _joint(found: Tested, party: int) -> Plain:
    out = found.outcome
    told: Plain = {}
    for key, held in (("likeliest", out.joint), ("worst", out.joint_worst)):
        breach = held[party]
        told[key] = {
            "clauses": [out.game.clauses[i] for i in breach.clauses],
            "worth": breach.worth,
            "exact": breach.exact,
        }
    return told


def _step(found: Tested, step: int) -> Plain:
    each = found.outcome.resolve[step]
    return {
        "step": each.step,
        "responder": each.responder,
        "carried_out": {
            "likeliest": each.likeliest,
            "always": each.always,
            "never": each.never,
        },
    }


def _cheapest(found: Tested, each: Cheapest) -> Plain:
    return {
        "package": None if each.package is None else _package(found, each.package),
        "tried": each.tried,
        "none_below": number(each.none_below),
        "exhausted": each.exhausted,
    }


def _package(found: Tested, package: Package) -> Plain:
    return {
        "levers": list(package.levers),
        "cost": package.cost,
        "margins": _table(found, package.margins),
        "taking_part": _by_party(found, package.taking_part),
    }


def _table(
    found: Tested, margins: "np.ndarray[tuple[int, int], np.dtype[np.float64]]"
) -> Plain:
    game = found.outcome.game
    return {
        party: {clause: float(margins[i, j]) for j, clause in enumerate(game.clauses)}
        for i, party in enumerate(game.parties)
    }


def _by_party(
    found: Tested, figures_: "np.ndarray[tuple[int], np.dtype[np.float64]]"
) -> Plain:
    parties = found.outcome.game.parties
    return {name: float(each) for name, each in zip(parties, figures_, strict=True)}


def _assumptions(found: Incentives) -> list[Plain]:
    """Return every figure with whose judgement it is."""
    return [
        {"figure": path, "range": list(figure.values), "unit": figure.unit}
        | basis_of(found, figure)
        for path, figure in figures(found)
    ]


def basis_of(found: Incentives, figure: Figure) -> Plain:
    """Return who judged a figure, when, and where it can be read."""
    basis = found.bases[figure.by or str(found.by)]
    assert not isinstance(basis, str)  # noqa: S101 - the reader left no blank
    return {
        "author": str(getattr(basis, "author", "")),
        "on": str(getattr(basis, "on", "")),
        "source": str(getattr(basis, "source", "")),
    }
