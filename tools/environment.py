"""Make or mend the environment in .venv from the hashed locks.

Usage: `tools/environment run|dev`; `dev` adds what the tests and docs need.
Needs only the standard library. Interrupted, it goes on where it stopped; two
at once wait for each other; when nothing changed it does nothing. Everything it
says goes to stderr. It refuses packages whose hash is not in a lock.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import bundle_pages  # type: ignore[import-not-found]  # a script's neighbour

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
BUILD_LOCK = "requirements-build.lock"
UV_LOCK = "requirements-uv.lock"
EDITABLE = ("--no-deps", "--no-build-isolation", "-e", ".")
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}


class SetUpError(Exception):
    """The environment cannot be made; the message says what would help."""


def say(message: str) -> None:
    """Tell the user, on stderr, what is going on."""
    print(f"pamiers: {message}", file=sys.stderr, flush=True)


def stamp(kind: str) -> Path:
    """Return the file that says that the environment of this kind is whole."""
    return VENV / f".ready-{kind}"


def expected_stamp(kind: str) -> str:
    """Return what a valid stamp holds: this folder, and what it was made from."""
    digest = hashlib.sha256()
    for name in (LOCKS[kind], BUILD_LOCK):
        digest.update((ROOT / name).read_bytes())
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    digest.update(json.dumps(settings["project"], sort_keys=True).encode())
    return f"{ROOT}\n{digest.hexdigest()}\n"


def is_ready(kind: str) -> bool:
    """Tell whether the environment stands, for this folder and these locks."""
    if not stamp(kind).is_file() or not (VENV / "bin" / "pamiers").exists():
        return False
    return stamp(kind).read_text() == expected_stamp(kind)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Hold the folder while changing it; the system lets go if we die."""
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another set-up is running in this folder; waiting for it")
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def ran(*command: str | Path) -> bool:
    """Run a command with its output on stderr; tell whether it succeeded."""
    return subprocess.run(command, cwd=ROOT, stdout=2, check=False).returncode == 0


def is_sound() -> bool:
    """Tell whether .venv is a whole virtual environment made in this folder."""
    for kind in LOCKS:
        if stamp(kind).is_file() and stamp(kind).read_text().split("\n")[0] != str(
            ROOT
        ):
            return False  # moved: its scripts name the folder it came from
    probe = "import pip, sys; sys.exit(sys.version_info < (3, 11))"
    if not PYTHON.exists():
        return False
    found = subprocess.run([PYTHON, "-c", probe], capture_output=True, check=False)
    return found.returncode == 0


def make_venv() -> None:
    """Make an empty .venv in place of whatever is there."""
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    shutil.rmtree(VENV, ignore_errors=True)
    if not ran(sys.executable, "-m", "venv", VENV):
        raise SetUpError(
            f"{VENV}: expected a virtual environment, got the failure above. Install"
            " Python's venv module (on Debian and Ubuntu: apt-get install"
            " python3-venv) and run this again."
        )


def synced_by_uv(locks: list[str]) -> bool:
    """Install exactly the locked packages with uv; False where uv cannot be had."""
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    if not UV.exists() and not ran(*pip, "--require-hashes", "-r", UV_LOCK):
        return False
    at = ("--python", PYTHON)
    sync = (UV, "pip", "sync", "--quiet", "--require-hashes", *at)
    install_here = (UV, "pip", "install", "--quiet", *at, *EDITABLE)
    return ran(*sync, *locks, UV_LOCK) and ran(*install_here)


def synced_by_pip(locks: list[str]) -> bool:
    """Install the locked packages with pip, slower but always there."""
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    named = [part for lock in locks for part in ("-r", lock)]
    return ran(*pip, "--require-hashes", *named) and ran(*pip, *EDITABLE)


def install(kind: str) -> None:
    """Bring .venv to the state that the locks describe."""
    locks = [LOCKS[kind], BUILD_LOCK]
    if synced_by_uv(locks):
        return
    say("uv could not do it; trying with pip, which takes longer")
    if not synced_by_pip(locks):
        raise SetUpError(
            f"{LOCKS[kind]}: expected its packages to install, got the failure above."
            " Check the network, the proxy and the free disk space (1 GB), and run"
            " this again; it goes on where it stopped."
        )


def make(kind: str) -> None:
    """Make the environment of a kind, or find that it is there already."""
    if stamp("dev").exists():
        kind = "dev"  # what a developer has installed is not taken away
    if is_ready(kind):
        stamp("run").touch()
        make_pages(kind)
        return
    if not is_sound():
        say(f"preparing {VENV} (once; about a minute, 500 MB)")
        make_venv()
    else:
        say(f"bringing {VENV} up to date")
    install(kind)
    for done in {kind, "run"}:
        stamp(done).write_text(expected_stamp(done))
    make_pages(kind)
    say("ready")


def make_pages(kind: str) -> None:
    """Build the pages of the web application where stale; go on without, told so."""
    try:
        bundle_pages.build(tests=kind == "dev")
    except bundle_pages.WebError as error:
        say(str(error))


def main(arguments: list[str]) -> int:
    """Make the environment named by the one argument; return the exit code."""
    if len(arguments) != 1 or arguments[0] not in LOCKS:
        say(f"expected one of {', '.join(LOCKS)}, got {' '.join(arguments)!r}")
        return 2
    try:
        with alone():
            make(arguments[0])
    except SetUpError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("interrupted; run it again to go on")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
