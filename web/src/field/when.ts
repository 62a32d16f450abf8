/** When something was: a clock time of the mission's zone, as an interval that holds it. */

export type Precision = "exact" | "about" | "between";

export interface Said {
  date: string; //  2026-11-29; empty: the latest such time
  time: string; //  00:10
  until: string; //  only of `between`
  precision: Precision;
}

export interface Interval {
  start: Date;
  end: Date; //  first instant at which it no longer can have been
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** "About" is this far to either side, as the readers of daily reports have it. */
export const ABOUT_MS = 10 * MINUTE_MS;
/** A watch may run ahead by this before "the latest such time" is yesterday's. */
const AHEAD_MS = 5 * MINUTE_MS;

/** Return the interval that was said, or null where no time was. */
export function intervalOf(said: Said, zone: string, now: Date): Interval | null {
  const start = instantOf(said.date, said.time, zone, now);
  if (!start) return null;
  if (said.precision === "about") {
    return { start: later(start, -ABOUT_MS), end: later(start, ABOUT_MS) };
  }
  if (said.precision === "exact") return { start, end: later(start, MINUTE_MS) };
  const date = dateIn(zone, start);
  const same = at(date, said.until, zone);
  if (!same) return null;
  if (same > start) return { start, end: same };
  const next = at(nextDate(date), said.until, zone); //  past midnight
  return next ? { start, end: next } : null;
}

/** The last hours up to now, for "nothing observed". */
export function lately(hours: number, now: Date): Interval {
  const end = new Date(Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS);
  return { start: later(end, -hours * 3_600_000), end };
}

function instantOf(date: string, time: string, zone: string, now: Date): Date | null {
  if (date) return at(date, time, zone);
  const today = at(dateIn(zone, now), time, zone);
  if (!today || today.getTime() <= now.getTime() + AHEAD_MS) return today;
  return at(dateIn(zone, later(now, -DAY_MS)), time, zone);
}

/** The instant of a date and clock time in a zone; null where they are none. */
export function at(date: string, time: string, zone: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || !/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return null;
  const wall = Date.parse(`${date}T${time}:00Z`);
  if (Number.isNaN(wall)) return null;
  let instant = wall;
  for (let turn = 0; turn < 2; turn++) instant = wall - aheadMs(zone, instant);
  return new Date(instant);
}

/** How far a zone's clocks are ahead of UTC at an instant. */
function aheadMs(zone: string, instant: number): number {
  const shown = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(new Date(instant));
  const part = (type: string): number =>
    Number(shown.find((each) => each.type === type)?.value ?? 0);
  const wall = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return wall - Math.floor(instant / 1000) * 1000;
}

export function dateIn(zone: string, instant: Date): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(instant);
}

export function timeIn(zone: string, instant: Date): string {
  const style = { timeZone: zone, hourCycle: "h23", hour: "2-digit", minute: "2-digit" } as const;
  return new Intl.DateTimeFormat("en-GB", style).format(instant);
}

function nextDate(date: string): string {
  return new Date(Date.parse(`${date}T12:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}

function later(instant: Date, ms: number): Date {
  return new Date(instant.getTime() + ms);
}
