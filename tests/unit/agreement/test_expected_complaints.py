"""`check` raises what each agreement's `source.md` expects, and nothing else."""

import pytest

from tests.unit.agreement.expected import (
    FOLDER,
    HEADING,
    checked,
    expected_in,
    folders,
    found_in,
)


@pytest.mark.parametrize("name", folders())
def test_what_is_raised_is_what_is_expected(name: str) -> None:
    expected = expected_in((FOLDER / name / "source.md").read_text())
    found = found_in(checked(name))
    missing, more = sorted(expected - found), sorted(found - expected)
    assert not missing, f"expected and not raised: {missing}"
    assert not more, f"raised and not expected: {more}"


def test_items_without_a_code_say_nothing() -> None:
    text = (
        f"# Source\n- `L-TERM` `terms.a`\n{HEADING}\n\nIntroduction with `L-BLANK`.\n\n"
        "- a remark on `L-UNUSED` `zones.x`\n- `L-TERM` `terms.b`,\n  `terms.c`: why "
        "`L-SUM`\n- `L-NO-ZONE` `zones`\n\n## Next\n- `L-VERB` `clauses[x]`\n"
    )
    assert expected_in(text) == {
        ("L-TERM", "terms.b"),
        ("L-TERM", "terms.c"),
        ("L-NO-ZONE", "zones"),
    }
