"""What a mission's own agreement is put to: the stress test, and the plan of posts.

Both rest on the texts of the agreement alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pamiers.agreement import Complaint
    from pamiers.app.weighed_ground import Ground
    from pamiers.deployment.remarks import Remark
    from pamiers.report.stress import Names, StressReport
    from pamiers.report.watched import Watched

INCENTIVES: Final = "incentives.yaml"
DEPLOYMENT: Final = "deployment.yaml"
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSeen:
    """A plan of posts with all that pages show of it."""

    open_: Mapping[str, object]  #: as `pamiers deploy --public --json` gives it
    protected: Mapping[str, object]  #: what that leaves out
    said: "tuple[Remark, ...]"  #: what everybody may read
    closed: "tuple[Remark, ...]"  #: the same for those who place posts
    pledges: "tuple[Remark, ...]"
    losses: "tuple[Remark, ...]"
    watched: "Watched"
    ground: "Ground"
    names: "Names"  #: of hours, kinds, contingents, parties and clauses
    roads: "Names"  #: for those who place posts


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What came of an agreement's assumptions, and of its means and limits."""

    missing: tuple[str, ...] = ()  #: files that are not beside the agreement
    complaints: "tuple[Complaint, ...]" = ()  #: where they cannot be computed with
    refused: str = ""  #: why no plan could be drawn up of files without errors
    clauses: frozenset[str] = frozenset()  #: that anything here is about
    report: "StressReport | None" = None
    plan: PlanSeen | None = None


Weigh = Callable[[Texts], Weighed]


def nothing_to_weigh(texts: Texts) -> Weighed | None:
    """Return what comes of an agreement without assumptions; None where it has any."""
    if INCENTIVES in texts:
        return None
    named = (INCENTIVES, DEPLOYMENT)
    return Weighed(missing=tuple(name for name in named if name not in texts))
