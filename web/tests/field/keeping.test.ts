import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, expect, test, vi } from "vitest";
import { type Draft, lacks, newDraft, NOWHERE, rowOf } from "../../src/field/draft.ts";
import { after, type Item } from "../../src/field/outbox.ts";
import { seal, unseal } from "../../src/field/sealed-file.ts";
import { envelopeBytes, envelopeOf } from "../../src/field/sending.ts";

const ZONE = "Europe/Kyiv";
const NOW = new Date("2020-08-02T08:00:00Z");
const BEGUN = { date: "2020-08-02", time: "11:00", begun_at: NOW.toISOString() };
const PLACE = { zone: ZONE, now: NOW, offset_s: -10800 };

type Store = typeof import("../../src/field/store.ts");
type Signing = typeof import("../../src/field/signing.ts");
let store: Store;
let signing: Signing;

/** As a tab that is opened anew: what is kept stays, what is in memory does not. */
async function reopened(): Promise<void> {
  vi.resetModules();
  store = await import("../../src/field/store.ts");
  signing = await import("../../src/field/signing.ts");
}

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  await reopened();
});

function draft(id: string, part: Partial<Draft> = {}): Draft {
  const place = { ...NOWHERE, way: "written" as const, written: "48.0159, 37.8028" };
  const begun = newDraft("observation", id, place, BEGUN);
  return { ...begun, kind: "explosion", means: "heard", ...part };
}

async function filed(...ids: string[]): Promise<Item[]> {
  const device = (await store.kept("device")) ?? (await signing.makeDevice("phone", "patrol-3"));
  for (const id of ids) await signing.file(draft(id), device, PLACE);
  return (await store.items()).sort((a, b) => a.seq - b.seq);
}

test("a draft is there after the tab was killed, every field of it", async () => {
  const said = draft("a", { note: "дим", count: "10", manner: "more" });
  await store.saveDraft(said);
  await reopened();
  expect(await store.drafts()).toEqual([said]);
});

test("each report follows the one before it, and what was changed is found", async () => {
  const items = await filed("a", "b", "c");
  expect(items.map((each) => each.seq)).toEqual([1, 2, 3]);
  expect(items[1]?.previous).toBe(items[0]?.sha256);
  const row = JSON.parse(items[2]!.text).row as { extra: string };
  expect(JSON.parse(row.extra)).toEqual({ clock_offset_s: -10800, previous: items[1]?.sha256 });
  expect(await signing.broken(items)).toBeNull();
  expect(await signing.broken(items.map((e) => (e.seq === 2 ? { ...e, text: "{}" } : e)))).toBe(2);
  const other = await signing.sha256("{}");
  const swapped = items.map((e) => (e.seq === 2 ? { ...e, text: "{}", sha256: other } : e));
  expect(await signing.broken(swapped)).toBe(3);
});

test("a signature is the device's over the very text", async () => {
  const [item] = await filed("a");
  const device = await store.kept("device");
  const raw = Uint8Array.from(device!.publicKey.match(/../g)!, (each) => parseInt(each, 16));
  const key = await crypto.subtle.importKey("raw", raw, "Ed25519", true, ["verify"]);
  const signature = Uint8Array.from(atob(item!.signature), (each) => each.charCodeAt(0));
  expect(await crypto.subtle.verify("Ed25519", key, signature, envelopeBytes(item!.text))).toBe(true);
  const other = envelopeBytes(`${item!.text} `);
  expect(await crypto.subtle.verify("Ed25519", key, signature, other)).toBe(false);
});

test("pressed five times at once it is one report", async () => {
  const device = await signing.makeDevice("phone", "patrol-3");
  await store.saveDraft(draft("a"));
  const found = await Promise.all([1, 2, 3, 4, 5].map(() => signing.file(draft("a"), device, PLACE)));
  expect(found.filter((each) => each === "done")).toHaveLength(1);
  expect(await store.items()).toHaveLength(1);
  expect(await store.drafts()).toEqual([]);
});

test("reports that are filed at once still make one chain", async () => {
  const device = await signing.makeDevice("phone", "patrol-3");
  await Promise.all(["a", "b", "c"].map((id) => signing.file(draft(id), device, PLACE)));
  const items = await store.items();
  expect(items.map((each) => each.seq).sort()).toEqual([1, 2, 3]);
  expect(await signing.broken(items)).toBeNull();
});

test("killed before it was written, nothing is half there; after, nothing is lost", async () => {
  const device = await signing.makeDevice("phone", "patrol-3");
  await store.saveDraft(draft("a"));
  const before = { seq: 0, digest: "" };
  const signed = await signing.sign(draft("a"), device, before, PLACE); //  killed here
  await reopened();
  expect([(await store.drafts()).length, (await store.items()).length]).toEqual([1, 0]);
  expect(await store.commit(signed, before)).toBe("done"); //  killed here
  await reopened();
  expect([(await store.drafts()).length, (await store.items()).length]).toEqual([0, 1]);
  expect(await store.commit(signed, before)).toBe("already");
  expect(await store.kept("chain")).toEqual({ seq: 1, digest: signed.sha256 });
});

test("killed between sending and the receipt, it is sent again and is the same", async () => {
  const [item] = await filed("a");
  const sent = JSON.stringify(envelopeOf(item!));
  await reopened();
  const [again] = await store.items();
  expect(JSON.stringify(envelopeOf(again!))).toBe(sent);
  const receipt = { source: "patrol-3", id: "a", sha256: again!.sha256, status: "recorded", entry: 9 };
  const told = { sort: "receipt", status: "confirmed", receipt } as const;
  await store.changeItem("a", (found) => after(found, told, NOW));
  await reopened();
  expect((await store.items())[0]?.status).toBe("confirmed");
  await store.forget(["a"]);
  expect((await filed("b")).map((each) => each.seq)).toEqual([2]); //  the chain goes on
});

test("photos go with the draft that was given up, and with nothing else", async () => {
  const bytes = new TextEncoder().encode("picture").buffer as ArrayBuffer;
  const photo = { sha256: await signing.sha256(bytes), type: "image/jpeg", bytes, taken_at: "", sent: 0 };
  expect(photo.sha256).toBe(await signing.sha256("picture"));
  await store.savePhoto({ ...photo, report: "a" });
  await store.savePhoto({ ...photo, report: "b" });
  await store.dropDraft("a");
  expect((await store.photos()).map((each) => each.report)).toEqual(["b"]);
});

test("nothing is left after everything was destroyed", async () => {
  await filed("a");
  await store.saveDraft(draft("b"));
  await store.destroy();
  await reopened();
  expect([await store.items(), await store.drafts(), await store.kept("device")]).toEqual([[], [], undefined]);
});

test("an encrypted file opens with its passphrase alone, unchanged alone", async () => {
  const value = { messages: [{ message: "вибух", key: "phone", signature: "s" }], photos: [] };
  const file = await seal(value, "correct horse battery");
  expect(new TextDecoder().decode(file.slice(0, 17))).toBe("pamiers outbox 1\n");
  expect(await unseal(file, "correct horse battery")).toEqual(value);
  await expect(unseal(file, "correct horse batterx")).rejects.toThrow();
  const changed = file.slice();
  changed[changed.length - 20]! ^= 1;
  await expect(unseal(changed, "correct horse battery")).rejects.toThrow();
  const other = file.slice();
  other[0]! ^= 1;
  await expect(unseal(other, "correct horse battery")).rejects.toThrow("not an outbox");
  const twice = await seal(value, "correct horse battery");
  expect(twice).not.toEqual(file);
}, 60_000);

test("a draft says what it lacks, and a row holds no more than was said", () => {
  const empty = newDraft("observation", "a", NOWHERE, BEGUN);
  expect(lacks(empty, ZONE, NOW)).toEqual(["kind", "means", "where"]);
  const given = { zone: ZONE, now: NOW, previous: "", offset_s: null };
  const row = rowOf(draft("a"), given);
  expect(Object.keys(row).sort()).toEqual(
    ["end", "extra", "kind", "lat", "lon", "means", "radius_m", "start"].sort(),
  );
  expect(row).toMatchObject({ start: "2020-08-02T08:00:00Z", end: "2020-08-02T08:01:00Z" });
});

test("where the observer stood is in its own field, and nothing observed is coverage", () => {
  const here = { lon: 37.8028, lat: 48.0159, radiusM: 15 };
  const place = { ...NOWHERE, here };
  const nothing = newDraft("coverage", "n", place, BEGUN);
  const said = { ...nothing, when: { ...nothing.when, time: "09:00", until: "10:30" } };
  expect(lacks(said, ZONE, NOW)).toEqual([]);
  const row = rowOf(said, { zone: ZONE, now: NOW, previous: "", offset_s: null });
  expect(row).toMatchObject({ status: "observed", watched: "any", radius_m: 5000 });
  expect(JSON.parse(String(row["observer"]))).toEqual({ lat: 48.0159, lon: 37.8028 });
});
