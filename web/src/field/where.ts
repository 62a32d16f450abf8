/**
 * Where something was, as people say it on the ground: MGRS, degrees in any spelling,
 * or bearing and distance from a point. Every answer has the radius that holds the
 * place 95 times in 100; what is written coarsely is never made finer.
 */
import { toPoint } from "mgrs";

export interface Fix {
  lon: number; //  WGS84 [deg]
  lat: number;
  radiusM: number;
}

const EARTH_M = 6_371_008.8;
const RAD = Math.PI / 180;
const METRES_A_DEGREE = 111_195;
/** A point that somebody read off a map is no better than this [m]. */
export const FINEST_M = 10;
/** What "the centre" of a named place may mean [m]. */
export const CENTRE_M = 500;

/** Read a position in any of the three spellings; null where it is none. */
export function readPosition(text: string): Fix | null {
  const plain = text.trim().toUpperCase();
  return readMgrs(plain) ?? readDegrees(plain);
}

const MGRS = /^(\d{1,2})([C-HJ-NP-X])([A-HJ-NP-Z])([A-HJ-NP-V])(\d*)$/;

/** `37U DP 10486 16996`, spaced or not; the radius is half the square's diagonal. */
export function readMgrs(text: string): Fix | null {
  const bare = text.toUpperCase().replace(/[\s-]/g, "");
  const found = MGRS.exec(bare);
  if (!found) return null;
  const zone = Number(found[1]);
  const figures = found[5] ?? "";
  if (zone < 1 || zone > 60 || figures.length % 2 || figures.length > 10) return null;
  const sideM = 10 ** (5 - figures.length / 2);
  try {
    const [lon, lat] = toPoint(bare);
    if (!onEarth(lon, lat)) return null;
    return { lon, lat, radiusM: Math.max(FINEST_M, sideM * Math.SQRT1_2) };
  } catch {
    return null; //  a square that its zone does not have
  }
}

const NUMBER = String.raw`\d+(?:[.,]\d+)?`;
const ANGLE = new RegExp(
  String.raw`^([NSEW])?\s*([+-])?(${NUMBER})\s*°?\s*(?:(${NUMBER})\s*['′’]?\s*)?(?:(${NUMBER})\s*(?:["″”]|'')?\s*)?([NSEW])?$`,
);
const WORDED: readonly [RegExp, string][] = [
  [/ПН\.?\s?Ш\.?|С\.?\s?Ш\.?/g, "N"],
  [/ПД\.?\s?Ш\.?|Ю\.?\s?Ш\.?/g, "S"],
  [/СХ\.?\s?Д\.?|В\.?\s?Д\.?/g, "E"],
  [/ЗХ\.?\s?Д\.?|З\.?\s?Д\.?/g, "W"],
];

/**
 * `48.0159, 37.8028`; `48°00′57″N 37°48′10″E`; `N48 0.95 E37 48.17`. Latitude comes
 * first unless letters say otherwise. A decimal comma is read where it can be no other.
 */
export function readDegrees(text: string): Fix | null {
  let plain = text.trim().toUpperCase().replaceAll("−", "-");
  for (const [said, letter] of WORDED) plain = plain.replace(said, letter);
  const halves = halved(plain);
  const [first, second] = [angle(halves?.[0]), angle(halves?.[1])];
  if (!first || !second) return null;
  const turned = "EW".includes(first.axis || "N");
  if (first.axis && second.axis && turned === "EW".includes(second.axis)) return null;
  if (!first.axis !== !second.axis) return null; //  one letter of two says too little
  const [lat, lon] = turned ? [second, first] : [first, second];
  if (!onEarth(lon.degrees, lat.degrees)) return null;
  const stepM = Math.max(lat.step, lon.step * Math.cos(lat.degrees * RAD)) * METRES_A_DEGREE;
  return {
    lon: lon.degrees,
    lat: lat.degrees,
    radiusM: Math.max(FINEST_M, Math.round(stepM * Math.SQRT1_2)),
  };
}

function halved(text: string): [string, string] | null {
  const lettered = /^(.*?\d.*?[NS])[\s,;]*(.*\d.*[EW])$|^(.*?\d.*?[EW])[\s,;]*(.*\d.*[NS])$/.exec(text);
  if (lettered) {
    return [lettered[1] ?? lettered[3] ?? "", lettered[2] ?? lettered[4] ?? ""];
  }
  const leading = /^([NS].*?)[\s,;]*([EW].*)$|^([EW].*?)[\s,;]*([NS].*)$/.exec(text);
  if (leading) return [leading[1] ?? leading[3] ?? "", leading[2] ?? leading[4] ?? ""];
  for (const mark of [/\s*;\s*/, /\s*,\s+/, /\s*,\s*/]) {
    const parts = text.split(mark);
    if (parts.length === 2) return [parts[0] ?? "", parts[1] ?? ""];
  }
  const words = text.split(/\s+/);
  const half = words.length / 2;
  if (words.length % 2 || !words.length) return null;
  return [words.slice(0, half).join(" "), words.slice(half).join(" ")];
}

interface Angle {
  degrees: number;
  step: number; //  of the last figure written [deg]
  axis: string; //  N, S, E, W or nothing
}

function angle(text: string | undefined): Angle | null {
  const found = ANGLE.exec((text ?? "").trim());
  if (!found) return null;
  const [, before, sign, whole = "", minutes, seconds, behind] = found;
  if (before && behind) return null;
  const axis = before ?? behind ?? "";
  if (sign && axis) return null;
  const parts = [whole, minutes, seconds].filter((each) => each !== undefined);
  if (parts.slice(0, -1).some((each) => /[.,]/.test(each))) return null;
  const values = parts.map((each) => Number(each.replace(",", ".")));
  if (values.slice(1).some((each) => each >= 60)) return null;
  const size = values.reduce((sum, each, at) => sum + each / 60 ** at, 0);
  const last = parts[parts.length - 1] ?? "";
  const decimals = /[.,](\d+)$/.exec(last)?.[1]?.length ?? 0;
  const minus = sign === "-" || axis === "S" || axis === "W";
  return { degrees: minus ? -size : size, step: 10 ** -decimals / 60 ** (parts.length - 1), axis };
}

function onEarth(lon: number, lat: number): boolean {
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
}

/** Bearing by the wind rose, in the order of the compass. */
export const WINDS = ["n", "ne", "e", "se", "s", "sw", "w", "nw"] as const;
/** A wind of eight holds the bearings this far to either side [deg]. */
export const WIND_DEG = 22.5;
/** A bearing read off a compass is held to this [deg]. */
export const COMPASS_DEG = 5;

export interface Away {
  from: Fix;
  bearingDeg: number; //  true, clockwise from north
  toleranceDeg: number;
  distanceM: number;
  slackM: number;
}

/** A distance in kilometres as written, `3`, `2,5` or `2-4`, and how far off it may be. */
export function readDistance(text: string): { distanceM: number; slackM: number } | null {
  const found = /^(\d+(?:[.,]\d+)?)(?:\s*[-–—]\s*(\d+(?:[.,]\d+)?))?$/.exec(text.trim());
  if (!found?.[1]) return null;
  const first = Number(found[1].replace(",", ".")) * 1000;
  if (found[2]) {
    const last = Number(found[2].replace(",", ".")) * 1000;
    return last < first ? null : { distanceM: (first + last) / 2, slackM: (last - first) / 2 };
  }
  const decimals = /[.,](\d+)$/.exec(found[1])?.[1]?.length ?? 0;
  return { distanceM: first, slackM: Math.max(500 * 10 ** -decimals, 0.1 * first) };
}

/** The point at a bearing and distance; its radius holds the whole sector. */
export function away({ from, bearingDeg, toleranceDeg, distanceM, slackM }: Away): Fix {
  const arc = distanceM / EARTH_M;
  const bearing = bearingDeg * RAD;
  const lat = from.lat * RAD;
  const sine = Math.sin(lat) * Math.cos(arc) + Math.cos(lat) * Math.sin(arc) * Math.cos(bearing);
  const there = Math.asin(sine);
  const east = Math.atan2(
    Math.sin(bearing) * Math.sin(arc) * Math.cos(lat),
    Math.cos(arc) - Math.sin(lat) * sine,
  );
  const lon = from.lon + east / RAD;
  const farM = distanceM + slackM;
  const acrossM = 2 * farM * Math.sin((toleranceDeg * RAD) / 2);
  return {
    lon: ((lon + 540) % 360) - 180,
    lat: there / RAD,
    radiusM: Math.round(from.radiusM + Math.hypot(slackM, acrossM)),
  };
}
