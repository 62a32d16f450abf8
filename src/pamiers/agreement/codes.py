"""Every code that a complaint can carry, and what it means.

`docs/reference/complaints.md` lists the same codes; a test holds the two equal. A
code is never given a second meaning: when a check changes, it takes a new code.
`F` refuses the file, `Q` a value, `L` is what a lawyer would ask, `W` only warns.
"""

from typing import Final

CODES: Final[dict[str, str]] = {
    # Files
    "F-FILE-MISSING": "a file of the folder is absent",
    "F-FILE-SIZE": "a file is larger than the reader takes",
    "F-TEXT-CHAR": "a character that must not stand in the text",
    # YAML
    "F-YAML-SYNTAX": "not YAML",
    "F-YAML-DUP": "a key stands twice in one mapping",
    "F-YAML-DEPTH": "nested too deep",
    "F-YAML-CYCLE": "an alias that holds itself",
    "F-YAML-ALIAS": "too many aliases, or too much when written out",
    "F-YAML-TAG": "a tag; only plain data are read",
    "F-YAML-MERGE": "a merge key, which overrides silently",
    "F-YAML-KEY": "a key that is not a word",
    "F-YAML-DOCS": "more than one document, or none",
    # JSON
    "F-JSON-SYNTAX": "not JSON",
    "F-JSON-DUP": "a key stands twice in one object",
    "F-JSON-DEPTH": "nested too deep",
    # Numbers, words, names
    "Q-NUM": "not a finite number",
    "Q-NUM-ZERO": "an unquoted number with a leading zero",
    "Q-UNIT": "a quantity without a unit known here",
    "F-ID-CHAR": "an identifier with other than a-z, A-Z, 0-9, _ and -",
    "F-ID-DUP": "an identifier given twice",
    # Shape of the agreement
    "F-SCHEMA-VERSION": "a version of the language that is not known here",
    "F-SCHEMA-UNKNOWN": "an unknown key that looks like a known one",
    "W-SCHEMA-UNKNOWN": "an unknown key; kept, and not acted on",
    "F-SCHEMA-MISSING": "a required key is absent",
    "F-SCHEMA-TYPE": "another type of value than expected",
    "F-SCHEMA-VALUE": "a value outside its list or range",
    # Times
    "Q-TIME-FORM": "not a time, or a time that does not exist",
    "Q-TIME-NOZONE": "a time without offset or zone",
    "Q-TIME-ABBREV": "a time with the abbreviation of a zone",
    "Q-TIME-ZONE": "not an IANA time zone",
    "Q-TIME-GAP": "a local time that clocks skipped or showed twice",
    "Q-TIME-DURATION": "a duration that does not say how it is counted",
    "Q-TIME-ORDER": "an end that is not after its beginning",
    "W-TIME-OFFSET": "an offset that the agreement's zone did not have then",
    # Geometry
    "F-GEOM": "an invalid polygon",
    "F-GEOM-OPEN": "a ring that does not close",
    "F-GEOM-EMPTY": "too few points, or no geometry",
    "F-GEOM-TYPE": "another type of geometry than the use needs",
    "F-GEOM-NUM": "a coordinate that is not a finite number",
    "F-GEOM-RANGE": "a coordinate off the globe",
    "F-GEOM-SWAP": "longitude and latitude seem to be swapped",
    "F-GEOM-MERIDIAN": "an edge that crosses the antimeridian",
    "F-GEOM-CRS": "another reference system than WGS84",
    "F-GEOM-LIMIT": "too many vertices",
    "W-GEOM-WINDING": "a ring wound against RFC 7946",
    # Lint
    "L-BLANK": "a blank to be filled",
    "L-UNDEFINED": "a name that is not defined",
    "L-CIRCULAR": "definitions or deadlines that wait for one another",
    "L-ANCHOR": "a deadline without the event it counts from",
    "L-NO-CLAUSES": "no criteria of violation: there is no clause",
    "L-NO-TRIGGER": "a clause without anything to measure",
    "L-NO-ZONE": "no zone and no line to hold events against",
    "L-NO-RULE": "a body that decides, without a rule of decision",
    "L-UNSIGNED-ROLE": "a role of one who has not signed what creates it",
    "L-UNSIGNED-STEP": "a step for one who has not signed what creates it",
    "W-SIGNATURE": "a signature that is disputed, or that no source records",
    "L-STEP-TRIGGER": "a step whose trigger cannot be measured",
    "L-UNSIGNED-BOUND": "a clause binds one who has not signed",
    "L-NO-CONSENT": "a role that a party has refused",
    "L-UNWATCHED": "a clause that no means watches",
    "L-NO-PROCEDURE": "a breach that nothing follows",
    "L-SELF-VERIFY": "a party that verifies itself",
    "L-READINGS": "readings that leave the clause incomplete",
    "L-EXCEPTIONS": "two exemptions of equal priority",
    "L-APPROXIMATE": "a drawing that only approximates what was agreed",
    "L-NO-DETECTION": "means with no stated probability of detection",
}
