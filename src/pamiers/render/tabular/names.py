"""The forms of tabular exports, and the names of their files."""

from typing import Final

DICTIONARY: Final = "dictionary.csv"
FORMS: Final = ("csv", "xlsx", "gpkg")
#: forms that hold everything in one file
BOOK: Final = {"xlsx": "pamiers.xlsx", "gpkg": "pamiers.gpkg"}
