/**
 * Which incidents are looked at: of rows that are here, or of many that a server holds.
 *
 * Where they are few every row comes with the page, and is looked through here. Where
 * they are many the server counts, draws tiles, and lists some at a time.
 */
import { useEffect, useMemo, useState } from "preact/hooks";
import { fetchListed, type Incident, type Listed, rowsOf, type Situation, tilesOf } from "../data.ts";
import { standingOf } from "../parts/standing.tsx";
import { dateOf } from "../times.ts";

/** What is asked of incidents; what is empty asks nothing. */
export interface Question {
  from: string;
  to: string;
  kind: string;
  standing: string;
  text: string;
  known: string;
}

export interface Seen {
  matched: number | null; //  null until it is known
  kinds: ReadonlyMap<string, number>;
  rows: readonly Incident[]; //  the first ones, in order; all where they are few
  tiles: string | null; //  where the tiles of all are, where they are many
  more: (() => void) | undefined; //  have further rows, where there are any
}

export interface Dated<T> {
  row: T;
  first: string;
  last: string;
}

const STRETCH = 100;
const PAUSE_MS = 150; //  until somebody has written, or moved a slider, on
const NOTHING: Seen = { matched: 0, kinds: new Map(), rows: [], tiles: null, more: undefined };

export function dated<T extends { start: string; end: string }>(rows: readonly T[]): Dated<T>[] {
  return rows.map((row) => ({
    row,
    first: dateOf(row.start),
    last: dateOf(Date.parse(row.end) - 1),
  }));
}

/** Return what a question finds; nothing while there is no question. */
export function useSeen(page: Situation, asked: Question | null): Seen {
  const here = useMemo(() => page.incidents && dated(rowsOf(page.incidents)), [page.incidents]);
  const named = asked && queryOf(page, asked);
  const found = useMemo(() => (here && asked ? heldOf(here, asked) : NOTHING), [here, named]);
  const listed = useListed(here ? null : named, page.listed);
  return here ? found : listed;
}

/** Return one of many incidents, which may not be among the rows that are here. */
export function useChosen(seen: Seen, page: Situation, asked: Question, key: string): Incident | undefined {
  const [found, setFound] = useState<Incident>();
  const near = seen.rows.find((each) => each.key === key);
  const away = key && !near && seen.tiles !== null ? queryOf(page, asked) : null;
  useEffect(() => {
    setFound(undefined);
    if (away === null) return;
    let wanted = true;
    fetchListed(`${away}&key=${encodeURIComponent(key)}`, 0, 1).then(
      (told) => wanted && setFound(rowsOf(told.incidents)[0]),
      () => undefined, //  it is not shown as chosen
    );
    return () => {
      wanted = false;
    };
  }, [away, key]);
  return near ?? found;
}

function heldOf(here: readonly Dated<Incident>[], asked: Question): Seen {
  const rows = here.filter((each) => fits(each, asked)).map((each) => each.row);
  const kinds = new Map<string, number>();
  for (const each of rows) kinds.set(each.kind, (kinds.get(each.kind) ?? 0) + 1);
  return { matched: rows.length, kinds, rows, tiles: null, more: undefined };
}

export function fits({ row, first, last }: Dated<Incident>, asked: Question): boolean {
  if (first > asked.to || last < asked.from) return false;
  if (asked.kind && row.kind !== asked.kind) return false;
  if (asked.standing && standingOf(row) !== asked.standing) return false;
  if (!asked.text) return true;
  const said = `${row.place ?? ""} ${row.region ?? ""} ${row.weapons ?? ""} ${row.key}`;
  return said.toLocaleLowerCase().includes(asked.text.toLocaleLowerCase());
}

/** A question as it is asked of a server; days that leave out none are not said. */
export function queryOf({ days }: Pick<Situation, "days">, asked: Question): string {
  const { text, from, to, ...others } = asked;
  const query = new URLSearchParams();
  const whole = { from: days.day[0], to: days.day.at(-1) };
  const said = {
    from: from === whole.from ? "" : from,
    to: to === whole.to ? "" : to,
    q: text,
    ...others,
  };
  for (const [name, value] of Object.entries(said)) if (value) query.set(name, value);
  return query.toString();
}

/** Return many, some at a time; the `first` ones of all came with the page. */
function useListed(query: string | null, first: Listed | undefined): Seen {
  const [found, setFound] = useState(() =>
    query === "" && first ? listedOf(query, first, []) : undefined,
  );
  const [upTo, setUpTo] = useState(STRETCH);
  useEffect(() => setUpTo(STRETCH), [query]);
  useEffect(() => {
    if (query === null) return;
    let wanted = true;
    const rows = found?.of === query ? found.rows : [];
    if (rows.length >= upTo) return;
    const ask = async (): Promise<void> => {
      const told = await fetchListed(query, rows.length, STRETCH);
      if (!wanted) return;
      setFound(listedOf(query, told, rows));
    };
    //  what was there stands until it can be had
    const pause = setTimeout(() => void ask().catch(() => undefined), found ? PAUSE_MS : 0);
    return () => {
      wanted = false;
      clearTimeout(pause);
    };
  }, [query, upTo]);
  const seen = useMemo(() => seenOf(found, query, setUpTo), [found, found ? "" : query]);
  if (query === null) return NOTHING;
  return seen;
}

interface Stretch {
  of: string;
  told: Listed;
  rows: Incident[];
}

function listedOf(of: string, told: Listed, before: readonly Incident[]): Stretch {
  return { of, told, rows: [...before, ...rowsOf(told.incidents)] };
}

function seenOf(found: Stretch | undefined, query: string | null, upTo: (rows: number) => void): Seen {
  if (!found) return { ...NOTHING, matched: null, tiles: tilesOf(query ?? "") };
  const { of, told, rows } = found;
  return {
    matched: told.matched,
    kinds: new Map(Object.entries(told.kinds)),
    rows,
    tiles: tilesOf(of),
    more: rows.length < told.matched ? () => upTo(rows.length + STRETCH) : undefined,
  };
}
