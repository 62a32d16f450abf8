/** How long the form works without a network is told, and not promised where it is not. */
import { afterEach, expect, test, vi } from "vitest";
import { supply } from "../../src/field/offline.ts";

const NOW = new Date("2026-11-30T12:00:00Z");

function phone(storage: object | undefined, worker = true): void {
  const serviceWorker = { register: async () => undefined, ready: Promise.resolve() };
  vi.stubGlobal("navigator", { ...(worker ? { serviceWorker } : {}), storage });
}

afterEach(() => vi.unstubAllGlobals());

test("a phone that promised to keep it keeps it, with room for so many photos", async () => {
  phone({ persisted: async () => true, estimate: async () => ({ quota: 90_000_000, usage: 9_000_000 }) });
  expect(await supply(NOW)).toEqual({ until: null, photos: 20 });
});

test("one that did not is good for seven days from when it was opened", async () => {
  phone({ persisted: async () => false, estimate: async () => ({}) });
  expect(await supply(NOW)).toEqual({ until: new Date("2026-12-07T12:00:00Z"), photos: null });
  phone(undefined);
  expect(await supply(NOW)).toEqual({ until: new Date("2026-12-07T12:00:00Z"), photos: null });
});

test("one that is full has room for none, and one without a worker is not ready", async () => {
  phone({ persisted: async () => true, estimate: async () => ({ quota: 5, usage: 9 }) });
  expect((await supply(NOW))?.photos).toBe(0);
  phone({}, false);
  expect(await supply(NOW)).toBeNull();
});
