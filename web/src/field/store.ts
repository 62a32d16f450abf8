/**
 * What the device keeps, in one IndexedDB: drafts, reports that were signed, photos,
 * and a few single values. What belongs together is written in one transaction, so that
 * a tab that is killed leaves either all of it or nothing.
 */
import type { Draft } from "./draft.ts";
import type { Item } from "./outbox.ts";

export interface Photo {
  sha256: string;
  report: string; //  id of the report that names it
  type: string;
  bytes: ArrayBuffer;
  taken_at: string;
  sent: number; //  bytes that headquarters has
}

export interface Device {
  name: string;
  source: string;
  epoch: number;
  publicKey: string; //  64 hexadecimal figures
  privateKey: CryptoKey; //  cannot be taken out of the browser
}

/** How far the chain of this device's reports has come. */
export interface Chain {
  seq: number;
  digest: string; //  SHA-256 of the last text; empty before the first
}

export interface Kept {
  device: Device;
  chain: Chain;
  clock: { offset_ms: number; at: string };
  place: Draft["place"];
}

const NAME = "pamiers-field";
const STORES = ["drafts", "outbox", "photos", "kept"] as const;
type StoreName = (typeof STORES)[number];

let opened: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      const base = asked.result;
      base.createObjectStore("drafts", { keyPath: "id" });
      base.createObjectStore("outbox", { keyPath: "id" });
      base.createObjectStore("photos", { keyPath: ["report", "sha256"] });
      base.createObjectStore("kept");
    };
    asked.onsuccess = () => {
      asked.result.onversionchange = () => asked.result.close();
      resolve(asked.result);
    };
    asked.onerror = () => reject(asked.error);
  });
  opened.catch(() => (opened = null));
  return opened;
}

type Work<T> = (of: (name: StoreName) => IDBObjectStore, done: (value: T) => void) => void;

/** Do some work in one transaction; resolved once it is on the disk. */
async function within<T>(names: StoreName[], mode: IDBTransactionMode, work: Work<T>): Promise<T> {
  const base = await open();
  return new Promise((resolve, reject) => {
    const turn = base.transaction(names, mode, { durability: "strict" });
    let value: T;
    turn.oncomplete = () => resolve(value);
    turn.onabort = turn.onerror = () => reject(turn.error);
    work(
      (name) => turn.objectStore(name),
      (found) => (value = found),
    );
  });
}

function one<T>(asked: IDBRequest, then: (value: T) => void): void {
  asked.onsuccess = () => then(asked.result as T);
}

function all<T>(name: StoreName): Promise<T[]> {
  return within<T[]>([name], "readonly", (of, done) => one(of(name).getAll(), done));
}

export const drafts = (): Promise<Draft[]> => all("drafts");
export const items = (): Promise<Item[]> => all("outbox");
export const photos = (): Promise<Photo[]> => all("photos");

export function saveDraft(draft: Draft): Promise<void> {
  return within<void>(["drafts"], "readwrite", (of) => void of("drafts").put(draft));
}

/** Forget a draft that was given up, with its photos. */
export function dropDraft(id: string): Promise<void> {
  return within<void>(["drafts", "photos"], "readwrite", (of) => {
    of("drafts").delete(id);
    withoutPhotos(of("photos"), new Set([id]));
  });
}

export function savePhoto(photo: Photo): Promise<void> {
  return within<void>(["photos"], "readwrite", (of) => void of("photos").put(photo));
}

/** Change one report by what is there now, never by what was there a while ago. */
export function changeItem(id: string, change: (item: Item) => Item): Promise<void> {
  return within<void>(["outbox"], "readwrite", (of) => {
    const outbox = of("outbox");
    one<Item | undefined>(outbox.get(id), (found) => found && outbox.put(change(found)));
  });
}

export type Committed = "done" | "already" | "overtaken";

/**
 * Put a signed report in the outbox, step the chain, and forget its draft: all or none.
 * "already" where a report of this id is there; "overtaken" where another report took
 * its place in the chain meanwhile, and this one has to be signed anew.
 */
export function commit(item: Item, before: Chain): Promise<Committed> {
  return within<Committed>(["drafts", "outbox", "kept"], "readwrite", (of, done) => {
    one<Item | undefined>(of("outbox").get(item.id), (same) => {
      if (same) {
        of("drafts").delete(item.id);
        return done("already");
      }
      one<Chain | undefined>(of("kept").get("chain"), (now) => {
        const found = now ?? { seq: 0, digest: "" };
        if (found.seq !== before.seq || found.digest !== before.digest) return done("overtaken");
        of("outbox").add(item);
        of("kept").put({ seq: item.seq, digest: item.sha256 } satisfies Chain, "chain");
        of("drafts").delete(item.id);
        done("done");
      });
    });
  });
}

/** Forget reports, with their photos. */
export function forget(ids: readonly string[]): Promise<void> {
  return within<void>(["outbox", "photos"], "readwrite", (of) => {
    for (const id of ids) of("outbox").delete(id);
    withoutPhotos(of("photos"), new Set(ids));
  });
}

function withoutPhotos(store: IDBObjectStore, ids: Set<string>): void {
  one<Photo[]>(store.getAll(), (found) => {
    for (const each of found) if (ids.has(each.report)) store.delete([each.report, each.sha256]);
  });
}

export function kept<K extends keyof Kept>(name: K): Promise<Kept[K] | undefined> {
  return within<Kept[K] | undefined>(["kept"], "readonly", (of, done) =>
    one(of("kept").get(name), done),
  );
}

export function keep<K extends keyof Kept>(name: K, value: Kept[K]): Promise<void> {
  return within<void>(["kept"], "readwrite", (of) => void of("kept").put(value, name));
}

/** Destroy everything that the device keeps of the form. */
export async function destroy(): Promise<void> {
  //  emptied first: deleting waits for other tabs, emptying does not
  await within<void>([...STORES], "readwrite", (of) => {
    for (const name of STORES) of(name).clear();
  });
  (await open()).close();
  opened = null;
  await new Promise<void>((resolve) => {
    const asked = indexedDB.deleteDatabase(NAME);
    asked.onsuccess = asked.onerror = asked.onblocked = () => resolve();
  });
}
