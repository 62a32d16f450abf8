import { cleanup, fireEvent, render, waitFor } from "@testing-library/preact";
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type About, type CalendarDuty, type CalendarPage, type FindingPage, forget } from "../src/data.ts";
import { CalendarView } from "../src/pages/calendar.tsx";
import { chance } from "../src/pages/findings.tsx";
import { FindingView } from "../src/pages/finding.tsx";
import { VerdictBadge } from "../src/parts/verdict.tsx";
import { Shell } from "../src/parts/shell.tsx";
import { Timeline } from "../src/parts/timeline.tsx";
import { setZone } from "../src/times.ts";
import { use } from "../src/words.ts";

/** The English catalogue, read as gettext writes it: plain sentences are enough. */
function catalogue(): Record<string, string> {
  const text = readFileSync("../src/pamiers/app/locale/en.po", "utf8");
  const found = [...text.matchAll(/msgid "([^"]+)"\nmsgstr "([^"]*)"/g)];
  return Object.fromEntries(found.map(([, key, said]) => [key, said]));
}

const ABOUT: About = {
  mission: "m",
  edition: "public",
  now: "2020-08-01T00:00:00Z",
  agreement: {
    id: "a",
    title: { en: "Agreement" },
    parties: [{ id: "p", name: { en: "Party P" } }],
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

const CALENDAR: CalendarPage = {
  as_of: "2020-08-01T00:00:00Z",
  time_zone: "Europe/Kyiv",
  counts: {},
  kept_back: 0,
  names: { p: { en: "Party P" } },
  duties: [],
};

const FINDING: FindingPage = {
  finding: {
    key: "f",
    clause: "c",
    sector: "s",
    start: "2020-07-27T16:30:00Z",
    end: "2020-07-28T16:30:00Z",
    verdict: "unobserved",
    why: "no_coverage",
    reading: null,
    probability_low: 0,
    probability_high: 1,
    coverage_share: 0,
    evidence: [],
    attribution: "not mandated",
    attribution_share: [],
    detection: null,
    count_low: 0,
    count_high: 0,
    known_at: "2020-08-01T00:00:00Z",
    closed_at: null,
    due_at: null,
    done_at: null,
    supersedes: null,
    margin_m: null,
  },
  clause: { id: "c", title: { en: "Clause C" }, text: { en: "No fire." }, cite: "1", verb: "forbid", readings: ["as-written"] },
  why: { key: "w", params: [], text: "Nobody watched.", because: [] },
  evidence: [],
  assessed: { entry: 9, at: "2020-08-01T07:00:00Z" },
  newer: true,
  since: [{ field: "evidence", was: [], now: ["i1"] }],
  before: null,
  exempt: [],
};

function answer(page: unknown): void {
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify(page)));
}

beforeEach(() => {
  use({ language: "en", words: catalogue() });
  setZone("Europe/Kyiv");
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const ROUTE = { path: "/", query: new URLSearchParams() };

test("a verdict is a shape and a word, never a colour alone", () => {
  for (const verdict of ["kept", "breached", "undetermined", "unobserved"] as const) {
    const { container } = render(<VerdictBadge verdict={verdict} />);
    expect(container.querySelector("path")).not.toBeNull();
    expect(container.textContent).toContain(verdict);
    cleanup();
  }
});

test("a breach for sure, by whom is not: both are told", async () => {
  const shares: [string, number][] = [["p", 0.8], ["", 0.2]];
  const finding = { ...FINDING.finding, verdict: "breached" as const, attribution: "not attributed", attribution_share: shares };
  answer({ ...FINDING, finding });
  const { container, findByText } = render(<FindingView about={ABOUT} route={ROUTE} id="either" />);
  await findByText("not attributed");
  expect(container.querySelector(".badge.breached")).not.toBeNull();
  expect(container.querySelector(".whose")?.textContent).toMatch(/80\s?%, not known 20\s?%$/);
});

test("a finding that nobody watched is never told as kept", async () => {
  answer(FINDING);
  const { container, findByText } = render(<FindingView about={ABOUT} route={ROUTE} id="f" />);
  await findByText("Nobody watched.");
  expect(container.textContent).toContain("unobserved");
  expect(container.textContent).toContain("That alone does not show that it was kept.");
  expect(container.textContent).toContain("not mandated");
  expect(container.querySelector(".badge.kept")).toBeNull();
  expect(container.textContent).toContain("New evidence since it was assessed.");
  expect(container.querySelector(".changes")?.textContent).toContain("i1");
});

test("a finding that is not there says so with a remedy", async () => {
  vi.stubGlobal("fetch", async () => new Response("", { status: 404 }));
  const { findByRole } = render(<FindingView about={ABOUT} route={ROUTE} id="gone" />);
  expect((await findByRole("alert")).textContent).toContain("There is no such page.");
});

test("an overdue duty is told in words, not in colour alone", async () => {
  const page: CalendarPage = {
    as_of: "2020-08-01T00:00:00Z",
    time_zone: "Europe/Kyiv",
    counts: { overdue: 1, done: 0 },
    kept_back: 0,
    names: { p: { en: "Party P" }, jmc: { en: "the Commission" } },
    duties: [
      {
        key: "d",
        clause: "c",
        title: { en: "Withdraw" },
        bearer: "p",
        binds: ["p"],
        written: "D + 14 d",
        due_at: "2020-07-01T00:00:00Z",
        due_local: null,
        status: "overdue",
        late_by: "31 d",
        cite: "2",
        occasion: "deadline",
        version: "",
        replaced_by: "",
        trigger: null,
      },
      {
        key: "e",
        clause: "quiet",
        title: { en: "Quiet" },
        bearer: null,
        binds: ["p", "jmc"],
        written: "D",
        due_at: null,
        due_local: null,
        status: "in force",
        late_by: null,
        cite: "1",
        occasion: "begins",
        version: "",
        replaced_by: "",
        trigger: null,
      },
      {
        key: "f",
        clause: "law",
        title: { en: "A law" },
        bearer: null,
        binds: ["p", "jmc"],
        written: "D + 30 d",
        due_at: null,
        due_local: null,
        status: "due",
        late_by: null,
        cite: "3",
        occasion: "deadline",
        version: "",
        replaced_by: "",
        trigger: null,
      },
    ],
  };
  answer(page);
  const { container, findByText } = render(<CalendarView about={ABOUT} route={ROUTE} id="" />);
  await findByText("Withdraw");
  expect(container.textContent).toContain("overdue");
  expect(container.textContent).toContain("late by 31 d");
  expect(container.textContent).toContain("Party P");
  const bound = [...container.querySelectorAll("tbody td:nth-child(4)")].map((td) => td.textContent);
  expect(bound).toEqual(["Party P", "Party P, the Commission", "Party P, the Commission, together"]);
  expect(container.textContent).toContain("begins to hold");
});

test("a version that was amended and is over stands under the one in force", async () => {
  const duty = (key: string, more: Partial<CalendarDuty>): CalendarDuty => ({
    key,
    clause: "law",
    title: { en: "A law" },
    bearer: "p",
    binds: ["p"],
    written: "D + 30 d",
    due_at: "2020-07-01T00:00:00Z",
    due_local: null,
    status: "ended",
    late_by: null,
    cite: "3",
    occasion: "deadline",
    version: "",
    replaced_by: "",
    trigger: null,
    ...more,
  });
  const old = duty("a", { replaced_by: "protocol" });
  const now = duty("b", { version: "protocol", written: "D + 60 d", status: "due" });
  const other = duty("c", { clause: "troops", title: { en: "Troops" }, replaced_by: "protocol", status: "due" });
  forget("calendar"); //  as another test was answered
  answer({ ...CALENDAR, counts: { due: 2, ended: 1 }, duties: [old, now, other] });
  const { container, findByText } = render(<CalendarView about={ABOUT} route={ROUTE} id="" />);
  await findByText("Troops");
  const rows = [...container.querySelectorAll("tbody tr")].map((row) => row.textContent ?? "");
  expect(rows.length).toBe(2);
  expect(rows[0]).toContain("as amended by protocol");
  expect(rows[0]).toContain("formerly D + 30 d (Jul 1, 2020), ended");
  expect(rows[1]).not.toContain("formerly");
  const badges = [...container.querySelectorAll("p .badge")].map((badge) => badge.textContent?.trim());
  expect(badges).toEqual(["2 due"]);
});

test("what is nearly sure is never told as sure", () => {
  expect(chance(0.9999, 1)).toBe("> 99 % – 100 %");
  expect(chance(0, 0.001)).toBe("0 % – < 1 %");
  expect(chance(0.5, 0.5)).toBe("50 %");
});

test("the days move without dragging", () => {
  const moved: [number, number][] = [];
  const { getByLabelText } = render(
    <Timeline
      days={["2020-07-27", "2020-07-28", "2020-07-29"]}
      counts={new Map([["2020-07-27", 2]])}
      watched={new Set()}
      first={1}
      last={1}
      than={undefined}
      onCompare={() => undefined}
      onChange={(first, last) => moved.push([first, last])}
    />,
  );
  fireEvent.click(getByLabelText("later"));
  fireEvent.click(getByLabelText("earlier"));
  expect(moved).toEqual([
    [2, 2],
    [0, 0],
  ]);
});

test("the frame names the edition, the head and where one is", async () => {
  const { container } = render(
    <Shell about={ABOUT} path="/findings" onLanguage={() => undefined}>
      <p>page</p>
    </Shell>,
  );
  expect(container.querySelector("nav [aria-current=page]")?.textContent).toBe("Findings");
  expect(container.querySelector(".edition")?.textContent).toBe("Public");
  expect(container.textContent).toContain("abababababab…");
  await waitFor(() => expect(document.documentElement.dataset["theme"]).toBe("auto"));
});
