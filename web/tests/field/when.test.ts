import { expect, test } from "vitest";
import { countOf } from "../../src/field/counted.ts";
import { at, intervalOf, lately, type Said } from "../../src/field/when.ts";

const ZONE = "Europe/Kyiv";
const NOW = new Date("2020-08-02T08:00:00Z"); //  11:00 there
const SAID: Said = { date: "", time: "10:30", until: "", precision: "exact" };

function shown(said: Partial<Said>, now = NOW): string | null {
  const found = intervalOf({ ...SAID, ...said }, ZONE, now);
  return found && `${found.start.toISOString().slice(0, 16)} ${found.end.toISOString().slice(0, 16)}`;
}

test("a minute is an interval of one", () => {
  expect(shown({})).toBe("2020-08-02T07:30 2020-08-02T07:31");
});

test("about 00:10 is an interval that crosses midnight", () => {
  expect(shown({ time: "00:10", precision: "about" })).toBe("2020-08-01T21:00 2020-08-01T21:20");
  expect(shown({ time: "00:05", precision: "about" })).toBe("2020-08-01T20:55 2020-08-01T21:15");
});

test("a time without a date is the latest such time", () => {
  expect(shown({ time: "23:50" })).toBe("2020-08-01T20:50 2020-08-01T20:51");
  expect(shown({ time: "11:04" })).toBe("2020-08-02T08:04 2020-08-02T08:05");
  expect(shown({ time: "23:50", date: "2020-07-15" })).toBe("2020-07-15T20:50 2020-07-15T20:51");
});

test("nothing observed 09:00-14:20, and over midnight", () => {
  const day = { date: "2020-08-01", precision: "between" as const };
  expect(shown({ ...day, time: "09:00", until: "14:20" })).toBe("2020-08-01T06:00 2020-08-01T11:20");
  expect(shown({ ...day, time: "22:00", until: "02:00" })).toBe("2020-08-01T19:00 2020-08-01T23:00");
});

test("what is no time is none", () => {
  for (const time of ["", "25:00", "10:61", "noon"]) expect(shown({ time })).toBeNull();
  expect(shown({ date: "2020-13-01" })).toBeNull();
  expect(shown({ precision: "between", until: "" })).toBeNull();
});

test("clocks that were put back or forward are kept to", () => {
  expect(at("2020-01-15", "12:00", ZONE)?.toISOString()).toBe("2020-01-15T10:00:00.000Z");
  expect(at("2020-10-25", "05:00", ZONE)?.toISOString()).toBe("2020-10-25T03:00:00.000Z");
  expect(at("2020-03-29", "05:00", ZONE)?.toISOString()).toBe("2020-03-29T02:00:00.000Z");
});

test("the last hours end with the minute", () => {
  const found = lately(2, new Date("2020-08-02T08:00:42Z"));
  expect(found.end.toISOString()).toBe("2020-08-02T08:00:00.000Z");
  expect(found.start.toISOString()).toBe("2020-08-02T06:00:00.000Z");
});

test("more than ten is not ten, and about ten is no figure alone", () => {
  expect(countOf("10", "more")).toEqual({ count_low: 11 });
  expect(countOf("10", "about")).toEqual({ count: 10, count_low: 8, count_high: 12 });
  expect(countOf("1", "about")).toEqual({ count: 1, count_low: 0, count_high: 2 });
  expect(countOf("12", "exact")).toEqual({ count: 12 });
  for (const text of ["", "many", "-1", "1.5"]) expect(countOf(text, "exact")).toEqual({});
});
