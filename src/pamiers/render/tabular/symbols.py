"""How QGIS is to draw a layer: standing and status by shape and line, not by colour."""

from typing import Final
from xml.sax.saxutils import quoteattr

from pamiers.render.tabular.sheet import Sheet

#: (expression, symbol shape, fill, outline style, label); Okabe and Ito's colours
_Rule = tuple[str, str, str, str, str]
_INK: Final = "26,32,38,255"
_BLUE: Final = "0,114,178,200"
_NONE: Final = "255,255,255,0"
_RULES: Final[dict[str, tuple[_Rule, ...]]] = {
    "observation": (
        ("\"standing\" = 'observed'", "circle", _BLUE, "solid", "observed"),
        ("\"standing\" = 'claimed'", "diamond", _NONE, "dash", "claimed"),
    ),
    "incident": (
        ('"observed" > 0', "circle", _BLUE, "solid", "observed"),
        ('"observed" = 0', "diamond", _NONE, "dash", "known only from claims"),
    ),
    "coverage": (
        ("\"status\" = 'observed'", "square", "0,158,115,90", "solid", "watched"),
        ("\"status\" <> 'observed'", "cross2", _NONE, "solid", "refused or impaired"),
    ),
}
_PLAIN: Final[tuple[_Rule, ...]] = (("", "circle", _NONE, "solid", ""),)


def style_of(sheet: Sheet) -> str:
    """Return the QML of a layer."""
    rules = _RULES.get(sheet.name, _PLAIN)
    listed = "".join(
        f"<rule symbol={quoteattr(str(at))} filter={quoteattr(where)} "
        f"label={quoteattr(label)}/>"
        for at, (where, _, _, _, label) in enumerate(rules)
    )
    symbols = "".join(_symbol(at, rule) for at, rule in enumerate(rules))
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
        '<qgis version="3.28" styleCategories="Symbology">'
        '<renderer-v2 type="RuleRenderer" symbollevels="0" enableorderby="0">'
        f"<rules>{listed}</rules><symbols>{symbols}</symbols></renderer-v2></qgis>"
    )


def _symbol(at: int, rule: _Rule) -> str:
    _, shape, fill, line, _ = rule
    options = {
        "name": shape,
        "color": fill,
        "outline_color": _INK,
        "outline_style": line,
        "outline_width": "0.4",
        "size": "3",
    }
    listed = "".join(
        f'<Option type="QString" name="{name}" value="{value}"/>'
        for name, value in options.items()
    )
    return (
        f'<symbol type="marker" name="{at}" alpha="1" clip_to_extent="1">'
        f'<layer class="SimpleMarker" enabled="1" pass="0" locked="0">'
        f'<Option type="Map">{listed}</Option></layer></symbol>'
    )
