/** Every finding, by clause and day; what needs a look comes first. */
import { useMemo, useState } from "preact/hooks";
import { type Columns, type FindingLine, rowsOf, type Verdict, VERDICTS } from "../data.ts";
import { Link } from "../parts/link.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { VerdictBadge, VerdictSign } from "../parts/verdict.tsx";
import { go } from "../router.ts";
import { day } from "../times.ts";
import { named, t } from "../words.ts";
import type { PageProps } from "./of.tsx";

const SHOWN = 200;

export function FindingsPage(props: PageProps) {
  return (
    <Loaded<{ findings: Columns<FindingLine> }> name="findings">
      {(page) => <Found {...props} columns={page.findings} />}
    </Loaded>
  );
}

function Found({ about, route, columns }: PageProps & { columns: Columns<FindingLine> }) {
  const rows = useMemo(() => rowsOf(columns), [columns]);
  const clause = route.query.get("clause") ?? "";
  const verdict = route.query.get("verdict") ?? "breached";
  const [shown, setShown] = useState(SHOWN);
  const set = (name: string, value: string): void => {
    const query = new URLSearchParams(route.query);
    query.set(name, value);
    go("/findings", query, true);
  };
  const ofClause = rows.filter((each) => !clause || each.clause === clause);
  const seen = ofClause
    .filter((each) => verdict === "any" || each.verdict === verdict)
    .sort((a, b) => b.start.localeCompare(a.start) || a.clause.localeCompare(b.clause));
  const titles = new Map(about.agreement.clauses.map((each) => [each.id, each]));
  return (
    <>
      <h1>{t("section.findings")}</h1>
      <p class="lead">{t("findings.lead")}</p>
      <div class="tiles" role="group" aria-label={t("findings.verdicts")}>
        {(["any", ...VERDICTS] as const).map((each) => (
          <button
            type="button"
            class={`tile ${each}`}
            aria-pressed={verdict === each}
            onClick={() => set("verdict", each)}
          >
            <span class="number">
              {each !== "any" && <VerdictSign verdict={each} />}
              {ofClause.filter((row) => each === "any" || row.verdict === each).length}
            </span>
            <span>{each === "any" ? t("findings.all") : t(`verdict.${each}`)}</span>
          </button>
        ))}
      </div>
      <label class="filters">
        <span>{t("findings.clause")}</span>
        <select value={clause} onChange={(event) => set("clause", event.currentTarget.value)}>
          <option value="">{t("filter.any")}</option>
          {about.agreement.clauses.map((each) => (
            <option value={each.id}>{named(each.title, each.id)}</option>
          ))}
        </select>
      </label>
      <p role="status" class="quiet">
        {t("filter.shown", { n: Math.min(shown, seen.length), of: seen.length })}
      </p>
      <div class="scroll" tabIndex={0} role="region" aria-label={t("section.findings")}>
        <table class="stacked" role="table">
          <thead role="rowgroup">
            <tr role="row">
              <th scope="col" role="columnheader">{t("column.day")}</th>
              <th scope="col" role="columnheader">{t("column.clause")}</th>
              <th scope="col" role="columnheader">{t("column.sector")}</th>
              <th scope="col" role="columnheader">{t("column.verdict")}</th>
              <th scope="col" role="columnheader" class="figure">{t("column.probability")}</th>
              <th scope="col" role="columnheader" class="figure">{t("column.watched")}</th>
              <th scope="col" role="columnheader" class="figure">{t("column.evidence")}</th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            {seen.slice(0, shown).map((each) => (
              <tr role="row">
                <td role="cell">
                  <Link to={`/finding/${each.key}`}>{day(each.end)}</Link>
                </td>
                <td role="cell">
                  {named(titles.get(each.clause)?.title, each.clause)}
                  {each.reading && <span class="quiet"> · {each.reading}</span>}
                </td>
                <td role="cell" data-label={t("column.sector")}>{sector(about.agreement.sectors, each.sector)}</td>
                <td role="cell">
                  <VerdictBadge verdict={each.verdict as Verdict} why={each.why} />
                </td>
                <td role="cell" class="figure" data-label={t("column.probability")}>{chance(each.probability_low, each.probability_high)}</td>
                <td role="cell" class="figure" data-label={t("column.watched")}>{percent(each.coverage_share)}</td>
                <td role="cell" class="figure" data-label={t("column.evidence")}>{each.evidence}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {seen.length > shown && (
        <button type="button" onClick={() => setShown(shown + SHOWN)}>
          {t("action.more", { n: seen.length - shown })}
        </button>
      )}
    </>
  );
}

function sector(all: PageProps["about"]["agreement"]["sectors"], id: string | null): string {
  return named(all.find((each) => each.id === id)?.title, id ?? "—");
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** A chance between two bounds; what is nearly sure is never told as sure. */
export function chance(low: number, high: number): string {
  const one = (p: number): string => {
    if (p > 0.995 && p < 1) return "> 99 %";
    if (p < 0.005 && p > 0) return "< 1 %";
    return percent(p);
  };
  return one(low) === one(high) ? one(low) : `${one(low)} – ${one(high)}`;
}
