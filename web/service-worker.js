/**
 * Answers without a network: the files of the application, and what the field form needs
 * of the mission. Names in capitals are put in when the pages are built.
 *
 * Nothing of the API is ever kept, and of the mission only the pages listed here.
 */
const FILES = "pamiers-files-__VERSION__";
const DATA = "pamiers-data";
const LISTED = __LISTED__;
const GIVEN = ["about", "field", "words/en", "words/uk", "words/fr", "words/lv"];
const PATIENCE_MS = 6000;
const base = new URL("./", self.location.href);
const entry = new URL("field", base).href;
const address = (path) => new URL(path, base).href;
const data = new Set(GIVEN.map((name) => address(`data/${name}.json`)));

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(base.href)) return;
  const url = request.url.split("?")[0];
  if (request.mode === "navigate") {
    if (url === entry) event.respondWith(fresh(FILES, entry, request));
  } else if (data.has(url)) event.respondWith(fresh(DATA, url, request));
  else if (LISTED.some((path) => address(path) === url)) event.respondWith(kept(url, request));
});

async function install() {
  const files = await caches.open(FILES);
  await files.addAll([entry, ...LISTED.map(address)].map((url) => new Request(url, { cache: "reload" })));
  const given = await caches.open(DATA);
  await given.addAll([...data]);
  await self.skipWaiting();
}

/** Forget files of other versions; what the mission gave stays until it is had anew. */
async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith("pamiers-") && name !== FILES && name !== DATA) await caches.delete(name);
  }
  await self.clients.claim();
}

/** The newest where it comes in time, else the last. */
async function fresh(cache, url, request) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (answer.ok) await (await caches.open(cache)).put(url, answer.clone());
    if (answer.status < 500) return answer;
  } catch {
    // no link, or one that is too slow
  }
  return (await caches.match(url)) ?? Response.error();
}

/** A file is named by its content, so that the one that is kept is the one. */
async function kept(url, request) {
  return (await caches.match(url)) ?? fetch(request);
}
