/**
 * The outbox as a state machine, without a clock and without a network.
 *
 *     waiting --201--> confirmed          (terminal: nothing takes a receipt away)
 *     waiting --202--> held               (kept at headquarters, with the reason)
 *     waiting --409--> conflict           (another report under this id; both are kept)
 *     waiting --400--> refused            (kept here, and sent again only when asked)
 *     waiting --no answer, 401, 429--> waiting, later
 */

export type Status = "waiting" | "confirmed" | "held" | "conflict" | "refused";

export interface Receipt {
  source: string;
  id: string;
  sha256: string;
  status: string;
  entry: number;
  [more: string]: unknown; //  the proof, kept as it came
}

export interface Item {
  id: string;
  source: string;
  sort: "observation" | "coverage";
  seq: number;
  previous: string;
  text: string; //  the JSON that was signed
  sha256: string;
  key: string; //  name of the device
  signature: string; //  base64
  title: { kind: string; start: string; end: string };
  made_at: string;
  status: Status;
  tries: number;
  next_at: string; //  not to be tried before, by the device's clock
  why: string; //  of the last answer that was no receipt
  unknown?: boolean; //  that answer was that headquarters does not know the device
  receipt: Receipt | null;
  receipt_at: string;
  contradicted: Receipt | null; //  a receipt that says otherwise than the first
}

export type Outcome =
  | { sort: "receipt"; status: "confirmed" | "held" | "conflict"; receipt: Receipt }
  | { sort: "refused"; why: string }
  | { sort: "unknown"; why: string } //  headquarters does not know the device (yet)
  | { sort: "later"; why: string; afterS?: number };

const FIRST_S = 5;
const LONGEST_S = 600;

/** Seconds to wait before the next try: doubled each time, a fifth of it at random. */
export function pauseS(tries: number, chance: number): number {
  const whole = Math.min(LONGEST_S, FIRST_S * 2 ** Math.min(tries, 10));
  return whole * (0.8 + 0.4 * chance);
}

/** Return a report after an answer. */
export function after(item: Item, outcome: Outcome, now: Date, chance = 0.5): Item {
  if (outcome.sort === "receipt") return receipted(item, outcome.status, outcome.receipt, now);
  if (item.receipt) return item; //  an answer that came late, to a report sent twice
  const tries = item.tries + 1;
  if (outcome.sort === "refused") return { ...item, tries, status: "refused", why: outcome.why };
  const asked = outcome.sort === "later" ? (outcome.afterS ?? 0) : 0;
  const waitS = Math.max(asked, pauseS(item.tries, chance));
  return {
    ...item,
    tries,
    why: outcome.why,
    unknown: outcome.sort === "unknown",
    next_at: new Date(now.getTime() + waitS * 1000).toISOString(),
  };
}

function receipted(item: Item, status: Status, receipt: Receipt, now: Date): Item {
  if (item.receipt) {
    const same = item.receipt.entry === receipt.entry && item.receipt.sha256 === receipt.sha256;
    return same ? item : { ...item, contradicted: receipt };
  }
  //  a receipt for other words than ours confirms nothing of ours
  const ours = receipt.id === item.id && receipt.source === item.source;
  const own = ours && receipt.sha256 === item.sha256;
  const found = own ? status : "conflict";
  return { ...item, status: found, receipt, receipt_at: now.toISOString(), why: "" };
}

/** Reports that are due, the smallest first and the oldest among equals. */
export function due(items: readonly Item[], now: Date, pressed = false): Item[] {
  return items
    .filter((each) => each.status === "waiting")
    .filter((each) => pressed || Date.parse(each.next_at) <= now.getTime())
    .sort((a, b) => weight(a) - weight(b) || a.seq - b.seq);
}

/** Kilobytes: among reports of much the same size the oldest goes first. */
function weight(item: Item): number {
  return Math.floor(item.text.length / 1024);
}

/** How many are not at headquarters. What is held or in conflict is kept there. */
export function unsent(items: readonly Item[]): number {
  return items.filter((each) => each.status === "waiting" || each.status === "refused").length;
}

/** Reports that may be forgotten here: headquarters signed for just these words. */
export function clearable(items: readonly Item[], withPhotos: ReadonlySet<string>): string[] {
  return items
    .filter((each) => each.receipt?.sha256 === each.sha256 && !each.contradicted)
    .filter((each) => each.status === "confirmed" && !withPhotos.has(each.id))
    .map((each) => each.id);
}

/** When the next try is due; null where nothing waits. */
export function nextTry(items: readonly Item[]): number | null {
  const waiting = items.filter((each) => each.status === "waiting");
  return waiting.length ? Math.min(...waiting.map((each) => Date.parse(each.next_at))) : null;
}
