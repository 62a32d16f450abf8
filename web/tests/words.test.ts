import { beforeEach, expect, test } from "vitest";
import { named, t, use, word } from "../src/words.ts";

beforeEach(() => {
  use({
    language: "uk",
    words: {
      "filter.shown": "Показано {n} з {of}",
      "incident.reports": { one: "{n} повідомлення", few: "{n} повідомлення", many: "{n} повідомлень" },
      "kind.shot": "Постріл",
      "value.unstated": "не зазначено",
    },
  });
});

test("parameters are put in, numbers as the language writes them", () => {
  expect(t("filter.shown", { n: 3, of: 1200 })).toBe("Показано 3 з 1\u00a0200");
});

test("plural forms follow the language", () => {
  expect(t("incident.reports", { n: 21 })).toBe("21 повідомлення");
  expect(t("incident.reports", { n: 5 })).toBe("5 повідомлень");
});

test("a missing sentence is told by its key, never hidden", () => {
  expect(t("no.such")).toBe("no.such");
});

test("a word of an open vocabulary falls back to itself", () => {
  expect(word("kind", "shot")).toBe("Постріл");
  expect(word("kind", "loud_bang")).toBe("loud bang");
  expect(word("kind", null)).toBe("не зазначено");
});

test("names are given in the language, else in any", () => {
  expect(named({ en: "Donetsk", uk: "Донецьк" })).toBe("Донецьк");
  expect(named({ fr: "Donetsk" })).toBe("Donetsk");
  expect(named({}, "?")).toBe("?");
});
