/** Notices of a case: when each was told and delivered, and who has acknowledged it. */
import { useState } from "preact/hooks";
import { able, send } from "../asking.ts";
import type { CasePage } from "../case-data.ts";
import { those } from "../case-words.ts";
import { t, word } from "../words.ts";
import { outcome } from "./acts.tsx";
import { Clock } from "./clock.tsx";
import { useMe } from "./session.tsx";

export function Notices({ page, onDone }: { page: CasePage; onDone: () => void }) {
  const who = useMe();
  const [told, setTold] = useState("");
  const { notices } = page;
  if (notices.length === 0) return null;
  const office = who?.office ?? "";
  const waiting = notices.filter(
    (each) => each.delivered_at && office in each.acknowledged && !each.acknowledged[office],
  );
  const acknowledge = async (): Promise<void> => {
    const where = `api/cases/${encodeURIComponent(page.id)}/acknowledge`;
    const answer = await send(where, { by: office });
    setTold(outcome(answer));
    if (answer.ok) onDone();
  };
  return (
    <section>
      <h2>{t("notice.title")}</h2>
      <div class="scroll" tabIndex={0} role="region" aria-label={t("notice.title")}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("notice.what")}</th>
              <th scope="col">{t("notice.delivered")}</th>
              <th scope="col">{t("notice.acknowledged")}</th>
            </tr>
          </thead>
          <tbody>
            {notices.map((each) => (
              <tr>
                <td>
                  {word("became", each.what)} · <Clock at={each.at} />
                </td>
                <td>
                  {each.delivered_at ? (
                    <>
                      <Clock at={each.delivered_at} />
                      {each.means && <> ({each.means})</>}
                    </>
                  ) : (
                    t("notice.not_delivered")
                  )}
                </td>
                <td>
                  <ul class="plain">
                    {each.to.map((party) => (
                      <li>
                        {those([party], page.names)}:{" "}
                        {each.acknowledged[party] ? (
                          <Clock at={each.acknowledged[party]} />
                        ) : (
                          t("notice.not_acknowledged")
                        )}
                      </li>
                    ))}
                  </ul>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {waiting.length > 0 && able(who, "act", "case-word") && (
        <button type="button" onClick={() => void acknowledge()}>
          {t("notice.acknowledge", { n: waiting.length })}
        </button>
      )}
      <p role="status">{told}</p>
    </section>
  );
}
