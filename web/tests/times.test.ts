import { beforeEach, expect, test } from "vitest";
import { dateOf, setZone, span, utc } from "../src/times.ts";
import { use } from "../src/words.ts";

beforeEach(() => {
  use({ language: "en", words: {} });
  setZone("Europe/Kyiv");
});

test("an instant falls on the mission's day, not on the device's", () => {
  expect(dateOf("2020-07-27T21:30:00Z")).toBe("2020-07-28");
  expect(dateOf("2020-01-27T22:30:00Z")).toBe("2020-01-28");
});

test("UTC is always said as such", () => {
  expect(utc("2020-07-27T21:30:00Z")).toBe("2020-07-27 21:30 UTC");
});

test("an interval within a day says the day once", () => {
  expect(span("2020-07-27T06:00:00Z", "2020-07-27T07:00:00Z")).toBe("Jul 27, 2020, 09:00–10:00");
  expect(span("2020-07-27T06:00:00Z", "2020-07-27T06:01:00Z")).toBe("Jul 27, 2020, 09:00");
  expect(span("2020-07-27T06:00:00Z", "2020-07-28T06:00:00Z")).toContain("–");
});

test("an hour that the clock shows twice is two instants", () => {
  expect(dateOf("2020-10-25T00:30:00Z")).toBe("2020-10-25");
  expect(span("2020-10-25T00:30:00Z", "2020-10-25T01:30:00Z")).toBe("Oct 25, 2020, 03:30–03:30");
});
