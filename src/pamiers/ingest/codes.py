"""Every code that reading can give, with its meaning and what to do about it.

`F-` refuses a file, `Q-` a row, `W-` accepts and flags. The table in
`docs/reference/quarantine-codes.md` is held equal to this one by a test.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Code:
    """What a code means, and the remedy where the refusal names no better one."""

    meaning: str
    remedy: str


_MAPPING: Final = "in the mapping file"

CODES: Final[dict[str, Code]] = {
    # the whole file
    "F-EMPTY": Code(
        "The file holds no row: it is empty, or only a header.",
        "Check that the export finished; nothing was imported.",
    ),
    "F-ENC": Code(
        "The character encoding is not certain.",
        f"Set `encoding` {_MAPPING} to the one whose samples read right.",
    ),
    "F-SIZE": Code(
        "The file, its columns or its nesting exceed a limit.",
        "Split the file.",
    ),
    "F-HEADER": Code(
        "The header names no column this format knows, or fits no row.",
        f"Name the columns under `columns`, or set `header_row` {_MAPPING}.",
    ),
    "F-HEADER-DUP": Code(
        "Two columns have the same name.",
        "Give each column its own name.",
    ),
    "F-HEADER-BLANK": Code(
        "A column has no name.",
        "Name the column, or delete it.",
    ),
    "F-ZONE": Code(
        "The times of the file have no zone, and none is declared.",
        f"Set `time_zone` {_MAPPING}.",
    ),
    "F-MAPPING": Code(
        "The mapping file cannot be used.",
        "Correct the mapping file; docs/reference/mapping.md describes it.",
    ),
    "F-JSON": Code(
        "The text is not strict JSON (RFC 8259), or a key occurs twice.",
        "Export the file again, or correct it at the place named.",
    ),
    "F-GEOJSON": Code(
        "The JSON is not a GeoJSON FeatureCollection (RFC 7946).",
        "Export as a FeatureCollection.",
    ),
    "F-CRS": Code(
        "The coordinate reference system is not known.",
        "Export in WGS 84 (EPSG:4326).",
    ),
    "F-XML": Code(
        "The XML is not well-formed, or declares a document type.",
        "Export the file again from the server.",
    ),
    "F-ARCHIVE": Code(
        "The file is an archive or a workbook, not a table or a text.",
        "Unpack it, and give the CSV, JSON or XML that is in it.",
    ),
    # rows of a text table
    "Q-RAGGED": Code(
        "The row has more or fewer cells than the header.",
        "Quote cells that hold the delimiter, or add the missing cells.",
    ),
    "Q-QUOTE": Code(
        "A quotation mark opens and does not close, or stands inside a cell.",
        "Close the cell's quotes, and double the quotes inside it.",
    ),
    "Q-CTRL": Code(
        "The row holds a control character, such as NUL.",
        "Remove the character.",
    ),
    "Q-CELL-SIZE": Code(
        "A cell or line is larger than the limit.",
        "Shorten the cell; send long texts as documents.",
    ),
    "Q-ENC": Code(
        "The line is in another encoding than the rest of the file.",
        "Convert the line to UTF-8.",
    ),
    "Q-JSON": Code(
        "A feature is no object, or holds a key twice.",
        "Keep one of the two keys.",
    ),
    "Q-REVIEW": Code(
        "The submission was rejected by the reviewer of the server it came from.",
        "Change its state there and export again, or waive it.",
    ),
    # values
    "Q-MISSING": Code(
        "A cell that the row cannot do without is empty.",
        f"Fill the cell, or give the value under `constants` {_MAPPING}.",
    ),
    "Q-NUM": Code(
        "Not a finite number in plain digits.",
        "Write digits with one decimal mark.",
    ),
    "Q-NUM-AMBIG": Code(
        "A mark in the number may part thousands or decimals.",
        f"Set `thousands` or `decimal` {_MAPPING}.",
    ),
    "Q-NUM-RANGE": Code(
        "The number lies outside what the field allows.",
        "Check the figure and its unit.",
    ),
    "Q-COUNT": Code(
        "Not a count that is understood.",
        "Write a whole number, `about 110`, `30-35` or `>=48`.",
    ),
    "Q-KIND": Code(
        "A word that is not in the vocabulary of kinds.",
        f"Map the word under `values: kind` {_MAPPING}.",
    ),
    "Q-WORD": Code(
        "A word that the field does not know.",
        f"Map the word under `values` {_MAPPING}.",
    ),
    "Q-ID": Code(
        "An identifier holds a character that can imitate or hide another.",
        "Replace the characters named.",
    ),
    "Q-TIME-FORM": Code(
        "Not a date or time that is understood, or none that exists.",
        "Write 2020-07-27 or 2020-07-27T19:30+03:00.",
    ),
    "Q-TIME-WORD": Code(
        "A word for a time of day.",
        "Write the hours it stands for, as a start and an end.",
    ),
    "Q-TIME-NOZONE": Code(
        "A local time whose zone is not stated.",
        f"Add the offset, or set `time_zone` {_MAPPING}.",
    ),
    "Q-TIME-GAP": Code(
        "A local time that the clocks skipped when they were put forward.",
        "Check the hour, or add the offset.",
    ),
    "Q-TIME-EPOCH": Code(
        "A number that may count seconds, milliseconds or days.",
        f"Set `time_format` {_MAPPING}.",
    ),
    "Q-ZONE-ABBREV": Code(
        "An abbreviated zone, which several places use for different offsets.",
        "Write the offset, or an Area/City zone.",
    ),
    "Q-DATE-AMBIG": Code(
        "A date whose day and month (or year) could be exchanged.",
        f"Set `date_order` {_MAPPING}, or write year-month-day.",
    ),
    "Q-INTERVAL": Code(
        "A stretch of time whose end is missing or not after its start.",
        "Check both ends.",
    ),
    "Q-COORD-FORM": Code(
        "Not a latitude or longitude that is understood.",
        "Write decimal degrees, or degrees, minutes and seconds.",
    ),
    "Q-COORD-RANGE": Code(
        "A latitude past 90 or longitude past 180 degrees.",
        "Check the figure.",
    ),
    "Q-COORD-NULL": Code(
        "The point 0, 0, which stands for a missing position.",
        "Leave both cells empty where the place is not known.",
    ),
    "Q-COORD-SWAP": Code(
        "Latitude and longitude lie in the mission area only when exchanged.",
        f"Exchange the two columns under `columns` {_MAPPING}.",
    ),
    "Q-CRS": Code(
        "Metres of a map projection in place of degrees.",
        f"Set `crs` {_MAPPING}.",
    ),
    "Q-MGRS": Code(
        "Not a complete grid reference (MGRS).",
        "Write zone, square and an even number of digits, such as 37UDP1234.",
    ),
    "Q-GEOM": Code(
        "A geometry that is not valid or not understood.",
        "Redraw the geometry; nothing is mended unseen.",
    ),
    "Q-GEOM-EMPTY": Code(
        "A geometry without enough points.",
        "Give the points, or `null` where the place is not known.",
    ),
    "Q-PROSE": Code(
        "A sentence of a report that the grammar does not understand.",
        "Enter what it says by hand, or waive it with the reason.",
    ),
    "Q-PROSE-DATE": Code(
        "A sentence that states a quantity whose date the report does not fix.",
        "Enter it by hand with the date of the report.",
    ),
    # accepted, and flagged
    "W-BOM": Code("The file begins with a byte order mark.", "Nothing to do."),
    "W-ENC": Code(
        "The file was converted to UTF-8 from the encoding named.",
        "Check a name that is not English.",
    ),
    "W-DIALECT": Code(
        "Delimiter and decimal mark were found in the file itself.",
        "Check the first row as read.",
    ),
    "W-HXL": Code("A row of HXL tags was taken as part of the header.", "None."),
    "W-COLUMN-IGNORED": Code(
        "A column has no field of its own in this kind of row, and is left out.",
        "Map the column, or drop it.",
    ),
    "W-DIGITS": Code(
        "Digits of another script, or full-width ones, were read as numbers.",
        "Check the figure.",
    ),
    "W-EXCEL-DATE": Code(
        "A text cell looks like one that a spreadsheet turned into a date.",
        "Check the cell against the source.",
    ),
    "W-INVISIBLE": Code(
        "The text holds characters that cannot be seen.",
        "Check the text; the characters are kept.",
    ),
    "W-CONFUSABLE": Code(
        "A word mixes letters of several scripts that look alike.",
        "Check the spelling of the name.",
    ),
    "W-ZONE-ASSUMED": Code(
        "Times without a zone were read in the zone named.",
        "Check that the source keeps this zone.",
    ),
    "W-DATE-ORDER": Code(
        "The order of day and month was proven by another row of the column.",
        "Check the row named.",
    ),
    "W-TIME-FOLD": Code(
        "A local time that occurred twice when clocks were put back.",
        "The interval covers both; add the offset to narrow it.",
    ),
    "W-LEAP-SECOND": Code(
        "Second 60 was read as the last instant of the minute.",
        "Nothing to do.",
    ),
    "W-TIME-RANGE": Code(
        "The time lies outside the period that was to be expected.",
        "Check the year.",
    ),
    "W-LONG": Code("The time is a stretch of over three weeks.", "Check both ends."),
    "W-OUT-OF-AREA": Code(
        "The place lies outside the mission area.",
        "Check the coordinates.",
    ),
    "W-MAYBE-DM": Code(
        "No coordinate has a decimal part of .60 or more: minutes, perhaps.",
        "Check whether 48.30 means 48 degrees 30 minutes.",
    ),
    "W-COARSE": Code("The place is known to 10 km or worse.", "Nothing to do."),
    "W-RADIUS-FROM-DIGITS": Code(
        "No uncertainty is stated; it was taken from the digits given.",
        f"Set `radius_m` under `constants` {_MAPPING}.",
    ),
    "W-CRS": Code("Coordinates were converted to WGS 84.", "Check one of them."),
    "W-RING": Code(
        "A ring was not closed, ran clockwise or crossed the antimeridian, and was "
        "set right.",
        "Nothing to do.",
    ),
    "W-COUNT-ORDER": Code(
        "The best figure lies outside the low and high ones, which were widened.",
        "Ask the source.",
    ),
    "W-CLAIM": Code(
        "The rows are claims of an interested party, not observations.",
        "They are kept beside the observations.",
    ),
    "W-PERIOD-ASSUMED": Code(
        "The period of a total is not stated and was taken from the cut-off.",
        "Check the report.",
    ),
    "W-KEY-DERIVED": Code(
        "Rows have no identifier; one was made from their content.",
        "Map the identifier, so that corrections can be told from new rows.",
    ),
}
