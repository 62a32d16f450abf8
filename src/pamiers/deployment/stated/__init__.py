"""What can be placed where, by whom, at what price: read strictly, checked.

Main verb: `read_deployment` takes the text of `deployment.yaml` and the agreement it
stands beside, and returns what was stated with every complaint.

May import: agreement, deterrence, core. Invariants: every curve of detection is
stated by somebody or calibrated from drills; nothing is defaulted; keys for weapons,
targets or the timing of force are refused.
"""

from pamiers.deployment.stated.reader import ReadDeployment, read_deployment
from pamiers.deployment.stated.written import Stated

__all__ = ["ReadDeployment", "Stated", "read_deployment"]
