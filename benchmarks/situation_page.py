"""Time until the situation page can be used, beside a bare map of the same points.

Both pages are served from this process and opened in the same headless browser with a
software GL, one after the other, RUNS times; medians are printed. The bare page is
MapLibre with one layer of circles over the same points as GeoJSON, and nothing else.
Usable: the map has drawn every mark and rests. Then the map is dragged for two seconds,
and the longest time for which the main thread was blocked is told.

Usage: `python benchmarks/situation_page.py [N ...]`, after `make web`; 10 000 and
200 000 where no N is given.
"""

import json
import random
import statistics
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Page, sync_playwright

from pamiers.app.front import front_files
from pamiers.app.pages.words import words

ROOT: Final = Path(__file__).resolve().parents[1]
LIBRARY: Final = ROOT / "web" / "node_modules" / "maplibre-gl" / "dist"
RUNS: Final = 3
SIZES: Final = (10_000, 200_000)
WAIT_MS: Final = 240_000
DAYS: Final = 180
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
    blocked_ms: float  #: the longest while dragging


def situation(count: int, seed: int = 7) -> dict[str, Any]:
    """Return a situation of some incidents, as the server tells it."""
    chance = random.Random(seed)  # noqa: S311  (a benchmark)
    start = datetime(2020, 1, 1, tzinfo=UTC)
    rows = []
    for number in range(count):
        at = start + timedelta(minutes=chance.randrange(DAYS * 24 * 60))
        seen = chance.random() < 0.8
        rows.append(
            {
                "key": f"{number:016x}",
                "start": f"{at:%Y-%m-%dT%H:%M:%SZ}",
                "end": f"{at + timedelta(minutes=5):%Y-%m-%dT%H:%M:%SZ}",
                "lon": round(chance.uniform(36.6, 40.1), 2),
                "lat": round(chance.uniform(47.0, 50.0), 2),
                "radius_m": 2500.0,
                "kind": chance.choice(KINDS),
                "weapons": None,
                "place": f"Place {number % 400}",
                "region": "donetsk",
                "count_low": 1,
                "count_high": 1,
                "probability": 0.9,
                "observed": int(seen),
                "claimed": int(not seen),
                "sources": "osce-smm",
            }
        )
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    ground: dict[str, Any] = {"type": "FeatureCollection", "features": []}
    return {
        "incidents": columns,
        "coverage": {name: [] for name in ("key", "start", "end", "lon", "lat")},
        "ground": ground,
        "places": [],
        "knowledge": [],
    }


def points(told: dict[str, Any]) -> dict[str, Any]:
    """Return the same points as GeoJSON."""
    found = told["incidents"]
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
        "time_zone": "Europe/Kyiv",
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
def served(files: dict[str, bytes]) -> Iterator[str]:
    """Serve files from memory; yield the address."""
    kinds = {"js": "text/javascript", "mjs": "text/javascript", "css": "text/css"}
    kinds |= {"html": "text/html", "json": "application/json"}

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.partition("?")[0].lstrip("/") or "index.html"
            data = files.get(name)
            self.send_response(200 if data is not None else 404)
            kind = kinds.get(name.rpartition(".")[2], "application/octet-stream")
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data or b"")))
            self.end_headers()
            self.wfile.write(data or b"")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def measured(browser: Browser, address: str, ready: str) -> Measured:
    """Open a page until it is usable, drag its map, and return both figures."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.add_init_script(f"({TASKS})()")
    began = datetime.now(tz=UTC)  # noqa: TID251  (a benchmark reads the clock)
    page.goto(address)
    page.wait_for_selector(ready, timeout=WAIT_MS, state="attached")
    usable = (datetime.now(tz=UTC) - began).total_seconds()  # noqa: TID251  (the same)
    blocked = dragged(page)
    page.close()
    return Measured(usable_s=usable, blocked_ms=blocked)


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


def files_of(count: int) -> dict[str, bytes]:
    """Return everything that both pages fetch, by name."""
    told = situation(count)
    data = {"about": about(), "situation": told, "words/en": words("en")}
    return {
        **front_files(),
        **{f"data/{name}.json": json.dumps(v).encode() for name, v in data.items()},
        "points.json": json.dumps(points(told)).encode(),
        "bare.html": BARE.encode(),
        **{f"library/{p.name}": p.read_bytes() for p in LIBRARY.glob("maplibre-gl*.*")},
    }


def main(sizes: list[int]) -> None:
    """Print a line for each size and page."""
    with sync_playwright() as playwright:
        for count in sizes:
            with served(files_of(count)) as address:
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
    usable = {n: statistics.median(e.usable_s for e in r) for n, r in found.items()}
    blocked = {n: statistics.median(e.blocked_ms for e in r) for n, r in found.items()}
    for name in found:
        print(
            f"{count:>7} incidents, {name:<9}: usable in {usable[name]:6.2f} s, "
            f"longest block while dragging {blocked[name]:5.0f} ms"
        )
    print(f"{count:>7} incidents, ratio {usable['situation'] / usable['bare']:.2f}")


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or list(SIZES))
