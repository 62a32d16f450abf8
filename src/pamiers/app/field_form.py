"""The field form of a mission: what `/field` asks, as a form for other phones."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final

import orjson

from pamiers.agreement import load_agreement
from pamiers.app.pages.reporting import KINDS_REPORTED
from pamiers.app.pages.words import LANGUAGES, known_language, text
from pamiers.app.wiring import opened, write_file
from pamiers.core.errors import UnknownTermError, UsageError
from pamiers.mission.field_form import Choice, FieldForm, Question
from pamiers.mission.judged import known_at
from pamiers.mission.mission import Mission
from pamiers.mission.places import read_places
from pamiers.mission.versions import agreement_files
from pamiers.render.xlsform import xlsform

FORMS: Final = ("xlsform",)
_ROOT: Final = "root"  #: of a list of choices, in XForms
_SOURCE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_MEANS: Final = ("heard", "saw", "saw_and_heard", "camera", "uav")
_WATCHED: Final = ("any", "fire", "movement", "flight", "presence")
_RADII_M: Final = (50, 200, 500, 1000, 3000, 10_000)
_SEEN: Final = "${row} = 'observation'"
_NOTHING: Final = "${row} = 'coverage'"
_AWAY: Final = "${place_way} = 'away'"
_SQUARE: Final = (
    "regex(., '^[0-9]{1,2}[C-HJ-NP-Xc-hj-np-x] ?[A-HJ-NP-Za-hj-np-z]{2} ?"
    "([0-9]{4}|[0-9]{6}|[0-9]{8}|[0-9]{10}|[0-9]{2} [0-9]{2}|[0-9]{3} [0-9]{3}|"
    "[0-9]{4} [0-9]{4}|[0-9]{5} [0-9]{5})$')"
)


def write_form(
    folder: Path, file: Path, *, form: str, source: str | None, language: str
) -> dict[str, Any]:
    """Write a mission's field form for phones that run ODK Collect or KoboCollect.

    Args:
        folder: Mission folder.
        file: The workbook to write.
        form: One of `FORMS`.
        source: Id of the source that the phones report for; None to leave it to
            `pamiers ingest --source`.
        language: The one that the form opens in.

    Returns:
        What was written, as plain values.

    Raises:
        UnknownTermError: No such form or language.
        UsageError: The source is no id.
    """
    known_language(language)
    if form not in FORMS:
        raise UnknownTermError(
            "--format",
            expected=f"one of {', '.join(FORMS)}",
            got=repr(form),
            remedy="Name one of these.",
        )
    if source is not None and _SOURCE.fullmatch(source) is None:
        raise UsageError(
            "--source",
            expected="letters, digits, `.`, `_` and `-`",
            got=repr(source),
            remedy="Give the id of a source.",
        )
    with opened(folder) as mission:
        made = field_form(mission, source=source, language=language)
        data = xlsform(made, at=known_at(mission))
    write_file(file, data)
    return {
        "file": str(file),
        "form": made.id,
        "version": made.version,
        "languages": list(made.languages),
        "questions": len(made.questions),
        "choices": len(made.choices),
    }


def field_form(mission: Mission, *, source: str | None, language: str) -> FieldForm:
    """Return the field form of a mission.

    Args:
        mission: The mission.
        source: Id of the source, put into every submission; None for none.
        language: One of `LANGUAGES`, the one that the form opens in.

    Returns:
        The form. Its version is a digest of all else, so that it changes with it.
    """
    files = agreement_files(mission)
    agreement = load_agreement(files)
    languages = (language, *(each for each in LANGUAGES if each != language))
    listed = [*_fixed_choices(), *_place_choices(files.get("places.csv", ""))]
    title = agreement.title.get(language) or agreement.title.get("en", agreement.id)
    form = FieldForm(
        id=f"pamiers-{agreement.id}",
        title=f"{title} · {text(language, 'section.field')}",
        version="",
        languages=languages,
        questions=tuple(_questions(source, places=len(listed) > len(_fixed_choices()))),
        choices=tuple(listed),
    )
    digest = hashlib.sha256(orjson.dumps(asdict(form))).hexdigest()
    return replace(form, version=digest[:10])


def _said(name: str, **values: object) -> dict[str, str]:
    return {each: text(each, name).format(**values) for each in LANGUAGES}


def _fixed_choices() -> list[Choice]:
    lists: Mapping[str, Mapping[str, Mapping[str, str]]] = {
        "row": {"observation": _said("field.new"), "coverage": _said("field.nothing")},
        "kind": {each: _said(f"kind.{each}") for each in KINDS_REPORTED},
        "means": {each: _said(f"means.{each}") for each in _MEANS},
        "watched": {each: _said(f"kind.{each}") for each in _WATCHED},
        "count_manner": {
            each: _said(f"field.count_{each}") for each in ("exact", "about", "more")
        },
        "time_manner": {
            each: _said(f"field.{each}") for each in ("exact", "about", "between")
        },
        "place_way": {
            "map": _said("form.way_map"),
            "written": _said("field.way_written"),
            "away": _said("field.way_away"),
        },
        "radius": {str(each): _said("field.within", m=each) for each in _RADII_M},
    }
    return [
        Choice(listed=listed, name=name, label=label)
        for listed, choices in lists.items()
        for name, label in choices.items()
    ]


def _place_choices(places: str) -> Iterator[Choice]:
    for number, each in enumerate(read_places(places) if places else (), start=1):
        words = dict(each.name.words)
        plain = words.get("en") or next(iter(words.values()))
        yield Choice(
            listed="places",
            name=f"p{number}",
            label={code: words.get(code, plain) for code in LANGUAGES},
            lat=each.lat,
            lon=each.lon,
        )


def _questions(source: str | None, *, places: bool) -> Iterator[Question]:
    if source is not None:
        yield Question(type="calculate", name="source", calculation=f"'{source}'")
    yield Question(
        type="select_one row",
        name="row",
        label=_said("form.row"),
        required="yes",
        default="observation",
        appearance="quick",
    )
    yield from _group("seen", _SEEN, _seen)
    yield from _group("nothing", _NOTHING, _nothing)
    yield from _group("time", "", _time)
    yield from _group("place", "", lambda: _place(places=places))
    yield Question(
        type="text", name="note", label=_said("field.note"), appearance="multiline"
    )
    yield Question(
        type="image",
        name="photo",
        label=_said("field.photos"),
        relevant=_SEEN,
        parameters="max-pixels=2048",
    )


def _group(
    name: str, relevant: str, inside: Callable[[], Iterator[Question]]
) -> Iterator[Question]:
    label = _said(f"form.group_{name}")
    yield Question(
        type="begin_group", name=f"g_{name}", label=label, relevant=relevant,
        appearance="field-list",
    )  # fmt: skip
    yield from inside()
    yield Question(type="end_group", name="")


def _seen() -> Iterator[Question]:
    yield Question(
        type="select_one kind", name="kind", label=_said("field.what"), required="yes",
        appearance="minimal",
    )  # fmt: skip
    yield Question(
        type="select_one means", name="means", label=_said("field.how"), required="yes"
    )
    yield Question(
        type="integer",
        name="count",
        label=_said("field.count"),
        hint=_said("form.count_hint"),
        constraint=". >= 0 and . <= 9999999",
        constraint_message=_said("form.count_wrong"),
    )
    yield Question(
        type="select_one count_manner",
        name="count_manner",
        label=_said("form.count_manner"),
        relevant="${count} != ''",
        default="exact",
        appearance="horizontal",
    )
    yield Question(
        type="text", name="weapons", label=_said("field.weapon"),
        hint=_said("form.weapon_hint"),
    )  # fmt: skip


def _nothing() -> Iterator[Question]:
    yield Question(
        type="select_one watched", name="watched", label=_said("field.watched"),
        required="yes", default="any",
    )  # fmt: skip
    yield Question(
        type="decimal",
        name="radius_km",
        label=_said("form.far_km"),
        required="yes",
        constraint=". > 0 and . <= 50",
        constraint_message=_said("form.far_wrong"),
        default="5",
    )


def _time() -> Iterator[Question]:
    yield Question(
        type="select_one time_manner",
        name="time_manner",
        label=_said("form.time_manner"),
        relevant=_SEEN,
        default="exact",
        appearance="horizontal",
    )
    yield Question(
        type="dateTime",
        name="begin",
        label=_said("form.begin"),
        required="yes",
        constraint=". <= now()",
        constraint_message=_said("field.ahead"),
    )
    yield Question(
        type="dateTime",
        name="until",
        label=_said("field.time_until"),
        required="yes",
        relevant=f"{_NOTHING} or ${{time_manner}} = 'between'",
        constraint=". > ${begin} and . <= now()",
        constraint_message=_said("form.until_wrong"),
    )


def _place(*, places: bool) -> Iterator[Question]:
    way = Question(
        type="select_one place_way", name="place_way", label=_said("field.where"),
        required="yes", default="map", appearance="horizontal",
    )  # fmt: skip
    yield way
    yield Question(
        type="geopoint", name="where", label=_said("form.on_map"), required="yes",
        relevant="${place_way} = 'map'", appearance="placement-map",
    )  # fmt: skip
    yield Question(
        type="select_one radius",
        name="radius",
        label=_said("form.radius"),
        required="yes",
        relevant=f"${{place_way}} = 'map' and {_SEEN}",
        default="500",
        appearance="minimal",
    )
    yield Question(
        type="text", name="mgrs", label=_said("form.mgrs"), required="yes",
        relevant="${place_way} = 'written'", constraint=_SQUARE,
        constraint_message=_said("form.mgrs_wrong"), hint=_said("form.mgrs_hint"),
    )  # fmt: skip
    yield from _away(places=places)
    yield Question(
        type="geopoint", name="observer", label=_said("form.observer"),
        hint=_said("form.observer_hint"),
        required=f"{_AWAY} and ${{from_place}} = ''" if places else _AWAY,
    )  # fmt: skip


def _away(*, places: bool) -> Iterator[Question]:
    """Yield direction and distance, from a named place or from where one stands."""
    if places:
        yield Question(
            type="select_one places", name="from_place", label=_said("field.from"),
            hint=_said("form.from_hint"), relevant=_AWAY,
            appearance="minimal autocomplete",
        )  # fmt: skip
        for axis in ("lat", "lon"):
            found = f"instance('places')/{_ROOT}/item[name = ${{from_place}}]/{axis}"
            yield Question(
                type="calculate", name=f"from_{axis}", calculation=found, relevant=_AWAY
            )
    yield Question(
        type="decimal", name="bearing_deg", label=_said("field.degrees"),
        required="yes", relevant=_AWAY, constraint=". >= 0 and . <= 360",
        constraint_message=_said("form.bearing_wrong"),
    )  # fmt: skip
    yield Question(
        type="decimal", name="distance_km", label=_said("field.distance"),
        required="yes", relevant=_AWAY, constraint=". > 0 and . <= 50",
        constraint_message=_said("form.far_wrong"),
    )  # fmt: skip
