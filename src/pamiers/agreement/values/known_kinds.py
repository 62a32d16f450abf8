"""Kinds of weapons and persons that the language knows by name.

A class may name any other kind: reports are then searched for that word. What is
listed here has a name in every language of the prose, and is no slip of the pen.
"""

from typing import Final

WEAPONS: Final = (
    *("gun", "howitzer", "mortar", "mlrs", "tank", "missile", "rocket", "bomb"),
    *("apc", "ifv", "afv", "acv", "vehicle", "mine", "explosive", "ammunition"),
    *("rifle", "pistol", "submachine_gun", "machine_gun", "heavy_machine_gun"),
    *("light_machine_gun", "grenade_launcher", "small_arms", "anti_tank_gun"),
    *("anti_tank_missile", "surface_to_air_missile", "sam", "anti_aircraft"),
    *("aircraft", "helicopter", "uav", "vessel"),
)
PERSONS: Final = (
    *("person", "civilian", "soldier", "fighter", "combatant", "police", "guard"),
    *("border_guard", "peacekeeper", "observer", "prisoner", "detainee"),
)
KNOWN_KINDS: Final = (*WEAPONS, *PERSONS)
