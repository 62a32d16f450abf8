/** Addresses: every view is a link; a static site keeps them behind the `#`. */
import { useEffect, useState } from "preact/hooks";
import { BASE, ROUTES } from "./data.ts";

export interface Route {
  path: string; //  begins with "/"
  query: URLSearchParams;
}

export function current(): Route {
  const text = ROUTES === "hash" ? location.hash.slice(1) || "/" : below(location.pathname);
  const [path = "/", search = ""] = text.split("?");
  const query = new URLSearchParams(ROUTES === "hash" ? search : location.search);
  return { path: path || "/", query };
}

function below(pathname: string): string {
  const base = BASE.pathname;
  return pathname.startsWith(base) ? `/${pathname.slice(base.length)}` : pathname;
}

/** The address of a view, for a link. */
export function href(path: string, query?: URLSearchParams): string {
  const search = query && [...query].length ? `?${query}` : "";
  if (ROUTES === "hash") return `#${path}${search}`;
  return `${BASE.pathname}${path.slice(1)}${search}`;
}

const moved = new EventTarget();

export function go(path: string, query?: URLSearchParams, replace = false): void {
  const where = href(path, query);
  if (replace) history.replaceState(null, "", where);
  else history.pushState(null, "", where);
  moved.dispatchEvent(new Event("moved"));
}

export function useRoute(): Route {
  const [route, setRoute] = useState(current);
  useEffect(() => {
    const read = (): void => setRoute(current());
    moved.addEventListener("moved", read);
    addEventListener("popstate", read);
    addEventListener("hashchange", read);
    return () => {
      moved.removeEventListener("moved", read);
      removeEventListener("popstate", read);
      removeEventListener("hashchange", read);
    };
  }, []);
  return route;
}

/** Follow plain clicks on own links without loading the page anew. */
export function followLinks(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = (event.target as Element | null)?.closest("a[data-route]");
  if (!link) return;
  event.preventDefault();
  const [path = "/", search = ""] = (link.getAttribute("data-route") ?? "/").split("?");
  go(path, new URLSearchParams(search));
  document.querySelector<HTMLElement>("main")?.focus();
  scrollTo(0, 0);
}
