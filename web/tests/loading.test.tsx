/** What is here already is shown at once; what is not is asked for once. */
import { cleanup, render, renderHook, waitFor } from "@testing-library/preact";
import type { SymbolLayerSpecification } from "maplibre-gl";
import { afterEach, expect, test, vi } from "vitest";
import { fetchPage, type Situation } from "../src/data.ts";
import { listen } from "../src/live.ts";
import { LAYERS, style } from "../src/map/style.ts";
import { PageOf, warm } from "../src/pages/of.tsx";
import { type Question, useSeen } from "../src/pages/seen.ts";
import { usePage } from "../src/parts/loaded.tsx";
import { bars } from "../src/parts/timeline.tsx";

const ANYTHING: Question = { from: "2020-07-27", to: "2020-07-28", kind: "", standing: "", text: "", known: "" };
const NOTHING = { type: "FeatureCollection" as const, features: [] };
const MANY = {
  incidents: null,
  listed: { matched: 300, offset: 0, kinds: { shot: 300 }, incidents: { key: ["a", "b"] } },
  days: { day: ["2020-07-27", "2020-07-28"], incidents: [150, 150] },
} as unknown as Situation;

function answering(body: unknown): ReturnType<typeof vi.fn> {
  const asked = vi.fn(async () => new Response(JSON.stringify(body)));
  vi.stubGlobal("fetch", asked);
  return asked;
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test("the first of many came with the page, and are not asked for", () => {
  const asked = answering({});
  const { result } = renderHook(() => useSeen(MANY, ANYTHING));
  expect(result.current.matched).toBe(300);
  expect(result.current.rows.map((each) => each.key)).toEqual(["a", "b"]);
  expect(result.current.more).toBeTypeOf("function");
  expect(asked).not.toHaveBeenCalled();
});

test("another question of many is asked of the server", async () => {
  const asked = answering({ matched: 1, offset: 0, kinds: {}, incidents: { key: ["c"] } });
  const { result } = renderHook(() => useSeen(MANY, { ...ANYTHING, kind: "shot" }));
  expect(result.current.matched).toBeNull();
  await waitFor(() => expect(result.current.matched).toBe(1));
  expect(String(asked.mock.calls[0]?.[0])).toContain("kind=shot");
});

test("a page that came early is shown without waiting, and asked for once", async () => {
  const asked = answering({ told: "yes" });
  await fetchPage("early");
  const { result } = renderHook(() => usePage<{ told: string }>("early"));
  expect(result.current).toEqual({ page: { told: "yes" } });
  expect(asked).toHaveBeenCalledTimes(1);
});

test("a page is shown whether its script came before it was wanted or after", async () => {
  answering({ days: [] });
  const about = { releases: [], days: [], agreement: { title: {} } } as never;
  const route = { path: "/report", query: new URLSearchParams() };
  const { container } = render(<PageOf about={about} route={route as never} />);
  warm("/report");
  await waitFor(() => expect(container.querySelector(".waiting")).toBeNull());
  expect(container.textContent).not.toBe("");
  cleanup();
  const again = render(<PageOf about={about} route={route as never} />);
  expect(again.container.querySelector(".waiting")).toBeNull();
});

test("bars of days are drawn by what they are of, none for an empty day", () => {
  const days = ["1", "2", "3", "4"];
  const drawn = bars(days, (day) => (day === "4" ? 0 : 1), new Set(["2"]), { first: 1, last: 1, than: 0 });
  const at = (path: string | undefined): string[] => [...(path ?? "").matchAll(/M(\d+)/g)].map((m) => m[1] ?? "");
  expect(at(drawn["earlier"])).toEqual(["0"]);
  expect(at(drawn["in"])).toEqual(["4"]);
  expect(at(drawn["out"])).toEqual(["8"]);
  expect(at(drawn["eye in"])).toEqual(["4"]);
  expect(at(drawn["eye out"])).toEqual([]);
});

test("layers without anything to draw are left out of frames, and each is known by its source", () => {
  const point = { type: "Feature" as const, properties: {}, geometry: { type: "Point" as const, coordinates: [0, 0] } };
  const data = { ground: NOTHING, coverage: NOTHING, earlier: NOTHING, incidents: NOTHING, chosen: NOTHING };
  const places = { ...NOTHING, features: [point] };
  const { layers } = style({} as never, null, { ...data, places });
  const of = (id: string) => layers.find((each) => each.id === id) as SymbolLayerSpecification;
  expect(of("places").layout?.visibility).toBeUndefined();
  expect(of("watched").layout?.visibility).toBe("none");
  for (const [source, names] of Object.entries(LAYERS)) {
    const found = layers.filter((each) => "source" in each && each.source === source);
    expect(found.map((each) => each.id)).toEqual(names);
  }
});

test("a line for news that was refused is opened anew, and the page told at once", () => {
  vi.useFakeTimers();
  const lines: Line[] = [];
  class Line extends EventTarget {
    static readonly CLOSED = 2;
    readyState = 1;
    constructor() {
      super();
      lines.push(this);
    }
    close(): void {
      this.readyState = 2;
    }
  }
  vi.stubGlobal("EventSource", Line);
  const heard = vi.fn();
  const leave = listen(heard);
  lines[0]?.dispatchEvent(new Event("open"));
  lines[0]?.dispatchEvent(new Event("record"));
  expect(heard).toHaveBeenCalledTimes(1); //  what was asked for while it opened may be older
  lines[0]?.dispatchEvent(new Event("error")); //  the service is away: the browser tries by itself
  expect(heard).toHaveBeenCalledTimes(1);
  lines[0]?.close(); //  it is back, and the session is not
  lines[0]?.dispatchEvent(new Event("error"));
  expect(heard).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(6_000);
  expect(lines).toHaveLength(2);
  lines[1]?.close();
  lines[1]?.dispatchEvent(new Event("error"));
  expect(heard).toHaveBeenCalledTimes(2); //  once is enough to be told
  leave();
  vi.advanceTimersByTime(60_000);
  expect(lines).toHaveLength(2);
  vi.useRealTimers();
});
