/** The record: its head, what is on it, and how anybody checks that it only grows. */
import type { RecordPage } from "../data.ts";
import { Checking } from "../parts/checking.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { When } from "../parts/when.tsx";
import { t, word } from "../words.ts";
import type { PageProps } from "./of.tsx";

export function RecordView(_: PageProps) {
  return (
    <Loaded<RecordPage> name="record">
      {(page) => (
        <>
          <h1>{t("section.record")}</h1>
          <p class="lead">{t("record.lead")}</p>
          <dl class="facts">
            <div>
              <dt>{t("record.entries")}</dt>
              <dd>{page.entries}</dd>
            </div>
            <div>
              <dt>{t("record.head")}</dt>
              <dd>
                <code class="long">{page.head}</code>
              </dd>
            </div>
          </dl>
          <h2>{t("record.check")}</h2>
          <p>{t("record.check_how")}</p>
          <Checking />
          <p>{t("record.check_command")}</p>
          <pre>pamiers verify DIR --since CHECKPOINT</pre>
          <div class="scroll" tabIndex={0} role="region" aria-label={t("record.newest")}>
            <table>
              <caption>{t("record.newest")}</caption>
              <thead>
                <tr>
                  {["number", "entry", "when", "leaf"].map((each) => (
                    <th scope="col">{t(`column.${each}`)}</th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {page.listed.map((each) => (
                  <tr>
                    <td class="figure">{each.index}</td>
                    <td>{each.kind ? word("entry", each.kind) : t("record.closed")}</td>
                    <td>{each.recorded_at ? <When start={each.recorded_at} /> : "—"}</td>
                    <td>
                      <code title={each.leaf}>{each.leaf.slice(0, 16)}…</code>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </Loaded>
  );
}
