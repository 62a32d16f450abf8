"""Ukrainian names of units, by what the number asks for and by case."""

# ruff: noqa: RUF001 - Ukrainian letters are meant

from typing import Final

#: case -> form in the nominative -> form in that case; what is left out is alike
CASES: Final = {
    "genitive": {"one": "other", "few": "many"},
    "accusative": {"one": "accusative"},
}
UNITS: Final = {
    "mm": {"other": "мм"},
    "cm": {"other": "см"},
    "m": {"other": "м"},
    "km": {"other": "км"},
    "s": {
        "one": "секунда",
        "few": "секунди",
        "many": "секунд",
        "other": "секунди",
        "accusative": "секунду",
    },
    "min": {
        "one": "хвилина",
        "few": "хвилини",
        "many": "хвилин",
        "other": "хвилини",
        "accusative": "хвилину",
    },
    "h": {
        "one": "година",
        "few": "години",
        "many": "годин",
        "other": "години",
        "accusative": "годину",
    },
    "d": {"one": "день", "few": "дні", "many": "днів", "other": "дня"},
    "w": {"one": "тиждень", "few": "тижні", "many": "тижнів", "other": "тижня"},
    "mo": {"one": "місяць", "few": "місяці", "many": "місяців", "other": "місяця"},
    "y": {"one": "рік", "few": "роки", "many": "років", "other": "року"},
    "ft": {"one": "фут", "few": "фути", "many": "футів", "other": "фута"},
    "mi": {
        "one": "миля",
        "few": "милі",
        "many": "миль",
        "other": "милі",
        "accusative": "милю",
    },
    "nmi": {
        "one": "морська миля",
        "few": "морські милі",
        "many": "морських миль",
        "other": "морської милі",
        "accusative": "морську милю",
    },
    "kg": {"one": "кг", "few": "кг", "many": "кг", "other": "кг"},
    "t": {"one": "тонна", "few": "тонни", "many": "тонн", "other": "тонни"},
    "l": {"one": "літр", "few": "літри", "many": "літрів", "other": "літра"},
    "m3": {"one": "м³", "few": "м³", "many": "м³", "other": "м³"},
    "persons": {"one": "особа", "few": "особи", "many": "осіб", "other": "особи"},
    "items": {
        "one": "одиниця",
        "few": "одиниці",
        "many": "одиниць",
        "other": "одиниці",
    },
    "events": {
        "one": "випадок",
        "few": "випадки",
        "many": "випадків",
        "other": "випадку",
    },
}
