/** Decide about an incident or its reports, on record, with a reason. */
import { useState } from "preact/hooks";
import { able, send, type Told } from "../asking.ts";
import type { IncidentPage } from "../incident-data.ts";
import { t, word } from "../words.ts";
import { SignInAgain, useMe } from "./session.tsx";

const ACTS = ["correct", "merge", "split", "duplicate", "withdraw"] as const;
type Act = (typeof ACTS)[number];
const LETTERS = ["A", "B", "C", "D", "E", "F"];
const FIGURES = ["1", "2", "3", "4", "5", "6"];

/** Where the page lists what else near the incident might be the same. */
export const RIVALS = "rivals";

interface Props {
  page: IncidentPage;
  onDone: () => void;
}

export function Deciding({ page, onDone }: Props) {
  const who = useMe();
  if (!able(who, "decide", "incident") || !page.incident) return null;
  return (
    <section class="acts deciding">
      <h2>{t("decide.title")}</h2>
      <Form page={page} onDone={onDone} />
    </section>
  );
}

/** The body of a decision, of what a form holds. */
export function decision(act: Act, page: IncidentPage, filled: FormData): Record<string, unknown> {
  const one = (name: string): string => String(filled.get(name) ?? "").trim();
  const many = filled.getAll("report").map(String);
  const said = { act, reason: one("reason") };
  if (act === "merge") return { ...said, incidents: [page.key, one("other")] };
  if (act === "split") return { ...said, incidents: [page.key], reports: many };
  if (act === "duplicate") return { ...said, reports: many, of: one("of") };
  if (act === "withdraw") return { ...said, reports: many };
  const fields = { reliability: one("reliability"), credibility: one("credibility") };
  return { ...said, reports: many, fields };
}

export function Form({ page, onDone }: Props) {
  const [act, setAct] = useState<Act>("correct");
  const [told, setTold] = useState<Told | null>(null);
  const [sending, setSending] = useState(false);
  const record = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (sending) return;
    const form = event.currentTarget as HTMLFormElement;
    setSending(true);
    setTold(null); //  what came of the one before is no answer to this one
    const answer = await send("api/decisions", decision(act, page, new FormData(form)));
    setSending(false);
    setTold(answer);
    if (!answer.ok) return;
    form.reset();
    setAct("correct");
    onDone();
  };
  return (
    <>
      <form class="stacked" onSubmit={(event) => void record(event)}>
        <label>
          {t("acts.what")}
          <select
            value={act}
            onChange={(event) => {
              setAct(event.currentTarget.value as Act);
              setTold(null);
            }}
          >
            {ACTS.map((each) => (
              <option value={each}>{t(`decided.${each}`)}</option>
            ))}
          </select>
        </label>
        <Fields key={act} act={act} page={page} />
        <label>
          {t("decide.reason")}
          <textarea name="reason" required maxLength={2000} rows={2} />
        </label>
        <button type="submit" class="first" disabled={sending}>
          {t("acts.record")}
        </button>
        <p role="status">{told && outcome(told)}</p>
      </form>
      {told?.status === 401 && <SignInAgain onDone={() => setTold(null)} />}
    </>
  );
}

function outcome(told: Told): string {
  if (told.ok) return t("decide.recorded");
  if (told.status === 0) return t("acts.no_link");
  if (told.status === 401) return t("session.ended");
  return t("acts.not_recorded", { why: String(told.body["detail"] ?? told.status) });
}

function Fields({ act, page }: { act: Act; page: IncidentPage }) {
  const reports = useAll(page.reports.map((each) => `${each.source}:${each.key}`));
  if (act === "merge") {
    return (
      <label>
        {t("decide.other")}
        <input name="other" list={RIVALS} required maxLength={200} autocomplete="off" />
      </label>
    );
  }
  if (act === "split") {
    return (
      <fieldset>
        <legend>{t("decide.leaving")}</legend>
        {reports.map((each) => (
          <label class="tick" key={each}>
            <input type="checkbox" name="report" value={each} /> <bdi>{each}</bdi>
          </label>
        ))}
      </fieldset>
    );
  }
  return (
    <>
      <Chosen name="report" label={t("decide.report")} from={reports} />
      {act === "duplicate" && <Chosen name="of" label={t("decide.of")} from={reports} />}
      {act === "correct" && (
        <>
          <Chosen name="reliability" label={t("decide.reliability")} from={LETTERS} group="reliability" />
          <Chosen name="credibility" label={t("decide.credibility")} from={FIGURES} group="credibility" />
        </>
      )}
    </>
  );
}

/** All that was ever offered while the act is filled in: news takes no choice away. */
function useAll(offered: string[]): string[] {
  const [all, setAll] = useState(offered);
  const news = offered.filter((each) => !all.includes(each));
  if (news.length > 0) setAll([...all, ...news]);
  return [...all, ...news];
}

interface ChosenProps {
  name: string;
  label: string;
  from: string[];
  group?: string;
}

function Chosen({ name, label, from, group }: ChosenProps) {
  return (
    <label>
      {label}
      <select name={name} required>
        <option value="">—</option>
        {from.map((each) => (
          <option key={each} value={each}>{group ? `${each}: ${word(group, each)}` : each}</option>
        ))}
      </select>
    </label>
  );
}
