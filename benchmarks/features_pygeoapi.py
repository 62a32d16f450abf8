"""A page of a thousand features, beside pygeoapi that serves the same features.

Both answer on this machine, one request after another over a connection that stays
open; medians of REQUESTS are printed. `again` asks the same page each time, `anew` a
box that was never asked for, which no cache can hold. pygeoapi reads a GeoJSON file,
written of the answer of pamiers, with its provider of that name, under its own Flask
server.

Usage: `python benchmarks/features_pygeoapi.py VENV`, VENV a folder of Python in which
`pip install pygeoapi` was done.
"""

import http.client
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

ROOT: Final = Path(__file__).resolve().parents[1]
FEATURES: Final = 1_000
REQUESTS: Final = 30
TURNS: Final = 3
PORT: Final = 5055
OURS: Final = f"/ogc/collections/incidents/items?limit={FEATURES}"
THEIRS: Final = f"/collections/incidents/items?limit={FEATURES}&f=json"
HEADER: Final = "source,key,start,end,lat,lon,radius_m,kind,count"
NOBODY: Final = "http://nobody.invalid"


def rows() -> str:
    """Return reports of a thousand incidents, far enough apart not to be joined."""
    chance = random.Random(5)  # noqa: S311  (a benchmark)
    told = [HEADER]
    for number in range(FEATURES):
        hour = f"2020-08-{1 + number // 40:02d}T{number * 7 % 24:02d}"
        place = f"{47.2 + chance.random() * 1.6:.4f},{37 + chance.random() * 2:.4f}"
        kind = chance.choice(("explosion", "shot", "burst"))
        told.append(
            f"osce,k{number},{hour}:00:00Z,{hour}:05:00Z,{place},300,{kind},"
            f"{1 + number % 9}"
        )
    return "\n".join(told)


def settings(data: Path) -> dict[str, Any]:
    """Return what pygeoapi has to be told in order to serve a file."""
    person = dict.fromkeys(
        ("name", "position", "address", "city", "stateorprovince", "postalcode"), "-"
    )
    person |= dict.fromkeys(("country", "phone", "fax", "hours", "instructions"), "-")
    extents = {"spatial": {"bbox": [-180, -90, 180, 90]}}
    link = {"type": "text/csv", "rel": "canonical", "title": "-", "href": NOBODY}
    provider = {
        "type": "feature",
        "name": "GeoJSON",
        "data": str(data),
        "id_field": "id",
    }
    return {
        "server": {
            "bind": {"host": "127.0.0.1", "port": PORT},
            "url": f"http://127.0.0.1:{PORT}",
            "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8",
            "languages": ["en-US"],
            "limits": {"default_items": FEATURES, "max_items": FEATURES},
            "map": {"url": f"{NOBODY}/{{z}}/{{x}}/{{y}}.png", "attribution": "-"},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {
                "title": "-",
                "description": "-",
                "keywords": ["-"],
                "keywords_type": "theme",
                "terms_of_service": "-",
                "url": NOBODY,
            },
            "license": {"name": "-", "url": NOBODY},
            "provider": {"name": "-", "url": NOBODY},
            "contact": {
                **person,
                "email": "a@nobody.invalid",
                "url": NOBODY,
                "role": "-",
            },
        },
        "resources": {
            "incidents": {
                "type": "collection",
                "title": "-",
                "description": "-",
                "keywords": ["-"],
                "links": [link],
                "extents": extents,
                "providers": [provider],
            }
        },
    }


def asked(port: int, path: str) -> bytes:
    """Return the answer to one request."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    line.request("GET", path)
    answer = line.getresponse()
    body = answer.read()
    if answer.status != http.HTTPStatus.OK:
        raise SystemExit(f"{path}: expected 200, got {answer.status}: {body[:200]!r}")
    return body


def median_ms(port: int, path: str, *, anew: bool) -> float:
    """Return how long a page of every feature takes [ms]."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    spent, chance = [], random.Random()  # noqa: S311  (a benchmark)
    for _ in range(REQUESTS):
        east = 170 + chance.random()
        whole = f"{path}&bbox=-180,-90,{east:.9f},90" if anew else path
        began = time.perf_counter()
        line.request("GET", whole)
        body = line.getresponse().read()
        spent.append(time.perf_counter() - began)
        if len(json.loads(body)["features"]) != FEATURES:
            raise SystemExit(f"{whole}: expected {FEATURES} features")
    return statistics.median(spent) * 1_000


def ready(port: int, path: str) -> None:
    """Wait until a service answers."""
    for _ in range(120):
        try:
            asked(port, path)
        except (OSError, SystemExit):
            time.sleep(0.5)
        else:
            return
    raise SystemExit(f"nothing answers at port {port}")


def pamiers(folder: Path, *words: object) -> None:
    """Run a command of pamiers."""
    command = [sys.executable, "-m", "pamiers", *map(str, words)]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)


def main(venv: str) -> None:
    """Print a line for each way to ask and turn."""
    folder = Path(tempfile.mkdtemp())
    (folder / "rows.csv").write_text(rows())
    pamiers(folder, "init", "m", "--agreement", ROOT / "agreements" / "donbas-2020")
    pamiers(folder, "ingest", "m", "rows.csv")
    ours = subprocess.Popen(
        [sys.executable, "-m", "pamiers", "serve", folder / "m", "--json"],
        stdout=subprocess.PIPE,
        text=True,
    )
    address = json.loads(ours.stdout.readline())["address"] if ours.stdout else ""
    port = int(urlsplit(address).port or 0)
    ready(port, OURS)
    kept = ("id", "type", "geometry", "properties")
    found = json.loads(asked(port, OURS))["features"]
    features = [{name: each[name] for name in kept} for each in found]
    data, config, described = (folder / each for each in ("f.json", "c.yml", "o.yml"))
    data.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    config.write_text(json.dumps(settings(data)))
    told = {"PYGEOAPI_CONFIG": str(config), "PYGEOAPI_OPENAPI": str(described)}
    program = str(Path(venv).resolve() / "bin" / "pygeoapi")
    describe = [
        program,
        "openapi",
        "generate",
        str(config),
        "--output-file",
        str(described),
    ]
    subprocess.run(describe, env=os.environ | told, check=True)
    quiet = subprocess.DEVNULL
    theirs = subprocess.Popen(
        [program, "serve", "--flask"], env=os.environ | told, stdout=quiet, stderr=quiet
    )
    try:
        ready(PORT, THEIRS)
        for way in ("again", "anew"):
            for _ in range(TURNS):
                mine = median_ms(port, OURS, anew=way == "anew")
                other = median_ms(PORT, THEIRS, anew=way == "anew")
                print(
                    f"{way}: pamiers {mine:.1f} ms, pygeoapi {other:.1f} ms, "
                    f"{other / mine:.1f} times (load {os.getloadavg()[0]:.1f})"
                )
    finally:
        for each in (ours, theirs):
            each.kill()
            each.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
