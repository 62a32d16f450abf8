"""Cases 61 to 76 and 84: coordinates, grid references, projections."""

from typing import Final

from tests.badinput.ingest.case import (
    DONBAS,
    Case,
    bad,
    ok,
    refused_file,
    row,
    rows,
)

COORDINATES: Final = (
    Case(
        number=61,
        name="swapped",
        data=rows(row(lat="37.8000", lon="48.0100"), row("b")),
        options=DONBAS,
        expected=bad((2, "Q-COORD-SWAP", "lat"), accepted=1),
    ),
    Case(
        number=62,
        name="off_the_globe",
        data=rows(row(lat="148.0"), row("b", lat="91"), row("c", lon="181")),
        expected=bad(*((i, "Q-COORD-RANGE", "lat") for i in (2, 3, 4))),
    ),
    Case(
        number=63,
        name="null_island",
        data=rows(row(lat="0", lon="0"), row("b", lat="0.000", lon="0.000")),
        expected=bad((2, "Q-COORD-NULL", "lat"), (3, "Q-COORD-NULL", "lat")),
    ),
    Case(
        number=64,
        name="degrees_minutes_seconds",
        data=rows(
            row(
                lat='48°00\'36""N'.replace("48", '"48').replace("N", 'N"'),
                lon="37 48 00 E",
            ),
            row("b", lat="48-00-36", lon="E37°48′00″"),
            row("c", lat="48 61 00", lon="37.8"),
        ),
        expected=bad(
            (4, "Q-COORD-FORM", "lat"),
            accepted=2,
            values=[{"lat": 48.01, "lon": 37.8}, {"lat": 48.01, "lon": 37.8}],
        ),
    ),
    Case(
        number=65,
        name="minutes_perhaps",
        data=rows(
            *(
                row(f"k{i}", lat=f"48.{i:02d}", lon=f"37.{58 - i:02d}")
                for i in range(10, 22)
            )
        ),
        expected=ok(rows=12, notes=("W-MAYBE-DM",)),
    ),
    Case(
        number=66,
        name="few_digits",
        data=rows(row(lat="48.0", lon="37.8")),
        expected=ok({"radius_m": 6697.1}, notes=("W-RADIUS-FROM-DIGITS",)),
    ),
    Case(
        number=66,
        name="no_decimals",
        data=rows(row(lat="48", lon="37")),
        expected=ok({}, notes=("W-COARSE",)),
    ),
    Case(
        number=67,
        name="mgrs_square",
        data="key,time,mgrs\na,2020-07-27,37UDP1234\n",
        expected=ok({"lat": 48.1577223, "lon": 37.8234073, "radius_m": 707.1}),
    ),
    Case(
        number=68,
        name="mgrs_100_km",
        data="key,time,mgrs\na,2020-07-27,37UDP\n",
        expected=ok({"radius_m": 70710.7}, notes=("W-COARSE",)),
    ),
    Case(
        number=69,
        name="mgrs_faults",
        data="key,time,mgrs\na,2020-07-27,37UDP123\nb,2020-07-27,37IDP12\n"
        "c,2020-07-27,99UDP12\nd,2020-07-27,37u dp 10480 16990\n"
        "e,2020-07-27,37UDР1234\n",
        expected=bad(
            (2, "Q-MGRS", "mgrs"),
            (3, "Q-MGRS", "mgrs"),
            (4, "Q-MGRS", "mgrs"),
            accepted=2,
            notes=("W-CONFUSABLE",),
        ),
    ),
    Case(
        number=70,
        name="mgrs_without_zone",
        data="key,time,mgrs\na,2020-07-27,DP 1048 1699\n",
        expected=bad((2, "Q-MGRS", "mgrs")),
    ),
    Case(
        number=70,
        name="mgrs_zone_declared",
        data="key,time,mgrs\na,2020-07-27,DP 1048 1699\n",
        mapping="mgrs_zone: 37U\n",
        expected=ok({"radius_m": 7.1}),
    ),
    Case(
        number=71,
        name="web_mercator",
        data=rows(row(lat="6108000", lon="4207000")),
        options=DONBAS,
        expected=bad((2, "Q-CRS", "lat")),
    ),
    Case(
        number=71,
        name="web_mercator_declared",
        data=rows(row(lat="6108000", lon="4207000")),
        options=DONBAS,
        mapping="crs: EPSG:3857\n",
        expected=ok({"lat": 48.006883, "lon": 37.792124}, notes=("W-CRS",)),
    ),
    Case(
        number=72,
        name="pulkovo_declared",
        data=rows(row(lat="48.010000", lon="37.800000")),
        mapping="crs: EPSG:4284\n",
        expected=ok(
            {"lat": 48.0099, "lon": 37.7985}, notes=("W-CRS",), tolerance=0.0003
        ),
    ),
    Case(
        number=72,
        name="unknown_datum",
        data=rows(row()),
        mapping="crs: the old map\n",
        expected=refused_file("F-CRS"),
    ),
    Case(
        number=73,
        name="axis_order",
        data=rows(row(lat="48.0100", lon="37.8000")),
        mapping="crs: EPSG:4326\n",
        expected=ok({"lat": 48.01, "lon": 37.8}),
    ),
    Case(
        number=74,
        name="utm_without_zone",
        data=rows(row(lat="5316990", lon="410480")),
        expected=bad((2, "Q-CRS", "lat")),
    ),
    Case(
        number=74,
        name="utm_declared",
        data=rows(row(lat="5316990", lon="410480")),
        mapping="crs: EPSG:32637\n",
        expected=ok(
            {"lat": 47.9999418, "lon": 37.79992}, notes=("W-CRS",), tolerance=0.0001
        ),
    ),
    Case(
        number=75,
        name="sector",
        data="key,time,lat,lon,radius_m,shape\n"
        'a,2020-07-27,47.2100000,37.7500000,2500,"{""sector"":{'
        '""bearing_from_deg"":33.75,""bearing_to_deg"":56.25,'
        '""distance_from_m"":2000,""distance_to_m"":4000,'
        '""origin_lat"":47.2,""origin_lon"":37.7}}"\n'
        "b,2020-07-27,47.2100000,37.7500000,2500,6 km NW of X\n",
        expected=bad((3, "Q-GEOM", "shape"), accepted=1),
    ),
    Case(
        number=76,
        name="name_is_not_a_place",
        data="key,time,place\na,2020-07-27,Pervomaisk\n",
        expected=ok({"place": "Pervomaisk", "lat": None, "lon": None}),
    ),
    Case(
        number=84,
        name="fifteen_decimals",
        data=rows(row(lat="48.010000000000001", lon="37.800000000000001")),
        expected=ok({"radius_m": 1.0}, notes=("W-RADIUS-FROM-DIGITS",)),
    ),
)
