/** Words for what is due in cases, for those who act, and for silence. */
import { type CasePage, type Names, type Silence, thing } from "./case-data.ts";
import { duration } from "./parts/clock.tsx";
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
