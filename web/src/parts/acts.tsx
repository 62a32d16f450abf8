/** Record an act in a case: what one's roles and office allow, and no more. */
import { useState } from "preact/hooks";
import { able, type Me, send, type Told } from "../asking.ts";
import type { CasePage } from "../case-data.ts";
import { those } from "../case-words.ts";
import { at } from "../field/when.ts";
import { sendPhoto } from "../field/sending.ts";
import { digestOf } from "../ledger.ts";
import { zoneName } from "../times.ts";
import { t, word } from "../words.ts";
import { ACTS, type Act, body, FIELDS, type Filled, WITH_FILE } from "./acts-known.tsx";
import { SignInAgain, useMe } from "./session.tsx";

interface Props {
  page: CasePage;
  onDone: () => void;
}

export function Acts({ page, onDone }: Props) {
  const who = useMe();
  const offered = possible(who, page);
  if (!who || offered.length === 0) return null;
  return (
    <section class="acts">
      <h2>{t("acts.title")}</h2>
      <Form who={who} page={page} offered={offered} onDone={onDone} />
    </section>
  );
}

/** The acts that somebody may record now. */
export function possible(who: Me | null, page: CasePage): Act[] {
  return ACTS.filter(
    (each) =>
      able(who, "act", each.class) &&
      (each.whenever?.(page) ?? true) &&
      (who?.office !== null || who.roles.includes("commission")),
  );
}

/** For whom one may act: one's office, or as the secretary for anybody. */
function offices(who: Me, page: CasePage): string[] {
  const own = who.office ? [who.office] : [];
  if (!who.roles.includes("commission")) return own;
  return [...new Set([...own, ...Object.keys(page.names)])];
}

function Form({ who, page, offered, onDone }: Props & { who: Me; offered: Act[] }) {
  const [kind, setKind] = useState(offered[0]?.kind ?? "");
  const [filled, setFilled] = useState<Filled>({ by: who.office ?? "" });
  const [sending, setSending] = useState(false);
  const [told, setTold] = useState<Told | null>(null);
  const [file, setFile] = useState<File | null>(null);
  const act = offered.find((each) => each.kind === kind) ?? offered[0];
  if (!act) return null;
  const set = (name: string, value: string): void =>
    setFilled((before) => ({ ...before, [name]: value }));
  const record = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (sending) return;
    setSending(true);
    setTold(null); //  what came of the one before is no answer to this one
    const where = `api/cases/${encodeURIComponent(page.id)}/event`;
    const took = placed(filled["at"]);
    const written = { ...body(act, filled, page), ...(took ? { at: took } : {}) };
    const answer = await sendWith(file && WITH_FILE.has(act.kind) ? file : null, where, written);
    setSending(false);
    setTold(answer);
    if (answer.ok) {
      setFilled({ by: filled["by"] ?? "" });
      setFile(null);
      onDone();
    }
  };
  const form = (
    <form class="stacked" onSubmit={(event) => void record(event)}>
      <label>
        {t("acts.what")}
        <select
          value={act.kind}
          onChange={(event) => {
            setKind(event.currentTarget.value);
            setTold(null);
          }}
        >
          {offered.map((each) => (
            <option value={each.kind}>{word("act", each.kind)}</option>
          ))}
        </select>
      </label>
      <label>
        {t("acts.by")}
        <select
          required
          value={filled["by"] ?? ""}
          onChange={(event) => set("by", event.currentTarget.value)}
        >
          <option value="">—</option>
          {offices(who, page).map((each) => (
            <option value={each}>{those([each], page.names)}</option>
          ))}
        </select>
      </label>
      {act.fields.map((name) => {
        const Field = FIELDS[name];
        return <Field key={`${act.kind} ${name}`} page={page} filled={filled} set={set} />;
      })}
      {WITH_FILE.has(act.kind) && (
        <label key={`${act.kind} ${file === null}`}>
          {t("acts.file")}
          <input type="file" onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)} />
          {file && <bdi class="quiet">{file.name}</bdi>}
        </label>
      )}
      <details>
        <summary>{t("acts.earlier")}</summary>
        <label>
          {t("acts.at", { zone: zoneName() })}
          <input
            type="datetime-local"
            value={filled["at"] ?? ""}
            onInput={(event) => set("at", event.currentTarget.value)}
          />
        </label>
      </details>
      <button type="submit" class="first" disabled={sending}>
        {t("acts.record")}
      </button>
      <p role="status">{told && outcome(told)}</p>
    </form>
  );
  return (
    <>
      {form}
      {told?.status === 401 && <SignInAgain onDone={() => setTold(null)} />}
    </>
  );
}

/** Send a file, go on where it broke off, then record the act that names it by its digest. */
async function sendWith(file: File | null, where: string, written: Record<string, unknown>): Promise<Told> {
  if (!file) return send(where, written);
  const bytes = await file.arrayBuffer();
  const digest = await digestOf(bytes);
  const came = await sendPhoto({ sha256: digest, bytes }, async () => undefined);
  if (came !== "sent") return { ok: false, status: came === "sign-in" ? 401 : 0, body: {} };
  return send(where, { ...written, files: [digest] });
}

/** An instant written as the mission's clock shows it; null where none is. */
function placed(written: string | undefined): string | null {
  const [date = "", time = ""] = (written ?? "").split("T");
  return at(date, time, zoneName())?.toISOString() ?? null;
}

/** What came of recording: on record, on record as refused, or not recorded. */
export function outcome(told: Told): string {
  if (told.ok && told.body["refused"]) {
    return t("acts.refused", { why: word("refusal", String(told.body["refused"])) });
  }
  if (told.ok) return t("acts.recorded");
  if (told.status === 0) return t("acts.no_link");
  if (told.status === 401) return t("session.ended");
  const detail = String(told.body["message"] ?? told.body["detail"] ?? told.status);
  return t("acts.not_recorded", { why: detail });
}
