/** What tests of pages begin from: the English catalogue, a mission, an answer. */
import { readFileSync } from "node:fs";
import { vi } from "vitest";
import type { About } from "../src/data.ts";

type Forms = string | Record<string, string>;

const FORMS = ["one", "other"];

/** A catalogue, the English one unless another is named, read as gettext writes it. */
export function catalogue(language = "en"): Record<string, Forms> {
  const text = readFileSync(`../src/pamiers/app/locale/${language}.po`, "utf8");
  const plain = [...text.matchAll(/msgid "([^"]+)"\nmsgstr "([^"]*)"/g)];
  const several = [...text.matchAll(/msgid_plural "([^"]+)"\n((?:msgstr\[\d\] "[^"]*"\n?)+)/g)];
  const found: Record<string, Forms> = Object.fromEntries(plain.map(([, key, said]) => [key, said]));
  for (const [, key = "", forms = ""] of several) {
    const said = [...forms.matchAll(/"([^"]*)"/g)].map(([, each = ""]) => each);
    found[key] = Object.fromEntries(said.map((each, index) => [FORMS[index], each]));
  }
  return found;
}

export const ABOUT: About = {
  mission: "m",
  edition: "public",
  now: "2020-08-01T00:00:00Z",
  agreement: {
    id: "a",
    title: { en: "Agreement" },
    parties: [
      { id: "p", name: { en: "Party P" } },
      { id: "north", name: { en: "the north" } },
    ],
    time_zone: "Europe/Kyiv",
    cut_off: "19:30",
    attribution: "forbidden",
    sectors: [{ id: "s", title: { en: "Sector S" } }],
    clauses: [{ id: "c", title: { en: "Clause C" }, cite: "1" }],
  },
  record: { entries: 3, head: "ab".repeat(32) },
  findings: { breached: 1 },
  days: [],
  releases: [],
};

/** Have every request answered with one page. */
export function answer(page: unknown): void {
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify(page)));
}
