/** What trying a draft is asked and answers; nothing of it is recorded. */
import { send } from "./asking.ts";
import { BASE, type Complaint, DataError, type Verdict, type Words } from "./data.ts";
import { language } from "./words.ts";

export interface Figure {
  path: string;
  title: Words;
  number: number;
  /** `min`, `h` or `d`; empty for a threshold. */
  unit: string;
  written: string;
}

export interface Silence {
  steps: number;
  closed: number;
  stuck: number;
  longest_s: number | null;
  waited_s: number;
}

export interface Replayed {
  agreement: string;
  days: number;
  findings: Record<Verdict, number>;
  breaches: number;
  cases: number;
  no_step_foreseen: number;
  steps: number;
  in_silence: Silence;
}

export interface Figures {
  state: "ready" | "withheld" | "too_long";
  figures: Figure[];
}

export interface Tried extends Figures {
  complaints: Complaint[];
  seconds?: number; // after which it was given up
  differs?: string[];
  draft?: Replayed;
  own?: Replayed;
}

export type Files = Record<string, string>;
export type Changes = Record<string, number>;

const PAUSE_MS = 1_000;
const MOST_TURNS = 600;
/** What of a folder is a draft's; anything else of it is not sent. */
export const DRAFT_FILES = ["agreement.yaml", "zones.geojson", "places.csv", "source.md"];

/** The figures of the agreement in force. */
export async function figures(): Promise<Figures> {
  const answer = await fetch(new URL("api/draft", BASE), { credentials: "same-origin" });
  if (!answer.ok) throw new DataError(`draft: ${answer.status}`, answer.status);
  return (await answer.json()) as Figures;
}

/** Try a draft, and wait until it is worked out; null where something newer is asked. */
export async function replay(files: Files, changes: Changes, wanted: () => boolean): Promise<Tried | null> {
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const told = await send("api/draft/replay", { files, changes, language: language() });
    if (!wanted()) return null;
    const working = told.status === 202 || told.status === 503; //  503: the first view is being made
    if (told.ok && !working) return told.body as unknown as Tried;
    if (!working) {
      const why = String(told.body["message"] ?? told.body["detail"] ?? told.status);
      throw new DataError(why, told.status);
    }
    await new Promise((done) => setTimeout(done, PAUSE_MS));
    if (!wanted()) return null;
  }
  throw new DataError("draft: 503", 503);
}

const STOPS: Record<string, readonly number[]> = {
  min: [5, 10, 15, 30, 45, 60, 90],
  h: [1, 2, 6, 12, 24, 36, 48, 72, 96, 120, 168],
  d: [1, 2, 3, 5, 7, 10, 14, 21, 30, 60, 90],
  "": [0.05, 0.1, 0.2, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99],
};

/** Where a slider stops: usual values, and the one that is written. */
export function stopsOf(figure: Figure): number[] {
  const usual = STOPS[figure.unit] ?? [];
  return [...new Set([...usual, figure.number])].sort((a, b) => a - b);
}

/** A figure in the manner in which the text writes it, with another number. */
export function writtenAs(figure: Figure, number: number): string {
  return figure.written.replace(/^[\d.]+/, `${number}`);
}
