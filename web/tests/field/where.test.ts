import { forward } from "mgrs";
import { expect, test } from "vitest";
import { bearingOf, NOWHERE, placeOf } from "../../src/field/draft.ts";
import { distanceM } from "../../src/positions.ts";
import { away, readDistance, readPosition, WIND_DEG } from "../../src/field/where.ts";

function near(text: string, lat: number, lon: number, metres: number): void {
  const fix = readPosition(text);
  expect(fix, text).not.toBeNull();
  expect(distanceM([fix!.lon, fix!.lat], [lon, lat]), text).toBeLessThan(metres);
}

test.each([
  "48.0159, 37.8028",
  "48,0159 37,8028",
  "48,0159; 37,8028",
  "48.0159 37.8028",
  "48°00′57″N 37°48′10″E",
  "48°00'57\"N, 37°48'10\"E",
  "N48°00'57\" E37°48'10\"",
  "37°48'10\"E 48°00'57\"N",
  "48 00 57 N 37 48 10 E",
  "48 0.95 N, 37 48.17 E",
  "48°00′57″ пн.ш. 37°48′10″ сх.д.",
  "E37.8028 N48.0159",
])("%s is where it says", (text) => near(text, 48.0159, 37.8028, 40));

test("MGRS is read with any spacing, and is the middle of its square", () => {
  const text = forward([37.8028, 48.0159], 5);
  near(text, 48.0159, 37.8028, 2);
  near(text.replace(/^(\d+\w)(\w\w)(\d{5})(\d{5})$/, "$1 $2 $3 $4").toLowerCase(), 48.0159, 37.8028, 2);
  expect(readPosition(text)?.radiusM).toBe(10);
});

test("what is written coarsely has a wide radius", () => {
  const square = forward([37.8028, 48.0159], 2);
  expect(readPosition(square)?.radiusM).toBeCloseTo(707, 0);
  near(square, 48.0159, 37.8028, 708);
  expect(readPosition("48.0, 37.8")?.radiusM).toBeGreaterThan(7000);
  expect(readPosition("48.01590, 37.80280")?.radiusM).toBe(10);
});

test.each([
  "",
  "somewhere",
  "48.0",
  "98.0, 37.8",
  "48.0, 187.8",
  "48°60′00″N 37°48′10″E",
  "48.5°30′N 37°48′E",
  "48N 37N",
  "48N 37",
  "-48S 37E",
  "37U DP 1048 169",
  "77U DP 10486 16996",
  "37I DP 10486 16996",
  "37U DP 104861 169961",
])("%s is no position", (text) => expect(readPosition(text)).toBeNull());

test("south and west are minus", () => {
  near("33°51′S 151°12′W", -33.85, -151.2, 5);
  near("-33.85, -151.2", -33.85, -151.2, 5);
});

test("bearing and distance lead where they say, and back", () => {
  const from = { lon: 37.8028, lat: 48.0159, radiusM: 500 };
  for (const bearingDeg of [0, 45, 90, 180, 271, 337.5]) {
    const found = away({ from, bearingDeg, toleranceDeg: 5, distanceM: 6000, slackM: 600 });
    expect(distanceM([from.lon, from.lat], [found.lon, found.lat])).toBeCloseTo(6000, 0);
  }
  const north = away({ from, bearingDeg: 0, toleranceDeg: 5, distanceM: 6000, slackM: 600 });
  expect(north.lat).toBeGreaterThan(from.lat);
  expect(north.lon).toBeCloseTo(from.lon, 6);
});

test("the radius holds every corner of what was said", () => {
  const from = { lon: 37.8, lat: 48, radiusM: 100 };
  for (const [toleranceDeg, distance, slackM] of [
    [5, 3000, 500],
    [WIND_DEG, 8000, 1000],
    [WIND_DEG, 2000, 2000],
  ] as const) {
    const said = { from, bearingDeg: 70, toleranceDeg, distanceM: distance, slackM };
    const found = away(said);
    for (const turn of [-toleranceDeg, 0, toleranceDeg]) {
      for (const far of [distance - slackM, distance, distance + slackM]) {
        const exact = { ...said, bearingDeg: 70 + turn, distanceM: far, slackM: 0, toleranceDeg: 0 };
        const corner = away(exact);
        const off = distanceM([found.lon, found.lat], [corner.lon, corner.lat]);
        expect(off + from.radiusM).toBeLessThanOrEqual(found.radiusM + 1);
      }
    }
  }
});

test("a distance is as fine as it was written", () => {
  expect(readDistance("3")).toEqual({ distanceM: 3000, slackM: 500 });
  expect(readDistance("2,5")).toEqual({ distanceM: 2500, slackM: 250 });
  expect(readDistance("2-4")).toEqual({ distanceM: 3000, slackM: 1000 });
  for (const text of ["", "far", "4-2", "-3"]) expect(readDistance(text)).toBeNull();
});

test("a bearing is degrees or a wind", () => {
  expect(bearingOf("nw")).toEqual({ bearingDeg: 315, toleranceDeg: 22.5 });
  expect(bearingOf("270")).toEqual({ bearingDeg: 270, toleranceDeg: 5 });
  expect(bearingOf("360")?.bearingDeg).toBe(0);
  for (const text of ["", "north", "361", "-1"]) expect(bearingOf(text)).toBeNull();
});

test("a place from a named centre needs all three", () => {
  const from = { name: "Donetsk", lon: 37.8, lat: 48 };
  const said = { ...NOWHERE, way: "away" as const, from, bearing: "n", distance: "3" };
  expect(placeOf(said)?.radiusM).toBeGreaterThan(500);
  expect(placeOf({ ...said, bearing: "" })).toBeNull();
  expect(placeOf({ ...said, from: null })).toBeNull();
});
