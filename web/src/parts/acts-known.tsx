/** The acts of a case that can be recorded from its page, and what each asks. */
import type { ComponentChildren, FunctionComponent } from "preact";
import type { CasePage } from "../case-data.ts";
import { draftOf, MOST_WRITTEN, those } from "../case-words.ts";
import { named, t, word } from "../words.ts";

/** What was filled in; several are kept as one text, parted by blanks. */
export type Filled = Record<string, string>;

export interface FieldProps {
  page: CasePage;
  filled: Filled;
  set: (name: string, value: string) => void;
}

type FieldName =
  | "finding"
  | "open_step"
  | "voted_step"
  | "outcome"
  | "motion"
  | "present"
  | "ballot"
  | "yes_no"
  | "text"
  | "held_remedy"
  | "new_remedy"
  | "party"
  | "lasts"
  | "proposed_step"
  | "whose"
  | "method"
  | "confidence"
  | "letter"
  | "draft"
  | "result";

export interface Act {
  kind: string;
  class: string;
  fields: FieldName[];
  /** What the value of the kind's own key is taken from. */
  about: string;
  whenever?: (page: CasePage) => boolean;
}

/** Acts that a letter or a picture may come with. */
export const WITH_FILE: ReadonlySet<string> = new Set([
  "received",
  "evidence",
  "reply",
  "account",
  "dispute",
  "reserved",
]);

const opened = (page: CasePage): boolean => page.status === "open";
const closed = (page: CasePage): boolean => page.status === "closed";
const actable = (page: CasePage): boolean => opened(page) && openSteps(page).length > 0;
const proposed = (page: CasePage): boolean => opened(page) && proposedSteps(page).length > 0;
const voted = (page: CasePage): boolean => opened(page) && votedSteps(page).length > 0;

export const ACTS: readonly Act[] = [
  { kind: "reply", class: "case-word", fields: ["text"], about: "text" },
  { kind: "account", class: "case-word", fields: ["finding", "text"], about: "text" },
  { kind: "dispute", class: "case-word", fields: ["finding", "text"], about: "text" },
  { kind: "reserved", class: "case-word", fields: ["text"], about: "text" },
  { kind: "evidence", class: "case-word", fields: ["text"], about: "text" },
  { kind: "vote", class: "case-vote", fields: ["voted_step", "ballot"], about: "choice", whenever: voted },
  { kind: "act", class: "case-act", fields: ["open_step", "outcome"], about: "step", whenever: actable },
  {
    kind: "second",
    class: "case-act",
    fields: ["proposed_step", "yes_no"],
    about: "choice",
    whenever: proposed,
  },
  { kind: "received", class: "case-course", fields: ["letter"], about: "letter", whenever: opened },
  {
    kind: "attributed",
    class: "case-act",
    fields: ["whose", "method", "confidence"],
    about: "whose",
    whenever: opened,
  },
  {
    kind: "session",
    class: "case-act",
    fields: ["voted_step", "present", "motion"],
    about: "step",
    whenever: voted,
  },
  {
    kind: "extension-asked",
    class: "case-word",
    fields: ["open_step", "lasts"],
    about: "lasts",
    whenever: actable,
  },
  { kind: "consent", class: "case-word", fields: ["open_step", "yes_no"], about: "choice", whenever: actable },
  {
    kind: "remedy",
    class: "case-act",
    fields: ["new_remedy", "party"],
    about: "remedy",
    whenever: (page) => page.may_determine.length > 0,
  },
  {
    kind: "remedy-done",
    class: "case-word",
    fields: ["held_remedy"],
    about: "remedy",
    whenever: (page) => page.remedies.some((each) => !each.done_at),
  },
  {
    kind: "remedy-verified",
    class: "case-act",
    fields: ["held_remedy", "yes_no"],
    about: "remedy",
    whenever: (page) => page.remedies.some((each) => each.done_at && !each.verified_at),
  },
  { kind: "closed", class: "case-act", fields: ["result", "text"], about: "result", whenever: opened },
  { kind: "minutes", class: "case-act", fields: ["draft"], about: "draft", whenever: closed },
  {
    kind: "signed",
    class: "case-word",
    fields: ["yes_no"],
    about: "choice",
    whenever: (page) => Boolean(page.minutes?.at),
  },
  { kind: "published", class: "case-act", fields: [], about: "", whenever: closed },
];

function openSteps(page: CasePage): CasePage["steps"] {
  return page.steps.filter((each) => each.status === "open" || each.status === "lapsed");
}

function proposedSteps(page: CasePage): CasePage["steps"] {
  return openSteps(page).filter((each) => each.proposed);
}

function votedSteps(page: CasePage): CasePage["steps"] {
  return openSteps(page).filter((each) => each.decision);
}

/** The event as the service takes it. */
export function body(act: Act, filled: Filled, page: CasePage): Record<string, unknown> {
  const found: Record<string, unknown> = { by: filled["by"] };
  found[act.kind] = act.about ? (filled[act.about] ?? first(act.about, page, act)) : true;
  const step = filled["step"] ?? first("step", page, act);
  if (needs(act, "open_step", "voted_step", "proposed_step") && act.about !== "step") found["step"] = step;
  if (needs(act, "finding") && filled["finding"]) found["findings"] = [filled["finding"]];
  if (needs(act, "outcome", "motion") && filled["outcome"]) found["outcome"] = filled["outcome"];
  if (needs(act, "present")) found["present"] = several(filled["present"]);
  if (needs(act, "party") && filled["party"]) found["party"] = filled["party"];
  if (act.kind === "attributed" && filled["whose"]) {
    found["method"] = filled["method"];
    found["confidence"] = filled["confidence"] ?? "C1";
  }
  if (act.kind === "remedy-verified") found["choice"] = filled["choice"] ?? "yes";
  if (act.kind === "closed") found["reason"] = filled["text"];
  return found;
}

function several(text: string | undefined): string[] {
  return text?.split(" ").filter(Boolean) ?? [];
}

function needs(act: Act, ...names: FieldName[]): boolean {
  return names.some((each) => act.fields.includes(each));
}

function choosable(page: CasePage, act: Act): CasePage["steps"] {
  if (act.fields.includes("voted_step")) return votedSteps(page);
  return act.fields.includes("proposed_step") ? proposedSteps(page) : openSteps(page);
}

/** What a choice holds before anybody touched it: its first option. */
function first(name: string, page: CasePage, act: Act): string {
  const steps = choosable(page, act);
  if (name === "step") return steps[0]?.id ?? "";
  if (name === "choice") return act.fields.includes("ballot") ? "for" : "yes";
  if (name === "draft") return draftOf(page);
  if (name !== "remedy") return "";
  return (act.kind === "remedy" ? page.may_determine[0]?.key : page.remedies[0]?.key) ?? "";
}

interface PickProps {
  label: string;
  name: string;
  options: [string, string][];
  empty?: boolean;
}

function Pick({ label, name, options, empty, filled, set }: PickProps & FieldProps) {
  return (
    <label>
      {label}
      <select
        value={filled[name] ?? (empty ? "" : (options[0]?.[0] ?? ""))}
        onChange={(event) => set(name, event.currentTarget.value)}
      >
        {empty && <option value="">—</option>}
        {options.map(([id, said]) => (
          <option value={id}>{said}</option>
        ))}
      </select>
    </label>
  );
}

function listed(held: CasePage["steps"]): [string, string][] {
  return held.map((each) => [each.id, named(each.do, each.id)]);
}

/** Outcomes of the step that is chosen, as the agreement names them. */
function outcomes(page: CasePage, filled: Filled, held: CasePage["steps"]): [string, string][] {
  const at = page.steps.find((each) => each.id === (filled["step"] ?? held[0]?.id));
  return (at?.outcomes ?? []).map((each) => [each, word("outcome", each)]);
}

interface LineProps {
  label: string;
  name: string;
}

function Line({ label, name, filled, set }: LineProps & FieldProps) {
  return (
    <Written label={label}>
      <input
        type="text"
        required
        maxLength={2000}
        value={filled[name] ?? ""}
        onInput={(event) => set(name, event.currentTarget.value)}
      />
    </Written>
  );
}

function Written({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <label>
      {label}
      {children}
    </label>
  );
}

export const FIELDS: Record<FieldName, FunctionComponent<FieldProps>> = {
  finding: (props) => (
    <Pick
      {...props}
      label={t("acts.finding")}
      name="finding"
      empty
      options={props.page.findings.map((each) => [
        each.key,
        `${named(each.title, each.clause)} · ${each.key}`,
      ])}
    />
  ),
  open_step: (props) => (
    <Pick {...props} label={t("acts.step")} name="step" options={listed(openSteps(props.page))} />
  ),
  proposed_step: (props) => (
    <Pick {...props} label={t("acts.step")} name="step" options={listed(proposedSteps(props.page))} />
  ),
  whose: (props) => (
    <Pick
      {...props}
      label={t("acts.whose")}
      name="whose"
      options={[
        ["", word("attribution", "not attributed")],
        ...Object.keys(props.page.replies).map((each): [string, string] => [each, those([each], props.page.names)]),
      ]}
    />
  ),
  method: (props) => {
    if (!props.filled["whose"]) return null;
    return <Line {...props} label={t("acts.method")} name="method" />;
  },
  confidence: (props) => {
    if (!props.filled["whose"]) return null;
    const options = ["C1", "C2", "C3"].map((each): [string, string] => [each, `${each}: ${word("confidence", each)}`]);
    return <Pick {...props} label={t("acts.confidence")} name="confidence" options={options} />;
  },
  letter: (props) => <Line {...props} label={t("acts.letter")} name="letter" />,
  voted_step: (props) => (
    <Pick {...props} label={t("acts.step")} name="step" options={listed(votedSteps(props.page))} />
  ),
  outcome: (props) => {
    const options = outcomes(props.page, props.filled, openSteps(props.page));
    if (options.length === 0) return null;
    return <Pick {...props} label={t("acts.outcome")} name="outcome" empty options={options} />;
  },
  motion: (props) => {
    const options = outcomes(props.page, props.filled, votedSteps(props.page));
    if (options.length > 0)
      return <Pick {...props} label={t("acts.motion")} name="outcome" empty options={options} />;
    return (
      <Written label={t("acts.motion")}>
        <input
          type="text"
          value={props.filled["outcome"] ?? ""}
          onInput={(event) => props.set("outcome", event.currentTarget.value)}
        />
      </Written>
    );
  },
  present: (props) => {
    const held = votedSteps(props.page);
    const at = held.find((each) => each.id === props.filled["step"]) ?? held[0];
    const there = several(props.filled["present"]);
    return (
      <fieldset>
        <legend>{t("acts.present")}</legend>
        {(at?.decision?.among ?? []).map((each) => (
          <label class="tick">
            <input
              type="checkbox"
              checked={there.includes(each)}
              onChange={(event) =>
                props.set(
                  "present",
                  [
                    ...there.filter((other) => other !== each),
                    ...(event.currentTarget.checked ? [each] : []),
                  ].join(" "),
                )
              }
            />{" "}
            {those([each], props.page.names)}
          </label>
        ))}
      </fieldset>
    );
  },
  ballot: (props) => (
    <Pick
      {...props}
      label={t("acts.choice")}
      name="choice"
      options={["for", "against", "abstain"].map((each) => [each, word("vote", each)])}
    />
  ),
  yes_no: (props) => (
    <Pick
      {...props}
      label={t("acts.choice")}
      name="choice"
      options={["yes", "no"].map((each) => [each, word("answer", each)])}
    />
  ),
  text: (props) => (
    <Written label={t("acts.text")}>
      <textarea
        required
        rows={4}
        dir="auto"
        value={props.filled["text"] ?? ""}
        onInput={(event) => props.set("text", event.currentTarget.value)}
      />
    </Written>
  ),
  draft: (props) => (
    <Written label={t("acts.draft")}>
      <textarea
        required
        rows={12}
        dir="auto"
        maxLength={MOST_WRITTEN}
        value={props.filled["draft"] ?? draftOf(props.page)}
        onInput={(event) => props.set("draft", event.currentTarget.value)}
      />
    </Written>
  ),
  held_remedy: (props) => (
    <Pick
      {...props}
      label={t("acts.remedy")}
      name="remedy"
      options={props.page.remedies.map((each) => [each.key, named(each.title, each.key)])}
    />
  ),
  new_remedy: (props) => (
    <Pick
      {...props}
      label={t("acts.remedy")}
      name="remedy"
      options={props.page.may_determine.map((each) => [each.key, named(each.title, each.key)])}
    />
  ),
  party: (props) => (
    <Pick
      {...props}
      label={t("column.party")}
      name="party"
      empty
      options={Object.keys(props.page.replies).map((each) => [each, those([each], props.page.names)])}
    />
  ),
  lasts: (props) => (
    <Written label={t("acts.lasts")}>
      <input
        type="text"
        required
        placeholder="12 h elapsed"
        value={props.filled["lasts"] ?? ""}
        onInput={(event) => props.set("lasts", event.currentTarget.value)}
      />
    </Written>
  ),
  result: (props) => (
    <Written label={t("acts.outcome")}>
      <input
        type="text"
        required
        list="outcomes"
        value={props.filled["result"] ?? ""}
        onInput={(event) => props.set("result", event.currentTarget.value)}
      />
      <datalist id="outcomes">
        {[...new Set(props.page.steps.flatMap((each) => each.outcomes))].map((each) => (
          <option value={each}>{word("outcome", each)}</option>
        ))}
      </datalist>
    </Written>
  ),
};
