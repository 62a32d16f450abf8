/** Words in the reader's language, from the same catalogues as the reports. */
import { fetchPage, type Words } from "./data.ts";

export const LANGUAGES: readonly { code: string; name: string }[] = [
  { code: "en", name: "English" },
  { code: "uk", name: "Українська" },
  { code: "fr", name: "Français" },
  { code: "lv", name: "Latviešu" },
];

type Forms = string | Record<string, string>;
interface Catalogue {
  language: string;
  words: Record<string, Forms>;
}

let spoken: Catalogue = { language: "en", words: {} };
let rules = new Intl.PluralRules("en");

export async function speak(language: string): Promise<void> {
  use(await fetchPage<Catalogue>(`words/${language}`));
}

export function use(catalogue: Catalogue): void {
  spoken = catalogue;
  rules = new Intl.PluralRules(catalogue.language);
  document.documentElement.lang = catalogue.language;
}

export function language(): string {
  return spoken.language;
}

/** Say a sentence of the catalogue; one that is missing is told by its key. */
export function t(key: string, params: Record<string, string | number> = {}): string {
  const forms = spoken.words[key];
  if (forms === undefined) return key;
  const pattern = typeof forms === "string" ? forms : plural(forms, params["n"]);
  return pattern.replace(/\{(\w+)\}/g, (_whole, name: string) => shown(params[name]));
}

function plural(forms: Record<string, string>, n: string | number | undefined): string {
  const category = rules.select(typeof n === "number" ? n : 0);
  return forms[category] ?? forms["other"] ?? Object.values(forms)[0] ?? "";
}

function shown(value: string | number | undefined): string {
  if (typeof value !== "number") return value ?? "";
  return new Intl.NumberFormat(spoken.language).format(value);
}

/** A word of an open vocabulary: the catalogue's, else itself. */
export function word(group: string, value: string | null | undefined): string {
  if (!value) return t("value.unstated");
  const key = `${group}.${value}`;
  const said = t(key);
  return said === key ? value.replaceAll("_", " ") : said;
}

/** A name as the agreement gives it: in this language, else in any that it has. */
export function named(words: Words | null | undefined, otherwise = ""): string {
  if (!words) return otherwise;
  return words[spoken.language] ?? words["en"] ?? Object.values(words)[0] ?? otherwise;
}
