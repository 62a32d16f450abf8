/** The hotline: who called whom, what was announced, who answered; and a call to log. */
import { useEffect, useState } from "preact/hooks";
import { able, type Me, send } from "../asking.ts";
import type { Names } from "../case-data.ts";
import { those } from "../case-words.ts";
import { BASE } from "../data.ts";
import { at as instantAt } from "../field/when.ts";
import { useNews } from "../live.ts";
import { outcome } from "../parts/acts.tsx";
import { Clock, lasting } from "../parts/clock.tsx";
import { Link } from "../parts/link.tsx";
import { Live } from "../parts/loaded.tsx";
import { useMe } from "../parts/session.tsx";
import { span, zoneName } from "../times.ts";
import { t } from "../words.ts";
import type { Call, CommissionPage } from "../work-data.ts";
import type { PageProps } from "./of.tsx";

export function HotlineView(_: PageProps) {
  return (
    <>
      <h1>{t("section.hotline")}</h1>
      <p class="lead">{t("hotline.lead")}</p>
      <Live<CommissionPage> name="commission">{(page) => <Log names={page.names} />}</Live>
    </>
  );
}

type Found = { calls: Call[] } | { why: string } | null;

async function ask(): Promise<Found> {
  try {
    const answer = await fetch(new URL("api/hotline", BASE), { credentials: "same-origin" });
    if (!answer.ok) return { why: t("hotline.withheld") };
    return (await answer.json()) as { calls: Call[] };
  } catch {
    return { why: t("page.failed_remedy") };
  }
}

function Log({ names }: { names: Names }) {
  const who = useMe();
  const [turn, again] = useNews("hotline");
  const [found, setFound] = useState<Found>(null);
  const [announced, setAnnounced] = useState(false);
  useEffect(() => void ask().then(setFound), [turn]);
  if (!found) return <p class="waiting">{t("page.waiting")}</p>;
  if ("why" in found) return <p class="note">{found.why}</p>;
  const newest = [...found.calls].reverse().filter((each) => !announced || each.activity);
  const waiting = found.calls.filter((each) => each.answered_after_s === null).length;
  return (
    <>
      {able(who, "send", "call") && who && <NewCall who={who} names={names} onDone={again} />}
      <section>
        <h2>{t("hotline.log")}</h2>
        <p class="row">
          <button type="button" aria-pressed={announced} onClick={() => setAnnounced(!announced)}>
            {t("hotline.announced_only")}
          </button>
          <span role="status">{t("hotline.counted", { n: newest.length, waiting })}</span>
        </p>
        <ol class="cards">
          {newest.map((each) => (
            <CallCard key={each.entry} call={each} names={names} who={who} onDone={again} />
          ))}
        </ol>
      </section>
    </>
  );
}

interface CardProps {
  call: Call;
  names: Names;
  who: Me | null;
  onDone: () => void;
}

function CallCard({ call, names, who, onDone }: CardProps) {
  const own = who ? offices(who, names).filter((each) => call.to.includes(each) || each === call.by) : [];
  return (
    <li class="card">
      <p>
        <strong>{t("hotline.who", { by: those([call.by], names), to: those(call.to, names) })}</strong> ·{" "}
        <Clock at={call.at} />
        {call.case && (
          <>
            {" "}
            · <Link to={`/case/${call.case}`}>{call.case}</Link>
          </>
        )}
      </p>
      <p>{call.said}</p>
      {call.activity && (
        <p class="note">
          {t("hotline.announces", {
            what: call.activity.what,
            place: call.activity.place,
            when: span(call.activity.start, call.activity.end),
          })}
        </p>
      )}
      <ul class="plain">
        {call.answers.map((each) => (
          <li>
            {those([each.by], names)}, <Clock at={each.at} />: {each.said || each.outcome}
          </li>
        ))}
      </ul>
      {call.outcome && <p>{t("hotline.came", { outcome: call.outcome })}</p>}
      <p class="quiet">
        {call.answered_after_s === null
          ? t("hotline.not_answered")
          : t("hotline.answered", { time: lasting(call.answered_after_s) })}
      </p>
      {own.length > 0 && who && able(who, "send", "call") && (
        <Answering call={call} own={own} names={names} onDone={onDone} />
      )}
    </li>
  );
}

/** For whom one may speak: one's office, or as the secretary for anybody. */
function offices(who: Me, names: Names): string[] {
  const own = who.office ? [who.office] : [];
  if (!who.roles.includes("commission")) return own;
  return [...new Set([...own, ...Object.keys(names)])];
}

interface AnsweringProps {
  call: Call;
  own: string[];
  names: Names;
  onDone: () => void;
}

function Answering({ call, own, names, onDone }: AnsweringProps) {
  const [text, setText] = useState("");
  const [by, setBy] = useState(own[0] ?? "");
  const [told, setTold] = useState("");
  const record = async (event: Event): Promise<void> => {
    event.preventDefault();
    const answer = await send(`api/hotline/${call.entry}/answer`, { by, text });
    setTold(outcome(answer));
    if (!answer.ok) return;
    setText("");
    onDone();
  };
  return (
    <details>
      <summary>{t("hotline.answer")}</summary>
      <form class="stacked" onSubmit={(event) => void record(event)}>
        <Speaker own={own} names={names} value={by} onChange={setBy} />
        <Words label={t("hotline.said")} value={text} onChange={setText} />
        <button type="submit">{t("acts.record")}</button>
        <p role="status">{told}</p>
      </form>
    </details>
  );
}

interface SpeakerProps {
  own: string[];
  names: Names;
  value: string;
  onChange: (value: string) => void;
}

function Speaker({ own, names, value, onChange }: SpeakerProps) {
  return (
    <label>
      {t("acts.by")}
      <select required value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {own.map((each) => (
          <option value={each}>{those([each], names)}</option>
        ))}
      </select>
    </label>
  );
}

interface WordsProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

function Words({ label, value, onChange }: WordsProps) {
  return (
    <label>
      {label}
      <textarea
        required
        rows={2}
        maxLength={20_000}
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}

const BLANK = { text: "", what: "", place: "", day: "", from: "", lastDay: "", until: "" };

function NewCall({ who, names, onDone }: { who: Me; names: Names; onDone: () => void }) {
  const own = offices(who, names);
  const [by, setBy] = useState(own[0] ?? "");
  const [to, setTo] = useState<string[]>([]);
  const [filled, setFilled] = useState(BLANK);
  const [told, setTold] = useState("");
  const set = (part: Partial<typeof BLANK>): void => setFilled((before) => ({ ...before, ...part }));
  const record = async (event: Event): Promise<void> => {
    event.preventDefault();
    const activity = announcedIn(filled);
    if (to.length === 0 || activity === "incomplete") {
      setTold(t(to.length === 0 ? "hotline.nobody" : "hotline.incomplete"));
      return;
    }
    const answer = await send("api/hotline", { by, to, text: filled.text, activity });
    setTold(outcome(answer));
    if (!answer.ok) return;
    setFilled(BLANK);
    onDone();
  };
  if (own.length === 0) return null;
  return (
    <section>
      <h2>{t("hotline.new")}</h2>
      <form class="stacked" onSubmit={(event) => void record(event)}>
        <Speaker own={own} names={names} value={by} onChange={setBy} />
        <fieldset class="checks">
          <legend>{t("hotline.to")}</legend>
          {Object.keys(names)
            .filter((each) => each !== by)
            .map((each) => (
              <label>
                <input
                  type="checkbox"
                  checked={to.includes(each)}
                  onChange={() => setTo(to.includes(each) ? to.filter((e) => e !== each) : [...to, each])}
                />{" "}
                {those([each], names)}
              </label>
            ))}
        </fieldset>
        <Words label={t("hotline.said")} value={filled.text} onChange={(text) => set({ text })} />
        <details>
          <summary>{t("hotline.announce")}</summary>
          <p class="quiet">{t("hotline.announce_means", { zone: zoneName() })}</p>
          <Line label={t("hotline.what")} type="text" value={filled.what} onChange={(what) => set({ what })} />
          <Line label={t("hotline.place")} type="text" value={filled.place} onChange={(place) => set({ place })} />
          <Line label={t("hotline.first_day")} type="date" value={filled.day} onChange={(day) => set({ day })} />
          <Line label={t("field.time_from")} type="time" value={filled.from} onChange={(from) => set({ from })} />
          <Line label={t("hotline.last_day")} type="date" value={filled.lastDay} onChange={(lastDay) => set({ lastDay })} />
          <Line label={t("field.time_until")} type="time" value={filled.until} onChange={(until) => set({ until })} />
        </details>
        <button type="submit" class="first">
          {t("acts.record")}
        </button>
        <p role="status">{told}</p>
      </form>
    </section>
  );
}

function Line({ label, type, value, onChange }: WordsProps & { type: "text" | "date" | "time" }) {
  return (
    <label>
      {label}
      {type === "text" ? (
        <input type="text" value={value} onInput={(event) => onChange(event.currentTarget.value)} />
      ) : (
        <input type={type} value={value} onInput={(event) => onChange(event.currentTarget.value)} />
      )}
    </label>
  );
}

interface Announced {
  what: string;
  place: string;
  start: string;
  end: string;
}

/** What is announced; null for nothing, "incomplete" where something of it is missing. */
export function announcedIn(filled: typeof BLANK): Announced | null | "incomplete" {
  const { text: _, ...asked } = filled;
  if (!Object.values(asked).some(Boolean)) return null;
  const start = instantAt(asked.day, asked.from, zoneName());
  const end = instantAt(asked.lastDay || asked.day, asked.until, zoneName());
  if (!asked.what || !asked.place || !start || !end) return "incomplete";
  return { what: asked.what, place: asked.place, start: start.toISOString(), end: end.toISOString() };
}
