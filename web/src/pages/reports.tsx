/** The daily reports, which need no script to be read. */
import { BASE } from "../data.ts";
import { date } from "../times.ts";
import { language, t } from "../words.ts";
import type { PageProps } from "./of.tsx";

export function ReportsPage({ about }: PageProps) {
  const spoken = ["en", "uk"].includes(language()) ? language() : "en";
  return (
    <>
      <h1>{t("section.reports")}</h1>
      <p class="lead">{t("reports.lead")}</p>
      {about.days.length === 0 && <p class="note">{t("reports.none")}</p>}
      <ul class="days">
        {[...about.days].reverse().map((each) => (
          <li>
            <a href={new URL(`reports/files/${each}-${spoken}.html`, BASE).href}>{date(each)}</a>
          </li>
        ))}
      </ul>
    </>
  );
}
