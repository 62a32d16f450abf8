/** The daily reports, which need no script to be read. */
import { BASE } from "../data.ts";
import { date } from "../times.ts";
import { language, t } from "../words.ts";
import type { PageProps } from "./of.tsx";

export function ReportsPage({ about }: PageProps) {
  const spoken = language();
  const at = (name: string): string => new URL(`reports/${name}`, BASE).href;
  return (
    <>
      <h1>{t("section.reports")}</h1>
      <p class="lead">{t("reports.lead")}</p>
      {about.days.length > 0 && (
        <p>
          <a href={at(`feed-${spoken}.xml`)} type="application/atom+xml">
            {t("reports.feed")}
          </a>{" "}
          · <a href={at(spoken === "en" ? "index.html" : `${spoken}.html`)}>{t("reports.plain")}</a>
        </p>
      )}
      {about.days.length === 0 && <p class="note">{t("reports.none")}</p>}
      <ul class="days">
        {[...about.days].reverse().map((each) => (
          <li>
            <a href={at(`files/${each}-${spoken}.html`)}>{date(each)}</a>
          </li>
        ))}
      </ul>
    </>
  );
}
