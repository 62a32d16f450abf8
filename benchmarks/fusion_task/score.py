"""How good a fusion is, where the truth is known.

A file with truth has, beside the public columns, `incident` (number of what a report
tells of; an invention has one of its own), `real`, `true_type`, `true_x`, `true_y`.
"""

from typing import Any

import numpy as np


def pair_f1(true: Any, found: Any) -> float:
    """Return the F1 of pairs of reports that are put together."""
    both = np.unique(np.column_stack((true, found)), axis=0, return_counts=True)[1]
    hit, put, are = (
        float((many * (many - 1.0)).sum())
        for many in (
            both,
            *(np.unique(v, return_counts=True)[1] for v in (found, true)),
        )
    )
    return 2.0 * hit / max(put + are, 1.0)


def brier(real: Any, belief: Any) -> float:
    """Return the Brier score over that of the base rate."""
    real = real.astype(np.float64)
    base = float(real.mean() * (1.0 - real.mean()))
    return float(((belief - real) ** 2).mean()) / max(base, 1e-12)


def gap(real: Any, belief: Any) -> float:
    """Return the expected calibration error in ten bins."""
    at = np.minimum((belief * 10.0).astype(int), 9)
    off = np.bincount(at, belief - real.astype(np.float64), 10)
    return float(np.abs(off).sum()) / len(belief)


def place(obs: Any, x: Any, y: Any) -> float:
    """Return the median error of fused places over that of the reports."""
    real = obs["real"].astype(bool)
    raw = np.hypot(obs["x"] - obs["true_x"], obs["y"] - obs["true_y"])[real]
    fused = np.hypot(x - obs["true_x"], y - obs["true_y"])[real]
    return float(np.median(fused) / np.median(raw))


def kinds(obs: Any, kind: Any) -> float:
    """Return the share of real incidents' reports whose kind is found."""
    real = obs["real"].astype(bool)
    return float((kind == obs["true_type"])[real].mean())
