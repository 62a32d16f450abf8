/** How a finding came to say what it says, and the way from it into a case. */
import { useState } from "preact/hooks";
import { able, send } from "../asking.ts";
import type { Change, FindingPage } from "../data.ts";
import { useMe } from "../parts/session.tsx";
import { When } from "../parts/when.tsx";
import { go } from "../router.ts";
import { t, word } from "../words.ts";
import { percent } from "./findings.tsx";

type Told = Pick<FindingPage, "assessed" | "newer" | "since" | "before">;

/** What was put on record, what facts make of it since; never a silent change. */
export function Versions({ assessed, newer, since, before }: Told) {
  if (!assessed) return <p class="note">{t("finding.not_assessed")}</p>;
  const entry = String(assessed.entry);
  return (
    <section class="versions">
      {newer && (
        <p class="note" role="status">
          <strong>{t(since?.length === 0 ? "finding.newer_facts" : "finding.new_evidence")}</strong>{" "}
          {t("finding.assessed", { entry })} <When start={assessed.at} />
        </p>
      )}
      {newer && since && since.length > 0 && <Changes changes={since} />}
      {!newer && (
        <p class="quiet">
          {t("finding.assessed", { entry })} <When start={assessed.at} />
        </p>
      )}
      {!newer && before && before.length > 0 && (
        <details>
          <summary>{t("finding.changed_then")}</summary>
          <Changes changes={before} />
        </details>
      )}
    </section>
  );
}

function Changes({ changes }: { changes: Change[] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={t("finding.changes")}>
      <table class="changes">
        <thead>
          <tr>
            {["field", "was", "now"].map((each) => (
              <th scope="col">{t(`changes.${each}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {changes.map((each) => (
            <tr>
              <th scope="row">{word("finding_field", each.field)}</th>
              <td>{shown(each.field, each.was)}</td>
              <td>{shown(each.field, each.now)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function shown(field: string, value: unknown): string {
  if (value === null || value === undefined) return t("value.unstated");
  if (Array.isArray(value)) return value.join(", ") || "—";
  if (typeof value !== "number") return ["verdict", "why", "attribution"].includes(field) ? word(field, String(value)) : String(value);
  return field.startsWith("count") ? String(value) : percent(value);
}

/** Bring a finding into the case that it belongs to; others decide there. */
export function Bringing({ id }: { id: string }) {
  const who = useMe();
  const [told, setTold] = useState("");
  if (!who?.office || !able(who, "act", "case-course")) return null;
  const bring = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const severity = Number(new FormData(event.currentTarget as HTMLFormElement).get("severity"));
    const answer = await send(`api/findings/${encodeURIComponent(id)}/case`, { by: who.office, severity });
    if (answer.ok) go(`/case/${String(answer.body["case"])}`);
    else setTold(t("acts.not_recorded", { why: String(answer.body["detail"] ?? answer.status) }));
  };
  return (
    <section class="acts">
      <h2>{t("finding.bring")}</h2>
      <form class="stacked" onSubmit={(event) => void bring(event)}>
        <label>
          {t("finding.severity")}
          <select name="severity">
            {[1, 2, 3, 4].map((each) => (
              <option value={each} selected={each === 2}>
                S{each}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" class="first">
          {t("acts.record")}
        </button>
        <p role="status">{told}</p>
      </form>
    </section>
  );
}
