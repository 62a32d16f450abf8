/** An instant by two clocks, and how far off it is, in words. */
import { moment, utc } from "../times.ts";
import { language, t, word } from "../words.ts";

const UNITS: readonly [Intl.NumberFormatOptions["unit"], number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** A length of time in its two greatest units: "2 d 4 h", "3 h 20 min". */
export function lasting(seconds: number): string {
  const whole = Math.max(0, Math.round(Math.abs(seconds) / 60)) * 60;
  const parts: string[] = [];
  let left = whole;
  for (const [unit, size] of UNITS) {
    const n = Math.floor(left / size);
    left -= n * size;
    if (n > 0) parts.push(amount(n, unit));
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(" ") || amount(0, "minute");
}

function amount(n: number, unit: Intl.NumberFormatOptions["unit"]): string {
  const style: Intl.NumberFormatOptions = { style: "unit", unitDisplay: "short" };
  if (unit) style.unit = unit;
  return new Intl.NumberFormat(language(), style).format(n);
}

const WRITTEN: Record<string, Intl.NumberFormatOptions["unit"]> = {
  min: "minute",
  h: "hour",
  d: "day",
  w: "week",
  mo: "month",
  y: "year",
};

/** A duration as agreements write it, such as "48 h wall_clock", in the reader's words. */
export function duration(written: string): string {
  const [n = "", unit = "", reckoning] = written.split(" ");
  const known = WRITTEN[unit];
  if (!known || Number.isNaN(Number(n))) return written;
  const said = amount(Number(n), known);
  return reckoning ? `${said} (${word("reckoning", reckoning)})` : said;
}

/** The mission's clock, and UTC beside it. */
export function Clock({ at }: { at: string }) {
  return (
    <time dateTime={at} class="clock">
      {moment(at)} <span class="quiet">({utc(at)})</span>
    </time>
  );
}

/** How long is left, or how late it is: a sign and words, not colour alone. */
export function Left({ seconds }: { seconds: number }) {
  if (seconds >= 0) return <span class="left">{t("case.left", { time: lasting(seconds) })}</span>;
  return (
    <strong class="badge urgent">
      <span aria-hidden="true">⚠ </span>
      {t("case.late", { time: lasting(seconds) })}
    </strong>
  );
}
