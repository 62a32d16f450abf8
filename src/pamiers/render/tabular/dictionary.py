"""The data dictionary: what each column of an export means, its unit and its HXL tag.

Source of the tags: Humanitarian Exchange Language, core and attribute list 1.1; a `+x_`
attribute marks what the list has no word for.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a column says; an empty unit is a text or a bare number."""

    hxl: str
    unit: str
    text: str


def _column(hxl: str, text: str, unit: str = "") -> Meaning:
    return Meaning(hxl=hxl, unit=unit, text=text)


_CLOSED: Final = "commission's edition only"
_JSON: Final = "JSON (RFC 8785)"
_UTC: Final = "UTC, ISO 8601"
COLUMNS: Final = {
    "source": _column("#meta+source+id", "Id of the source; pamiers for incidents"),
    "key": _column("#event+id", "The source's own identifier, or that of the incident"),
    "release": _column("#meta+source+x_release", "Named release of the source"),
    "clause": _column("#subject+clause+id", "Id of the clause that is judged"),
    "reading": _column("#subject+x_reading", "Under which reading of the clause"),
    "sector": _column("#adm1+name", "Sector of the agreement"),
    "category": _column("#subject+type", "What sort of statement it is"),
    "start": _column("#date+start", "First instant at which it may have been", _UTC),
    "end": _column(
        "#date+end", "First instant at which it no longer can have been", _UTC
    ),
    "verdict": _column("#status+verdict", "kept, breached, undetermined or unobserved"),
    "why": _column("#status+reason", "What the verdict rests on, as a code"),
    "lon": _column("#geo+lon", "Longitude of the centre, WGS84", "degree"),
    "lat": _column("#geo+lat", "Latitude of the centre, WGS84", "degree"),
    "radius_m": _column(
        "#geo+x_radius+m", "Radius that holds the true place with 95 %", "metre"
    ),
    "shape": _column("#geo+x_shape", f"Finer uncertainty; {_CLOSED}", _JSON),
    "place": _column("#loc+name", "Name as the source gives it"),
    "region": _column("#adm1+name+x_source", "Sector, or the source's own region"),
    "standing": _column("#status+x_standing", "observed, or claimed by a side"),
    "status": _column("#status", "Of coverage or of a tally"),
    "kind": _column("#event+type", "Kind of happening"),
    "kinds": _column("#event+type+list", "How likely each kind is", _JSON),
    "of": _column("#item+type", "Class of things or persons counted"),
    "means": _column("#indicator+x_means", "How it was perceived, or could have been"),
    "watched": _column("#event+type+x_watched", "What would have been noticed"),
    "detection": _column(
        "#indicator+x_detection", "Chance of noticing one event", "0 to 1"
    ),
    "count": _column("#indicator+num", "Best figure; empty where none is given"),
    "count_low": _column("#indicator+num+min", "Least"),
    "count_high": _column("#indicator+num+max", "Most; empty beside a least: or more"),
    "previous": _column("#indicator+num+x_previous", "Figure for the period before"),
    "previous_text": _column("#meta+x_previous", "That figure where it is vague"),
    "relation": _column("#status+x_relation", "more, fewer, similar: without a figure"),
    "cumulative": _column("#meta+x_cumulative", "A running total since `start`"),
    "weapons": _column("#item+x_weapon", "Weapon terms, joined by `; `"),
    "calibre_mm": _column("#item+x_calibre+mm", "Calibre", "millimetre"),
    "control": _column("#org+x_control", "Party that holds the ground there"),
    "actor": _column("#org+x_actor", "Who did it, as the source says"),
    "actors": _column(
        "#org+x_actor+list", "How likely each did it; unnamed: not known", _JSON
    ),
    "party": _column("#org+x_party", "Whose it is"),
    "to": _column("#org+x_to", "To whom it was given, or about whom it is"),
    "denied_by": _column("#org+x_refused", "Who refused observation"),
    "reliability": _column("#meta+x_reliability", "Admiralty letter, as given"),
    "credibility": _column("#meta+x_credibility", "Admiralty figure, as given"),
    "probability": _column("#indicator+x_real", "That it really happened", "0 to 1"),
    "probability_low": _column("#indicator+x_breach+min", "P(breach), least", "0 to 1"),
    "probability_high": _column("#indicator+x_breach+max", "P(breach), most", "0 to 1"),
    "reported_high": _column(
        "#indicator+x_reported+max", "The same, of what was reported alone", "0 to 1"
    ),
    "coverage_share": _column(
        "#indicator+x_coverage", "Share of place and time watched", "0 to 1"
    ),
    "margin_m": _column(
        "#indicator+x_margin+m", "How far inside what is forbidden", "m"
    ),
    "evidence": _column("#meta+x_evidence", "Keys it rests on, joined by `; `"),
    "exempt": _column("#meta+x_exempt", "Keys taken out by an exception"),
    "attribution": _column(
        "#org+x_attributed", "not mandated, not attributed, a party"
    ),
    "attribution_share": _column("#org+x_shares", "Party and probability"),
    "known_at": _column("#date+x_known", "Last knowledge it rests on", _UTC),
    "due_at": _column("#date+x_due", "By when it was to be done", _UTC),
    "done_at": _column("#date+x_done", "When it was surely done", _UTC),
    "closed_at": _column(
        "#date+x_closed", "From when only late facts bear on it", _UTC
    ),
    "late_s": _column("#indicator+x_late", "How late it is or was", "second"),
    "limit": _column("#indicator+x_limit", "How much the clause allows"),
    "measured_low": _column("#indicator+num+x_measured+min", "How many, at the least"),
    "measured_high": _column("#indicator+num+x_measured+max", "How many, at the most"),
    "margin": _column("#indicator+x_margin", "How many over the limit, or short of it"),
    "zone": _column("#loc+x_zone", "Zone judged by itself"),
    "counter": _column("#org+x_counter", "Whose tallies it goes by"),
    "occasion": _column("#event+id+x_occasion", "Key of what gave rise to the duty"),
    "locked_by": _column("#meta+x_locked", "What has to be done first"),
    "exempt_under": _column("#meta+x_exemption", "Exemption of each of `exempt`"),
    "rough": _column("#meta+x_rough", "Too many combinations: only bounds"),
    "supersedes": _column("#event+id+x_before", "The finding it takes the place of"),
    "turned_by": _column("#meta+x_turned", "What turned the earlier finding"),
    "agreement": _column("#meta+x_agreement", "Digest of the agreement judged against"),
    "observed": _column("#indicator+num+x_observed", "Observations it rests on"),
    "claimed": _column("#indicator+num+x_claimed", "Claims by a side it rests on"),
    "sources": _column("#meta+source+list", "Ids of its sources, joined by `; `"),
    "members": _column("#meta+x_members", "Its reports, `source:key`, joined by `; `"),
    "ref": _column("#meta+id", "What it refers to"),
    "given_at": _column("#date+x_given", "When it was given", _UTC),
    "text": _column("#description", f"The source's own words; {_CLOSED}"),
    "cite": _column("#meta+url+x_cite", "Where it can be read"),
    "observer": _column(
        "#loc+x_observer", f"Where the observer stood; {_CLOSED}", _JSON
    ),
    "extra": _column(
        "#meta+x_extra", f"What has no column of its own; {_CLOSED}", _JSON
    ),
}
