import { cleanup, fireEvent, render, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { forget } from "../src/data.ts";
import { AdminView } from "../src/pages/admin.tsx";
import { CommissionView } from "../src/pages/commission.tsx";
import { announcedIn } from "../src/pages/hotline.tsx";
import { ImportView, quoted } from "../src/pages/import.tsx";
import { isIn, QueueView } from "../src/pages/queue.tsx";
import { SourcesView } from "../src/pages/sources.tsx";
import { setZone } from "../src/times.ts";
import { use } from "../src/words.ts";
import type { AgendaItem, Call, Item, QueuePage, Scorecard } from "../src/work-data.ts";
import { ABOUT, answer, catalogue } from "./given.ts";

const ROUTE = { path: "/queue", query: new URLSearchParams() };
const AT = "2026-05-05T07:00:00Z";
const LATE: Item = {
  key: "case:c1:step:visit",
  sort: "case",
  case: "c1",
  what: "step:visit",
  do: { en: "Visit the place" },
  by: ["jmc"],
  due_at: AT,
  left_s: -3600,
  claim: { by: "ivan", at: AT, entry: 7 },
};
const ROW: Item = {
  key: "quarantine:12.0",
  sort: "quarantine",
  file: "a.csv",
  line: 3,
  code: "Q-COORD-RANGE",
  message: "latitude 148",
  since: AT,
  age_s: 7200,
  claim: null,
};
const QUEUE: QueuePage = { as_of: AT, withheld: false, items: [LATE, ROW], names: { jmc: { en: "the commission" } } };
const CARD: Scorecard = {
  reports: 12,
  belief: { mean: 0.8, low: 0.6, high: 0.93, reports: 12, shared: 8 },
  detection: 0.4,
  place: [[1000, 1.5]],
  east_m: 120,
  north_m: -40,
  clock_s: 30,
  clock_scale: 1,
  count_factor: 1.2,
  late: 0.02,
  kinds: { explosion: { explosion: 0.7, shot: 0.3 }, shot: { shot: 1 } },
  copies: ["other"],
  copied: 3,
  echoes: [],
  silent: [{ actor: "ua", told: 1, of: 8, elsewhere: 0.5 }],
  changes: [
    { what: "shared", since_s: 1597622400, earlier: 0.9, later: 0.4 },
  ],
};
const SOURCE = { id: "s", name: "Source S", reliability: "B", interested: [], citation: null, reports: 12, first: AT, last: AT, card: CARD };

beforeEach(() => {
  use({ language: "en", words: catalogue() });
  setZone("Europe/Kyiv");
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  for (const name of ["queue", "commission", "sources", "import"]) forget(name);
});

test("the queue says what is late, what waits how long, and who has it", async () => {
  answer(QUEUE);
  const { container, findByText } = render(<QueueView about={ABOUT} route={ROUTE} id="" />);
  await findByText("in the hands of ivan");
  expect(container.textContent).toContain("late by 1 hr");
  expect(container.textContent).toContain("latitude 148");
  expect(container.textContent).toContain("waits for 2 hr");
  expect(container.textContent).toContain("nobody has it in hand");
  expect(container.querySelectorAll(".queue button")).toHaveLength(0); //  nobody signed in
});

test("lists of the queue part what is mine from what is others'", () => {
  expect(isIn("late", LATE, "ivan")).toBe(true);
  expect(isIn("late", ROW, "ivan")).toBe(false);
  expect(isIn("mine", LATE, "ivan")).toBe(true);
  expect(isIn("others", LATE, "ivan")).toBe(false);
  expect(isIn("others", LATE, undefined)).toBe(true);
  expect(isIn("free", ROW, "ivan")).toBe(true);
  expect(isIn("mine", ROW, undefined)).toBe(false);
});

test("the public is told whom the queue is for", async () => {
  answer({ ...QUEUE, withheld: true, items: [] });
  const { findByText } = render(<QueueView about={ABOUT} route={ROUTE} id="" />);
  await findByText(/for those who serve the commission/);
});

test("the commission's room tells quorum and votes in words", async () => {
  const item: AgendaItem = {
    case: "c1", step: "settle", do: { en: "Settle" }, status: "open", due_at: AT, left_s: 3600,
    rule: "consensus", quorum: 3, each_party: true, chair: ["jmc"], among: ["north", "jmc"],
    present: ["north"], absent: ["jmc"], motion: "settled", votes: { north: "against" },
  };
  const minutes = { case: "c2", outcome: "settled", closed_at: AT, due_at: AT, at: null, by: ["jmc"], signed_by: { north: "refused", p: null } };
  answer({ as_of: AT, withheld: false, votes_withheld: false, agenda: [item], minutes: [minutes], decided: [], names: QUEUE.names });
  const { container, findByText } = render(<CommissionView about={ABOUT} route={ROUTE} id="" />);
  await findByText("Settle");
  expect(container.textContent).toContain("quorum: 1 present of 3 needed");
  expect(container.querySelector(".quorum [aria-hidden]")?.textContent).toBe("●○○");
  expect(container.textContent).toContain("north: against");
  expect(container.textContent).toContain("(absent)");
  expect(container.textContent).toContain("north: refused to sign");
  expect(container.textContent).toContain("p: not signed yet");
});

test("votes that are withheld are not drawn as none", async () => {
  const item = {
    case: "c1", step: "s", do: {}, status: "open", due_at: null, left_s: null, rule: "majority",
    quorum: 2, each_party: false, chair: [], among: ["north"], present: [], absent: [], motion: null, votes: {},
  };
  answer({ as_of: AT, withheld: false, votes_withheld: true, agenda: [item], minutes: [], decided: [], names: {} });
  const { container, findByText } = render(<CommissionView about={ABOUT} route={ROUTE} id="" />);
  await findByText("How each voted is for the commission.");
  expect(container.textContent).not.toContain("has not voted");
});

test("a scorecard is told in words, with how little it may rest on", async () => {
  answer({ withheld: false, learned_at: AT, sources: [SOURCE] });
  const { container, findByText } = render(<SourcesView about={ABOUT} route={ROUTE} id="" />);
  await findByText("Source S");
  const told = container.textContent ?? "";
  expect(told).toContain("80 % (nine times in ten between 60 % and 93 %)");
  expect(told).toContain("Only 12 reports taught this");
  expect(told).toContain("120 m east, -40 m north");
  expect(told).toContain("other: 3");
  expect(told).toContain("Explosion: Explosion 70 %, Shot 30 %");
  expect(told).not.toContain("Shot: Shot"); //  where it said so, so it was
  expect(told).toContain("Since Aug 17, 2020 it is otherwise: share of its reports that others tell of too 0.9 before, 0.4 since.");
  expect(told).toContain("It tells of 1 of 8 acts that others lay to ua, and of 50 % of all else.");
});

test("quality of sources is not for the public, and says why", async () => {
  answer({ withheld: true, learned_at: null, sources: [] });
  const { findByText } = render(<SourcesView about={ABOUT} route={ROUTE} id="" />);
  await findByText(/it would help whoever does not want to be seen/);
});

test("a row in quarantine is shown whole, with its remedy and what can be done", async () => {
  const row = { id: "12.0", file: "ab".repeat(32), name: "a b.csv", line: 3, column: "lat", code: "Q-1", message: "latitude 148", remedy: "Correct the latitude.", raw: "osce,1,<b>", waived: null };
  answer({ withheld: false, files: [], items: [row, { ...row, id: "12.1", waived: "oksana: twice" }] });
  const { container, findByText } = render(<ImportView about={ABOUT} route={ROUTE} id="" />);
  await findByText("1 row waits");
  expect(container.querySelector(".raw")?.textContent).toBe("osce,1,<b>");
  expect(container.textContent).toContain("Correct the latitude.");
  expect(container.textContent).toContain("pamiers ingest DIR 'a b.csv' --mapping");
  expect(container.textContent).toContain("oksana: twice");
});

test("a name of a file is quoted for a shell", () => {
  expect(quoted("a.csv")).toBe("a.csv");
  expect(quoted("it's; rm")).toBe("'it'\\''s; rm'");
});

test("a copy of the site says that it has no accounts", async () => {
  const { findByText } = render(<AdminView about={ABOUT} route={ROUTE} id="" />);
  await findByText(/A copy of the site has no accounts/);
});

test("a tile narrows the queue and says so to who cannot see it", async () => {
  answer(QUEUE);
  const { container, findByText } = render(<QueueView about={ABOUT} route={ROUTE} id="" />);
  const tile = (await findByText("In nobody’s hands")).closest("button")!;
  expect(tile.getAttribute("aria-pressed")).toBe("false");
  fireEvent.click(tile);
  await waitFor(() => expect(location.hash).toBe("#/queue?state=free"));
  expect(container.querySelector("[role=status]")?.textContent).toBe("2 of 2 shown");
});

const CALL: Call = {
  entry: 9, by: "north", to: ["jmc"], said: "shots at the mill", outcome: "", at: AT,
  activity: { what: "repair", place: "the mill", start: AT, end: AT },
  answers: [{ by: "jmc", at: AT, said: "we look into it", outcome: "" }], answered_after_s: 120,
};

test("the hotline tells calls, answers and what was announced, and logs a call", async () => {
  const me = { name: "n", roles: ["party"], edition: "parties", office: "north", may: { send: ["call"] } };
  const sent: unknown[] = [];
  vi.stubGlobal("fetch", async (where: URL, asked?: RequestInit) => {
    if (asked?.method === "POST") {
      sent.push(JSON.parse(String(asked.body)));
      return new Response(JSON.stringify({ entry: 10 }), { status: 201 });
    }
    const names = { north: { en: "North" }, jmc: { en: "the commission" } };
    return new Response(JSON.stringify(String(where).includes("hotline") ? { calls: [CALL] } : { names }));
  });
  vi.doMock("../src/parts/session.tsx", () => ({ useMe: () => me }));
  vi.resetModules();
  const fresh = await import("../src/pages/hotline.tsx");
  const words = await import("../src/words.ts");
  words.use({ language: "en", words: catalogue() });
  const { container, findByText, findByLabelText } = render(<fresh.HotlineView about={ABOUT} route={ROUTE} id="" />);
  await findByText("North to the commission");
  expect(container.textContent).toContain("we look into it");
  expect(container.textContent).toContain("Announced: repair, the mill");
  expect(container.textContent).toContain("Answered after 2 min");
  expect(container.textContent).toContain("Calls: 1; not answered: 0");
  fireEvent.input(container.querySelector("textarea")!, { target: { value: "a convoy" } });
  fireEvent.submit(container.querySelector("form")!);
  await findByText("Choose who was called.");
  expect(sent).toHaveLength(0);
  fireEvent.click(await findByLabelText("the commission"));
  fireEvent.submit(container.querySelector("form")!);
  await waitFor(() => expect(sent).toEqual([{ by: "north", to: ["jmc"], text: "a convoy", activity: null }]));
  vi.doUnmock("../src/parts/session.tsx");
});

test("an announcement is whole or none, in the mission's zone", () => {
  const blank = { text: "x", what: "", place: "", day: "", from: "", lastDay: "", until: "" };
  expect(announcedIn(blank)).toBeNull();
  expect(announcedIn({ ...blank, what: "repair" })).toBe("incomplete");
  const whole = { ...blank, what: "repair", place: "mill", day: "2026-12-01", from: "08:00", until: "16:00" };
  expect(announcedIn(whole)).toEqual({
    what: "repair", place: "mill", start: "2026-12-01T06:00:00.000Z", end: "2026-12-01T14:00:00.000Z",
  });
});
