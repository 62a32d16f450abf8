/** The slider of what was known when says what is shown, and never the present as the past. */
import { cleanup, fireEvent, render, waitFor } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import { forget, type Situation } from "../src/data.ts";
import { Knowledge, useKnown } from "../src/parts/knowledge.tsx";

const PRESENT = { knowledge: ["2020-07-27T08:00:00Z", "2020-07-28T08:00:00Z"] } as Situation;
const EARLIER = { knowledge: ["2020-07-27T08:00:00Z"] } as Situation;

function Held({ known }: { known: string }) {
  const held = useKnown(PRESENT, known);
  return (
    <>
      <Knowledge page={PRESENT} known={known} shown={held} onChange={() => undefined} />
      <p class="which">{held.page.knowledge.length}</p>
    </>
  );
}

function told(found: ReturnType<typeof render>): string[] {
  const said = found.container.querySelector("output")?.textContent ?? "";
  const slider = found.getByRole("slider").getAttribute("aria-valuetext");
  expect(slider).toBe(said);
  return [found.container.querySelector(".which")?.textContent ?? "", said.split(" ")[0] ?? ""];
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  forget("known/0");
});

test("what could not be had is said, not shown as had, and can be asked for again", async () => {
  let up = false;
  vi.stubGlobal("fetch", async () => {
    if (!up) throw new TypeError("no link");
    return new Response(JSON.stringify(EARLIER));
  });
  const found = render(<Held known="0" />);
  expect(told(found)).toEqual(["2", "known.waiting"]);
  await waitFor(() => expect(told(found)).toEqual(["2", "known.failed"]));
  up = true;
  fireEvent.click(found.getByText("known.again"));
  await waitFor(() => expect(told(found)).toEqual(["1", "known.at"]));
  expect(found.queryByText("known.again")).toBeNull();
});

test("what is known now asks for nothing", () => {
  const asked = vi.fn();
  vi.stubGlobal("fetch", asked);
  expect(told(render(<Held known="" />))).toEqual(["2", "known.now"]);
  expect(asked).not.toHaveBeenCalled();
});
