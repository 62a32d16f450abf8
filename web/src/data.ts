/** What the server (or the folder of a static site) answers, and how it is asked. */

export type Words = Record<string, string>;
export type Verdict = "kept" | "breached" | "undetermined" | "unobserved";
export const VERDICTS: readonly Verdict[] = ["kept", "breached", "undetermined", "unobserved"];

export interface About {
  mission: string;
  edition: string;
  now: string;
  agreement: {
    id: string;
    title: Words;
    parties: { id: string; name: Words }[];
    time_zone: string;
    cut_off: string;
    attribution: string;
    sectors: { id: string; title: Words }[];
    clauses: { id: string; title: Words; cite: string }[];
  };
  record: { entries: number; head: string };
  findings: Partial<Record<Verdict, number>>;
  days: string[];
  releases: { name: string; on: string; sources: string[] }[];
}

/** Rows as columns of equal length; a value that was not stated is null. */
export type Columns<T> = { [K in keyof T]: T[K][] };

export interface Incident {
  key: string;
  start: string;
  end: string;
  lon: number | null;
  lat: number | null;
  radius_m: number | null;
  kind: string;
  weapons: string | null;
  place: string | null;
  region: string | null;
  count_low: number | null;
  count_high: number | null;
  probability: number;
  observed: number;
  claimed: number;
  sources: string;
}

export interface Coverage {
  key: string;
  start: string;
  end: string;
  lon: number | null;
  lat: number | null;
  radius_m: number | null;
  means: string;
  status: string;
  watched: string;
  place: string | null;
  region: string | null;
  source: string;
  detection: number | null;
}

export interface Place {
  name: Words;
  lon: number;
  lat: number;
  importance: number;
}

export interface Situation {
  /** Null where they are many: tiles and stretches of the list are asked for. */
  incidents: Columns<Incident> | null;
  /** Of many, the first stretch of the list. */
  listed?: Listed;
  total: number;
  kinds: Record<string, number>;
  /** Every day with an incident's begin or the end of a watch, in order. */
  days: { day: string[]; incidents: number[] };
  box: [number, number, number, number] | null;
  coverage: Columns<Coverage>;
  ground: GeoJSON.FeatureCollection;
  places: Place[];
  knowledge: string[]; //  instants at which something became known, in order
}

/** Some of the incidents that are asked for; `matched` and `kinds` count all of them. */
export interface Listed {
  matched: number;
  offset: number;
  kinds: Record<string, number>;
  incidents: Columns<Incident>;
}

export interface FindingLine {
  key: string;
  clause: string;
  sector: string | null;
  start: string;
  end: string;
  verdict: Verdict;
  why: string;
  reading: string | null;
  probability_low: number;
  probability_high: number;
  coverage_share: number;
  evidence: number;
}

export interface Reason {
  key: string;
  params: [string, unknown][];
  text: string;
  because: Reason[];
}

export interface FindingPage {
  finding: Omit<FindingLine, "evidence"> & {
    evidence: string[];
    attribution: string;
    attribution_share: [string, number][];
    detection: number | null;
    count_low: number;
    count_high: number | null;
    known_at: string;
    closed_at: string | null;
    due_at: string | null;
    done_at: string | null;
    supersedes: string | null;
    margin_m: number | null;
  };
  clause: {
    id: string;
    title: Words;
    text: Words;
    cite: string;
    verb: string;
    readings: string[];
  };
  why: Reason;
  evidence: (Incident | null)[];
  exempt: string[];
  /** When it was last put on record, and what facts make of it since. */
  assessed: { entry: number; at: string } | null;
  newer: boolean;
  since: Change[] | null;
  before: Change[] | null;
}

/** What is wrong with a text of an agreement, and what to do. */
export interface Complaint {
  file: string;
  line: number;
  path: string;
  message: string;
  remedy: string;
}

/** One field that says something else than it did. */
export interface Change {
  field: string;
  was: unknown;
  now: unknown;
}

export interface AgreementPage {
  digest: string;
  prose: Record<
    string,
    {
      language: string;
      title: string;
      opening: string[];
      parts: {
        number: number;
        part: string;
        title: string;
        items: { number: string; text: string; under: string[] }[];
      }[];
    }
  >;
  standing: Record<string, Partial<Record<Verdict, number>>>;
  texts: Record<string, { text: Words; title: Words }>;
}

export interface CalendarDuty {
  key: string;
  clause: string;
  title: Words;
  bearer: string | null;
  binds: string[];
  written: string;
  due_at: string | null;
  due_local: string | null;
  status: string;
  late_by: string | null;
  cite: string;
  occasion: string;
  /** The instrument that amended it so; empty as first written. */
  version: string;
  /** The instrument that amended it since; empty while it stands. */
  replaced_by: string;
  trigger: string | null;
}

export interface CalendarPage {
  as_of: string;
  time_zone: string;
  counts: Record<string, number>;
  kept_back: number;
  names: Record<string, Words>;
  duties: CalendarDuty[];
}

export interface RecordPage {
  entries: number;
  head: string;
  kinds: Record<string, number>;
  /** Kind and time are null where this circle may not know of them. */
  listed: { index: number; kind: string | null; recorded_at: string | null; leaf: string }[];
}

/** A page that could not be had, told as the command line tells it. */
export class DataError extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

function meta(name: string, otherwise: string): string {
  const found = document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`);
  return found?.content ?? otherwise;
}

export const BASE = new URL(meta("pamiers-base", "./"), document.baseURI);
export const ROUTES = meta("pamiers-routes", "hash");

const kept = new Map<string, Promise<unknown>>();
const here = new Map<string, unknown>();

/** Fetch what a page shows; asked twice it is fetched once. */
export function fetchPage<T>(name: string): Promise<T> {
  const known = kept.get(name);
  if (known) return known as Promise<T>;
  const asked = ask<T>(name);
  kept.set(name, asked);
  asked.then(
    (page) => kept.get(name) === asked && here.set(name, page),
    () => kept.delete(name),
  );
  return asked;
}

/** A page that is here already, so that nothing waits to show it. */
export function pageHere<T>(name: string): T | undefined {
  return here.get(name) as T | undefined;
}

/** Forget a page, so that it is asked for again. */
export function forget(name: string): void {
  kept.delete(name);
  here.delete(name);
}

const PAUSE_MS = 2000;
const MOST_TURNS = 60;

function ask<T>(name: string): Promise<T> {
  return asked<T>(name, new URL(`${meta("pamiers-data", "data/")}${name}.json`, BASE));
}

/** Fetch some of many incidents. */
export function fetchListed(query: string, offset: number, limit: number): Promise<Listed> {
  const where = new URL(`tiles/listed.json?${query}`, BASE);
  where.searchParams.set("offset", `${offset}`);
  where.searchParams.set("limit", `${limit}`);
  return asked<Listed>("listed", where);
}

/** Where the tiles of the same incidents are, for a map. */
export function tilesOf(query: string): string {
  return `${new URL("tiles/", BASE)}{z}/{x}/{y}.mvt?${query}`;
}

/** The page of the situation: a server leaves out rows that it can be asked for. */
export function situationName(known = ""): string {
  if (ROUTES === "path") return `outline/${known || "now"}`;
  return known ? `known/${known}` : "situation";
}

async function asked<T>(name: string, where: URL): Promise<T> {
  let answer = await fetch(where, { credentials: "same-origin" });
  //  after a start the first view is still being made: wait for it
  for (let turn = 0; answer.status === 503 && turn < MOST_TURNS; turn++) {
    await new Promise((done) => setTimeout(done, PAUSE_MS));
    answer = await fetch(where, { credentials: "same-origin" });
  }
  if (!answer.ok) throw new DataError(`${name}: ${answer.status}`, answer.status);
  return (await answer.json()) as T;
}

/** Turn columns into rows. */
export function rowsOf<T extends { key: string }>(columns: Columns<T>): T[] {
  const names = Object.keys(columns) as (keyof T)[];
  return columns.key.map((_, index) => {
    const row = {} as T;
    for (const name of names) row[name] = columns[name][index] as T[keyof T];
    return row;
  });
}
