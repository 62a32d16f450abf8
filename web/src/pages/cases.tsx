/** The board of cases: what is late, what is due, by whom, and in how long. */
import { useRef } from "preact/hooks";
import type { CaseLine, CasesPage } from "../case-data.ts";
import { doing, those } from "../case-words.ts";
import { Choice } from "../parts/choice.tsx";
import { Left } from "../parts/clock.tsx";
import { useKey } from "../parts/keys.tsx";
import { Link } from "../parts/link.tsx";
import { Live } from "../parts/loaded.tsx";
import { When } from "../parts/when.tsx";
import { go } from "../router.ts";
import { named, t, word } from "../words.ts";
import type { PageProps } from "./of.tsx";

const GROUPS = ["late", "soon", "later", "resting", "closed"] as const;
type Group = (typeof GROUPS)[number];
const SOON_S = 86_400;

export function CasesView(props: PageProps) {
  return (
    <Live<CasesPage> name="cases">{(page) => <Board {...props} page={page} />}</Live>
  );
}

/** Where a case stands on the board. */
export function groupOf(each: CaseLine): Group {
  if (each.status !== "open") return "closed";
  if (each.late.length > 0 || (each.next && each.next.left_s < 0)) return "late";
  if (!each.next) return "resting";
  return each.next.left_s <= SOON_S ? "soon" : "later";
}

function Board({ about, route, page }: PageProps & { page: CasesPage }) {
  const asked = (name: string): string => route.query.get(name) ?? "";
  const set = (name: string, value: string): void => {
    const query = new URLSearchParams(route.query);
    if (value) query.set(name, value);
    else query.delete(name);
    go("/cases", query, true);
  };
  const kept = page.listed.filter(
    (each) =>
      (!asked("party") || each.parties.includes(asked("party"))) &&
      (!asked("clause") || each.clauses.includes(asked("clause"))) &&
      (!asked("sector") || each.sectors.includes(asked("sector"))),
  );
  const state = asked("state");
  const shown = kept.filter((each) => !state || groupOf(each) === state);
  const board = useRef<HTMLDivElement>(null);
  useKey("j", () => step(board.current, 1));
  useKey("k", () => step(board.current, -1));
  return (
    <>
      <h1>{t("section.cases")}</h1>
      <p class="lead">{t("cases.lead")}</p>
      {page.withheld && <p class="note">{t("cases.withheld")}</p>}
      <div class="tiles" role="group" aria-label={t("cases.states")}>
        {GROUPS.map((group) => (
          <button
            type="button"
            class={`tile ${group}`}
            aria-pressed={state === group}
            onClick={() => set("state", state === group ? "" : group)}
          >
            <span class="number">
              {group === "late" && <span aria-hidden="true">⚠</span>}
              {kept.filter((each) => groupOf(each) === group).length}
            </span>
            <span>{t(`cases.${group}`)}</span>
          </button>
        ))}
      </div>
      <div class="filters">
        <Choice
          label={t("column.party")}
          value={asked("party")}
          options={about.agreement.parties.map((each) => [each.id, named(each.name, each.id)])}
          onChange={(value) => set("party", value)}
        />
        <Choice
          label={t("column.sector")}
          value={asked("sector")}
          options={about.agreement.sectors.map((each) => [each.id, named(each.title, each.id)])}
          onChange={(value) => set("sector", value)}
        />
        <Choice
          label={t("column.clause")}
          value={asked("clause")}
          options={about.agreement.clauses.map((each) => [each.id, named(each.title, each.id)])}
          onChange={(value) => set("clause", value)}
        />
        <p class="count" role="status">
          {t("filter.shown", { n: shown.length, of: page.listed.length })}
        </p>
      </div>
      {shown.length === 0 && <p>{t("cases.none")}</p>}
      <div class="board" ref={board}>
        {GROUPS.map((group) => {
          const cards = shown.filter((each) => groupOf(each) === group);
          if (cards.length === 0) return null;
          return (
            <section class={group}>
              <h2>
                {t(`cases.${group}`)} <span class="quiet">{cards.length}</span>
              </h2>
              <ul class="cards">
                {cards.map((each) => (
                  <Card line={each} page={page} about={about} />
                ))}
              </ul>
            </section>
          );
        })}
      </div>
    </>
  );
}

/** Move to the next case, or the one before, as `j` and `k` do elsewhere. */
function step(board: HTMLElement | null, by: number): void {
  const links = [...(board?.querySelectorAll<HTMLElement>("a.subject") ?? [])];
  const at = links.indexOf(document.activeElement as HTMLElement);
  links[at < 0 ? 0 : Math.min(Math.max(at + by, 0), links.length - 1)]?.focus();
}

interface CardProps {
  line: CaseLine;
  page: CasesPage;
  about: PageProps["about"];
}

function Card({ line, page, about }: CardProps) {
  const clauses = line.clauses.map((id) =>
    named(about.agreement.clauses.find((each) => each.id === id)?.title, id),
  );
  return (
    <li class="card case">
      <Link to={`/case/${line.key}`} class="subject">
        <bdi>{line.key}</bdi>
      </Link>{" "}
      {line.disputed && <span class="badge">≠ {t("case.disputed")}</span>}
      <p>
        {clauses.join(", ") || named(line.procedure)}
        {line.parties.length > 0 && <> · {those(line.parties, page.names)}</>}
      </p>
      {line.late.map((each) => (
        <p>
          <Left seconds={-each.late_s} /> {those(each.by, page.names)}
        </p>
      ))}
      {line.next && (
        <p>
          {doing(line.next.key, named(line.next.do))}
          <br />
          <span class="quiet">
            {those(line.next.by, page.names)} · <When start={line.next.due_at} />
          </span>{" "}
          · <Left seconds={line.next.left_s} />
        </p>
      )}
      {line.suspended_until && (
        <p>
          {t("case.suspended")} <When start={line.suspended_until} />
        </p>
      )}
      {line.status !== "open" && line.closed_at && (
        <p class="quiet">
          {word("outcome", line.outcome ?? line.status)} · <When start={line.closed_at} />
        </p>
      )}
    </li>
  );
}
