/** Try a draft on what happened: other times and thresholds, or texts of one's own. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { VERDICTS } from "../data.ts";
import {
  type Changes,
  DRAFT_FILES,
  type Figure,
  type Files,
  figures,
  replay,
  type Replayed,
  stopsOf,
  type Tried,
  writtenAs,
} from "../draft-data.ts";
import { duration, lasting } from "../parts/clock.tsx";
import { Complaints } from "../parts/complaints.tsx";
import { language, named, t } from "../words.ts";
import "../styles/draft.css";

/** How long a slider rests before what it says is tried [ms]. */
const REST_MS = 400;

type Found = { figures: Figure[] } | { why: string } | null;

export function DraftView() {
  const [held, setHeld] = useState<Found>(null);
  useEffect(() => {
    figures().then(
      (told) => setHeld(told.state === "withheld" ? { why: t("draft.withheld") } : told),
      (error: { status?: number }) => setHeld({ why: whyOf(error) }),
    );
  }, []);
  return (
    <>
      <h1>{t("section.draft")}</h1>
      <p class="lead">{t("draft.lead")}</p>
      {held === null && <p class="waiting">{t("page.waiting")}</p>}
      {held && "why" in held && <p class="note">{held.why}</p>}
      {held && "figures" in held && <Trial held={held.figures} />}
    </>
  );
}

function whyOf(error: { status?: number }): string {
  return t(error.status === 401 || error.status === 403 ? "draft.not_for_all" : "page.failed_remedy");
}

/** What is asked; an answer is shown only beside what it answers. */
interface Asked {
  files: Files;
  changes: Changes;
  spoken: string;
}

interface Answer {
  of: Asked;
  told?: Tried;
  why?: string;
}

function useTried(asked: Asked): Answer | null {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const newest = useRef(asked);
  newest.current = asked;
  useEffect(() => {
    let here = true;
    const wanted = (): boolean => here && newest.current === asked;
    const timer = setTimeout(() => {
      replay(asked.files, asked.changes, wanted).then(
        (told) => told && setAnswer({ of: asked, told }),
        (error: Error) => wanted() && setAnswer({ of: asked, why: error.message }),
      );
    }, REST_MS);
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [asked]);
  return answer;
}

function Trial({ held }: { held: Figure[] }) {
  const [files, setFiles] = useState<Files>({});
  const [changes, setChanges] = useState<Changes>({});
  const spoken = language();
  const asked = useMemo(() => ({ files, changes, spoken }), [files, changes, spoken]);
  const answer = useTried(asked);
  const waiting = answer?.of !== asked;
  const tried = waiting ? undefined : answer.told;
  const own = Object.keys(files).length > 0;
  const told = answer?.of.files === files ? answer.told : undefined;
  const read = told?.state === "ready" ? told.figures : undefined;
  const known = useRef<{ files: Files; figures: Figure[] } | null>(null);
  if (read) known.current = { files, figures: read };
  const shown = own ? (known.current?.files === files ? known.current.figures : []) : held;
  return (
    <>
      <Own
        names={Object.keys(files)}
        onChosen={(chosen) => {
          setChanges({});
          setFiles(chosen);
        }}
      />
      <section class="figures">
        <h2>{t("draft.figures")}</h2>
        {shown.length === 0 && !waiting && <p class="note">{t("draft.no_figures")}</p>}
        <ul class="sliders">
          {shown.map((each) => (
            <Slider
              key={each.path}
              figure={each}
              number={changes[each.path] ?? each.number}
              onMoved={(number) => setChanges((before) => moved(before, each, number))}
            />
          ))}
        </ul>
        <p>
          <button type="button" disabled={Object.keys(changes).length === 0} onClick={() => setChanges({})}>
            {t("draft.as_written")}
          </button>
        </p>
      </section>
      <section class="outcome" aria-busy={waiting}>
        <h2>{t("draft.outcome")}</h2>
        <p role="status">{waiting ? t("draft.working") : tried?.draft ? t("draft.tried", { n: tried.draft.days }) : ""}</p>
        {!waiting && answer.why && (
          <p class="failed" role="alert">
            {t("draft.not_tried", { why: answer.why })}
          </p>
        )}
        {tried && <Outcome tried={tried} />}
      </section>
    </>
  );
}

/** Changes with one more; a figure as it is written is no change. */
function moved(before: Changes, figure: Figure, number: number): Changes {
  const { [figure.path]: _, ...others } = before;
  return number === figure.number ? others : { ...others, [figure.path]: number };
}

function Own({ names, onChosen }: { names: string[]; onChosen: (files: Files) => void }) {
  const [refused, setRefused] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const choose = async (chosen: FileList | null): Promise<void> => {
    const some = [...(chosen ?? [])].filter((each) => DRAFT_FILES.includes(each.name));
    if (!some.some((each) => each.name === "agreement.yaml")) {
      setRefused(t("draft.no_text"));
      return;
    }
    setRefused("");
    const read = await Promise.all(some.map(async (each) => [each.name, await each.text()] as const));
    onChosen(Object.fromEntries(read));
  };
  return (
    <section>
      <h2>{t("draft.whose")}</h2>
      <p role="status">
        {names.length === 0 ? t("draft.in_force") : t("draft.own_files", { names: names.join(", ") })}
      </p>
      <div class="stacked own-draft">
        <label>
          {t("draft.choose", { names: DRAFT_FILES.join(", ") })}
          <input
            type="file"
            multiple
            ref={input}
            onChange={(event) => {
              const chooser = event.currentTarget;
              //  the same file, written anew, is chosen again: the browser must see a change
              void choose(chooser.files).then(() => (chooser.value = ""));
            }}
          />
        </label>
        {refused && <p role="alert">{refused}</p>}
        {names.length > 0 && (
          <p>
            <button
              type="button"
              onClick={() => {
                onChosen({});
                input.current?.focus(); //  this button goes, and with it the place
              }}
            >
              {t("draft.back")}
            </button>
          </p>
        )}
      </div>
    </section>
  );
}

interface SliderProps {
  figure: Figure;
  number: number;
  onMoved: (number: number) => void;
}

function Slider({ figure, number, onMoved }: SliderProps) {
  const stops = stopsOf(figure);
  const at = stops.indexOf(number);
  const told = saidOf(figure, number);
  const named_ = titleOf(figure);
  const step = (by: number): void => {
    const next = stops[at + by];
    if (next !== undefined) onMoved(next);
  };
  return (
    <li class={number === figure.number ? "" : "moved"}>
      <label>
        <span>
          {named_} <code class="quiet">{figure.path}</code>
        </span>
        <input
          type="range"
          min={0}
          max={stops.length - 1}
          value={at}
          aria-valuetext={told}
          onInput={(event) => {
            const next = stops[Number(event.currentTarget.value)];
            if (next !== undefined) onMoved(next);
          }}
        />
      </label>
      <span class="row">
        <button type="button" aria-label={t("draft.less", { what: named_ })} disabled={at <= 0} onClick={() => step(-1)}>
          −
        </button>
        <output>{told}</output>
        <button
          type="button"
          aria-label={t("draft.more", { what: named_ })}
          disabled={at >= stops.length - 1}
          onClick={() => step(1)}
        >
          +
        </button>
      </span>
      {number !== figure.number && (
        <span class="quiet">{t("draft.written", { was: saidOf(figure, figure.number) })}</span>
      )}
    </li>
  );
}

function saidOf(figure: Figure, number: number): string {
  if (figure.unit) return duration(writtenAs(figure, number));
  return isKept(figure) ? new Intl.NumberFormat(language()).format(number) : t("draft.probable", { p: number });
}

function isKept(figure: Figure): boolean {
  return figure.path.endsWith(".kept");
}

function titleOf(figure: Figure): string {
  if (figure.unit) return named(figure.title, figure.path);
  return t(isKept(figure) ? "draft.threshold_kept" : "draft.threshold_breached");
}

function Outcome({ tried }: { tried: Tried }) {
  const { draft, own } = tried;
  if (tried.state === "too_long") {
    return (
      <p class="failed" role="alert">
        {t("draft.too_long", { n: tried.seconds ?? 0 })}
      </p>
    );
  }
  if (!draft || !own) {
    return (
      <>
        <p class="note">{t("draft.cannot_run", { n: tried.complaints.length })}</p>
        <Complaints of={tried.complaints} />
      </>
    );
  }
  return (
    <>
      <div class="scroll" tabIndex={0} role="region" aria-label={t("draft.outcome")}>
        <table>
          <caption>{t("draft.caption")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("draft.what")}</th>
              <th scope="col" class="figure">
                {t("draft.own")}
              </th>
              <th scope="col" class="figure">
                {t("draft.draft")}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows(draft, own).map(([what, before, after]) => (
              <tr class={before === after ? "" : "differs"}>
                <th scope="row">{what}</th>
                <td class="figure">{before}</td>
                <td class="figure">
                  {before !== after && <span aria-hidden="true">≠ </span>}
                  {after}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="quiet">{t("draft.silence_note")}</p>
      <h3>{t("draft.differs")}</h3>
      {tried.differs?.length ? (
        <ul>
          {tried.differs.map((each) => (
            <li>{each}</li>
          ))}
        </ul>
      ) : (
        <p>{t("draft.same")}</p>
      )}
    </>
  );
}

function rows(draft: Replayed, own: Replayed): [string, string, string][] {
  const told = (what: string, of: (each: Replayed) => string): [string, string, string] => [what, of(own), of(draft)];
  return [
    ...VERDICTS.map((verdict) => told(t(`verdict.${verdict}`), (each) => `${each.findings[verdict]}`)),
    told(t("draft.breaches"), (each) => `${each.breaches}`),
    told(t("draft.cases"), (each) => `${each.cases}`),
    told(t("draft.no_step"), (each) => `${each.no_step_foreseen}`),
    told(t("draft.steps"), (each) => `${each.in_silence.steps}`),
    told(t("draft.stuck"), (each) => `${each.in_silence.stuck}`),
    told(t("draft.longest"), (each) => (each.in_silence.longest_s === null ? "—" : lasting(each.in_silence.longest_s))),
    told(t("draft.waited"), (each) => lasting(each.in_silence.waited_s)),
  ];
}
