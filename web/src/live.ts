/** Pages that change while one looks: asked again when the record says something new. */
import { useEffect, useState } from "preact/hooks";
import { BASE, forget, ROUTES } from "./data.ts";

/** How often clocks are read again where nothing is new [ms]. */
const CLOCK_MS = 60_000;
/** After how long a line that was refused is opened anew [ms]. */
const AGAIN_MS = 5_000;

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
    const leave = listen(again);
    return () => {
      clearInterval(timer);
      leave();
    };
  }, [name]);
  return [turn, again];
}

/**
 * Listen for news until one leaves.
 *
 * On opening it tells what is there already: what was asked for meanwhile may be older.
 * A line that was refused, as where a session ended, is opened anew after a while.
 */
export function listen(heard: () => void): () => void {
  if (!("EventSource" in globalThis)) return () => undefined;
  let line: EventSource | undefined;
  let opened = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = (): void => {
    line = new EventSource(new URL("api/events", BASE));
    line.addEventListener("record", heard);
    line.addEventListener("open", () => (opened = true));
    line.addEventListener("error", () => {
      if (line?.readyState !== EventSource.CLOSED) return; //  the browser tries again
      timer = setTimeout(open, AGAIN_MS);
      if (opened) heard(); //  why it was refused, the page is told
      opened = false;
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    line?.close();
  };
}
