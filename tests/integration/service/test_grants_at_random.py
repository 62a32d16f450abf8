"""Roles given, approved and taken at random through the service: nobody gets more.

What has to be is written here once more, apart from the table that is asked: who
gives, who approves, what two persons have to give, who reads what, and that one who
was told the token of another is not a second person beside him. Each step is asked
for by somebody drawn at random, allowed or not, with a token that may be dead.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.integration.service.inside import Inside, inside, token_of
from tests.integration.service.serving import prepared

pytestmark = pytest.mark.integration
STEPS = int(os.environ.get("PAMIERS_GRANTS", "300"))
_STEPS_EACH = 30

GIVERS = frozenset({"admin"})
APPROVERS = frozenset({"admin", "commission"})
BY_TWO = frozenset({"admin", "protector", "auditor"})
GIVEN = ("admin", "auditor", "commission", "monitor", "observer", "party", "protector")
#: path -> who reads it; everybody else is refused
READERS = {
    "/api/principals": frozenset({"admin", "auditor", "commission"}),
    "/api/devices": frozenset({"admin", "auditor", "commission", "monitor"}),
    "/api/quarantine": frozenset({"auditor", "commission", "monitor", "protector"}),
}
NAMES = ("ada", "bo", "cy", "di", "el")
WHO = st.sampled_from(("first", *NAMES, "second", "first", "first"))
ROLES = st.lists(st.sampled_from(GIVEN), min_size=1, max_size=3, unique=True)
TAKEN = st.lists(st.sampled_from(GIVEN), max_size=3, unique=True)


@dataclass(slots=True)
class Somebody:
    """What somebody may be, as it ought to be."""

    token: str
    roles: set[str] = field(default_factory=set)
    enrolled_by: str = ""  #: who was told the token; nobody, of the keeper


@dataclass(frozen=True, slots=True)
class Waiting:
    """Roles that wait for a second person."""

    name: str
    roles: frozenset[str]
    by: str


_SERVICE: list[tuple[Inside, dict[str, str]]] = []
_LIFE = count()
_DRAWN: list[int] = []
_APPROVED: list[str] = []


@pytest.fixture(scope="module", autouse=True)
def service() -> Iterator[None]:
    """Serve a mission with two administrators for all that is drawn."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(TemporaryDirectory()))
        folder = prepared(home / "mission")
        tokens = {"first": token_of(folder, "first", "admin", "commission")}
        tokens["second"] = token_of(folder, "second", "commission")
        running = stack.enter_context(inside(folder))
        _SERVICE.append((running, tokens))
        yield
        _SERVICE.clear()


class Grants(RuleBasedStateMachine):
    """Draws who asks for what; names are new in each life."""

    def __init__(self) -> None:
        """Begin with those who are there already, as they were left."""
        super().__init__()
        self.service, self.tokens = _SERVICE[0]
        self.life, self.steps = next(_LIFE), -1
        self.known: dict[str, Somebody] = {}
        self.waiting: dict[int, Waiting] = {}
        self.gone: list[int] = []
        for each in ("first", "second"):
            self.known[each] = Somebody(self.tokens[each], self._said(each))

    def _said(self, who: str) -> set[str]:
        told = self.service.ask("/api/me", token=self.tokens[who])
        return set(told.json["roles"]) if told.status == 200 else set()

    def _name(self, who: str) -> str:
        known = who in self.tokens or who in self.known
        return who if known else f"{who}-{self.life}"

    def _asked(self, by: str, path: str, body: object) -> Any:  # noqa: ANN401 - an answer
        held = self.known.get(self._name(by))
        return self.service.ask(path, body, token=held.token if held else "nobody's")

    def _may(self, by: str, able: frozenset[str]) -> int:
        """Return how a request by somebody has to be answered, if all else is well."""
        held = self.known.get(self._name(by))
        if held is None or not held.token:
            return 401
        return 0 if held.roles & able else 403

    def _hands(self, who: str) -> set[str]:
        """Return who may act in a name: itself, and all who stand behind it."""
        name = self._name(who)
        held = self.known.get(name)
        return {name} | (
            self._hands(held.enrolled_by) if held and held.enrolled_by else set()
        )

    @rule(by=WHO, who=st.sampled_from(NAMES), roles=ROLES)
    def enrol(self, by: str, who: str, roles: list[str]) -> None:
        """Ask for somebody to be enrolled, or given more."""
        name, body = self._name(who), {"name": self._name(who), "roles": roles}
        told = self._asked(by, "/api/principals", body)
        if refused := self._may(by, GIVERS):
            assert told.status == refused, told.body
            return
        assert told.status == 201, told.body
        light, heavy = set(roles) - BY_TWO, frozenset(roles) & BY_TWO
        held = self.known.setdefault(name, Somebody("", enrolled_by=self._name(by)))
        held.token = told.json["token"] or held.token
        held.roles |= light
        assert (told.json["proposal"] is not None) is bool(heavy)
        if heavy:
            waiting = Waiting(name, heavy, self._name(by))
            self.waiting[told.json["proposal"]] = waiting

    @rule(by=WHO, nth=st.integers(0, 20), stale=st.booleans())
    def approve(self, by: str, nth: int, *, stale: bool) -> None:
        """Ask for what was proposed, or is not proposed any more, to be approved."""
        some = self.gone if stale else list(self.waiting)
        if not some:
            return
        proposal = some[nth % len(some)]
        told = self._asked(by, "/api/principals/approve", {"proposal": proposal})
        if refused := self._may(by, APPROVERS):
            assert told.status == refused, told.body
            return
        waits = self.waiting.get(proposal)
        if waits is None:
            assert told.status == 404, told.body
        elif waits.name in self._hands(by) or self._hands(by) & self._hands(waits.by):
            assert told.status == 403, told.body
        else:
            assert told.status == 200, told.body
            _APPROVED.append(waits.name)
            self.known[waits.name].roles |= waits.roles
            self.gone.append(proposal)
            del self.waiting[proposal]

    @rule(by=WHO, who=st.sampled_from(NAMES), roles=TAKEN)
    def take(self, by: str, who: str, roles: list[str]) -> None:
        """Ask for roles to be taken, all where none is named."""
        name, body = self._name(who), {"name": self._name(who), "roles": roles}
        told = self._asked(by, "/api/principals/take", body)
        if refused := self._may(by, GIVERS):
            assert told.status == refused, told.body
            return
        assert told.status == 200, told.body
        held = self.known.get(name)
        for proposal in [n for n, each in self.waiting.items() if each.name == name]:
            self.gone.append(proposal)
            del self.waiting[proposal]
        if held is not None:
            held.roles -= set(roles) or set(GIVEN)
            held.token = held.token if roles else ""

    def teardown(self) -> None:
        """Count what was drawn."""
        _DRAWN.append(self.steps)

    @invariant()
    def nobody_may_more(self) -> None:
        """Ask as everybody who he is and for what he may read."""
        self.steps += 1
        for name, held in self.known.items():
            if not held.token:
                continue
            told = self.service.ask("/api/me", token=held.token)
            assert set(told.json["roles"]) == held.roles, name
            confidential = "protector" in held.roles
            assert (told.json["clearance"] == "confidential") is confidential
        path = list(READERS)[len(self.known) % len(READERS)]
        held = list(self.known.values())[-1]
        if held.token:
            answer = self.service.ask(path, token=held.token)
            allowed = bool(held.roles & READERS[path])
            assert (answer.status == 200) is allowed, (path, held.roles)


def test_no_sequence_of_grants_gives_anybody_more() -> None:
    """Draw lives of thirty steps; each begins where administrators were left."""
    from hypothesis.stateful import run_state_machine_as_test  # noqa: PLC0415

    run_state_machine_as_test(
        Grants,
        settings=settings(
            max_examples=max(1, STEPS // _STEPS_EACH),
            stateful_step_count=_STEPS_EACH,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    told = f"{sum(_DRAWN)} steps in {len(_DRAWN)} lives, {len(_APPROVED)} approvals"
    print(told)  # noqa: T201 - told with -s
    assert sum(_DRAWN) >= STEPS // 3
