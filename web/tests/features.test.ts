import { expect, test } from "vitest";
import type { Coverage, Incident } from "../src/data.ts";
import { rowsOf } from "../src/data.ts";
import { boxOf, coverageFeatures, incidentFeatures, ring } from "../src/map/features.ts";
import { distanceM } from "../src/positions.ts";

const INCIDENT: Incident = {
  key: "a",
  start: "2020-07-27T06:00:00Z",
  end: "2020-07-27T06:10:00Z",
  lon: 37.8,
  lat: 48,
  radius_m: 500,
  kind: "explosion",
  weapons: null,
  place: "Donetsk",
  region: "Donetsk",
  count_low: 1,
  count_high: 3,
  probability: 0.95,
  observed: 1,
  claimed: 0,
  sources: "osce-smm",
};

const COVERAGE = { key: "c", lon: 37.8, lat: 48, radius_m: 3000, status: "denied" } as Coverage;

test("columns become rows, and nothing is lost", () => {
  const columns = Object.fromEntries(Object.entries(INCIDENT).map(([k, v]) => [k, [v, v]]));
  expect(rowsOf(columns as never)).toEqual([INCIDENT, INCIDENT]);
});

test("standing differs between what was observed and what was claimed", () => {
  const found = incidentFeatures([
    INCIDENT,
    { ...INCIDENT, probability: 0.5 },
    { ...INCIDENT, observed: 0, claimed: 2 },
  ]);
  expect(found.features.map((each) => each.properties?.["standing"])).toEqual([
    "verified",
    "assessed",
    "claimed",
  ]);
});

test("an incident of unknown place is in no map", () => {
  expect(incidentFeatures([{ ...INCIDENT, lon: null }]).features).toEqual([]);
});

test("a ring lies at its radius on the ground", () => {
  for (const [lon, lat] of ring(37.8, 48, 3000))
    expect(Math.abs(distanceM([37.8, 48], [lon, lat]) - 3000)).toBeLessThan(10);
});

test("coverage without a radius is told by the list alone", () => {
  expect(coverageFeatures([COVERAGE]).features).toHaveLength(1);
  expect(coverageFeatures([{ ...COVERAGE, radius_m: null }]).features).toEqual([]);
});

test("an empty mission has no box; ground alone gives one", () => {
  const nothing: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };
  expect(boxOf(nothing)).toBeNull();
  expect(boxOf(incidentFeatures([INCIDENT]))).toEqual([37.8, 48, 37.8, 48]);
});
