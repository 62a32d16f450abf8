/** A report while it is written, and the row that it becomes. */
import { type Count, countOf, type Manner } from "./counted.ts";
import { intervalOf, type Said } from "./when.ts";
import {
  away,
  CENTRE_M,
  COMPASS_DEG,
  type Fix,
  readDistance,
  readPosition,
  WIND_DEG,
  WINDS,
} from "./where.ts";

export type Way = "here" | "written" | "away";

export interface PlaceSaid {
  way: Way;
  written: string; //  of `written`: MGRS or degrees
  here: Fix | null; //  where the device was when it was asked
  from: { name: string; lon: number; lat: number } | null; //  of `away`; null: from here
  bearing: string; //  degrees, or a wind of the rose
  distance: string; //  kilometres
}

export interface Draft {
  id: string;
  sort: "observation" | "coverage";
  kind: string;
  means: string;
  count: string;
  manner: Manner;
  weapon: string; //  empty: not known
  when: Said;
  place: PlaceSaid;
  radius_km: string; //  of coverage: how far one could see or hear
  watched: string; //  of coverage: family of kinds that would have been noticed
  note: string;
  photos: string[]; //  SHA-256 of each, taken when it was
  begun_at: string;
}

export const NOWHERE: PlaceSaid = {
  way: "here",
  written: "",
  here: null,
  from: null,
  bearing: "",
  distance: "",
};

export function newDraft(
  sort: Draft["sort"],
  id: string,
  place: PlaceSaid,
  { date, time, begun_at }: { date: string; time: string; begun_at: string },
): Draft {
  const nothing = sort === "coverage";
  return {
    id,
    sort,
    kind: "",
    means: "",
    count: "",
    manner: "exact",
    weapon: "",
    when: nothing
      ? { date, time: "", until: time, precision: "between" }
      : { date, time, until: "", precision: "exact" },
    //  a place is gone on with; where the device was is asked anew
    place: { ...place, here: nothing ? place.here : null },
    radius_km: "5",
    watched: "any",
    note: "",
    photos: [],
    begun_at,
  };
}

/** Where a draft says it was; null while it does not. */
export function placeOf(said: PlaceSaid): Fix | null {
  if (said.way === "here") return said.here;
  if (said.way === "written") return readPosition(said.written);
  const from = said.from ? { ...said.from, radiusM: CENTRE_M } : said.here;
  const bearing = bearingOf(said.bearing);
  const distance = readDistance(said.distance);
  return from && bearing && distance ? away({ from, ...bearing, ...distance }) : null;
}

export function bearingOf(text: string): { bearingDeg: number; toleranceDeg: number } | null {
  const wind = (WINDS as readonly string[]).indexOf(text);
  if (wind >= 0) return { bearingDeg: wind * 45, toleranceDeg: WIND_DEG };
  const plain = text.trim().replace(",", ".").replace(/°$/, "");
  if (!/^\d{1,3}(\.\d+)?$/.test(plain) || Number(plain) > 360) return null;
  return { bearingDeg: Number(plain) % 360, toleranceDeg: COMPASS_DEG };
}

export type Lack = "kind" | "means" | "when" | "where";

/** What a report cannot do without and does not have yet, in the order of the form. */
export function lacks(draft: Draft, zone: string, now: Date): Lack[] {
  const found: Lack[] = [];
  if (draft.sort === "observation" && !draft.kind) found.push("kind");
  if (draft.sort === "observation" && !draft.means) found.push("means");
  if (!intervalOf(draft.when, zone, now)) found.push("when");
  if (!placeOf(draft.place)) found.push("where");
  return found;
}

export type Row = Record<string, string | number>;

export interface Circumstances {
  zone: string;
  now: Date;
  previous: string; //  SHA-256 of the report before it; empty for the first
  form?: string; //  by which form it was written; empty: not known
  offset_s: number | null; //  clock of headquarters less the device's, as last seen
}

/**
 * The row of a draft that lacks nothing. Where the observer stood goes into a field that
 * leaves the mission in no edition but the commission's.
 */
export function rowOf(draft: Draft, given: Circumstances): Row {
  const when = intervalOf(draft.when, given.zone, given.now);
  const where = placeOf(draft.place);
  if (!when || !where) throw new Error("a report without a time or a place");
  const row: Row = { start: instant(when.start), end: instant(when.end), ...spot(where) };
  if (draft.place.here && draft.place.way !== "written") {
    const { lon, lat } = draft.place.here;
    row["observer"] = canonical({ lat: round(lat), lon: round(lon) });
  }
  if (draft.note.trim()) row["text"] = draft.note.trim();
  row["extra"] = canonical(extraOf(draft, given));
  return Object.assign(row, draft.sort === "coverage" ? watchedOf(draft, where) : seenOf(draft));
}

function seenOf(draft: Draft): Row {
  const counted: Count = countOf(draft.count, draft.manner);
  const row: Row = { kind: draft.kind, means: draft.means, ...counted };
  if (draft.weapon.trim()) row["weapons"] = draft.weapon.trim();
  return row;
}

function watchedOf(draft: Draft, where: Fix): Row {
  const far = Number(draft.radius_km.replace(",", ".")) * 1000;
  return {
    status: "observed",
    watched: draft.watched,
    means: "patrol",
    radius_m: Number.isFinite(far) && far > 0 ? far : where.radiusM,
  };
}

function extraOf(draft: Draft, given: Circumstances): Record<string, unknown> {
  const extra: Record<string, unknown> = {};
  if (given.offset_s !== null) extra["clock_offset_s"] = given.offset_s;
  if (given.form) extra["form"] = given.form;
  if (draft.photos.length) extra["photos"] = draft.photos.join("; ");
  extra["previous"] = given.previous || "none";
  return extra;
}

function spot(where: Fix): Row {
  return { lon: round(where.lon), lat: round(where.lat), radius_m: where.radiusM };
}

function round(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}

function instant(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}

/** JSON with its keys in order and no spaces, as the record writes it. */
function canonical(value: Record<string, unknown>): string {
  return JSON.stringify(value, Object.keys(value).sort());
}
