/** Instants for readers: the mission's zone first, named, and UTC beside it. */
import { language } from "./words.ts";

let missionZone = "UTC";

export function setZone(zone: string): void {
  missionZone = zone;
  calendar = undefined;
  dates.clear();
}

export function zoneName(): string {
  return missionZone;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** A format is made once: making one costs more than a hundred uses of it. */
function parts(zone: string, style: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${language()} ${zone} ${Object.keys(style).join()}`;
  let found = formats.get(name);
  if (!found) {
    found = new Intl.DateTimeFormat(language(), { timeZone: zone, hourCycle: "h23", ...style });
    formats.set(name, found);
  }
  return found;
}

const DAY: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", year: "numeric" };
const CLOCK: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit" };

export function day(iso: string): string {
  return parts(missionZone, DAY).format(new Date(iso));
}

/** A calendar date such as 2020-07-27, which has no zone. */
export function date(text: string): string {
  return parts("UTC", DAY).format(new Date(`${text}T00:00:00Z`));
}

export function clock(iso: string): string {
  return parts(missionZone, CLOCK).format(new Date(iso));
}

export function moment(iso: string): string {
  return parts(missionZone, { ...DAY, ...CLOCK, timeZoneName: "short" }).format(new Date(iso));
}

export function utc(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/** An interval: one day is said once; a minute is said as an instant. */
export function span(start: string, end: string): string {
  if (Date.parse(end) - Date.parse(start) <= 60_000) return `${day(start)}, ${clock(start)}`;
  if (day(start) === day(end)) return `${day(start)}, ${clock(start)}–${clock(end)}`;
  return `${day(start)} ${clock(start)} – ${day(end)} ${clock(end)}`;
}

const QUARTER_MS = 900_000; //  no zone's clock is set by less
const dates = new Map<number, string>();
let calendar: Intl.DateTimeFormat | undefined;

/** The date in the mission's zone that an instant falls on; each quarter is asked once. */
export function dateOf(instant: string | number): string {
  const at = typeof instant === "number" ? instant : Date.parse(instant);
  const quarter = Math.floor(at / QUARTER_MS);
  const known = dates.get(quarter);
  if (known) return known;
  calendar ??= new Intl.DateTimeFormat("en-CA", { timeZone: missionZone });
  const found = calendar.format(at);
  dates.set(quarter, found);
  return found;
}
