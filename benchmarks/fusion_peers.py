"""Other ways to put reports together, on the same file, in a Python that has them.

`fusion_peers.py TUNE.npz OBS.npz ...`: each is tried with several settings on TUNE, a
file with truth, and its best is used on the others. Prints F1 of pairs and CPU seconds.
Needs scikit-learn, fast_hdbscan, splink and pandas; MELTT's rule and the two radii of
ST-DBSCAN are written anew here. `fusion.py` is run by hand on the same files. Without
arguments it says how it is called.

Sources: Birant and Kut (2007) for ST-DBSCAN; Donnay, Dunford, McGrath, Backer and
Cunningham (2019), Integrating conflict event data, for MELTT; Campello, Moulavi and
Sander (2013) for HDBSCAN; splink 5 for the Fellegi-Sunter model.
"""

import itertools
import json
import logging
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from fusion_task.score import pair_f1

#: words of labels -> a coarse kind, written by hand as a user of MELTT or splink would
COARSE = {
    "fire": "artillery mortar shelling air missile explosion impulse mine ied strike",
    "ground": "small arms burst assault clash shooting firefight sniping",
    "drone": "drone uav engine",
    "none": "movement vehicle convoy control regrouping transfer",
}
Found = dict[str, Any]


def middle(obs: Found) -> Any:
    """Return the middle of each interval [h]."""
    return (obs["t_start"] + obs["t_end"]) / 7_200.0


def coarse(obs: Found, meta: Found) -> Any:
    """Return a coarse kind of each report, the last where no word is known."""
    found = np.full(len(obs["x"]), len(COARSE))
    for s, family in enumerate(meta["families"]):
        for k, label in enumerate(meta["labels"][family]):
            words = str(label).lower().replace("/", " ").replace("_", " ").split()
            for kind, known in enumerate(COARSE.values()):
                if set(words) & set(known.split()):
                    found[(obs["source"] == s) & (obs["label"] == k)] = kind
                    break
    return found


def scaled(obs: Found, km: float, hours: float) -> Any:
    """Return places and times in units of a radius."""
    xy = np.column_stack((obs["x"], obs["y"])) / (1_000.0 * km)
    return np.column_stack((xy, middle(obs) / hours))


def apart(label: Any) -> Any:
    """Return clusters where what is noise is by itself."""
    found = np.asarray(label, dtype=np.int64).copy()
    noise = found < 0
    found[noise] = found.max(initial=0) + 1 + np.arange(int(noise.sum()))
    return found


def dbscan(obs: Found, _: Found, km: float, hours: float) -> Any:
    """Return clusters of DBSCAN in scaled space and time."""
    cluster: Any = import_module("sklearn.cluster")

    return apart(
        cluster.DBSCAN(eps=1.0, min_samples=2).fit_predict(scaled(obs, km, hours))
    )


def hdbscan(obs: Found, _: Found, km: float, hours: float) -> Any:
    """Return the leaves of HDBSCAN in scaled space and time."""
    fast_hdbscan: Any = import_module("fast_hdbscan")

    leaves = fast_hdbscan.HDBSCAN(
        min_cluster_size=2, min_samples=1, cluster_selection_method="leaf"
    )
    return apart(leaves.fit_predict(scaled(obs, km, hours)))


def near(obs: Found, km: float, hours: float) -> tuple[Any, Any]:
    """Return pairs of reports within a radius of place and one of time."""
    spatial: Any = import_module("scipy.spatial")

    pairs = spatial.cKDTree(scaled(obs, km, hours)).query_pairs(
        np.sqrt(2.0), output_type="ndarray"
    )
    i, j = pairs.T
    distance = np.hypot(obs["x"][i] - obs["x"][j], obs["y"][i] - obs["y"][j])
    gap = np.abs(middle(obs)[i] - middle(obs)[j])
    kept = (distance <= 1_000.0 * km) & (gap <= hours)
    return i[kept], j[kept]


def joined(n: int, i: Any, j: Any) -> Any:
    """Return connected components."""
    sparse: Any = import_module("scipy.sparse")
    csgraph: Any = import_module("scipy.sparse.csgraph")

    graph = sparse.coo_matrix((np.ones(len(i), np.int8), (i, j)), shape=(n, n))
    return csgraph.connected_components(graph, directed=False)[1]


def st_dbscan(obs: Found, _: Found, km: float, hours: float) -> Any:
    """Return clusters of ST-DBSCAN with two reports to a core: all within reach."""
    return joined(len(obs["x"]), *near(obs, km, hours))


def meltt(obs: Found, meta: Found, km: float, hours: float) -> Any:
    """Return clusters by MELTT's rule: one source after another, one to one.

    An event of a new source matches one known so far within the window of place and
    time and of the same coarse kind; of several the nearest in both is taken.
    """
    n, kind = len(obs["x"]), coarse(obs, meta)
    i, j = near(obs, km, hours)
    rank = (
        np.bincount(obs["source"], minlength=len(meta["sources"])).argsort().argsort()
    )
    order = rank[obs["source"]]
    i, j = np.where(order[i] <= order[j], i, j), np.where(order[i] <= order[j], j, i)
    kept = (order[i] != order[j]) & (kind[i] == kind[j])
    i, j = i[kept], j[kept]
    fit = np.hypot(obs["x"][i] - obs["x"][j], obs["y"][i] - obs["y"][j]) / (1e3 * km)
    fit += np.abs(middle(obs)[i] - middle(obs)[j]) / hours
    cluster, taken = np.arange(n), set()
    matched = np.zeros(n, dtype=bool)
    for at in np.lexsort((fit, order[j])).tolist():
        one, new = int(i[at]), int(j[at])
        if matched[new] or matched[one] or (one, int(order[new])) in taken:
            continue  # what was matched is represented by the first of its cluster
        cluster[new], matched[new] = cluster[one], True
        taken.add((one, int(order[new])))
    return cluster


def splink(obs: Found, meta: Found, km: float, level: float) -> Any:
    """Return clusters of splink's weights, joined greedily, a source once in each."""
    pd: Any = import_module("pandas")
    sp: Any = import_module("splink")
    levels: Any = import_module("splink.comparison_level_library")
    library: Any = import_module("splink.comparison_library")

    logging.disable(50)
    n, hours, size = len(obs["x"]), middle(obs), 1_000.0 * km
    cells = {
        f"block{k}": [
            f"{a}_{b}_{c}"
            for a, b, c in zip(
                ((obs["x"] + k * size / 2) // size).astype(int),
                ((obs["y"] + k * size / 2) // size).astype(int),
                ((hours + 15 * k) // 30).astype(int),
                strict=True,
            )
        ]
        for k in (0, 1)
    }
    frame = pd.DataFrame(
        {
            "unique_id": np.arange(n),
            "x": obs["x"],
            "y": obs["y"],
            "t": hours,
            "half": (obs["t_end"] - obs["t_start"]) / 7_200.0,
            "kind": coarse(obs, meta),
            **cells,
        }
    )
    away = "sqrt((x_l-x_r)*(x_l-x_r)+(y_l-y_r)*(y_l-y_r))"
    gap = "greatest(0.0, abs(t_l-t_r)-half_l-half_r)"

    def comparison(name: str, column: str, value: str, steps: list[float]) -> Any:
        return library.CustomComparison(
            output_column_name=name,
            comparison_levels=[
                levels.NullLevel(column),
                *(levels.CustomLevel(f"{value} <= {s}", f"<= {s}") for s in steps),
                levels.ElseLevel(),
            ],
        )

    settings = sp.SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            comparison("away", "x", away, [300, 1_000, 2_000, 4_000, 7_000]),
            comparison("gap", "t", gap, [0.02, 0.1, 0.5, 2, 8]),
            comparison("width", "half", "greatest(half_l, half_r)", [0.05, 0.5, 4]),
            library.ExactMatch("kind"),
        ],
        blocking_rules_to_generate_predictions=[sp.block_on(name) for name in cells],
        probability_two_random_records_match=2.5 / n,
        retain_matching_columns=False,
    )
    database = sp.DuckDBAPI()
    linker = sp.Linker(database.register(frame), settings, log_level=50)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(
        sp.block_on("block0"), fix_u_probabilities=True
    )
    table = linker.inference.predict(threshold_match_probability=level)
    pairs = table.as_duckdbpyrelation().df()
    ends = pairs["unique_id_l"].to_numpy(), pairs["unique_id_r"].to_numpy()
    return greedy(n, *ends, pairs["match_probability"].to_numpy(), obs["source"])


def greedy(n: int, i: Any, j: Any, weight: Any, source: Any) -> Any:
    """Return clusters joined by the surest pair first, a source once in each."""
    parent = list(range(n))
    held = [{int(s)} for s in source]

    def root(a: int) -> int:
        while parent[a] != a:
            parent[a] = a = parent[parent[a]]
        return a

    for at in np.lexsort((j, i, -weight)).tolist():
        a, b = root(int(i[at])), root(int(j[at]))
        if a != b and not held[a] & held[b]:
            parent[b] = a
            held[a] |= held[b]
    return np.array([root(a) for a in range(n)])


RADII = list(itertools.product((1.0, 2.0, 3.0, 5.0), (0.25, 0.5, 1.0, 3.0)))
PEERS: dict[str, tuple[Callable[..., Any], list[tuple[float, float]]]] = {
    "DBSCAN": (dbscan, RADII),
    "HDBSCAN": (hdbscan, RADII),
    "ST-DBSCAN": (st_dbscan, RADII),
    "MELTT's rule": (meltt, [*RADII, (5.0, 24.0)]),
    "splink, greedy": (splink, [(6.0, p) for p in (0.05, 0.2, 0.5, 0.9)]),
}


def read(path: str) -> tuple[Found, Found]:
    """Return the arrays and the meta of a file."""
    with np.load(Path(path), allow_pickle=False) as held:
        obs = {name: held[name] for name in held.files if name != "meta"}
        return obs, json.loads(str(held["meta"]))


def main() -> None:
    """Tune each on the first file, and print how it does on all."""
    if len(sys.argv) == 1:
        print("usage: fusion_peers.py TUNE.npz OBS.npz ...")
        return
    obs, meta = read(sys.argv[1])
    print("| | setting | file | F1 | CPU s |\n|---|---|---|---|---|")
    for name, (peer, settings) in PEERS.items():
        scores = [pair_f1(obs["incident"], peer(obs, meta, *s)) for s in settings]
        best = settings[int(np.argmax(scores))]
        for path in sys.argv[1:]:
            these, told = read(path)
            start = time.process_time()
            cluster = peer(these, told, *best)
            spent = time.process_time() - start
            score = pair_f1(these["incident"], cluster)
            where = Path(path).name
            print(
                f"| {name} | {best} | {where} | {score:.3f} | {spent:.2f} |", flush=True
            )


if __name__ == "__main__":
    main()
