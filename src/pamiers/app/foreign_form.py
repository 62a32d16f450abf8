"""A form of ODK or Kobo that is in use already: how its answers become rows."""

from pathlib import Path
from typing import Any

import yaml

from pamiers.app.receive import read_bytes
from pamiers.app.wiring import write_file
from pamiers.core.errors import MalformedSourceError, Where
from pamiers.ingest.odk.foreign import Found, is_own, read_form
from pamiers.ingest.odk.workbook import read_workbook


def write_mapping(form: Path, file: Path) -> dict[str, Any]:
    """Write the mapping of an XLSForm, and say what becomes of each question.

    Args:
        form: The XLSForm, a workbook.
        file: The mapping to write.

    Returns:
        `file`, `questions` (name and what it becomes), and `to_do`: what a person has
        to decide, empty where nothing is left.

    Raises:
        MalformedSourceError: It is no workbook, or has no sheet `survey` with types
            and names.
    """
    sheets = read_workbook(read_bytes(form), form.name)
    survey = sheets.get("survey", [])
    if not any(each.get("type") and each.get("name") for each in survey):
        raise MalformedSourceError(
            Where(form.name, field="survey"),
            expected="a sheet `survey` with columns `type` and `name`",
            got=", ".join(sheets) or "no sheet",
            remedy="Give an XLSForm.",
        )
    own = is_own(survey)
    found = Found() if own else read_form(survey, sheets.get("choices", []))
    write_file(file, _text(found, form.name).encode())
    questions = [{"name": k, "becomes": v} for k, v in found.becomes.items()]
    if own:
        questions = [{"name": "all", "becomes": "the mission's own form: no mapping"}]
    return {"file": str(file), "questions": questions, "to_do": found.to_do}


def _text(found: Found, name: str) -> str:
    """Return the mapping as YAML, with what is left to do above it."""
    lines = [f"# Mapping of submissions of {_line(name)}, for the format `odk`."]
    lines += [f"# To do: {_line(each)}" for each in found.to_do]
    body = yaml.safe_dump(found.mapping(), allow_unicode=True, sort_keys=False)
    return "\n".join([*lines, body])


def _line(text: str) -> str:
    """Return a text on one line, without what could end a comment."""
    return "".join(each if each.isprintable() else " " for each in text)
