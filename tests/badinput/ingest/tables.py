"""Cases 17 to 46: encodings, delimiters, headers, rows, numbers, identifiers."""

from typing import Final

from tests.badinput.ingest.case import (
    HEAD,
    KYIV,
    Case,
    bad,
    empty,
    ok,
    refused_file,
    row,
    rows,
)

CYRILLIC: Final = rows(
    row("a", place="Горлівка"), row("b", place="Донецьк"), row("c", place="Авдіївка"),
    row("d", place="Широкине"),
)  # fmt: skip

TABLES: Final = (
    Case(
        number=17,
        name="bom",
        data=b"\xef\xbb\xbf" + rows(row()).encode(),
        expected=ok({"key": "a"}, notes=("W-BOM",)),
    ),
    Case(
        number=18,
        name="utf16",
        data=b"\xff\xfe" + CYRILLIC.encode("utf-16-le"),
        expected=ok({"place": "Горлівка"}, {}, {}, {}, notes=("W-ENC",)),
    ),
    Case(
        number=19,
        name="cp1251",
        data=CYRILLIC.encode("cp1251"),
        expected=ok(
            {"place": "Горлівка"}, {"place": "Донецьк"}, {}, {}, notes=("W-ENC",)
        ),
    ),
    Case(
        number=19,
        name="cp1251_too_little",
        data=rows(row(place="Горлівка")).encode("cp1251"),
        expected=refused_file("F-ENC"),
    ),
    Case(
        number=19,
        name="cp1251_confirmed",
        data=rows(row(place="Горлівка")).encode("cp1251"),
        mapping="encoding: cp1251\n",
        expected=ok({"place": "Горлівка"}, notes=("W-ENC",)),
    ),
    Case(
        number=19,
        name="mojibake",
        data=CYRILLIC.encode("cp1251").decode("latin-1").encode(),
        expected=refused_file("F-ENC"),
    ),
    Case(
        number=19,
        name="mojibake_utf8_twice",
        data=CYRILLIC.encode().decode("latin-1").encode(),
        expected=refused_file("F-ENC"),
    ),
    Case(
        number=20,
        name="replacement",
        data=rows(row(place="Горлівка")).encode("cp1251"),
        mapping="encoding: utf-16-le\n",
        expected=refused_file("F-ENC"),
    ),
    Case(
        number=21,
        name="mixed_encodings",
        data=CYRILLIC.encode() + (row("e", place="Мар'їнка") + "\n").encode("cp1251"),
        expected=bad((6, "Q-ENC", None), accepted=4),
    ),
    Case(
        number=22,
        name="decimal_comma",
        data="key;time;lat;lon;kind\na;2020-07-27;48,0100;37,8000;shot\n",
        expected=ok({"lat": 48.01, "lon": 37.8}, notes=("W-DIALECT",)),
    ),
    Case(
        number=23,
        name="wrong_delimiter",
        data="key;lat;lon;time\n1;48,01;37,80;2020-07-27\n2;48,02;37,81;2020-07-27\n",
        mapping="delimiter: ','\n",
        expected=refused_file("F-HEADER"),
    ),
    Case(
        number=24,
        name="thousands",
        data=rows(row(count="1.234"), row("b", count="1'234"), row("c", count="1 234")),
        expected=bad(
            (2, "Q-NUM-AMBIG", "count"),
            (3, "Q-NUM-AMBIG", "count"),
            (4, "Q-NUM-AMBIG", "count"),
        ),
    ),
    Case(
        number=24,
        name="thousands_declared",
        data=rows(row(count="1'234")),
        mapping='thousands: "\'"\n',
        expected=ok({"count": 1234}),
    ),
    Case(
        number=25,
        name="every_row_longer",
        data=rows(row() + ",x", row("b") + ",x"),
        expected=refused_file("F-HEADER"),
    ),
    Case(
        number=26,
        name="one_row_longer",
        data=rows(row(), row("b") + ",x", row("c")),
        expected=bad((3, "Q-RAGGED", None), accepted=2),
    ),
    Case(
        number=27,
        name="one_row_shorter",
        data=rows(row(), "b,2020-07-27,48.01", row("c")),
        expected=bad((3, "Q-RAGGED", None), accepted=2),
    ),
    Case(
        number=27,
        name="trailing_optional",
        data=rows(row(), "b,2020-07-27,48.0100,37.8000"),
        mapping="optional_trailing: true\n",
        expected=ok({}, {"key": "b", "kind": "other", "count": None}),
    ),
    Case(
        number=28,
        name="unclosed_quote",
        data=rows(row(), '"b,2020-07-27,48.0100,37.8000,shot,1,x', row("c"), row("d")),
        expected=bad((3, "Q-QUOTE", None), accepted=3),
    ),
    Case(
        number=28,
        name="quote_swallows_rows",
        data=rows(row(place='"x'), row("b"), row("c", place='y"')),
        expected=bad((2, "Q-QUOTE", None), (4, "Q-QUOTE", None), accepted=1),
    ),
    Case(
        number=28,
        name="quote_over_lines",
        data=rows(row(place='"one\ntwo, and ""three"""'), row("b")),
        expected=ok({"place": 'one\ntwo, and "three"'}, {"key": "b"}, lines=[2, 4]),
    ),
    Case(
        number=29,
        name="nul",
        data=rows(row(), row("b", place="x\x00y"), row("c")),
        expected=bad((3, "Q-CTRL", None), accepted=2),
    ),
    Case(
        number=30,
        name="huge_cell",
        data=None,
        options={**KYIV, "generated": "long_cell"},
        expected=bad((2, "Q-CELL-SIZE", None), accepted=1),
    ),
    Case(
        number=30,
        name="huge_line",
        data=None,
        options={**KYIV, "generated": "long_line", "within_s": 5},
        expected=bad((2, "Q-CELL-SIZE", None), accepted=1),
    ),
    Case(
        number=31,
        name="cr_only",
        data=rows(row(), row("b", lat="x"), row("c")).replace("\n", "\r"),
        expected=bad((3, "Q-COORD-FORM", "lat"), accepted=2),
    ),
    Case(
        number=31,
        name="mixed_line_ends",
        data=HEAD.strip()
        + "\r\n"
        + row()
        + "\n"
        + row("b", place="x\u2028y")
        + "\r"
        + row("c", lat="x")
        + "\r\n",
        expected=bad((4, "Q-COORD-FORM", "lat"), accepted=2, notes=("W-INVISIBLE",)),
    ),
    Case(
        number=32,
        name="duplicate_header",
        data="key,time,lat,lat,lon\na,2020-07-27,1,2,3\n",
        expected=refused_file("F-HEADER-DUP"),
    ),
    Case(
        number=33,
        name="blank_header",
        data="key,time,,lon\na,2020-07-27,1,2\n",
        expected=refused_file("F-HEADER-BLANK"),
    ),
    Case(
        number=33,
        name="header_on_row_3",
        data="Monthly export\nsector north\n" + rows(row()),
        expected=refused_file("F-HEADER"),
    ),
    Case(
        number=33,
        name="header_row_declared",
        data="Monthly export\nsector north\n" + rows(row()),
        mapping="header_row: 3\n",
        expected=ok({"key": "a"}, lines=[4]),
    ),
    Case(
        number=33,
        name="hxl",
        data="key,time,lat,lon\n#event+id,#date,#geo+lat,#geo+lon\na,2020-07-27,48.0100,37.8000\n",
        expected=ok({"key": "a"}, notes=("W-HXL",), header=2),
    ),
    Case(number=34, name="empty", data="", expected=empty()),
    Case(number=34, name="blank_lines", data="\n\r\n\n", expected=empty()),
    Case(number=34, name="header_only", data=HEAD, expected=empty()),
    Case(
        number=35,
        name="na_is_a_word",
        data=rows(row(place="NA"), row("b", place="None"), row("c", place="null")),
        expected=ok({"place": "NA"}, {"place": "None"}, {"place": "null"}),
    ),
    Case(
        number=35,
        name="null_list",
        data=rows(row(place="N/K", count="N/K")),
        mapping="nulls: {count: [N/K]}\n",
        expected=ok({"place": "N/K", "count": None}),
    ),
    Case(
        number=36,
        name="leading_zero_id",
        data=rows(row("00123"), row("")),
        expected=bad((3, "Q-MISSING", "key"), accepted=1, values=[{"key": "00123"}]),
    ),
    Case(
        number=37,
        name="exponent_id",
        data=rows(row("1E05")),
        expected=ok({"key": "1E05"}),
    ),
    Case(
        number=38,
        name="long_id",
        data=rows(row("9007199254740993")),
        expected=ok({"key": "9007199254740993"}),
    ),
    Case(
        number=39,
        name="excel_date",
        data=rows(row(place="04-Mar")),
        expected=ok({"place": "04-Mar"}, notes=("W-EXCEL-DATE",)),
    ),
    Case(
        number=40,
        name="other_digits",
        data=rows(row(lat="٤٨٫٠١٠٠", lon="３７.８０００", count="٣")),
        expected=ok({"lat": 48.01, "lon": 37.8, "count": 3}, notes=("W-DIGITS",)),
    ),
    Case(
        number=41,
        name="no_numbers",
        data=rows(
            *(
                row(k, lat=v)
                for k, v in zip(
                    "abcd", ("4_8.0", "nan", "-Infinity", "1e400"), strict=True
                )
            )
        ),
        expected=bad(*((i, "Q-COORD-FORM", "lat") for i in range(2, 6))),
    ),
    Case(
        number=41,
        name="no_numbers_in_radius",
        data="key,time,lat,lon,radius_m\na,2020-07-27,48.01,37.80,nan\nb,2020-07-27,48.01,37.80,1e3\nc,2020-07-27,48.01,37.80,-5\n",
        expected=bad(
            (2, "Q-NUM", "radius_m"),
            (3, "Q-NUM", "radius_m"),
            (4, "Q-NUM-RANGE", "radius_m"),
        ),
    ),
    Case(
        number=42,
        name="homoglyph_place",
        data=rows(row(place="Гoрлівка")),
        expected=ok({"place": "Гoрлівка"}, notes=("W-CONFUSABLE",)),
    ),
    Case(
        number=43,
        name="nfd_id",
        data=rows(row("Ки\u0438\u0306в"), row("b", place="Ки\u0457\u0308в")),
        expected=ok({"key": "Кийв"[:2] + "й" + "в"}, {}),
    ),
    Case(
        number=44,
        name="bidi_in_text",
        data=rows(row(place="a\u202eb")),
        expected=ok({"place": "a\u202eb"}, notes=("W-INVISIBLE",)),
    ),
    Case(
        number=44,
        name="zero_width_in_id",
        data=rows(row("a\u200bb"), row("Раb")),
        expected=bad((2, "Q-ID", "key"), (3, "Q-ID", "key")),
    ),
    Case(
        number=45,
        name="row_repeated",
        data=rows(row(), row()),
        expected=ok({"key": "a"}, {"key": "a"}),
    ),
    Case(
        number=46,
        name="mended_rows",
        data=rows(row(), row("b", lat="48.0200")),
        expected=ok({"key": "a"}, {"key": "b", "lat": 48.02}),
    ),
)
