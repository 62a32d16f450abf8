"""Read, check and resolve in one step, for those who only want a running one."""

from collections.abc import Mapping

from pamiers.agreement.lint.check import check
from pamiers.agreement.model import Agreement
from pamiers.agreement.reader import read
from pamiers.agreement.resolve import resolve


def load_agreement(texts: Mapping[str, str]) -> Agreement:
    """Return the agreement that the texts of a folder state.

    Args:
        texts: File name -> text: `agreement.yaml`, `zones.geojson`.

    Returns:
        An agreement that can be judged against.

    Raises:
        MalformedAgreementError: It has errors or blanks; `check` names them all.
    """
    return resolve(check(read(texts)))
