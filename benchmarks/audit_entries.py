"""Audit a record of many signed entries from a bundle, without pamiers.

    python benchmarks/audit_entries.py [ENTRIES] [unsigned]

What is timed is `tools/verify_pamiers.py` in a process of its own: CPU seconds for the
whole audit, hashes and signatures, and the most memory that it held.
"""

import json
import resource
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pamiers.app.bundle_writing import write_bundle
from pamiers.app.wiring import mission_in_memory
from pamiers.ledger.entry import draft
from pamiers.ledger.keys import NOTE, signer
from pamiers.ledger.statement import signed_body
from pamiers.mission.bundle.make import Plan
from pamiers.mission.mission import Mission, begin
from pamiers.mission.witnessed import checkpoint, origin_of

ROOT = Path(__file__).resolve().parents[1]
AGREEMENT = ROOT / "agreements" / "donbas-2020"
LONE = ROOT / "tools" / "verify_pamiers.py"
START = datetime(2020, 7, 27, tzinfo=UTC)
MOST_HASH_S, MOST_SIGNED_S, MOST_MB = 60.0, 600.0, 500.0
MILLION = 1_000_000


def made(entries: int, *, signed: bool) -> Mission:
    """Return a record of so many entries, each signed by one of a hundred keys."""
    mission = mission_in_memory("audit")
    texts = ("agreement.yaml", "zones.geojson", "source.md", "places.csv")
    begin(mission, {name: (AGREEMENT / name).read_text() for name in texts}, START)
    keys = [signer(f"post-{n}", NOTE, bytes([n]) * 32) for n in range(100)]
    drafts = []
    for n in range(1, entries):
        body: dict[str, object] = {
            "by": f"post-{n % 100}",
            "item": f"{n}.0",
            "reason": "the row says the same as the one before it",
        }
        if signed:
            body = signed_body("waiver", body, [keys[n % 100]])
        salt = n.to_bytes(32, "big")
        drafts.append(
            draft("waiver", body, now=START + timedelta(seconds=n), salt=salt)
        )
    mission.record.append(drafts, after=1)
    return mission


def audited(*arguments: str) -> tuple[float, float, dict[str, Any]]:
    """Return CPU seconds, most memory [MB] and the answer of the lone verifier."""
    code = (
        f"import sys, runpy; sys.argv = {['verify_pamiers.py', *arguments]!r}\n"
        f"try: runpy.run_path({str(LONE)!r}, run_name='__main__')\n"
        "except SystemExit: pass\n"
        "sys.stderr.write(open('/proc/self/status').read())\n"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    peak = next(r for r in done.stderr.splitlines() if r.startswith("VmHWM"))
    told = json.loads(done.stdout) if "--json" in arguments else {}
    return cpu, int(peak.split()[1]) / 1024, told


def main() -> int:
    """Print the figures; return 1 where a goal is missed, scaled to a million."""
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    signed = "unsigned" not in sys.argv
    mission = made(entries, signed=signed)
    key = signer(origin_of(mission), NOTE, bytes(32))
    plan = Plan(
        mission=mission,
        edition="commission",
        checkpoint=checkpoint(mission, key),
        key=key.verifier,
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "audit.zip"
        write_bundle(plan, key, path)
        size = path.stat().st_size
        start_cpu, _, _ = audited("--help")
        cpu, peak_mb, told = audited(str(path), "--json")
    assert told["entries"] == entries
    scaled = (cpu - start_cpu) * MILLION / entries
    print(f"{entries} entries, {told['signatures']} signatures, {size / 1e6:.0f} MB")
    print(
        f"{cpu:.1f} CPU s, {start_cpu:.1f} of them to start; {peak_mb:.0f} MB at most"
    )
    print(f"{scaled:.0f} CPU s for a million at this rate")
    return int(scaled > (MOST_SIGNED_S if signed else MOST_HASH_S) or peak_mb > MOST_MB)


if __name__ == "__main__":
    sys.exit(main())
