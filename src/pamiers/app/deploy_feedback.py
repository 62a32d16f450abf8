"""Write an agreement whose monitoring plan states what a plan of posts notices."""

from pathlib import Path
from typing import Final

from pamiers.agreement import read
from pamiers.app.agreement_files import agreement_texts
from pamiers.app.wiring import write_file
from pamiers.core.errors import UsageError
from pamiers.deployment.feedback import fed_text
from pamiers.deployment.plan import Plan, by_means

#: on whose word the plan's detections stand in the monitoring plan
AUTHOR: Final = "the plan of deployment.yaml"


def write_fed(path: str, plan: Plan, folder: Path) -> tuple[str, ...]:
    """Write the folder of an agreement anew, with the plan's detections.

    Args:
        path: Folder of the agreement, or the name of a bundled one.
        plan: The plan.
        folder: Where to; new or empty.

    Returns:
        Means that state no detection in the text, so that none was replaced.

    Raises:
        UsageError: The folder holds files.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            str(folder),
            expected="a new or empty folder",
            got="one that holds files",
            remedy="Name another: nothing is written over.",
        )
    texts = dict(agreement_texts(path))
    name = "agreement.yaml"
    fed = fed_text(texts[name], read(texts).marks, by_means(plan), AUTHOR)
    for each, text in (texts | {name: fed.text}).items():
        write_file(folder / each, text.encode())
    return fed.unstated
