"""French names of units, by what the number asks for."""

from typing import Final

UNITS: Final = {
    **{unit: {"other": unit} for unit in ("mm", "cm", "m", "km")},
    "s": {"one": "seconde", "other": "secondes"},
    "min": {"one": "minute", "other": "minutes"},
    "h": {"one": "heure", "other": "heures"},
    "d": {"one": "jour", "other": "jours"},
    "w": {"one": "semaine", "other": "semaines"},
    "mo": {"one": "mois", "other": "mois"},
    "y": {"one": "an", "other": "ans"},
    "ft": {"one": "pied", "many": "de pieds", "other": "pieds"},
    "mi": {
        "one": "mille terrestre",
        "many": "de milles terrestres",
        "other": "milles terrestres",
    },
    "nmi": {
        "one": "mille marin",
        "many": "de milles marins",
        "other": "milles marins",
    },
    "kg": {"one": "kg", "many": "de kg", "other": "kg"},
    "t": {"one": "tonne", "many": "de tonnes", "other": "tonnes"},
    "l": {"one": "litre", "many": "de litres", "other": "litres"},
    "m3": {"one": "mètre cube", "many": "de mètres cubes", "other": "mètres cubes"},
    "persons": {"one": "personne", "many": "de personnes", "other": "personnes"},
    "items": {"one": "unité", "many": "d’unités", "other": "unités"},
    "events": {"one": "cas", "many": "de cas", "other": "cas"},
}
