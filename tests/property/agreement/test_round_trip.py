"""Whatever is written comes back; what is one agreement has one digest."""

import json
import unicodedata
from collections.abc import Mapping

import hypothesis.strategies as st
from hypothesis import given, settings

from pamiers.agreement import check, digest, from_dict, read, resolve, show, to_dict
from pamiers.agreement.codes import CODES
from tests.unit.agreement.small import TEXT, TEXTS, ZONES, checked

IDS = st.text("abcdefgXYZ019_-", min_size=1, max_size=6)
WORDS = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=1
).filter(lambda text: text.strip() and text != "TBD")
TEXTS_BY_LANGUAGE = st.dictionaries(
    st.sampled_from(["en", "uk", "fr"]), WORDS, min_size=1
)
ACTS = st.sampled_from(["signed", "not signed", "absent", "reserved", "ratified"])
SIGNATURES = st.fixed_dictionaries({"actor": IDS, "act": ACTS, "source": IDS})
LENGTHS = st.builds(
    lambda amount, unit: f"{amount} {unit}",
    st.integers(1, 10**6),
    st.sampled_from(["m", "km"]),
)
DURATIONS = st.builds(
    lambda amount, unit, how: f"{amount} {unit}{how}",
    st.integers(1, 999),
    st.sampled_from(["s", "min", "h", "d", "w"]),
    st.sampled_from(["", " elapsed", " wall_clock"]),
)
MOMENTS = st.one_of(
    st.datetimes().map(lambda at: f"{at:%Y-%m-%dT%H:%M}".rjust(16, "0") + "+02:00"),
    st.builds("{} {} {}".format, st.just("D"), st.sampled_from("+-"), DURATIONS),
    st.just("D"),
)
MATTERS = st.fixed_dictionaries(
    {},
    optional={
        "event": st.lists(IDS, min_size=1, max_size=2),
        "state": st.sampled_from(["presence", "absence"]),
        "of": IDS,
        "in": st.lists(st.one_of(IDS, st.just("TBD")), min_size=1, max_size=2),
        "within": st.fixed_dictionaries(
            {"of": st.one_of(IDS, st.dictionaries(IDS, IDS, min_size=1, max_size=2))},
            optional={"distance": LENGTHS},
        ),
        "an_unknown_word": st.integers() | WORDS,
    },
)
CLAUSES = st.fixed_dictionaries(
    {"id": IDS, "instrument": IDS, "bearer": st.just("each party"), "from": MOMENTS},
    optional={
        "title": TEXTS_BY_LANGUAGE,
        "text": WORDS,
        "forbid": MATTERS,
        "oblige": MATTERS,
        "until": MOMENTS,
        "deadline": st.one_of(MOMENTS, DURATIONS, st.just("TBD")),
        "gap": DURATIONS,
    },
)
AGREEMENTS = st.fixed_dictionaries(
    {
        "pamiers": st.just(1),
        "agreement": st.fixed_dictionaries(
            {
                "id": IDS,
                "title": TEXTS_BY_LANGUAGE,
                "parties": st.lists(IDS, max_size=3),
                "time_zone": st.sampled_from(["Europe/Kyiv", "Asia/Seoul", "TBD"]),
                "mandate": st.just({"attribution": "permitted"}),
                "thresholds": st.just({"breached": 0.9, "kept": "TBD"}),
            }
        ),
        "actors": st.dictionaries(IDS, WORDS, max_size=3),
        "instruments": st.lists(
            st.fixed_dictionaries(
                {"id": IDS, "title": WORDS},
                optional={
                    "signatures": st.lists(
                        st.fixed_dictionaries(
                            {"actor": IDS, "act": ACTS, "source": IDS}
                        ),
                        max_size=2,
                    )
                },
            ),
            max_size=2,
        ),
    },
    optional={"clauses": st.lists(CLAUSES, max_size=3)},
)


def turned(value: object) -> object:
    """Return a value with the keys of every mapping in the opposite order."""
    if isinstance(value, Mapping):
        return {key: turned(value[key]) for key in reversed(value)}
    return [turned(each) for each in value] if isinstance(value, list) else value


@given(AGREEMENTS)
def test_what_is_written_comes_back(plain: dict[str, object]) -> None:
    written = from_dict(plain).written
    assert written is not None
    again = from_dict(json.loads(json.dumps(to_dict(written)))).written
    assert again == written
    assert digest(again) == digest(written)


@given(AGREEMENTS, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]))
def test_one_agreement_has_one_digest(
    plain: dict[str, object], line_end: str, bom: str
) -> None:
    one = read({"agreement.yaml": json.dumps(plain, ensure_ascii=False, indent=1)})
    other = json.dumps(turned(plain), ensure_ascii=False, indent=2)
    spelt = unicodedata.normalize("NFD", other).replace("\n", line_end)
    two = read({"agreement.yaml": bom + spelt})
    assert one.written is not None
    assert two.written is not None
    assert digest(one.written) == digest(two.written)


LINES = TEXT.splitlines()
EDITS = st.lists(
    st.tuples(
        st.sampled_from(["drop", "twice", "swap", "token", "character"]),
        st.integers(0, len(LINES) - 1),
        st.integers(0, 200),
        st.sampled_from(
            [
                *("TBD", "NO", "[", "]", "{", "}", ":", "*a", "&a", "!!x", "10", "010"),
                *("'", '"', "- ", "\t", "  ", "D + 1 d", "25 km", "null", "[]", "<<"),
            ]
        ),
    ),
    min_size=1,
    max_size=6,
)


def edited(edits: list[tuple[str, int, int, str]]) -> str:
    lines = list(LINES)
    for kind, number, column, token in edits:
        row = number % len(lines)
        line = lines[row]
        at = column % (len(line) + 1)
        if kind == "drop":
            lines[row] = ""
        elif kind == "twice":
            lines.insert(row, line)
        elif kind == "swap":
            lines[row], lines[row - 1] = lines[row - 1], line
        elif kind == "token":
            lines[row] = f"{line.partition(': ')[0]}: {token}"
        else:
            lines[row] = line[:at] + token + line[at + 1 :]
    return "\n".join(lines) + "\n"


@settings(max_examples=400)
@given(EDITS)
def test_a_spoilt_agreement_is_told_and_never_half_loaded(
    edits: list[tuple[str, int, int, str]],
) -> None:
    found = check(read({**TEXTS, "agreement.yaml": edited(edits)}))
    assert all(each.code in CODES and each.remedy for each in found.complaints)
    assert all(each.line >= 1 and each.column >= 1 for each in found.complaints)
    if found.written is not None:
        assert show(found.written)
        assert from_dict(to_dict(found.written)).written == found.written
    if found.runnable:
        assert resolve(found).parties


@settings(max_examples=200)
@given(
    st.integers(0, len(ZONES) - 1),
    st.text(st.sampled_from('[]{},:"0-.eN '), max_size=3),
)
def test_a_spoilt_drawing_is_told_and_never_half_loaded(at: int, token: str) -> None:
    spoilt = ZONES[:at] + token + ZONES[at + 1 :]
    found = check(read({**TEXTS, "zones.geojson": spoilt}))
    assert all(each.code in CODES and each.line >= 1 for each in found.complaints)
    if found.runnable:
        assert resolve(found).zones["strip"].shape.is_valid


def test_the_agreement_that_is_spoilt_is_sound() -> None:
    assert checked().runnable
