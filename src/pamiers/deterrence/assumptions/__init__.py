"""What people assume about payoffs, detection and response: read strictly, checked.

Main verb: `read_incentives` takes the text of `incentives.yaml` and the agreement it
stands beside, and returns the assumptions as written with every complaint.

May import: agreement, core. Invariants: every figure is a range with an author, a
date and a source; nothing is defaulted; a blank makes the file checkable, not
runnable; keys for weapons, targets or the timing of force are refused.
"""

from pamiers.deterrence.assumptions.reader import ReadIncentives, read_incentives
from pamiers.deterrence.assumptions.written import Figure, Incentives

__all__ = ["Figure", "Incentives", "ReadIncentives", "read_incentives"]
