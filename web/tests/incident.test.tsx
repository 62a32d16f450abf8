import { cleanup, fireEvent, render } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { label, outline } from "../src/charts/errors.tsx";
import { forget } from "../src/data.ts";
import type { Decided, IncidentPage } from "../src/incident-data.ts";
import { IncidentView } from "../src/pages/incident.tsx";
import { decision, Form } from "../src/parts/deciding.tsx";
import { setZone } from "../src/times.ts";
import { use } from "../src/words.ts";
import { ABOUT, answer, catalogue } from "./given.ts";

const ROUTE = { path: "/incident/i1", query: new URLSearchParams() };
const AT = "2020-08-01T07:00:00Z";
const GRADED: Decided = {
  entry: 9, recorded_at: AT, act: "correct", by: "ivan", reason: "saw it himself",
  reports: ["post-1:a"], fields: { reliability: "B", credibility: "2" }, in_force: false,
};
const PAGE: IncidentPage = {
  key: "i1",
  status: "standing",
  incident: {
    key: "i1", start: AT, end: AT, lon: 37.8, lat: 48.1, radius_m: 300, kind: "explosion", weapons: null,
    place: "Mill", region: null, count_low: null, count_high: null, probability: 0.9, observed: 2, claimed: 0, sources: "post-1",
  },
  reports: [
    { key: "a", source: "post-1", source_name: "Post 1", interested: false, means: "heard", kind: "explosion", reliability: "B", credibility: "2" },
    { key: "b", source: "party", source_name: "A party", interested: true, means: "report", kind: "explosion" },
  ],
  watched: [],
  findings: [
    {
      key: "f1", clause: "c", verdict: "breached", why: "established", cite: "art. 1", probability_low: 0.95,
      probability_high: 1, attribution: "not attributed", thresholds: { breached: 0.9, kept: 0.1 },
    },
  ],
  said: [
    { entry: 3, recorded_at: AT, status: "standing", alias_of: null, reports: ["post-1:a"], kind: "explosion", probability: 0.5 },
    { entry: 7, recorded_at: AT, status: "standing", alias_of: null, reports: ["post-1:a", "party:b"], kind: "explosion", probability: 0.9 },
  ],
  decided: [GRADED],
};

beforeEach(() => {
  use({ language: "en", words: catalogue() });
  setZone("Europe/Kyiv");
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  forget("incident/i1");
});

test("an incident says whose word it is, how graded, and what would decide", async () => {
  answer(PAGE);
  const { container, findByText } = render(<IncidentView about={ABOUT} route={ROUTE} id="i1" />);
  await findByText("Post 1");
  const said = container.textContent ?? "";
  expect(said).toContain("B2");
  expect(said).toContain("usually reliable; probably true");
  expect(said).toContain("speaks for a party");
  expect(said).toContain("no Admiralty code yet");
  expect(said).toContain("silence of others says nothing");
  expect(said).toContain("breach from 90 %, kept up to 10 %");
  expect(said).toContain("ivan: saw it himself");
  expect(said).toContain("undone");
  expect(container.querySelector(".said .card")?.textContent).toContain("+ party:b");
  expect(container.querySelector(".deciding")).toBeNull(); //  nobody signed in
});

test("the public is shown neither what was decided nor what was said when", async () => {
  answer({ ...PAGE, said: null, decided: null });
  const { container, findByText } = render(<IncidentView about={ABOUT} route={ROUTE} id="i1" />);
  await findByText("Post 1");
  expect(container.querySelector(".weighed, .circles, .decided, .said")).toBeNull();
});

test("each decision names just what it is about", () => {
  const filled = (pairs: [string, string][]): FormData => {
    const form = new FormData();
    for (const [name, value] of [...pairs, ["reason", " why "]] as [string, string][]) form.append(name, value);
    return form;
  };
  expect(decision("merge", PAGE, filled([["other", " i2 "]]))).toEqual({ act: "merge", reason: "why", incidents: ["i1", "i2"] });
  expect(decision("split", PAGE, filled([["report", "x:1"], ["report", "x:2"]]))).toEqual({
    act: "split", reason: "why", incidents: ["i1"], reports: ["x:1", "x:2"],
  });
  expect(decision("duplicate", PAGE, filled([["report", "x:1"], ["of", "x:2"]]))).toEqual({
    act: "duplicate", reason: "why", reports: ["x:1"], of: "x:2",
  });
  expect(decision("withdraw", PAGE, filled([["report", "x:1"]]))).toEqual({ act: "withdraw", reason: "why", reports: ["x:1"] });
  expect(decision("correct", PAGE, filled([["report", "x:1"], ["reliability", "B"], ["credibility", "2"]]))).toEqual({
    act: "correct", reason: "why", reports: ["x:1"], fields: { reliability: "B", credibility: "2" },
  });
});

test("news takes no choice out of a form, and puts none in its place", () => {
  const form = (page: IncidentPage) => <Form page={page} onDone={() => undefined} />;
  const { container, rerender } = render(form(PAGE));
  const named = (name: string) => container.querySelector<HTMLSelectElement>(`[name=${name}]`);
  const act = container.querySelector("select");
  fireEvent.change(act!, { target: { value: "duplicate" } });
  for (const [name, value] of [["report", "post-1:a"], ["of", "party:b"]] as const) {
    fireEvent.change(named(name)!, { target: { value } });
  }
  for (const gone of [PAGE.reports.slice(1), [], PAGE.reports]) {
    rerender(form({ ...PAGE, reports: gone })); //  parted by somebody else, then joined again
    expect([named("report")?.value, named("of")?.value]).toEqual(["post-1:a", "party:b"]);
  }
  fireEvent.change(act!, { target: { value: "split" } });
  const tick = () => container.querySelector<HTMLInputElement>("input[value='party:b']");
  fireEvent.click(tick()!);
  for (const gone of [PAGE.reports.slice(0, 1), PAGE.reports]) {
    rerender(form({ ...PAGE, reports: gone }));
    expect(tick()?.checked).toBe(true);
  }
});

test("each report is drawn with its error, and told in words", async () => {
  const ellipse = JSON.stringify({ ellipse: { major_m: 800, minor_m: 200, azimuth_deg: 90 } });
  const [first, second] = PAGE.reports;
  const reports = [
    { ...first!, lon: 37.8, lat: 48.1, radius_m: 400, shape: ellipse },
    { ...second!, lon: 37.81, lat: 48.1, radius_m: 500 },
    { ...second!, key: "c" }, //  says no place: it is not drawn
  ];
  answer({ ...PAGE, reports });
  const { container, findByRole } = render(<IncidentView about={ABOUT} route={ROUTE} id="i1" />);
  await findByRole("img", { name: /Where each report says it was/ });
  expect([...container.querySelectorAll(".errors li")].map((each) => each.textContent)).toEqual([
    "Post 1: within 800 m along 90°, 200 m across",
    "A party: within 500 m",
  ]);
  expect(container.querySelectorAll(".errors .said path")).toHaveLength(2);
});

test("an outline is as wide and long, and turned, as its shape says", () => {
  const middle = { lon: 30, lat: 60, radiusM: 100, shape: {} };
  const most = (spots: [number, number][], axis: 0 | 1) => Math.max(...spots.map((each) => each[axis]));
  const turned = outline({ ...middle, shape: { ellipse: { major_m: 800, minor_m: 200, azimuth_deg: 90 } } }, middle);
  expect(most(turned, 0)).toBeCloseTo(800, 0);
  expect(most(turned, 1)).toBeCloseTo(200, 0);
  const east = outline({ ...middle, lon: 30.01 }, middle); //  a degree is half as long there
  expect(most(east, 0)).toBeCloseTo(100 + 0.01 * 111_195 * 0.5, 0);
  const sector = { origin_lon: 30, origin_lat: 60, bearing_from_deg: 350, bearing_to_deg: 10, distance_from_m: 50, distance_to_m: 300 };
  const swept = outline({ ...middle, shape: { sector } }, middle);
  expect(most(swept, 1)).toBeCloseTo(300, 0);
  expect(Math.min(...swept.map(([, y]) => y))).toBeGreaterThan(49 * Math.cos(Math.PI / 18));
});

test("who may have done it is told by share, where the mandate allows it", async () => {
  const told = { ...PAGE, incident: PAGE.incident && { ...PAGE.incident, actors: '{"":0.2,"north":0.8}' } };
  const allowed = { ...ABOUT, agreement: { ...ABOUT.agreement, attribution: "permitted" } };
  answer(told);
  const { container, findByText } = render(<IncidentView about={allowed} route={ROUTE} id="i1" />);
  await findByText("the north");
  expect(container.querySelector(".whose")?.textContent).toMatch(/^the north 80\s?%, not known 20\s?%$/);
  cleanup();
  forget("incident/i1");
  answer(told);
  const silent = render(<IncidentView about={ABOUT} route={ROUTE} id="i1" />);
  await silent.findByText("Post 1");
  expect(silent.container.querySelector(".whose")).toBeNull();
});

test("numbers of reports of one place stand apart, each on its own outline", () => {
  const spot = { lon: 37.8, lat: 48.1, radiusM: 300, shape: {} };
  const ring = outline(spot, spot);
  const at = [0, 1, 2, 3].map((index) => label(ring, 0.4, index));
  for (const { x, y } of at) expect(Math.hypot(x, y)).toBeCloseTo(120, 0);
  for (const [n, one] of at.entries())
    for (const other of at.slice(n + 1)) expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(40);
});
