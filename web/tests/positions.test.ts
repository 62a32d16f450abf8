import { expect, test } from "vitest";
import { decimal, distanceM, dms, mgrs } from "../src/positions.ts";

test("a position is spelt in three ways", () => {
  expect(decimal(37.8, 48.0159)).toBe("48.0159, 37.8000");
  expect(dms(37.8, -48.5)).toBe("48°30′00″S 37°48′00″E");
});

test("seconds that round up to sixty carry over", () => {
  expect(dms(0, 47.99999)).toBe("48°00′00″N 0°00′00″E");
});

test("MGRS is no finer than the radius", () => {
  expect(mgrs(37.8, 48.0159, 1)).toMatch(/^37U DP \d{5} \d{5}$/);
  expect(mgrs(37.8, 48.0159, 1000)).toMatch(/^37U DP \d{2} \d{2}$/);
  expect(mgrs(37.8, 88, 1)).toBe("");
});

test("a degree of latitude is about 111 km", () => {
  expect(distanceM([37, 48], [37, 49])).toBeCloseTo(111_195, -2);
  expect(distanceM([37, 48], [37, 48])).toBe(0);
});
