/** What happened, where and when: a map, the same facts as a list, and the days. */
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { type Coverage, rowsOf, type Situation, situationName } from "../data.ts";
import { GroundMap } from "../map/map.tsx";
import { Choice } from "../parts/choice.tsx";
import { useKey } from "../parts/keys.tsx";
import { Link } from "../parts/link.tsx";
import { Compared } from "../parts/compared.tsx";
import { Knowledge, useKnown } from "../parts/knowledge.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { type Standing, StandingBadge, standingOf, STANDINGS } from "../parts/standing.tsx";
import { Timeline } from "../parts/timeline.tsx";
import { When } from "../parts/when.tsx";
import { go, type Route } from "../router.ts";
import { t, word } from "../words.ts";
import type { PageProps } from "./of.tsx";
import { type Dated, dated, type Question, type Seen, useChosen, useSeen } from "./seen.ts";

const SHOWN = 100;

export function SituationPage({ route }: PageProps) {
  return (
    <Loaded<Situation> name={situationName()}>
      {(page) => <Found page={page} route={route} />}
    </Loaded>
  );
}

interface Asked extends Question {
  chosen: string;
  than: string; //  first day of those compared with
}

function asked(query: URLSearchParams): Asked {
  const take = (name: string): string => query.get(name) ?? "";
  return {
    from: take("from"),
    to: take("to"),
    kind: take("kind"),
    standing: take("standing"),
    text: take("q"),
    chosen: take("incident"),
    than: take("than"),
    known: take("known"),
  };
}

function told(wanted: Asked): URLSearchParams {
  const query = new URLSearchParams();
  const { text, chosen, ...others } = wanted;
  for (const [name, value] of Object.entries({ ...others, q: text, incident: chosen }))
    if (value) query.set(name, value);
  return query;
}

function Found({ page, route }: { page: Situation; route: Route }) {
  const wanted = asked(route.query);
  const held = useKnown(page, wanted.known);
  const known = held.page;
  const coverage = useMemo(() => dated(rowsOf(known.coverage)), [known]);
  const days = known.days.day;
  const set = (changed: Partial<Asked>): void => go("/", told({ ...wanted, ...changed }), true);
  const question: Question = {
    ...{ kind: wanted.kind, standing: wanted.standing, text: wanted.text },
    known: known === page ? "" : wanted.known, //  the present until the past is here
    from: wanted.from || (days[0] ?? ""),
    to: wanted.to || (days.at(-1) ?? ""),
  };
  const { from, to } = question;
  const seen = useSeen(known, question);
  const watching = useMemo(
    () => coverage.filter((each) => each.first <= to && each.last >= from).map((each) => each.row),
    [coverage, from, to],
  );
  const [first, last] = [days.findIndex((each) => each >= from), lastUpTo(days, to)];
  const than = wanted.than ? Math.max(0, days.findIndex((each) => each >= wanted.than)) : undefined;
  const window = than === undefined ? null : [days[than], days[than + last - Math.max(0, first)]];
  const earlier = useSeen(
    known,
    window && { ...question, from: window[0] ?? "", to: window[1] ?? "" },
  );
  const counts = useMemo(() => countsOf(known), [known]);
  const watched = useMemo(() => watchedOf(coverage, days), [coverage, days]);
  const chosen = useChosen(seen, known, question, wanted.chosen);
  const step = (by: number): void => {
    const at = seen.rows.findIndex((each) => each.key === wanted.chosen);
    const next = seen.rows[Math.min(Math.max(0, at + by), seen.rows.length - 1)];
    if (at + by >= seen.rows.length - 1) seen.more?.();
    if (next) set({ chosen: next.key });
  };
  useKey("j", () => step(1));
  useKey("k", () => step(-1));
  const [view, setView] = useState<"map" | "list">("map");
  useKey("m", () => setView(view === "map" ? "list" : "map"));

  return (
    <div class={`situation show-${view}`}>
      <h1 class="unseen">{t("section.situation")}</h1>
      <Filters page={known} wanted={wanted} seen={seen.matched} set={set} />
      <div class="switch" role="group" aria-label={t("situation.view")}>
        {(["map", "list"] as const).map((each) => (
          <button type="button" aria-pressed={view === each} onClick={() => setView(each)}>
            {t(`situation.${each}`)}
          </button>
        ))}
      </div>
      <div class="ground">
        <GroundMap
          key={seen.tiles === null ? "rows" : "tiles"}
          seen={seen}
          earlier={earlier}
          box={known.box}
          coverage={watching}
          places={page.places}
          ground={page.ground}
          chosen={chosen}
          onChoose={(key) => set({ chosen: key })}
        />
        <Legend compared={than !== undefined} several={seen.tiles !== null} />
      </div>
      <List seen={seen} watching={watching} chosen={wanted.chosen} onChoose={(key) => set({ chosen: key })}>
        {than !== undefined && <Compared now={seen.kinds} before={earlier.kinds} />}
      </List>
      <div class="times">
        <Timeline
          days={days}
          counts={counts}
          watched={watched}
          first={Math.max(0, first)}
          last={last}
          than={than}
          onChange={(first, last) => set({ from: days[first] ?? "", to: days[last] ?? "" })}
          onCompare={(at) => set({ than: at === undefined ? "" : (days[at] ?? "") })}
        />
        <Knowledge page={page} known={wanted.known} shown={held} onChange={(at) => set({ known: at })} />
      </div>
    </div>
  );
}

function lastUpTo(days: readonly string[], to: string): number {
  const found = days.findLastIndex((each) => each <= to);
  return found < 0 ? days.length - 1 : found;
}

function countsOf({ days }: Situation): Map<string, number> {
  return new Map(days.day.map((each, index) => [each, days.incidents[index] ?? 0]));
}

function watchedOf(coverage: Dated<Coverage>[], days: readonly string[]): Set<string> {
  const open = coverage.filter((each) => each.row.status !== "denied");
  return new Set(days.filter((day) => open.some((e) => e.first <= day && e.last >= day)));
}

interface FiltersProps {
  page: Situation;
  wanted: Asked;
  seen: number | null;
  set: (changed: Partial<Asked>) => void;
}

function Filters({ page, wanted, seen, set }: FiltersProps) {
  const kinds = Object.keys(page.kinds).sort();
  useKey("/", () => document.querySelector<HTMLInputElement>("#search")?.focus());
  return (
    <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <label>
        <span>{t("filter.search")}</span>
        <input
          id="search"
          type="search"
          value={wanted.text}
          onInput={(event) => set({ text: event.currentTarget.value })}
        />
      </label>
      <Choice
        label={t("filter.kind")}
        value={wanted.kind}
        options={kinds.map((each) => [each, word("kind", each)])}
        onChange={(kind) => set({ kind })}
      />
      <Choice
        label={t("filter.standing")}
        value={wanted.standing}
        options={STANDINGS.map((each) => [each, t(`standing.${each}`)])}
        onChange={(standing) => set({ standing })}
      />
      <p class="count" role="status">
        {seen === null ? t("page.waiting") : t("filter.shown", { n: seen, of: page.total })}
      </p>
    </form>
  );
}

/** The key; `several`: a mark may stand for more than one. */
function Legend({ compared, several }: { compared: boolean; several: boolean }) {
  return (
    <details class="legend" open={matchMedia("(min-width: 48rem)").matches}>
      <summary>{t("legend.title")}</summary>
      <ul>
        {STANDINGS.map((each: Standing) => (
          <li>
            <StandingBadge standing={each} />
          </li>
        ))}
        {compared && (
          <li>
            <span class="swatch earlier" /> {t("compare.earlier")}
          </li>
        )}
        <li>
          <span class="swatch watched" /> {t("legend.watched")}
        </li>
        <li>
          <span class="swatch denied" /> {t("legend.denied")}
        </li>
        <li>
          <span class="swatch line" /> {t("legend.line")}
        </li>
      </ul>
      {several && <p class="quiet">{t("legend.several")}</p>}
      <p class="quiet">{t("legend.empty")}</p>
    </details>
  );
}

interface ListProps {
  seen: Seen;
  watching: readonly Coverage[];
  chosen: string;
  onChoose: (key: string) => void;
  children: ComponentChildren;
}

function List({ seen, watching, chosen, onChoose, children }: ListProps) {
  const [shown, setShown] = useState(SHOWN);
  const question = seen.tiles ?? seen.rows;
  useEffect(() => setShown(SHOWN), [question]);
  const rows = seen.tiles === null ? seen.rows.slice(0, shown) : seen.rows;
  const more = seen.more ?? (seen.rows.length > rows.length ? () => setShown(shown + SHOWN) : null);
  useEffect(() => {
    document.querySelector(".list [aria-current]")?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  const denied = watching.filter((each) => each.status === "denied").length;
  return (
    <section class="list" aria-label={t("situation.list")}>
      <p class="watch-note">
        {t("situation.coverage", { n: watching.length })}{" "}
        {denied > 0 && <strong>{t("situation.denied", { n: denied })}</strong>}
        {watching.length === 0 && <strong>{t("situation.unwatched")}</strong>}
      </p>
      {children}
      {seen.matched === 0 && <p>{t("situation.none")}</p>}
      <ol>
        {rows.map((each) => (
          <li key={each.key} aria-current={each.key === chosen ? "true" : undefined}>
            <button type="button" onClick={() => onChoose(each.key)}>
              <StandingBadge standing={standingOf(each)} />
              <span class="what">
                {word("kind", each.kind)}
                {each.count_low !== null && <> × {amount(each.count_low, each.count_high)}</>}
              </span>
              <span class="where">
                <bdi>{each.place ?? t("value.place_unknown")}</bdi>
              </span>
              <When start={each.start} end={each.end} />
            </button>
            <Link to={`/incident/${each.key}`}>{t("action.open")}</Link>
          </li>
        ))}
      </ol>
      {more && (
        <button type="button" onClick={more}>
          {t("action.more", { n: (seen.matched ?? 0) - rows.length })}
        </button>
      )}
    </section>
  );
}

function amount(low: number, high: number | null): string {
  if (high === null) return `${low}+`;
  return low === high ? String(low) : `${low}–${high}`;
}
