/** Pages that change while one looks: asked again when the record says something new. */
import { useEffect, useState } from "preact/hooks";
import { BASE, forget, ROUTES } from "./data.ts";

/** How often clocks are read again where nothing is new [ms]. */
const CLOCK_MS = 60_000;

/** A number that grows whenever a page should be asked for again. */
export function useNews(name: string): [number, () => void] {
  const [turn, setTurn] = useState(0);
  const again = (): void => {
    forget(name);
    setTurn((before) => before + 1);
  };
  useEffect(() => {
    if (ROUTES !== "path") return; //  beside a static site nothing changes
    const timer = setInterval(again, CLOCK_MS);
    const events = "EventSource" in globalThis ? new EventSource(new URL("api/events", BASE)) : null;
    let first = true; //  on opening it tells what is there already
    events?.addEventListener("record", () => {
      if (!first) again();
      first = false;
    });
    return () => {
      clearInterval(timer);
      events?.close();
    };
  }, [name]);
  return [turn, again];
}
