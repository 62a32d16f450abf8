/** Install what answers without a network, and say whether all of it is here. */
import { BASE } from "../data.ts";

/**
 * WebKit clears what a site keeps after seven days of use in which nobody opened it;
 * no other browser is known to do so sooner where it gave no promise [days].
 *
 * Source: webkit.org/blog/10218, Full third-party cookie blocking and more (2020).
 */
const UNPROMISED_DAYS = 7;
/** What a photo takes: one of 12 megapixels as phones write it [bytes]. */
const PHOTO_BYTES = 4_000_000;

export interface Supply {
  /** Until when the form opens without a network; null: until somebody clears it. */
  until: Date | null;
  /** For about how many photos there is room; null where the browser does not say. */
  photos: number | null;
}

/** For how long the form would open without a network; null where it would not. */
export async function supply(now: Date): Promise<Supply | null> {
  if (!(await prepare())) return null;
  const storage = navigator.storage as StorageManager | undefined;
  const kept = await storage?.persisted?.().catch(() => false);
  const room = await storage?.estimate?.().catch(() => undefined);
  const free = room?.quota === undefined ? null : room.quota - (room.usage ?? 0);
  return {
    until: kept ? null : new Date(now.getTime() + UNPROMISED_DAYS * 86_400_000),
    photos: free === null ? null : Math.max(0, Math.floor(free / PHOTO_BYTES)),
  };
}

/** Tell whether the form would open without a network. */
async function prepare(): Promise<boolean> {
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
