/** Words for what is due in cases, for those who act, and for silence. */
import { type CasePage, type Names, type Silence, thing, type Transition } from "./case-data.ts";
import { duration } from "./parts/clock.tsx";
import { moment, utc } from "./times.ts";
import { named, t, word } from "./words.ts";

/** Names of those who act, in the reader's language. */
export function those(ids: readonly string[], names: Names): string {
  return ids.map((each) => named(names[each], each)).join(", ");
}

/** What is to be done: the agreement's words, else what kind of thing it is. */
export function doing(key: string, said: string): string {
  const { what } = thing(key);
  if (what === "step" && said) return said;
  return said ? `${word("due", what)}: ${said}` : word("due", what);
}

/** What holds if a step is not taken in time, as the agreement says it. */
export function onSilence(silence: Silence | null, page: Pick<CasePage, "names">): string {
  if (silence === null) return t("silence.none");
  return t(`silence.${silence.then}`, {
    outcome: silence.outcome ? word("outcome", silence.outcome) : t("value.unstated"),
    to: those(silence.to, page.names),
    within: silence.within ? duration(silence.within) : t("value.unstated"),
  });
}

/** What came of something: a vote, or an outcome. */
export function came(each: Transition): string {
  return word(each.what === "voted" ? "vote" : "outcome", each.outcome);
}

/** What a line of the log is about: a step, a clock, a sort of ground, or its own id. */
export function about(each: Transition, page: CasePage): string {
  const key = each.about ?? "";
  const step = page.steps.find((one) => one.id === key);
  if (step) return named(step.do, key);
  if (each.what === "opened") return word("act", key);
  if (each.what === "published") return t(`edition.${key}`);
  const remedy = page.remedies.find((one) => one.key === key);
  if (remedy) return named(remedy.title, key);
  return key.includes(":") ? doing(key, those([key.slice(key.indexOf(":") + 1)], page.names)) : those([key], page.names);
}

/** Minutes drafted from what is on record of a case; whoever writes them goes over it. */
export function draftOf(page: CasePage): string {
  const lines = page.log.map((each) => {
    const said = [
      `${moment(each.at)} (${utc(each.at)})`,
      word("became", each.what),
      each.by ? those(each.by.split(" "), page.names) : "",
      each.outcome ? came(each) : "",
      each.about ? about(each, page) : "",
      each.reason ? `“${each.reason}”` : "",
    ];
    return `– ${said.filter(Boolean).join(" · ")}`;
  });
  const open = page.said.some((each) => each.what === "dispute") ? [t("case.contested_still")] : [];
  return [`${page.id}: ${named(page.procedure)}`, ...lines, ...open].join("\n").slice(0, MOST_WRITTEN);
}

/** What the service takes of words [characters]. */
export const MOST_WRITTEN = 20_000;
