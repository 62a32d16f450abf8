import { cleanup, fireEvent, render, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sign, step } from "../src/charts/ground.tsx";
import { span, ticks } from "../src/charts/plot.tsx";
import { forget } from "../src/data.ts";
import type { ChartValues, DeploymentPage, DeterrencePage, Figures } from "../src/hold-data.ts";
import { DeploymentView } from "../src/pages/deployment.tsx";
import { DeterrenceView } from "../src/pages/deterrence.tsx";
import { use } from "../src/words.ts";
import { ABOUT, answer, catalogue } from "./given.ts";

const ASKED = { about: ABOUT, route: { path: "/", query: new URLSearchParams() }, id: "" };
const NONE = { missing: [], complaints: [], refused: "" };
const GRID = {
  caption: "",
  note: "",
  columns: [
    { label: "Clause", numeric: false },
    { label: "Party P", numeric: false },
  ],
  rows: [[{ text: "No fire" }, { text: "−3 fails", small: "worst −9", shape: "◆", tone: "breached" }]],
};

const DRAWN: Figures[] = [
  { kind: "tornado", along: "margin", middle: -1, bars: [{ name: "gain", low: 2, high: -4 }] },
  { kind: "delay", along: "days", up: "found", today: "today", days: [0, 1, 2], least: [0.2, 0.7, null], lag: 2, detection: 0.4 },
  {
    kind: "strips",
    periods: 10,
    runs: { keeps: [[]], breaks: [[[1, 0, 3], [2, 3, 7]]] },
    labels: { keeps: "keeps", breaks: "breaks", quiet: "quiet", broken: "broken", answered: "answered" },
  },
  { kind: "ladder", along: "times", upper: "kept", lower: "margin", parties: ["P", "Q"], times: [0, 1, 4], kept: [[1, 0.99, 0.9], [1, 0.98, 0.9]], smallest: [[-5, -1, 2], [null, -2, 1]] },
  { kind: "frontier", along: "cost", up: "margin", points: [{ cost: 0, worst: -5, letter: "A" }, { cost: 3, worst: -6, letter: "" }, { cost: 4, worst: 1, letter: "B" }] },
];

function chart(drawn: Figures): ChartValues {
  return { words: `what ${drawn.kind} shows`, drawn, table: GRID };
}

function part(id: string, more: object = {}) {
  return { id, title: `Part ${id}`, paragraphs: [], bullets: [], grids: [], charts: [], ...more };
}

const DETERRENCE: DeterrencePage = {
  ...NONE,
  state: "ready",
  page: {
    title: "Would it hold?",
    subtitle: "within ranges",
    agreement: "A",
    about: "",
    parts: [
      part("limits", { bullets: ["not a forecast"] }),
      part("heat", { grids: [GRID] }),
      ...DRAWN.map((each) => part(each.kind, { charts: [chart(each)] })),
    ],
  },
};

const DEPLOYMENT: DeploymentPage = {
  ...NONE,
  state: "ready",
  limits: ["Whoever breaks a clause chooses the place."],
  says: ["At most 2 % better is possible."],
  pledges: ["France: 2 of 3."],
  hours: ["day", "night"],
  plan: {
    cost_unit: "euros",
    period_days: 7,
    used: { budget: { used: 3, of: 5 }, "contingent f persons": { used: 2, of: 3 } },
    bands: [
      { clause: "c", hour: "day", from: 0.75, to: 1 },
      { clause: "c", hour: "night", from: 0.25, to: 0.5 },
    ],
    clauses: { p: { c: { margin_without: -1, holds: true } } },
    pledges: [{ contingent: "f", used: 2, here: 3, most: null, delivered: null, gap: null }],
  },
  ground: { areas: [{ id: "a", party: "p", rings: [[[30, 50], [31, 50], [31, 51], [30, 50]]] }], lines: [[[30, 50], [31, 51]]] },
  names: { p: { en: "Party P" }, c: { en: "No fire" }, day: { en: "by day" }, night: { en: "by night" }, f: { en: "France" } },
  protected: null,
};

const CLOSED: DeploymentPage["protected"] = {
  in_short: ["Both sides are watched 2 % apart."],
  says: ["Without the road, 2 posts go."],
  least: [
    { party: "p", clause: "c", hour: "day", noticed: 0.9 },
    { party: "p", clause: "c", hour: "night", noticed: 0.3 },
  ],
  clauses: { p: { c: { noticed: { low: 0.1, likeliest: 0.3, high: 0.5 }, margin_without: -1, margin: 0.2 } } },
  names: {},
  posts: [{ site: "hill-7", lon: 30.5, lat: 50.2, kind: "radar", contingent: "f", cost: 1, persons: 5 }],
  worst: [{ party: "p", clause: "c", hour: "night", area: "a", stretch: [0, 1] }],
  coverage: [{ party: "p", clause: "c", hour: "day", area: "a", stretch: [0, 1], noticed: 0.9 }],
  rounds: [],
  stretches: [{ area: "a", column: 0, row: 1, rings: [[[30, 50], [31, 50], [31, 51], [30, 50]]] }],
};

beforeEach(() => use({ language: "en", words: catalogue() }));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  forget("deterrence/en");
  forget("deployment/en");
});

test("limits come first, and each picture has words and a table", async () => {
  answer(DETERRENCE);
  const { container, findByText } = render(<DeterrenceView {...ASKED} />);
  await findByText("Would it hold?");
  const titles = [...container.querySelectorAll("h2")].map((each) => each.textContent);
  expect(titles[0]).toBe("Part limits");
  const figures = [...container.querySelectorAll("figure")];
  expect(figures).toHaveLength(DRAWN.length);
  for (const [at, each] of figures.entries()) {
    expect(each.querySelector("figcaption")?.textContent).toBe(`what ${DRAWN[at]?.kind} shows`);
    expect(each.querySelector("details table")).not.toBeNull();
    for (const svg of each.querySelectorAll("svg")) expect(svg.getAttribute("aria-hidden")).toBe("true");
  }
});

test("a mark tells by shape and word what its tone tells", async () => {
  answer(DETERRENCE);
  const { container, findByText } = render(<DeterrenceView {...ASKED} />);
  await findByText("Would it hold?");
  const badge = container.querySelector(".heat .badge");
  expect(badge?.textContent).toBe("◆ −3 fails");
  expect(badge?.querySelector("[aria-hidden]")?.textContent).toBe("◆");
});

test.each(["missing", "faulty", "withheld"] as const)("a page that is %s says why", async (state) => {
  const complaints = [{ file: "incentives.yaml", line: 4, path: "period", message: "no unit", remedy: "Name one." }];
  answer({ ...NONE, state, page: null, missing: state === "missing" ? ["incentives.yaml"] : [], complaints: state === "faulty" ? complaints : [] });
  const { container, findByText } = render(<DeterrenceView {...ASKED} />);
  await findByText(catalogue()[`hold.state_${state}`] as string);
  if (state === "missing") expect(container.textContent).toContain("docs/howto/stress-test.md");
  if (state === "faulty") expect(container.textContent).toContain("incentives.yaml:4");
});

test("everybody is told bands, and neither chances nor margins with the plan", async () => {
  answer(DEPLOYMENT);
  const { container, findByText } = render(<DeploymentView {...ASKED} />);
  await findByText("At most 2 % better is possible.");
  expect(container.textContent).toContain("75 to 100 %");
  expect(container.textContent).toContain("25 to 50 %");
  expect(container.textContent).toContain(catalogue()["hold.holds"] as string);
  expect(container.querySelector("#protected")).toBeNull();
  expect(container.querySelectorAll("figure, select")).toHaveLength(0);
});

test("the plan tells those who place posts another hour when it is chosen", async () => {
  answer({ ...DEPLOYMENT, protected: CLOSED });
  const { container, findByLabelText } = render(<DeploymentView {...ASKED} />);
  const hour = (await findByLabelText("Hour")) as HTMLSelectElement;
  expect(container.textContent).toContain("Both sides are watched 2 % apart.");
  const caption = (): string => container.querySelector("figcaption")?.textContent ?? "";
  expect(caption()).toContain("by day");
  expect(caption()).toContain("90");
  fireEvent.change(hour, { target: { value: "night" } });
  await waitFor(() => expect(caption()).toContain("30"));
});

test("who places posts is shown them, with a table beside the map", async () => {
  answer({ ...DEPLOYMENT, protected: CLOSED });
  const { container, findByText } = render(<DeploymentView {...ASKED} />);
  await findByText(catalogue()["hold.protected"] as string);
  expect(container.querySelectorAll("figure .post").length).toBeGreaterThan(1); //  on the map and in its key
  expect(container.textContent).toContain("hill-7");
  expect(container.querySelector(".patch-worst")).not.toBeNull();
  expect(container.textContent).toContain("Without the road, 2 posts go.");
});

test("axes have round figures and hold nought", () => {
  expect(ticks(-3, 7)).toEqual([-2, 0, 2, 4, 6]);
  expect(ticks(0, 1)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(ticks(2, 2)).toEqual([2]);
  const [low, high] = span([5]);
  expect(low).toBeLessThan(0);
  expect(high).toBeGreaterThan(5);
});

test("shades have four steps, and kinds of posts differ in form", () => {
  expect([null, 0, 0.3, 0.6, 1].map(step)).toEqual(["none", "step-0", "step-1", "step-2", "step-3"]);
  expect(new Set([0, 1, 2, 3].map((sort) => sign(sort, [0, 0]))).size).toBe(4);
});
