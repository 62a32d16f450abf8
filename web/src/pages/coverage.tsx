/** Who was watching, where and when, and where nobody could: empty is not quiet. */
import { useMemo } from "preact/hooks";
import { type Coverage, rowsOf, type Situation } from "../data.ts";
import { Loaded } from "../parts/loaded.tsx";
import { When } from "../parts/when.tsx";
import { date, dateOf } from "../times.ts";
import { t, word } from "../words.ts";
import { percent } from "./findings.tsx";
import type { PageProps } from "./of.tsx";

const STATUSES = ["observed", "degraded", "denied"] as const;

export function CoverageView(_: PageProps) {
  return <Loaded<Situation> name="situation">{(page) => <Found page={page} />}</Loaded>;
}

function Found({ page }: { page: Situation }) {
  const rows = useMemo(() => rowsOf(page.coverage), [page]);
  const days = useMemo(() => byDay(rows), [rows]);
  return (
    <>
      <h1>{t("section.coverage")}</h1>
      <p class="lead">{t("coverage.lead")}</p>
      {rows.length === 0 && <p class="note">{t("coverage.none")}</p>}
      <div class="scroll" tabIndex={0} role="region" aria-label={t("coverage.by_day")}>
        <table>
          <caption>{t("coverage.by_day")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("column.day")}</th>
              {STATUSES.map((each) => (
                <th scope="col" class="figure">{t(`coverage.${each}`)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...days].map(([each, counts]) => (
              <tr>
                <td>{date(each)}</td>
                {STATUSES.map((status) => (
                  <td class="figure">{counts.get(status) ?? 0}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div class="scroll" tabIndex={0} role="region" aria-label={t("coverage.every")}>
        <table>
          <caption>{t("coverage.every")}</caption>
          <thead>
            <tr>
              {["when", "place", "means", "watched_for", "coverage", "detection"].map((each) => (
                <th scope="col">{t(`column.${each}`)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((each) => (
              <tr class={each.status}>
                <td>
                  <When start={each.start} end={each.end} />
                </td>
                <td>
                  <bdi>{each.place ?? each.region ?? t("value.place_unknown")}</bdi>
                </td>
                <td>{word("means", each.means)}</td>
                <td>{word("watched", each.watched)}</td>
                <td>{word("coverage", each.status)}</td>
                <td>
                  {each.detection === null || each.detection === undefined
                    ? t("value.unstated")
                    : percent(each.detection)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function byDay(rows: readonly Coverage[]): Map<string, Map<string, number>> {
  const days = new Map<string, Map<string, number>>();
  for (const each of rows) {
    const day = dateOf(new Date(Date.parse(each.end) - 1).toISOString());
    const counts = days.get(day) ?? new Map<string, number>();
    counts.set(each.status, (counts.get(each.status) ?? 0) + 1);
    days.set(day, counts);
  }
  return new Map([...days].sort(([a], [b]) => b.localeCompare(a)));
}
