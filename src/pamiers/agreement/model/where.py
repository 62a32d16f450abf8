"""Where a clause holds."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Everywhere:
    """The clause holds wherever the agreement does."""


@dataclass(frozen=True, slots=True)
class InZones:
    """The clause holds inside any of these zones."""

    zones: tuple[str, ...]  #: ids in `Agreement.zones`


@dataclass(frozen=True, slots=True)
class OutsideZones:
    """The clause holds outside all of these zones."""

    zones: tuple[str, ...]  #: ids in `Agreement.zones`


@dataclass(frozen=True, slots=True)
class NearLine:
    """The clause holds within a distance of a line, which may differ by party."""

    lines: Mapping[str, str]  #: bearer -> id in `Agreement.lines`; every bearer
    distance_m: float  #: on each side, geodesic


@dataclass(frozen=True, slots=True)
class AllOf:
    """The clause holds where all of these hold. Invariant: at least two parts."""

    parts: tuple[InZones | OutsideZones | NearLine, ...]


Where = Everywhere | InZones | OutsideZones | NearLine | AllOf
