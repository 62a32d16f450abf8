"""Swapping the parties' ids swaps the results, and changes nothing else."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from pamiers.core.canonical import canonical_bytes
from tests.integration.program import DONBAS, answer

pytestmark = pytest.mark.integration
SWAPPED = {"ua": "cadlr", "cadlr": "ua"}
HEADER = (
    "key,source,standing,kind,time,lat,lon,radius_m,count,weapons,calibre_mm,"
    "control,actor,region\n"
)
ROWS = (
    "1,patrol,observed,explosion,{d}T08:00+03:00/{d}T08:10+03:00,48.14,37.75,800,3,,,"
    "ua,cadlr,Donetsk\n"
    "2,patrol,observed,burst,{d}T09:00+03:00/{d}T09:10+03:00,48.09,37.83,800,9,,,"
    "cadlr,ua,Donetsk\n"
    "3,press-a,claimed,fire,{d}T08:02+03:00/{d}T08:06+03:00,48.15,37.75,3000,,,,"
    "ua,cadlr,Donetsk\n"
    "4,patrol,observed,weapon_presence,{d}T10:00+03:00/{d}T11:00+03:00,48.20,37.70,"
    "900,4,howitzer D-30,122,ua,ua,Donetsk\n"
    "5,patrol,observed,weapon_presence,{d}T10:00+03:00/{d}T11:00+03:00,48.05,38.00,"
    "900,2,howitzer D-30,122,cadlr,cadlr,Donetsk\n"
    "6,patrol,observed,access_denied,{d}T12:00+03:00/{d}T12:30+03:00,48.50,38.90,900,"
    ",,,cadlr,cadlr,Luhansk\n"
    "7,drone,observed,access_denied,{d}T12:00+03:00/{d}T12:30+03:00,48.50,38.90,900,"
    ",,,cadlr,cadlr,Luhansk\n"
    "8,camera,observed,access_denied,{d}T12:00+03:00/{d}T12:30+03:00,48.50,38.90,900,"
    ",,,cadlr,cadlr,Luhansk\n"
).format(d="2020-08-03")


def swapped(text: str) -> str:
    """Return a text with the two parties' ids exchanged, whole words only."""
    return re.sub(r"\b(ua|cadlr)\b", lambda found: SWAPPED[found[1]], text)


def agreement(folder: Path, *, attributes: bool, swap: bool) -> Path:
    """Copy the bundled agreement, perhaps with other ids or another mandate."""
    folder.mkdir()
    for name in ("agreement.yaml", "zones.geojson", "places.csv"):
        shutil.copy(Path(DONBAS) / name, folder / name)
    text = (folder / "agreement.yaml").read_text()
    if attributes:
        text = text.replace("attribution: forbidden", "attribution: required")
    text = swapped(text) if swap else text
    (folder / "agreement.yaml").write_text(text)
    return folder


def judged(folder: Path, *, attributes: bool, swap: bool) -> list[dict[str, Any]]:
    """Run the chain in a folder of its own; return findings and incidents."""
    folder.mkdir()
    agreed = agreement(folder / "agreed", attributes=attributes, swap=swap)
    rows = folder / "rows.csv"
    rows.write_text(HEADER + (swapped(ROWS) if swap else ROWS))
    mission = folder / "m"
    answer("init", mission, "--agreement", agreed)
    got = answer("ingest", mission, rows, "--format", "pamiers-csv")
    assert (got["accepted"], got["quarantined"]) == (8, 0)
    answer("assess", mission)
    answer("export", mission, "-o", folder / "out", "--edition", "commission")
    lines = []
    for name in ("finding.jsonl", "incident.jsonl"):
        lines += (folder / "out" / name).read_text().splitlines()
    return [json.loads(line) for line in lines]


def plain(results: list[dict[str, Any]], *, swap: bool) -> list[str]:
    """Return results as texts in an order of their own, ids put back."""
    texts = []
    for result in results:
        result.pop("agreement", None)  # digest of another text
        if result.get("party"):
            result.pop("key")  # digest of the party's id, among others
        shares = result.get("attribution_share")
        if shares is not None:
            result["attribution_share"] = sorted(map(tuple, shares))
        texts.append(json.dumps(result, sort_keys=True))
    if swap:
        texts = [json.dumps(_back(json.loads(text)), sort_keys=True) for text in texts]
    return sorted(texts)


def _back(result: dict[str, Any]) -> dict[str, Any]:
    back = {
        name: SWAPPED.get(value, value) if isinstance(value, str) else value
        for name, value in result.items()
    }
    if back.get("actors"):
        weights = json.loads(back["actors"])
        back["actors"] = canonical_bytes(
            {SWAPPED.get(who, who): share for who, share in weights.items()}
        ).decode()
    shares = back.get("attribution_share")
    if isinstance(shares, list):
        back["attribution_share"] = sorted(
            (SWAPPED.get(pair[0], pair[0]), pair[1]) for pair in shares
        )
    return back


@pytest.mark.parametrize("attributes", [False, True])
def test_swapping_the_parties_swaps_the_results(
    tmp_path: Path, *, attributes: bool
) -> None:
    given = judged(tmp_path / "given", attributes=attributes, swap=False)
    other = judged(tmp_path / "other", attributes=attributes, swap=True)
    assert plain(given, swap=False) == plain(other, swap=True)
    named = [r for r in given if r.get("attribution") in SWAPPED]
    assert bool(named) == attributes
