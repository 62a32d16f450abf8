/** Positions as people write them: decimal, degrees-minutes-seconds, MGRS. */
import { forward } from "mgrs";

const EARTH_M = 6_371_008.8;

export function decimal(lon: number, lat: number): string {
  return `${lat.toFixed(4)}, ${lon.toFixed(4)}`;
}

export function dms(lon: number, lat: number): string {
  return `${sexagesimal(lat, "N", "S")} ${sexagesimal(lon, "E", "W")}`;
}

function sexagesimal(degrees: number, plus: string, minus: string): string {
  const seconds = Math.round(Math.abs(degrees) * 3600);
  const whole = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${whole}°${two(minutes)}′${two(seconds % 60)}″${degrees < 0 ? minus : plus}`;
}

/** MGRS no finer than the radius supports; empty near the poles, where it ends. */
export function mgrs(lon: number, lat: number, radiusM: number): string {
  if (lat > 84 || lat < -80) return "";
  const digits = Math.min(5, Math.max(1, 5 - Math.floor(Math.log10(Math.max(1, radiusM)))));
  const text = forward([lon, lat], digits);
  const found = /^(\d{1,2}[A-Z])([A-Z]{2})(\d*)$/.exec(text);
  if (!found) return text;
  const [, zone, square, figures = ""] = found;
  const half = figures.length / 2;
  return `${zone} ${square} ${figures.slice(0, half)} ${figures.slice(half)}`.trim();
}

/** Great-circle distance [m]; the map and the list need no better. */
export function distanceM(a: [number, number], b: [number, number]): number {
  const rad = Math.PI / 180;
  const dLat = (b[1] - a[1]) * rad;
  const dLon = (b[0] - a[0]) * rad;
  const half =
    Math.sin(dLat / 2) ** 2 +
    Math.cos(a[1] * rad) * Math.cos(b[1] * rad) * Math.sin(dLon / 2) ** 2;
  return 2 * EARTH_M * Math.asin(Math.sqrt(half));
}
