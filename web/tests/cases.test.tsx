import { cleanup, fireEvent, render, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { CaseLine, CasePage, CasesPage, Transition } from "../src/case-data.ts";
import { doing, draftOf, onSilence } from "../src/case-words.ts";
import { forget } from "../src/data.ts";
import { CaseView } from "../src/pages/case.tsx";
import { CasesView, groupOf } from "../src/pages/cases.tsx";
import { possible } from "../src/parts/acts.tsx";
import { ACTS, body } from "../src/parts/acts-known.tsx";
import { lasting } from "../src/parts/clock.tsx";
import { setZone } from "../src/times.ts";
import { use } from "../src/words.ts";
import { ABOUT, answer, catalogue } from "./given.ts";

const ROUTE = { path: "/cases", query: new URLSearchParams() };
const NAMES = { north: { en: "the north" }, jmc: { en: "the commission" } };

const LINE: CaseLine = {
  key: "c1",
  procedure: { en: "Inquiry" },
  status: "open",
  outcome: null,
  clauses: ["c"],
  parties: ["north"],
  sectors: ["s"],
  opened_at: "2026-05-04T07:00:00Z",
  closed_at: null,
  suspended_until: null,
  next: {
    key: "step:visit",
    by: ["jmc"],
    due_at: "2026-05-06T07:00:00Z",
    left_s: 12_000,
    do: { en: "Visit the place" },
    silence: null,
  },
  late: [],
  disputed: false,
};

const BOARD: CasesPage = {
  as_of: "2026-05-05T07:00:00Z",
  withheld: false,
  counts: { open: 1 },
  listed: [LINE, { ...LINE, key: "c2", parties: ["p"], late: [{ key: "step:visit", by: ["jmc"], due_at: "2026-05-05T05:00:00Z", late_s: 7200 }] }],
  names: NAMES,
};

const LOGGED: Transition = {
  at: "2026-05-04T08:00:00Z", what: "reply", about: null, by: "north", due_at: null, outcome: null,
  reason: "it was the mill", round: 0,
};

const CASE: CasePage = {
  id: "c1",
  status: "open",
  outcome: null,
  round: 0,
  opened_at: "2026-05-04T07:00:00Z",
  closed_at: null,
  as_of: "2026-05-05T07:00:00Z",
  procedure: { en: "Inquiry" },
  words_withheld: false,
  votes_withheld: false,
  findings: [
    { key: "f1", clause: "c", title: { en: "No fire" }, cite: "1", party: "north", level: "S2/C3", breach_at: "2026-05-04T05:00:00Z", found_at: null, alleged: true, withdrawn: null, has_page: false },
  ],
  notices: [
    {
      key: "n1", at: "2026-05-05T08:00:00Z", told_at: "2026-05-05T08:00:00Z", what: "opened", to: ["north", "south"], about: null,
      delivered_at: "2026-05-05T08:01:00Z", means: "letter", acknowledged: { north: null, south: "2026-05-05T09:00:00Z" },
    },
  ],
  said: [
    { at: "2026-05-04T09:00:00Z", what: "dispute", about: "f1", by: "north", due_at: null, outcome: null, reason: "Another place.", round: 0 },
  ],
  steps: [
    {
      id: "settle", do: { en: "Settle" }, by: ["jmc"], status: "open", clock: "previous step", within: "5 d", opened_at: "2026-05-04T07:00:00Z",
      due_at: "2026-05-06T07:00:00Z", lapsed_at: null, ended_at: null, late_s: null, outcome: null, done_by: null, deemed: false, act: "decide", cite: "",
      outcomes: ["settled"], four_eyes: false, silence: { then: "passes", outcome: null, to: ["jmc"], within: "2 d" },
      decision: { rule: "consensus", among: ["north", "jmc"], quorum: 2, each_party: false, chair: [] },
      session: { present: ["north"], motion: "settled" }, votes: { north: "against" }, consent_of: [],
    },
  ],
  due: [LINE.next as NonNullable<CaseLine["next"]>],
  replies: { north: { at: null, due_at: "2026-05-06T07:00:00Z" } },
  attribution: null,
  files: [
    { sha256: "ab".repeat(32), kind: "received", by: "jmc", name: "letter 17", at: "2026-05-04T08:00:00Z", entry: 7 },
  ],
  remedies: [],
  may_determine: [],
  appeal: null,
  suspended: null,
  minutes: null,
  publication: null,
  log: [],
  refused: [],
  names: NAMES,
};

beforeEach(() => {
  use({ language: "en", words: catalogue() });
  setZone("Europe/Kyiv");
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  for (const name of ["cases", "case/c1"]) forget(name);
});

test("the board says what is late in words, and what is due, by whom and when", async () => {
  answer(BOARD);
  const { container, findByText } = render(<CasesView about={ABOUT} route={ROUTE} id="" />);
  await findByText("c2");
  expect(container.textContent).toContain("late by 2 hr");
  expect(container.textContent).toContain("Visit the place");
  expect(container.textContent).toContain("the commission");
  expect(container.textContent).toContain("3 hr 20 min left");
  expect([...container.querySelectorAll(".board h2")].map((each) => each.textContent)).toEqual([
    "Late 1",
    "Due within a day 1",
  ]);
});

test("the board is narrowed to a party by its address", async () => {
  answer(BOARD);
  const route = { path: "/cases", query: new URLSearchParams("party=north") };
  const { container, findByText } = render(<CasesView about={ABOUT} route={route} id="" />);
  await findByText("c1");
  expect(container.textContent).toContain("1 of 2");
  expect(container.textContent).not.toContain("c2");
});

test("the public is told why cases are not listed", async () => {
  answer({ ...BOARD, withheld: true, counts: null, listed: [] });
  const { container, findByText } = render(<CasesView about={ABOUT} route={ROUTE} id="" />);
  await findByText("No case is shown.");
  expect(container.textContent).toContain("once its result was published");
});

test("a case shows the contest beside the finding, and both clocks", async () => {
  answer(CASE);
  const { container, findByText } = render(<CaseView about={ABOUT} route={ROUTE} id="c1" />);
  await findByText("Another place.");
  const finding = container.querySelector(".beside .card");
  expect(finding?.textContent).toContain("alleged");
  expect(finding?.textContent).toContain("Dispute: the north");
  expect(container.textContent).toContain("2026-05-06 07:00 UTC");
  expect(container.textContent).toContain("10:00");
  expect(container.textContent).toContain("If nothing is done, it passes to the commission");
  expect(container.textContent).toContain("quorum: 1 present of 2 needed");
  expect(container.textContent).toContain("the north: against");
  expect(container.textContent).toContain("(absent)");
  expect(container.textContent).toContain("Responsibility is not attributed.");
});

test("a case without votes says that they are withheld", async () => {
  answer({ ...CASE, votes_withheld: true });
  const { findByText } = render(<CaseView about={ABOUT} route={ROUTE} id="c1" />);
  await findByText("How each voted is for the commission.");
});

test("cases stand where their clocks put them", () => {
  const next = LINE.next as NonNullable<CaseLine["next"]>;
  expect(groupOf(LINE)).toBe("soon");
  expect(groupOf({ ...LINE, next: { ...next, left_s: 90_000 } })).toBe("later");
  expect(groupOf({ ...LINE, next: { ...next, left_s: -1 } })).toBe("late");
  expect(groupOf({ ...LINE, next: null })).toBe("resting");
  expect(groupOf({ ...LINE, status: "merged" })).toBe("closed");
});

test("a length of time is told in its two greatest units", () => {
  expect(lasting(59)).toBe("1 min");
  expect(lasting(0)).toBe("0 min");
  expect(lasting(3600)).toBe("1 hr");
  expect(lasting(86_400 + 3 * 3600 + 120)).toBe("1 day 3 hr");
  expect(lasting(-2 * 86_400 - 300)).toBe("2 days");
});

test("silence is told as the agreement has it", () => {
  expect(onSilence(null, { names: {} })).toContain("says nothing more");
  const closes = { then: "closes", outcome: "unverifiable", to: [], within: null };
  expect(onSilence(closes, { names: {} })).toContain("cannot be verified");
  expect(doing("remedy:x", "Withdrawal")).toBe("Remedy to be carried out: Withdrawal");
  expect(doing("minutes", "")).toBe("Minutes to be written");
});

test("only what one may do is offered", () => {
  const party = { name: "n", roles: ["party"], edition: "parties", office: "north", may: { act: ["case-word", "case-vote"] } };
  const kinds = possible(party, CASE).map((each) => each.kind);
  expect(kinds).toContain("reply");
  expect(kinds).toContain("vote");
  expect(kinds).not.toContain("closed");
  expect(possible(null, CASE)).toEqual([]);
  expect(possible({ ...party, office: null }, CASE)).toEqual([]);
  expect(possible(party, { ...CASE, steps: [] }).map((each) => each.kind)).not.toContain("vote");
});

test("an act is sent as people write events", () => {
  const of = (kind: string) => ACTS.find((each) => each.kind === kind)!;
  expect(body(of("dispute"), { by: "north", text: "no", finding: "f1" }, CASE)).toEqual({ dispute: "no", by: "north", findings: ["f1"] });
  expect(body(of("vote"), { by: "north" }, CASE)).toEqual({ vote: "for", by: "north", step: "settle" });
  expect(body(of("session"), { by: "jmc", present: "north jmc", outcome: "settled" }, CASE)).toEqual({ session: "settle", by: "jmc", present: ["north", "jmc"], outcome: "settled" });
  expect(body(of("closed"), { by: "jmc", result: "settled", text: "why" }, CASE)).toEqual({ closed: "settled", by: "jmc", reason: "why" });
});

test("minutes are drafted from what is on record, and recorded as they were gone over", () => {
  const minutes = ACTS.find((each) => each.kind === "minutes")!;
  const draft = draftOf({ ...CASE, log: [LOGGED], said: [{ ...LOGGED, what: "dispute" }] });
  expect(draft).toContain("c1: Inquiry");
  expect(draft).toContain("2026-05-04 08:00 UTC");
  expect(draft).toContain("“it was the mill”");
  expect(draft).toContain("A finding of this case is contested.");
  expect(body(minutes, { by: "jmc" }, CASE)).toEqual({ by: "jmc", minutes: draftOf(CASE) });
  expect(body(minutes, { by: "jmc", draft: "shorter" }, CASE)).toEqual({ by: "jmc", minutes: "shorter" });
});

test("a letter is sent whole before the act that names it by its digest", async () => {
  const me = { name: "n", roles: ["party"], edition: "parties", office: "north", may: { act: ["case-word"] } };
  const asked: [string, string, unknown][] = [];
  let here = 0;
  vi.stubGlobal("fetch", async (where: URL, how: RequestInit = {}) => {
    const method = how.method ?? "GET";
    asked.push([method, where.pathname, how.body]);
    if (method === "HEAD") return new Response(null, { headers: { "upload-offset": String(here) } });
    if (method === "PATCH" && here === 0) {
      here = 65_536; //  then the link breaks
      throw new TypeError("no link");
    }
    if (method === "PATCH") return new Response(JSON.stringify({ offset: 70_000 }), { status: 201 });
    return new Response(JSON.stringify({}), { status: 201 });
  });
  vi.doMock("../src/parts/session.tsx", () => ({ useMe: () => me }));
  vi.resetModules();
  const fresh = await import("../src/parts/acts.tsx");
  const words = await import("../src/words.ts");
  words.use({ language: "en", words: catalogue() });
  const { container, findByText } = render(<fresh.Acts page={CASE} onDone={() => undefined} />);
  fireEvent.input(container.querySelector("textarea")!, { target: { value: "see the letter" } });
  const letter = new File([new Uint8Array(70_000)], "letter.pdf");
  const input = container.querySelector<HTMLInputElement>("input[type=file]")!;
  Object.defineProperty(input, "files", { value: [letter] });
  fireEvent.change(input);
  await findByText("letter.pdf");
  fireEvent.submit(container.querySelector("form")!);
  await findByText(/nothing was recorded/);
  expect(asked.some(([method]) => method === "POST")).toBe(false);
  fireEvent.submit(container.querySelector("form")!);
  await findByText("On record.");
  const pieces = asked.filter(([method]) => method === "PATCH");
  expect((pieces.at(-1)?.[2] as ArrayBuffer).byteLength).toBe(70_000 - 65_536); //  only what was missing
  const digest = pieces[0]?.[1].split("/").at(-1);
  const event = JSON.parse(String(asked.at(-1)?.[2]));
  expect(event).toEqual({ reply: "see the letter", by: "north", files: [digest] });
});

test("what the procedure refused is told in words", async () => {
  const me = { name: "n", roles: ["party"], edition: "parties", office: "north", may: { act: ["case-word"] } };
  const sent: unknown[] = [];
  vi.stubGlobal("fetch", async (where: URL, asked?: RequestInit) => {
    if (asked?.method === "POST") {
      sent.push(JSON.parse(String(asked.body)));
      return new Response(JSON.stringify({ refused: "quorum-absent" }), { status: 201 });
    }
    return new Response(JSON.stringify(String(where).includes("api/me") ? me : CASE));
  });
  vi.doMock("../src/parts/session.tsx", () => ({ useMe: () => me }));
  vi.resetModules();
  const fresh = await import("../src/parts/acts.tsx");
  const words = await import("../src/words.ts");
  words.use({ language: "en", words: catalogue() });
  const { container, findByText } = render(<fresh.Acts page={CASE} onDone={() => undefined} />);
  fireEvent.input(container.querySelector("textarea")!, { target: { value: "not so" } });
  fireEvent.submit(container.querySelector("form")!);
  await findByText("On record as refused: there is no quorum.");
  await waitFor(() => expect(sent).toEqual([{ reply: "not so", by: "north" }]));
});

test("notices tell their receipts, and a party acknowledges what it was given", async () => {
  const me = { name: "n", roles: ["party"], edition: "parties", office: "north", may: { act: ["case-word"] } };
  const sent: unknown[] = [];
  vi.stubGlobal("fetch", async (where: URL, asked?: RequestInit) => {
    if (asked?.method === "POST") {
      sent.push([String(where), JSON.parse(String(asked.body))]);
      return new Response(JSON.stringify({ acknowledged: ["n1"] }), { status: 201 });
    }
    return new Response(JSON.stringify(me));
  });
  vi.doMock("../src/parts/session.tsx", () => ({ useMe: () => me }));
  vi.resetModules();
  const fresh = await import("../src/parts/notices.tsx");
  const words = await import("../src/words.ts");
  words.use({ language: "en", words: catalogue() });
  const { container, findByText } = render(<fresh.Notices page={CASE} onDone={() => undefined} />);
  expect(container.textContent).toContain("(letter)");
  expect(container.querySelectorAll("tbody li time")).toHaveLength(1); //  south's receipt
  fireEvent.click(await findByText("Acknowledge what was delivered (1)"));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toEqual([expect.stringContaining(`api/cases/${CASE.id}/acknowledge`), { by: "north" }]);
});
