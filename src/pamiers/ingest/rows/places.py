"""Columns of coordinates: where each row was, and how sure that is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pamiers.core.errors import MalformedSourceError
from pamiers.core.rows import read_shape, shape_text
from pamiers.ingest.mapping import Spot
from pamiers.ingest.refusal import RefusedError, shown
from pamiers.ingest.rows.account import Account, Minutes
from pamiers.ingest.rows.figures import read_numbers
from pamiers.ingest.rows.kernels import decimals, plain_numbers
from pamiers.ingest.rows.layout import Column, Layout
from pamiers.ingest.rows.words import read_words, stated_only
from pamiers.ingest.values.angles import Axis, parse_angle
from pamiers.ingest.values.mgrs import parse_mgrs
from pamiers.ingest.values.numbers import NumberGrammar, has_foreign_digits
from pamiers.ingest.values.positions import (
    METRES_PER_DEG,
    Bounds,
    Position,
    check_crs,
    check_position,
    in_degrees,
    is_wgs84,
    transformed,
)

_LEAST_M: Final = 1.0  #: where no radius is stated
_COARSE_M: Final = 10_000.0
_MINUTES_FROM: Final = 10  #: so many rows before decimals that look like minutes count
_NULL_DEG: Final = 0.02
_HUNDREDTH: Final = 0.01
_SIXTY: Final = 0.6
_METRE_STEP: Final = 1.0
Numbers = NDArray[np.float64]


@dataclass(slots=True)
class Places:
    """Centre and radius of each row; NaN where the place is not stated."""

    lon: Numbers
    lat: Numbers
    radius_m: Numbers
    shape: dict[int, str]  #: canonical JSON, where finer than a circle

    def columns(self) -> dict[str, pa.Array]:
        """Return the four columns, null where the place is not stated."""
        found = {
            name: pa.array(values, mask=np.isnan(values))
            for name, values in (
                ("lon", self.lon),
                ("lat", self.lat),
                ("radius_m", self.radius_m),
            )
        }
        if self.shape:
            texts = [self.shape.get(i) for i in range(len(self.lon))]
            found["shape"] = pa.array(texts, pa.string())
        return found


def read_places(
    layout: Layout, account: Account, grammar: NumberGrammar, bounds: Bounds | None
) -> Places:
    """Return where each row was.

    Args:
        layout: Where `lat` and `lon`, or `mgrs`, or a name, and `radius_m` are.
        account: Takes refusals and remarks.
        grammar: Marks of numbers.
        bounds: West, south, east, north of the mission area [deg].

    Returns:
        Places; the radius is at least what the digits given allow.
    """
    n = len(layout.table)
    lon, lat, step = np.full(n, np.nan), np.full(n, np.nan), np.full(n, np.nan)
    columns = layout.column("lon"), layout.column("lat")
    if columns[0] is not None and columns[1] is not None:
        pair = (columns[0], columns[1])
        _refuse_halves(pair, account)
        if is_wgs84(layout.mapping.crs):
            lon, lat, step = _degrees(pair, account, grammar)
        else:
            check_crs(layout.mapping.crs)
            lon, lat, step = _projected(pair, account, grammar, layout.mapping.crs)
        _check(Places(lon, lat, step, {}), pair, account, bounds)
    places = Places(lon, lat, _from_digits(lat, step), {})
    stated = _stated_radius(layout, places, account, grammar)
    _put_squares(layout, places, account)
    stated[_put_named(layout, places, (account, bounds))] = True
    _put_shapes(layout, places, account)
    _flag_coarse(places, stated, columns[1], account)
    return places


def _refuse_halves(pair: tuple[Column, Column], account: Account) -> None:
    lon, lat = pair
    for position in np.flatnonzero(lon.stated != lat.stated).tolist():
        column = lat if lon.stated[position] else lon
        error = RefusedError("Q-MISSING", expected="both coordinates", got="one")
        account.refuse(position, error, column.header)


def _degrees(
    pair: tuple[Column, Column], account: Account, grammar: NumberGrammar
) -> tuple[Numbers, Numbers, Numbers]:
    both = pair[0].stated & pair[1].stated
    lon = _angles(stated_only(pair[0], both), "lon", account, grammar)
    lat = _angles(stated_only(pair[1], both), "lat", account, grammar)
    # Software drops zeros at the end: the finer of the two shows the care taken.
    step = np.minimum(lon.step, lat.step)
    return lon.deg, lat.deg, step


class _Angles(NamedTuple):
    """Degrees of a column, and the size of the last digit of each; NaN for none."""

    deg: Numbers
    step: Numbers


#: a table, so that both paths have the very same powers of ten
_TENS: Final = np.array([10.0**-i for i in range(40)])


def _angles(
    column: Column, axis: Axis, account: Account, grammar: NumberGrammar
) -> _Angles:
    n = len(column.text)
    if account.table.fast and grammar.thousands is None and grammar.decimal == ".":
        values, plain = plain_numbers(column.text, column.stated, ".")
        digits = decimals(column.text, plain)
        step = _TENS[np.minimum(digits, len(_TENS) - 1)]
    else:
        values, plain, step = np.empty(n), np.zeros(n, np.bool_), np.empty(n)
    if plain.all():
        return _Angles(values, step)
    values[~plain] = step[~plain] = np.nan
    odd = np.flatnonzero(column.stated & ~plain)
    read = account.each(
        column.text, odd, lambda text: parse_angle(text, axis, grammar), column.header
    )
    for position, angle in read:
        values[position], step[position] = angle.deg, max(angle.step_deg, 1e-39)
        if has_foreign_digits(column.text[position].as_py()):
            account.flag("W-DIGITS", position, column.header)
    return _Angles(values, step)


def _projected(
    pair: tuple[Column, Column], account: Account, grammar: NumberGrammar, crs: str
) -> tuple[Numbers, Numbers, Numbers]:
    """Return coordinates of another system, degrees of another datum or metres."""
    if in_degrees(crs):
        x, y, step = _degrees(pair, account, grammar)
    else:
        both = pair[0].stated & pair[1].stated
        x = read_numbers(stated_only(pair[0], both), account, grammar)
        y = read_numbers(stated_only(pair[1], both), account, grammar)
        step = np.full_like(x, _METRE_STEP / METRES_PER_DEG)
    lon, lat = np.full_like(x, np.nan), np.full_like(x, np.nan)
    for position in np.flatnonzero(~np.isnan(x) & ~np.isnan(y)).tolist():
        try:
            at = transformed(float(x[position]), float(y[position]), crs)
        except RefusedError as error:
            account.refuse(position, error, pair[1].header)
            continue
        lon[position], lat[position] = at.lon, at.lat
        account.flag("W-CRS", position, pair[1].header, f"converted from {crs}")
    return lon, lat, step


def _check(
    places: Places, pair: tuple[Column, Column], account: Account, bounds: Bounds | None
) -> None:
    lon, lat = places.lon, places.lat
    with np.errstate(invalid="ignore"):
        odd = (np.abs(lat) > 90) | (np.abs(lon) > 180)  # noqa: PLR2004 - degrees
        odd |= (np.abs(lat) < _NULL_DEG) & (np.abs(lon) < _NULL_DEG)
        if bounds is not None:
            west, south, east, north = bounds
            odd |= (lon < west) | (lon > east) | (lat < south) | (lat > north)
    odd &= ~np.isnan(lon) & ~np.isnan(lat)
    for position in np.flatnonzero(odd).tolist():
        try:
            at: Position = check_position(
                float(lon[position]), float(lat[position]), bounds
            )
        except RefusedError as error:
            account.refuse(position, error, pair[1].header)
            lon[position] = lat[position] = np.nan
        else:
            for code in at.notes:
                account.flag(code, position, pair[1].header)
    _note_minutes(places, pair[1], account)


def _note_minutes(places: Places, column: Column, account: Account) -> None:
    """Note whether two decimals, all below .60, may be minutes of arc."""
    known = ~np.isnan(places.lat)
    n = int(known.sum())
    if not n:
        return
    possible = not (places.radius_m[known] != _HUNDREDTH).any()
    if possible:
        parts = np.abs(np.concatenate((places.lat[known], places.lon[known]))) % 1.0
        possible = bool((np.round(parts, 6) < _SIXTY).all())
    first = int(np.flatnonzero(known)[0])
    account.minutes.append(Minutes(n, possible, first, column.header))


def flag_minutes(account: Account) -> None:
    """Remark when every coordinate of a file may be degrees and minutes."""
    found = account.minutes
    enough = sum(each.rows for each in found) >= _MINUTES_FROM
    if enough and all(each.possible for each in found):
        account.flag("W-MAYBE-DM", found[0].first, found[0].column)


def _from_digits(lat: Numbers, step: Numbers) -> Numbers:
    """Return half the diagonal of the cell that rounding leaves [m]."""
    half = step * (METRES_PER_DEG / 2)
    across = half * np.cos(np.radians(np.clip(np.abs(lat), 0.0, 89.0)))
    reach: Numbers = np.round(np.sqrt(half * half + across * across), 1)
    return reach


def _stated_radius(
    layout: Layout, places: Places, account: Account, grammar: NumberGrammar
) -> NDArray[np.bool_]:
    """Take the radius of the file where it is larger; return where it is stated."""
    column = layout.column("radius_m")
    if column is None:
        places.radius_m = np.maximum(_LEAST_M, places.radius_m)
        return np.zeros(len(places.lat), np.bool_)
    radius = _radius(column, layout, account, grammar)
    located = ~np.isnan(places.lat)
    stated = ~np.isnan(radius)
    radius[~stated] = _LEAST_M
    places.radius_m = np.where(
        located, np.maximum(places.radius_m, radius), places.radius_m
    )
    return stated


def _radius(
    column: Column, layout: Layout, account: Account, grammar: NumberGrammar
) -> Numbers:
    """Return radii, by the mapping's words where it has them, such as classes."""
    words = layout.mapping.values.get("radius_m")
    if words is None:
        return read_numbers(column, account, grammar)

    def metres(word: str) -> str:
        # Software that holds classes as numbers writes 1.0 for 1.
        known = word if word in words else word.removesuffix(".0")
        if known not in words:
            raise RefusedError("Q-WORD", expected=_listed(words), got=shown(word))
        return words[known]

    texts = read_words(column, metres, account)
    stated = texts.is_valid().to_numpy(zero_copy_only=False)
    plain = Column(column.field, column.header, texts.fill_null(""), stated)
    return read_numbers(plain, account, grammar)


def _listed(words: Iterable[str]) -> str:
    return f"one of {', '.join(sorted(words))}"


def _put_squares(layout: Layout, places: Places, account: Account) -> None:
    column = layout.column("mgrs")
    if column is None:
        return
    odd = np.flatnonzero(column.stated & np.isnan(places.lat))
    zone = layout.mapping.mgrs_zone
    read = account.each(
        column.text, odd, lambda text: parse_mgrs(text, zone), column.header
    )
    for position, (place, codes) in read:
        places.lon[position], places.lat[position] = place.lon, place.lat
        places.radius_m[position] = place.radius_m
        text = shape_text(place.shape)
        if text is not None:
            places.shape[position] = text
        for code in codes:
            account.flag(code, position, column.header)


def _put_named(
    layout: Layout, places: Places, heard: tuple[Account, Bounds | None]
) -> list[int]:
    """Put rows that state no coordinates where the mapping says that their name is.

    Returns:
        The positions of those rows.
    """
    known = layout.mapping.places
    columns = (layout.column("place"), layout.column("region"))
    column = next((each for each in columns if each is not None), None)
    if column is None or not known:
        return []
    account, bounds = heard
    odd = np.flatnonzero(column.stated & np.isnan(places.lat) & account.standing())
    found = []

    def spot(name: str) -> tuple[Spot, Position]:
        if name not in known:
            raise RefusedError("Q-WORD", expected=_listed(known), got=shown(name))
        named = known[name]
        return named, check_position(named.lon, named.lat, bounds)

    for position, (named, at) in account.each(column.text, odd, spot, column.header):
        places.lon[position], places.lat[position] = at.lon, at.lat
        places.radius_m[position] = named.radius_m
        for code in at.notes:
            account.flag(code, position, column.header)
        found.append(position)
    return found


def _put_shapes(layout: Layout, places: Places, account: Account) -> None:
    column = layout.column("shape")
    if column is None:
        return
    odd = np.flatnonzero(column.stated)
    for position, text in account.each(column.text, odd, _canonical, column.header):
        places.shape[position] = text


def _canonical(text: str) -> str:
    try:
        written = shape_text(read_shape(text))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _no_shape(text) from error
    except MalformedSourceError as error:
        raise _no_shape(text) from error
    if written is None:
        raise _no_shape(text)
    return written


def _no_shape(text: str) -> RefusedError:
    return RefusedError(
        "Q-GEOM", expected="a shape as pamiers writes it", got=shown(text)
    )


def _flag_coarse(
    places: Places,
    stated: NDArray[np.bool_],
    column: Column | None,
    account: Account,
) -> None:
    header = column.header if column else None
    unstated = ~stated & ~np.isnan(places.lat)
    unstated[list(places.shape)] = False
    found = np.flatnonzero(unstated)
    if len(found):
        first = int(found[0])
        account.flag("W-RADIUS-FROM-DIGITS", first, header, rows=len(found))
    coarse = unstated & (places.radius_m >= _COARSE_M)
    for position in np.flatnonzero(coarse).tolist():
        account.flag("W-COARSE", position, header)
