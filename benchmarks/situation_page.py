"""Time until the situation page can be used, beside a bare map of the same points.

Both pages are served from this process and opened in the same headless browser with a
software GL, one after the other, RUNS times; medians are printed. The bare page is
MapLibre with one layer of circles over the same points as GeoJSON, and nothing else.
The situation page asks the routes of the service for tiles and for its list. Usable:
the map has drawn every mark and rests. Then the map is dragged for two seconds, and the
longest time for which the main thread was blocked is told. CPU seconds are those of the
browser and its server together, until the page was usable.

Usage: `python benchmarks/situation_page.py [N ...]`, after `make web`; 10 000 and
200 000 where no N is given.
"""

import json
import os
import random
import statistics
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pamiers.app.front import INDEX, front_files
from pamiers.app.pages.happened import STRETCH
from pamiers.app.pages.marks import Marks, Wanted, marks_of
from pamiers.app.pages.readers import MARKED
from pamiers.app.pages.words import words
from pamiers.app.web.pages import hinted, served_index
from pamiers.app.web.tiles import Marked, tile_routes
from pamiers.core.instant import zone
from pamiers.core.table import INSTANT, from_columns

ROOT: Final = Path(__file__).resolve().parents[1]
LIBRARY: Final = ROOT / "web" / "node_modules" / "maplibre-gl" / "dist"
RUNS: Final = 3
SIZES: Final = (10_000, 200_000)
WAIT_MS: Final = 120_000
DAYS: Final = 180
NOBODY: Final = {"name": "anonymous", "roles": [], "edition": "public", "may": {}}
ZONE: Final = "Europe/Kyiv"
CHROMIUM: Final = "/usr/bin/chromium"
ARGUMENTS: Final = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
KINDS: Final = ("explosion", "burst", "shot", "weapon_presence", "impact")
BARE: Final = """<!doctype html><meta charset="utf-8">
<link rel="stylesheet" href="/library/maplibre-gl.css">
<div id="map" style="position:absolute;inset:0"></div>
<script type="module">
import * as maplibregl from "/library/maplibre-gl.mjs";
const map = new maplibregl.Map({container: "map", bounds: [36.5, 46.9, 40.2, 50.1],
  style: {version: 8, sources: {p: {type: "geojson", data: "/points.json"}},
  layers: [{id: "p", type: "circle", source: "p", paint: {"circle-radius": 4}}]}});
map.once("idle", () => document.body.dataset.idle = "yes");
</script>"""
TASKS: Final = """() => {
  window.blocked = [];
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) window.blocked.push(each.duration);
  }).observe({ type: "longtask" });
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One run of one page."""

    usable_s: float
    cpu_s: float  #: of browser and server, until then
    blocked_ms: float  #: the longest while dragging


def incidents(count: int, seed: int = 7) -> Marks:
    """Return some incidents, as the service keeps them."""
    chance = random.Random(seed)  # noqa: S311  (a benchmark)
    start = datetime(2020, 1, 1, tzinfo=UTC)
    minutes = sorted(chance.randrange(DAYS * 24 * 60) for _ in range(count))
    begun = [start + timedelta(minutes=each) for each in minutes]
    seen = [int(chance.random() < 0.8) for _ in range(count)]
    columns = {
        "source": pa.array(["pamiers"] * count),
        "key": pa.array([f"{number:016x}" for number in range(count)]),
        "start": pa.array(begun, INSTANT),
        "end": pa.array([each + timedelta(minutes=5) for each in begun], INSTANT),
        "lon": pa.array([round(chance.uniform(36.6, 40.1), 2) for _ in begun]),
        "lat": pa.array([round(chance.uniform(47.0, 50.0), 2) for _ in begun]),
        "radius_m": pa.array([2500.0] * count),
        "kind": pa.array([chance.choice(KINDS) for _ in begun]),
        "place": pa.array([f"Place {number % 400}" for number in range(count)]),
        "region": pa.array(["donetsk"] * count),
        "probability": pa.array([0.9] * count),
        "observed": pa.array(seen),
        "claimed": pa.array([1 - each for each in seen]),
        "sources": pa.array(["osce-smm"] * count),
    }
    return marks_of(from_columns("incident", columns, count), MARKED, zone(ZONE))


def outline(marks: Marks) -> dict[str, Any]:
    """Return the page that the situation begins with, for a mission of marks alone."""
    days = marks.days()
    nothing: list[object] = []
    return {
        "incidents": None,
        "listed": marks.listed(Wanted(), 0, STRETCH),
        "total": len(marks),
        "kinds": marks.kinds(Wanted()),
        "days": {"day": list(map(str, days)), "incidents": list(days.values())},
        "box": marks.box(),
        "coverage": dict.fromkeys(("key", "start", "end", "lon", "lat"), nothing),
        "ground": {"type": "FeatureCollection", "features": nothing},
        "places": nothing,
        "knowledge": nothing,
    }


def points(marks: Marks) -> dict[str, Any]:
    """Return the same points as GeoJSON."""
    found = {name: marks.columns.column(name).to_pylist() for name in ("lon", "lat")}
    features = [
        {
            "type": "Feature",
            "properties": {},
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
        }
        for lon, lat in zip(found["lon"], found["lat"], strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}


def about() -> dict[str, Any]:
    """Return what the pages need to know of the mission."""
    agreement = {
        "id": "bench",
        "title": {"en": "Benchmark"},
        "parties": [],
        "time_zone": ZONE,
        "cut_off": "19:30",
        "attribution": "forbidden",
        "sectors": [],
        "clauses": [],
    }
    return {
        "mission": "bench",
        "edition": "public",
        "now": "2020-07-01T00:00:00Z",
        "agreement": agreement,
        "record": {"entries": 1, "head": "00" * 32},
        "findings": {},
        "days": [],
        "releases": [],
    }


@contextmanager
def served(marks: Marks, files: dict[str, bytes]) -> Iterator[str]:
    """Serve files from memory, and tiles and lists of marks; yield the address."""
    kinds = {"js": "text/javascript", "mjs": "text/javascript", "css": "text/css"}
    kinds |= {"html": "text/html", "json": "application/json"}

    def seen(_request: Request, _known: str) -> Marked:
        return Marked(marks=marks, of=str(len(marks)))

    async def file(request: Request) -> Response:
        name = request.path_params["name"] or INDEX
        if name not in files:
            return Response(status_code=404)
        kind = kinds.get(name.rpartition(".")[2], "application/octet-stream")
        return Response(files[name], media_type=kind)

    app = Starlette(routes=[*tile_routes(seen), Route("/{name:path}", file)])
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}/"
    server.should_exit = True
    thread.join()


def cpu_s() -> float:
    """Return the CPU seconds of this process and of all that it started."""
    spent: dict[int, tuple[int, float]] = {}
    for each in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = each.read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        ticks = sum(int(number) for number in fields[11:15])
        spent[int(each.parent.name)] = (int(fields[1]), ticks)
    ours, tick = {os.getpid()}, os.sysconf("SC_CLK_TCK")
    while found := {pid for pid, (parent, _) in spent.items() if parent in ours} - ours:
        ours |= found
    return sum(spent[pid][1] for pid in ours if pid in spent) / tick


def measured(browser: Browser, address: str, ready: str) -> Measured:
    """Open a page until it is usable, drag its map, and return both figures."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.add_init_script(f"({TASKS})()")
    before = cpu_s()
    began = datetime.now(tz=UTC)  # noqa: TID251  (a benchmark reads the clock)
    page.goto(address)
    page.wait_for_selector(ready, timeout=WAIT_MS, state="attached")
    usable = (datetime.now(tz=UTC) - began).total_seconds()  # noqa: TID251  (the same)
    spent = cpu_s() - before
    blocked = dragged(page)
    page.close()
    return Measured(usable_s=usable, cpu_s=spent, blocked_ms=blocked)


def dragged(page: Page) -> float:
    """Drag the map about for two seconds; return the longest block [ms]."""
    box = page.locator("canvas").first.bounding_box()
    if box is None:
        raise SystemExit("expected a map, got none")
    page.evaluate("window.blocked.length = 0")
    across, down = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(across, down)
    page.mouse.down()
    for step in range(40):
        page.mouse.move(across + 3 * step, down + 2 * step)
        page.wait_for_timeout(50)
    page.mouse.up()
    page.wait_for_timeout(500)
    return max((float(each) for each in page.evaluate("window.blocked")), default=0.0)


def files_of(marks: Marks) -> dict[str, bytes]:
    """Return everything that both pages fetch, by name."""
    data = {"about": about(), "outline/now": outline(marks), "words/en": words("en")}
    front = front_files()
    return {
        **front,
        INDEX: hinted(served_index(front[INDEX]), front),
        **{f"data/{name}.json": json.dumps(v).encode() for name, v in data.items()},
        "api/me": json.dumps(NOBODY).encode(),
        "points.json": json.dumps(points(marks)).encode(),
        "bare.html": BARE.encode(),
        **{f"library/{p.name}": p.read_bytes() for p in LIBRARY.glob("maplibre-gl*.*")},
    }


def main(sizes: list[int]) -> None:
    """Print a line for each size and page."""
    with sync_playwright() as playwright:
        for count in sizes:
            marks = incidents(count)
            with served(marks, files_of(marks)) as address:
                asked = {
                    "bare": (f"{address}bare.html", "[data-idle=yes]"),
                    "situation": (address, f'.map[data-drawn="{count}"]'),
                }
                found: dict[str, list[Measured]] = {name: [] for name in asked}
                for _ in range(RUNS):
                    for name, (where, ready) in asked.items():
                        browser = playwright.chromium.launch(
                            executable_path=CHROMIUM, args=ARGUMENTS
                        )
                        found[name].append(measured(browser, where, ready))
                        browser.close()
            tell(count, found)


def tell(count: int, found: dict[str, list[Measured]]) -> None:
    """Print the medians of one size."""
    middle = {
        name: {
            each: statistics.median(getattr(run, each) for run in runs)
            for each in ("usable_s", "cpu_s", "blocked_ms")
        }
        for name, runs in found.items()
    }
    for name, told in middle.items():
        print(
            f"{count:>7} incidents, {name:<9}: usable in {told['usable_s']:6.2f} s "
            f"({told['cpu_s']:5.1f} s CPU), "
            f"longest block while dragging {told['blocked_ms']:5.0f} ms"
        )
    ratio = middle["situation"]["usable_s"] / middle["bare"]["usable_s"]
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"{count:>7} incidents, ratio {ratio:.2f} (load {load})")


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or list(SIZES))
