/** What was received, what was not understood, and what can be done about that. */
import { useState } from "preact/hooks";
import { able, send } from "../asking.ts";
import { Live } from "../parts/loaded.tsx";
import { useMe } from "../parts/session.tsx";
import { When } from "../parts/when.tsx";
import { t } from "../words.ts";
import type { ImportPage } from "../work-data.ts";
import type { PageProps } from "./of.tsx";

type Row = ImportPage["items"][number];

export function ImportView(_: PageProps) {
  return (
    <Live<ImportPage> name="import">
      {(page, again) => (
        <>
          <h1>{t("section.import")}</h1>
          <p class="lead">{t("import.lead")}</p>
          {page.withheld && <p class="note">{t("queue.withheld")}</p>}
          {!page.withheld && <Quarantine page={page} again={again} />}
          {!page.withheld && <Files page={page} />}
        </>
      )}
    </Live>
  );
}

function Quarantine({ page, again }: { page: ImportPage; again: () => void }) {
  const waiting = page.items.filter((each) => each.waived === null);
  const aside = page.items.filter((each) => each.waived !== null);
  return (
    <section>
      <h2>{t("import.quarantine", { n: waiting.length })}</h2>
      {waiting.length === 0 && <p>{t("import.none")}</p>}
      <ul class="cards">
        {waiting.map((each) => (
          <Item row={each} again={again} />
        ))}
      </ul>
      {aside.length > 0 && (
        <details>
          <summary>{t("import.aside", { n: aside.length })}</summary>
          <ul class="cards">
            {aside.map((each) => (
              <Item row={each} again={again} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Item({ row, again }: { row: Row; again: () => void }) {
  return (
    <li class="card">
      <p>
        <strong>
          <bdi>
            {row.name}:{row.line}
          </bdi>
        </strong>{" "}
        {row.column && <code>{row.column}</code>} <code>{row.code}</code>
      </p>
      <p>
        <bdi>{row.message}</bdi>
      </p>
      <p>
        {t("import.remedy")} <bdi>{row.remedy}</bdi>
      </p>
      <pre class="raw" dir="auto" tabIndex={0} aria-label={t("import.raw")}>
        {row.raw}
      </pre>
      <p class="quiet">
        {t("import.kept")} <code title={row.file}>{row.file.slice(0, 16)}…</code>
      </p>
      {row.waived ? (
        <p class="note">
          {t("import.waived")} <bdi>{row.waived}</bdi>
        </p>
      ) : (
        <details>
          <summary>{t("import.what_to_do")}</summary>
          <p>{t("import.retry")}</p>
          <pre tabIndex={0} aria-label={t("import.retry")}>
            pamiers ingest DIR {quoted(row.name)} --mapping MAPPING.yaml
          </pre>
          <Waive row={row} again={again} />
        </details>
      )}
    </li>
  );
}

/** A file's name as a shell takes it. */
export function quoted(name: string): string {
  return /^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}

/** Set a row aside, on record, with a reason. */
function Waive({ row, again }: { row: Row; again: () => void }) {
  const who = useMe();
  const [reason, setReason] = useState("");
  const [said, setSaid] = useState("");
  if (!able(who, "waive", "quarantine")) return null;
  const waive = async (event: Event): Promise<void> => {
    event.preventDefault();
    const told = await send(`api/quarantine/${row.id}/waive`, { reason });
    if (told.ok) again();
    else setSaid(t("acts.not_recorded", { why: String(told.body["detail"] ?? told.status) }));
  };
  return (
    <form class="stacked" onSubmit={(event) => void waive(event)}>
      <label>
        {t("import.reason")}
        <input
          type="text"
          required
          value={reason}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
      </label>
      <button type="submit">{t("import.waive")}</button>
      <p role="alert">{said}</p>
    </form>
  );
}

function Files({ page }: { page: ImportPage }) {
  return (
    <section>
      <h2>{t("import.files")}</h2>
      <ul class="cards">
        {page.files.map((each) => (
          <li class="card">
            <p>
              <strong>
                <bdi>{each.name}</bdi>
              </strong>{" "}
              <code>{each.format}</code> · <When start={each.at} />
            </p>
            <p>
              {t("import.counts", {
                read: each.rows_read,
                accepted: each.accepted,
                duplicate: each.duplicate,
                quarantined: each.quarantined,
              })}
            </p>
            <p class="quiet">
              {t("import.bytes", { n: each.bytes ?? 0 })}{" "}
              <code class="long">{each.sha256}</code>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
