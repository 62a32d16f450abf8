"""Pairs of reports by how likely they are to tell of one thing, whatever else does."""

import math

import numpy as np

from pamiers.fusion.fuse import Fusion
from pamiers.fusion.learned import columns_of
from pamiers.fusion.loops.pairs import odds, single
from pamiers.fusion.solving import Using

Pair = tuple[str, str]


def weighed(fusion: Fusion, pairs: list[Pair]) -> dict[Pair, float]:
    """Return the weight of each pair by itself [bit], minus infinity for none.

    Args:
        fusion: What was made of all reports.
        pairs: Ids of reports.

    Returns:
        By pair, in no order; reports of different strands are never one.
    """
    reports = fusion.reports
    number = {name: i for i, name in enumerate(reports.ids)}
    named = sorted({number[name] for pair in pairs for name in pair})
    at = np.array(named, dtype=np.int64)
    columns = columns_of(reports, at, fusion.learned)
    order = np.argsort(columns.middle_s, kind="stable")
    run = Using(columns.take(order), fusion.learned.calibration)
    single(np.arange(len(at)), run.field.state, run.field.beliefs.tables)
    row = {int(at[k]): i for i, k in enumerate(order.tolist())}
    found = {}
    for pair in pairs:
        one, two = (number[name] for name in pair)
        same = reports.strand[one] == reports.strand[two]
        state, tables = run.field.state, run.field.beliefs.tables
        ratio = odds(row[one], row[two], state, tables) if same else 0.0
        found[pair] = math.log2(ratio) if ratio > 0.0 else -math.inf
    return found
