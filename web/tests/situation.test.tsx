import { act, cleanup, fireEvent, render } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { land } from "../basemap.ts";
import { linesOf } from "../src/parts/compared.tsx";
import { Timeline } from "../src/parts/timeline.tsx";
import { pressed } from "../src/parts/keys.tsx";
import { type Packed, unpacked } from "../src/map/land.ts";
import { dateOf, setZone } from "../src/times.ts";

const DAYS = ["2020-07-25", "2020-07-26", "2020-07-27", "2020-07-28"];

function timeline(given: Partial<Parameters<typeof Timeline>[0]> = {}) {
  const onChange = vi.fn();
  const onCompare = vi.fn();
  const shown = { first: 1, last: 1, than: undefined, onChange, onCompare, ...given };
  const page = <Timeline days={DAYS} counts={new Map()} watched={new Set()} {...shown} />;
  return { onChange, onCompare, found: render(page) };
}

function press(key: string): void {
  void act(() => void pressed.dispatchEvent(new CustomEvent("key", { detail: key })));
}

function pass(ms: number): void {
  void act(() => void vi.advanceTimersByTime(ms));
}

beforeEach(() => {
  vi.useFakeTimers();
  setZone("Europe/Kyiv");
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("arrows step a day, and never past the ends", () => {
  const { onChange } = timeline();
  press("ArrowRight");
  press("ArrowLeft");
  expect(onChange.mock.calls).toEqual([
    [2, 2],
    [0, 0],
  ]);
  cleanup();
  const end = timeline({ first: 3, last: 3 });
  press("ArrowRight");
  expect(end.onChange).not.toHaveBeenCalled();
});

test("space plays at a pace, and pauses", () => {
  const { onChange, found } = timeline();
  press(" ");
  pass(1_000);
  expect(onChange).toHaveBeenLastCalledWith(2, 2);
  expect(found.container.querySelector('[aria-pressed="true"]')).not.toBeNull();
  press(" ");
  pass(5_000);
  expect(onChange).toHaveBeenCalledTimes(1);
});

test("where little motion is asked for, days play slowly", () => {
  vi.stubGlobal("matchMedia", () => ({ matches: true }));
  const { onChange } = timeline();
  press(" ");
  pass(1_500);
  expect(onChange).not.toHaveBeenCalled();
  pass(600);
  expect(onChange).toHaveBeenCalledTimes(1);
});

test("comparing begins with as many days before", () => {
  const { onCompare, found } = timeline({ first: 2, last: 3 });
  const button = [...found.container.querySelectorAll("button")].at(-1);
  if (button) fireEvent.click(button);
  expect(onCompare).toHaveBeenCalledWith(0);
});

test("a comparison counts each kind on both sides", () => {
  expect(linesOf(new Map([["burst", 2]]), new Map([["shot", 1]]))).toEqual([
    ["", 1, 2],
    ["burst", 0, 2],
    ["shot", 1, 0],
  ]);
});

test("the coast is unpacked to where it was, closed, and without a boundary of a state", () => {
  const packed = JSON.parse(land()) as Packed;
  const [feature] = unpacked(packed).features;
  if (feature?.geometry.type !== "MultiPolygon") throw new Error("expected polygons");
  const rings = feature.geometry.coordinates.flat();
  expect(rings.length).toBeGreaterThan(1_000);
  for (const ring of rings) expect(ring[0]).toEqual(ring.at(-1));
  const every = rings.flat();
  expect(every.every(([lon = 0, lat = 0]) => Math.abs(lon) <= 180 && Math.abs(lat) <= 90)).toBe(true);
  // Crimea's southern cape lies at 33.74 E, 44.39 N.
  const near = every.some(([lon = 0, lat = 0]) => Math.hypot(lon - 33.74, lat - 44.39) < 0.1);
  expect(near).toBe(true);
});

test("the coast is small", () => {
  expect(land().length).toBeLessThan(400_000);
});

test("dates are those of the mission's zone, also where asked again", () => {
  for (let times = 0; times < 2; times += 1) {
    expect(dateOf("2020-07-27T20:59:00Z")).toBe("2020-07-27");
    expect(dateOf("2020-07-27T21:00:00Z")).toBe("2020-07-28");
  }
  setZone("UTC");
  expect(dateOf("2020-07-27T21:00:00Z")).toBe("2020-07-27");
});
