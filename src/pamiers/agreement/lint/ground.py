"""Can every zone and line be drawn, by a feature or from others?"""

from collections.abc import Iterator, Mapping
from typing import Final

from pamiers.agreement import shapes
from pamiers.agreement.complaint import Notes
from pamiers.agreement.drawing import FILE as DRAWINGS
from pamiers.agreement.drawing import UNREADABLE, draw
from pamiers.agreement.grammar.clause import EACH_PARTY
from pamiers.agreement.resolve.ground import Surveyor, has_shape
from pamiers.agreement.resolve.joining import UnlikeTimesError
from pamiers.agreement.values.blank import Blank, filled, known
from pamiers.agreement.values.quantity import Quantity
from pamiers.agreement.written import (
    Around,
    Band,
    Buffer,
    Drawn,
    Matter,
    Near,
    Option,
    Proportion,
    Provision,
    Question,
    Version,
    Written,
)
from pamiers.core.errors import MalformedAgreementError

_FURTHEST_M: Final = 1_000_000.0
_AREAS: Final = ("band", "buffer", "around", "hull", "between", "any_of", "but_not")
_PAIR: Final = 2
_ONLY_AREAS: Final = "lines are drawn; an area made from one is a zone"


def check_drawings(written: Written, notes: Notes) -> None:
    """Complain of zones and lines that cannot be drawn.

    Args:
        written: The agreement.
        notes: Takes the complaints.
    """
    for section, wanted in (("zones", "Polygon"), ("lines", "LineString")):
        for name, each in getattr(written, section).items():
            if isinstance(each, Drawn):
                path = f"{section}.{name}"
                _check_drawn(written, path, each, wanted, notes)
                _check_approximate(each, path, notes)
    for name, zone in written.zones.items():
        if isinstance(zone, Drawn):
            _check_made(written, f"zones.{name}", zone, notes)
    for index, clause in enumerate(written.clauses):
        _check_lines(written, clause, f"clauses[{index}]", notes)


def _check_drawn(
    written: Written, path: str, drawn: Drawn, wanted: str, notes: Notes
) -> None:
    """Complain of a missing drawing, or one of another type than is wanted."""
    name = path.partition(".")[2]
    if wanted == "LineString":
        for key in _AREAS:
            if getattr(drawn, key):
                _shapeless(
                    f"{path}.{key}", f"a line, got `{key}`: {_ONLY_AREAS}", notes
                )
                return
    made = any(getattr(drawn, key) for key in _AREAS if key != "but_not")
    features = [] if made else [str(drawn.feature) or name]
    versions = [each for each in drawn.versions if isinstance(each, Version)]
    if versions and not has_shape(written, name, drawn):
        features = []
    for version in versions:
        if not (version.band or version.buffer or version.around):
            features.append(str(version.feature) or name)
    for feature in dict.fromkeys(features):
        _check_feature(written, path, feature, wanted, notes)


def _check_feature(
    written: Written, path: str, feature: str, wanted: str, notes: Notes
) -> None:
    held = written.drawings.get(feature)
    if held is None:
        _no_drawing(feature, path, notes)
    elif isinstance(held, dict) and wanted not in str(held.get("geometry"))[:60]:
        notes.complain(
            "F-GEOM-TYPE",
            path,
            f"expected a {wanted} or Multi{wanted}, got another geometry",
            f"Draw feature {feature!r} of {DRAWINGS} as a {wanted}.",
        )


def _no_drawing(feature: str, path: str, notes: Notes) -> None:
    if UNREADABLE in notes.marks or f"{DRAWINGS}#{feature}" in notes.marks:
        return  # its faults are named already
    if DRAWINGS not in notes.marks:
        code, message = "F-FILE-MISSING", f"expected {DRAWINGS}, got none"
    else:
        code, message = "L-UNDEFINED", f"expected feature {feature!r} in {DRAWINGS}"
    notes.complain(code, path, message, f"Draw it as {feature!r} in {DRAWINGS}.")


def _check_approximate(drawn: Drawn, path: str, notes: Notes) -> None:
    if isinstance(drawn.approximates, Blank) or not drawn.approximates:
        return
    feature = str(drawn.feature) or path.partition(".")[2]
    notes.complain(
        "L-APPROXIMATE",
        path,
        f"expected the drawing of {drawn.approximates}, got only {feature!r}, which "
        "stands for it",
        "Read distances with the tolerance given; replace it once found.",
    )


def _check_made(written: Written, path: str, zone: Drawn, notes: Notes) -> None:
    """Complain of areas that cannot be made from lines, places and other zones."""
    _check_derived(written, zone, path, notes)
    for here, version in _versions(zone, path):
        _check_derived(written, version, here, notes)
    _check_hull(zone, path, notes)
    if zone.between and len(zone.between) == len(filled(zone.between)):
        _check_between(written, zone, f"{path}.between", notes)
    for key in ("any_of", "but_not", "between"):
        names = filled(getattr(zone, key))
        if names and (key != "between" or len(names) == _PAIR):
            _check_joined(written, path, key, notes)


def _check_joined(written: Written, path: str, key: str, notes: Notes) -> None:
    """Complain of parts that are drawn anew, each at moments of its own."""
    try:
        Surveyor(written).zone(path.partition(".")[2])
    except UnlikeTimesError as error:
        message = f"expected {error.expected}, got {error.got}"
        notes.complain("F-GEOM-SHAPE", f"{path}.{key}", message, error.remedy)
    except (MalformedAgreementError, KeyError, RecursionError):
        return  # its other faults are named elsewhere


def _check_derived(
    written: Written, drawn: Drawn | Version, path: str, notes: Notes
) -> None:
    band, buffer, around = drawn.band, drawn.buffer, drawn.around
    if isinstance(band, Band):
        _check_band(written, band, f"{path}.band", notes)
    if isinstance(buffer, Buffer):
        reach = known(buffer.each_side) or known(buffer.width)
        _check_reach(reach, f"{path}.buffer", notes)
    if isinstance(around, Around):
        _check_reach(known(around.radius), f"{path}.around", notes)
        if not around.places:
            expected = "at least one place, got none"
            _shapeless(f"{path}.around.places", expected, notes)


def _versions(zone: Drawn, path: str) -> Iterator[tuple[str, Version]]:
    for index, each in enumerate(zone.versions):
        if isinstance(each, Version):
            yield f"{path}.versions[{index}]", each


def _check_hull(zone: Drawn, path: str, notes: Notes) -> None:
    places = [each for each in zone.hull.values() if not isinstance(each, Blank)]
    if not places or len(places) < len(zone.hull):
        return
    try:
        shapes.hull([(each.lon, each.lat) for each in places])
    except MalformedAgreementError as error:
        _shapeless(f"{path}.hull", f"{error.expected}, got {error.got}", notes)


def _check_between(written: Written, zone: Drawn, path: str, notes: Notes) -> None:
    """Complain of an area between other than two lines that are drawn once."""
    names = filled(zone.between)
    lines = [written.lines.get(name) for name in names]
    held = [each for each in lines if isinstance(each, Drawn)]
    if len(names) != _PAIR:
        _shapeless(path, f"two lines, got {len(names)}", notes)
        return
    features = [
        written.drawings.get(str(line.feature) or name)
        for name, line in zip(names, held, strict=False)
    ]
    drawn = [draw(each) for each in features if _is_line(each)]
    if len(drawn) < _PAIR:
        return
    try:
        shapes.between(drawn[0], drawn[1])
    except MalformedAgreementError as error:
        _shapeless(path, f"{error.expected}, got {error.got}", notes)


def _is_line(feature: object) -> bool:
    return isinstance(feature, dict) and "LineString" in str(feature.get("geometry"))


def _check_reach(reach: Quantity | None, path: str, notes: Notes) -> None:
    if reach is not None and not 0 < reach.base <= _FURTHEST_M:
        _shapeless(path, f"more than 0 and at most 1000 km, got {reach}", notes)


def _check_band(written: Written, band: Band, path: str, notes: Notes) -> None:
    near, far = known(band.from_), known(band.to)
    _check_reach(far, f"{path}.to", notes)
    if near and far and near.base >= far.base:
        expected = f"a further edge beyond {near}, got {far}"
        _shapeless(f"{path}.to", expected, notes)
    line = written.lines.get(str(band.of))
    if isinstance(line, Drawn) and isinstance(band.side, str):
        for feature in _features(str(band.of), line):
            _check_side(written, feature, band.side, f"{path}.side", notes)


def _features(name: str, line: Drawn) -> tuple[str, ...]:
    versions = [each for each in line.versions if isinstance(each, Version)]
    found = (
        str(line.feature) or name,
        *(str(each.feature) or name for each in versions),
    )
    return tuple(dict.fromkeys(found))


def _check_side(
    written: Written, feature: str, side: str, path: str, notes: Notes
) -> None:
    held = written.drawings.get(feature)
    if not isinstance(held, dict) or "LineString" not in str(held.get("geometry"))[:60]:
        return
    try:
        for rows in shapes.runs(draw(held)):
            shapes.side_of(rows, side)
    except MalformedAgreementError as error:
        message = f"expected {error.expected}, got {error.got}"
        notes.complain("F-GEOM-SHAPE", path, message, error.remedy)


def _shapeless(path: str, expected: str, notes: Notes) -> None:
    notes.complain(
        "F-GEOM-SHAPE",
        path,
        f"expected {expected}",
        "Give a shape that can be drawn, or draw the feature itself.",
    )


def _check_lines(written: Written, clause: Provision, path: str, notes: Notes) -> None:
    """Complain of a line per party that leaves out one whom the clause binds."""
    bearers = _bearers(written, clause)
    for here, lines in _lines_of(clause, path):
        missing = [each for each in bearers if each not in lines]
        if missing:
            notes.complain(
                "L-LINE",
                here,
                f"expected a line for each whom the clause binds, got none for "
                f"{', '.join(missing)}",
                "Name a line for each of them, or one line for all.",
            )


def _bearers(written: Written, clause: Provision) -> tuple[str, ...]:
    names = filled(clause.bearer)
    everyone = filled(written.heading.parties) if EACH_PARTY in names else ()
    return (*everyone, *(name for name in names if name != EACH_PARTY))


def _lines_of(
    clause: Provision, path: str
) -> Iterator[tuple[str, Mapping[str, object]]]:
    verbs = ("forbid", "oblige", "at_most", "at_least", "notify", "maintain", "every")
    held = {f"{path}.{verb}": getattr(clause, verb) for verb in verbs}
    if isinstance(clause.ratio, Proportion):
        held |= {
            f"{path}.ratio.of": clause.ratio.of,
            f"{path}.ratio.to": clause.ratio.to,
        }
    for here, matter in held.items():
        near = matter.near if isinstance(matter, Matter) else None
        if isinstance(near, Near) and isinstance(near.of, Mapping):
            yield f"{here}.near.of", near.of
    for index, question in enumerate(clause.readings):
        options = question.options.items() if isinstance(question, Question) else ()
        for name, option in options:
            if isinstance(option, Option) and isinstance(option.line, Mapping):
                yield f"{path}.readings[{index}].options.{name}.line", option.line
