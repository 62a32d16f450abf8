/** Install what answers without a network, and say whether all of it is here. */
import { BASE } from "../data.ts";

/** Tell whether the form would open without a network. */
export async function prepare(): Promise<boolean> {
  if (!("serviceWorker" in navigator)) return false;
  addManifest();
  try {
    await navigator.serviceWorker.register(new URL("service-worker.js", BASE), {
      scope: BASE.pathname,
    });
    await navigator.serviceWorker.ready;
    return true;
  } catch {
    return false;
  }
}

/** A manifest lets a phone keep the form among its programs. */
function addManifest(): void {
  if (document.querySelector('link[rel="manifest"]')) return;
  const link = document.createElement("link");
  link.rel = "manifest";
  link.href = new URL("manifest.webmanifest", BASE).href;
  document.head.append(link);
}
