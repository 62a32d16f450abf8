/** Why there is no stress test or plan to show, and what would bring one. */
import type { HoldState } from "../hold-data.ts";
import { t } from "../words.ts";
import { Complaints } from "./complaints.tsx";

const HOW: Record<string, string> = {
  "incentives.yaml": "hold.add_incentives",
  "deployment.yaml": "hold.add_deployment",
};

export function NotReady({ page, title }: { page: HoldState; title: string }) {
  return (
    <>
      <h1>{title}</h1>
      <p class="note">{t(`hold.state_${page.state}`)}</p>
      {page.state === "missing" && (
        <ul>
          {page.missing.map((file) => (
            <li>
              <code>{file}</code>: {t(HOW[file] ?? "hold.add_incentives")}
            </li>
          ))}
        </ul>
      )}
      {page.state === "missing" && <p>{t("hold.begin_anew")}</p>}
      {page.refused && <p>{page.refused}</p>}
      {page.complaints.length > 0 && <Complaints of={page.complaints} />}
    </>
  );
}
