/** How many: a figure, and how it is meant. "More than 10" is not 10, nor exactly 11. */

export type Manner = "exact" | "about" | "more";

export interface Count {
  count?: number;
  count_low?: number;
  count_high?: number;
}

/** "About" holds a fifth to either side, as the readers of daily reports have it. */
const SHARE = 0.2;

/** Return the fields of a row; none for no figure. */
export function countOf(text: string, manner: Manner): Count {
  if (!/^\d{1,7}$/.test(text.trim())) return {};
  const n = Number(text);
  if (manner === "more") return { count_low: n + 1 };
  if (manner === "exact") return { count: n };
  const slack = Math.max(1, Math.ceil(n * SHARE));
  return { count: n, count_low: Math.max(0, n - slack), count_high: n + slack };
}
