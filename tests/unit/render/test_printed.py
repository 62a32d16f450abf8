"""Whatever is printed: whole by another program's reading, tagged, in its language."""

import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pamiers.render.dossier import render_dossier
from pamiers.render.letter import Part, render_letter
from pamiers.render.offered import LANGUAGES
from tests.unit.render.test_dossier import DOSSIER
from tests.unit.render.test_forms import made

AT = datetime(2026, 5, 6, 7, tzinfo=UTC)
QPDF = shutil.which("qpdf")


def letter(language: str) -> bytes:
    part = Part(language=language, title="#let x = 1", facts=(("a", "<b>"),))
    return render_letter([part], AT, "9f9f")


PRINTED: dict[str, Callable[[str], bytes]] = {
    "report": lambda language: made("pdf", language),
    "dossier": lambda language: render_dossier(DOSSIER, language=language, form="pdf"),
    "letter": letter,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sort", PRINTED)
def test_a_pdf_says_that_it_is_accessible_and_in_which_language(
    sort: str, language: str
) -> None:
    data = PRINTED[sort](language)
    assert re.search(rb"<pdfuaid:part>1</pdfuaid:part>", data)
    assert b"/MarkInfo" in data
    assert b"/StructTreeRoot" in data
    assert re.search(rb"/Lang\s*\(" + language.encode(), data)


@pytest.mark.skipif(QPDF is None, reason="qpdf is not on this machine")
@pytest.mark.parametrize("sort", PRINTED)
def test_qpdf_finds_nothing_wrong(sort: str, tmp_path: Path) -> None:
    path = tmp_path / f"{sort}.pdf"
    path.write_bytes(PRINTED[sort]("lv"))
    command = [str(QPDF), "--check", str(path)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    assert "No syntax or stream encoding errors" in told.stdout
