/** The longer parts of a case: its steps, what was said of it, and its log. */
import type { CasePage, CaseStep } from "../case-data.ts";
import { about, came, onSilence, those } from "../case-words.ts";
import { BASE } from "../data.ts";
import { Clock, duration, Left } from "../parts/clock.tsx";
import { named, t, word } from "../words.ts";

export function Steps({ page }: { page: CasePage }) {
  return (
    <section>
      <h2>{t("case.steps")}</h2>
      <ol class="steps">
        {page.steps.map((each) => (
          <Step step={each} page={page} />
        ))}
      </ol>
    </section>
  );
}

const SIGNS: Record<string, string> = {
  done: "✓",
  open: "▸",
  lapsed: "⚠",
  waiting: "·",
  withdrawn: "–",
};

function Step({ step, page }: { step: CaseStep; page: CasePage }) {
  return (
    <li class={`step ${step.status}`}>
      <p>
        <span aria-hidden="true" class="step-sign">
          {SIGNS[step.status] ?? "·"}
        </span>
        <strong>{named(step.do, step.id)}</strong>{" "}
        <span class={`badge ${step.status === "lapsed" ? "urgent" : ""}`}>
          {word("step", step.deemed ? "deemed" : step.status)}
          {step.outcome && <span class="why"> · {word("outcome", step.outcome)}</span>}
        </span>
      </p>
      <p class="quiet">
        {those(step.done_by ? [step.done_by] : step.by, page.names)}
        {step.within && (
          <>
            {" · "}
            {t("case.within", { within: duration(step.within), clock: word("runs_from", step.clock) })}
          </>
        )}
      </p>
      {step.four_eyes && (
        <p class="quiet">
          {step.proposed
            ? t("case.proposed", {
                who: step.proposed.person ?? those(step.proposed.by ? [step.proposed.by] : [], page.names),
                outcome: word("outcome", step.proposed.outcome),
              })
            : t("case.four_eyes")}
        </p>
      )}
      <Times step={step} />
      {step.status === "open" && <p class="quiet">{onSilence(step.silence, page)}</p>}
      <Votes step={step} page={page} />
    </li>
  );
}

function Times({ step }: { step: CaseStep }) {
  const rows = [
    ["opened", step.opened_at],
    ["due", step.due_at],
    ["lapsed", step.lapsed_at],
    ["ended", step.ended_at],
  ] as const;
  if (rows.every(([, at]) => !at)) return null;
  return (
    <dl class="facts">
      {rows.map(([name, at]) =>
        at ? (
          <div>
            <dt>{t(`step_time.${name}`)}</dt>
            <dd>
              <Clock at={at} />
            </dd>
          </div>
        ) : null,
      )}
      {step.late_s !== null && step.late_s > 0 && (
        <div>
          <dt>{t("step_time.late")}</dt>
          <dd>
            <Left seconds={-step.late_s} />
          </dd>
        </div>
      )}
    </dl>
  );
}

/** How several decide, who was there, and how each voted. */
export function Votes({ step, page }: { step: CaseStep; page: CasePage }) {
  const rule = step.decision;
  if (!rule) return null;
  const present = step.session?.present ?? [];
  return (
    <div class="votes">
      <p class="quiet">
        {word("decision", rule.rule)}
        {rule.quorum > 0 && <> · {t("commission.quorum", { n: present.length, of: rule.quorum })}</>}
        {rule.each_party && <> · {t("commission.each_party")}</>}
        {step.session?.motion && (
          <> · {t("commission.motion", { motion: word("outcome", step.session.motion) })}</>
        )}
      </p>
      {page.votes_withheld ? (
        <p class="quiet">{t("case.votes_withheld")}</p>
      ) : (
        <ul class="plain ballot">
          {rule.among.map((each) => (
            <li>
              {those([each], page.names)}:{" "}
              {step.votes[each] ? word("vote", step.votes[each]) : t("vote.none")}
              {present.length > 0 && !present.includes(each) && <> ({t("commission.absent")})</>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

export function Said({ page }: { page: CasePage }) {
  return (
    <>
      {page.said.length === 0 && <p>{t("case.nothing_said")}</p>}
      <ul class="cards">
        {page.said.map((each) => (
          <li class="card">
            <p>
              <strong>{word("said", each.what)}</strong> ·{" "}
              {those([each.by ?? t("value.unstated")], page.names)}
            </p>
            {each.reason && <blockquote dir="auto">{each.reason}</blockquote>}
            <p class="quiet">
              <Clock at={each.at} />
            </p>
          </li>
        ))}
      </ul>
      <dl class="facts">
        {Object.entries(page.replies).map(([party, { at, due_at }]) => (
          <div>
            <dt>{t("case.reply_of", { who: those([party], page.names) })}</dt>
            <dd>
              {at ? <Clock at={at} /> : t("case.no_reply")}
              {!at && due_at && (
                <>
                  {" · "}
                  {t("case.until")} <Clock at={due_at} />
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

export function CaseLog({ page }: { page: CasePage }) {
  return (
    <section>
      <h2>{t("case.log")}</h2>
      <ol class="log">
        {page.log.map((each) => (
          <li>
            <Clock at={each.at} />
            <div>
              {word("became", each.what)}
              {each.by && <> · {those(each.by.split(" "), page.names)}</>}
              {each.outcome && <> · {came(each)}</>}
              {each.about && (
                <div class="quiet">
                  <bdi>{about(each, page)}</bdi>
                </div>
              )}
              {each.reason && <blockquote dir="auto">{each.reason}</blockquote>}
            </div>
          </li>
        ))}
        {page.refused.map((each) => (
          <li class="refused">
            <Clock at={each.at} />
            <div>
              {t("case.refused", { kind: word("act", each.kind) })}
              {each.by && <> · {those([each.by], page.names)}</>} · {word("refusal", each.why)}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Letters and pictures that acts came with, as they were received. */
export function Files({ page }: { page: CasePage }) {
  if (page.files.length === 0) return null;
  return (
    <section>
      <h2>{t("case.files")}</h2>
      <ul class="cards files">
        {page.files.map((each) => (
          <li class="card">
            <a href={new URL(`api/cases/${encodeURIComponent(page.id)}/files/${each.sha256}`, BASE).href} download>
              {each.name ?? word("act", each.kind)}
            </a>{" "}
            · {word("act", each.kind)} {each.by && <>· {those([each.by], page.names)}</>}
            <p class="quiet">
              <Clock at={each.at} /> · {t("incident.entry", { entry: String(each.entry) })}
            </p>
            <code class="long">sha256 {each.sha256}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}
