"""What a circle of readers may see of a case.

The commission sees everything. Parties see what they are told of by notice, and the
clocks that follow from what they agreed; not votes, and not what was refused. The
public sees a case once its result was published for the public: what came of it, that
somebody contests it, and nobody's words.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pamiers.agreement import Mandate
from pamiers.core.sharing import Sharing
from pamiers.procedure.case import Case
from pamiers.procedure.effects import TOLD
from pamiers.procedure.event import Breach, Event
from pamiers.procedure.standing import Transition

#: what says only how steps follow one another, as agreed
_AGREED: Final = frozenset({"step-opened", "step-withdrawn"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One case as an edition may show it."""

    case: Case
    edition: Sharing
    secret: frozenset[str]  #: clauses that its readers may not read

    @property
    def shown(self) -> bool:
        """Tell whether the case may be shown at all."""
        opened = self.case.standing.breaches
        if opened and not self.breaches:
            return False
        return self.edition is not Sharing.PUBLIC or self.published

    @property
    def published(self) -> bool:
        """Tell whether its result was published for the public, and stands so."""
        held = self.case.standing
        office = self.case.rules.procedure.publication
        to_all = office is not None and office.edition == Sharing.PUBLIC.value
        return to_all and held.published_at is not None

    @property
    def breaches(self) -> dict[str, Breach]:
        """Return findings and allegations of clauses that may be read, by key."""
        held = self.case.standing.breaches
        return {
            key: each for key, each in held.items() if each.clause not in self.secret
        }

    @property
    def words(self) -> bool:
        """Tell whether what people wrote may be read."""
        return self.edition is not Sharing.PUBLIC

    @property
    def votes(self) -> bool:
        """Tell whether votes, sessions and what was refused may be seen."""
        return self.edition >= Sharing.COMMISSION

    def party(self, breach: Breach) -> str | None:
        """Return whom a finding is about, as far as it may be said.

        To the public a party is named only where responsibility was attributed to it,
        under a mandate that allows that.
        """
        named = [breach.party] if breach.party else []
        return next(iter(self.those(named)), None)

    def those(self, names: Iterable[str]) -> list[str]:
        """Return who of some actors and roles may be named, in their order.

        That a party was asked, replied, appealed or has to do something tells whom a
        case is about as well as its findings do.
        """
        if self.edition is not Sharing.PUBLIC:
            return list(names)
        rules, held = self.case.rules, self.case.standing
        free = rules.mandate is not Mandate.FORBIDDEN
        named = held.attribution.get("party") if free else None
        return [each for each in names if each == named or each not in rules.parties]

    def log(self) -> Iterator[Transition]:
        """Yield what became so, as far as it may be told of."""
        hidden = self.case.standing.breaches.keys() - self.breaches.keys()
        for each in self.case.log:
            if each.key not in hidden and (
                self.votes or each.what in TOLD or each.what in _AGREED
            ):
                yield each

    def with_files(self) -> Iterator[Event]:
        """Yield the acts that came with files, as far as those may be read."""
        hidden = self.case.standing.breaches.keys() - self.breaches.keys()
        for each in self.case.entries if self.words else ():
            told = self.votes or each.kind in TOLD
            if each.files and told and hidden.isdisjoint(each.findings):
                yield each
