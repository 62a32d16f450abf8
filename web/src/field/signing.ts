/** The device's key, the digests, and the chain that joins its reports. */
import { lacks, rowOf, type Draft } from "./draft.ts";
import type { Item } from "./outbox.ts";
import { type Chain, commit, type Committed, type Device, keep, kept } from "./store.ts";
import { envelopeBytes } from "./sending.ts";

const ALGORITHM = "Ed25519";

export function hex(bytes: ArrayBuffer | Uint8Array): string {
  const view = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  return Array.from(view, (each) => each.toString(16).padStart(2, "0")).join("");
}

export function base64(bytes: ArrayBuffer | Uint8Array): string {
  const view = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  let text = "";
  for (let at = 0; at < view.length; at += 0x8000) {
    text += String.fromCharCode(...view.subarray(at, at + 0x8000));
  }
  return btoa(text);
}

export async function sha256(data: ArrayBuffer | string): Promise<string> {
  const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
  return hex(await crypto.subtle.digest("SHA-256", bytes));
}

/** An id that nobody can guess and nobody else will draw. */
export function randomId(): string {
  return hex(crypto.getRandomValues(new Uint8Array(8)));
}

/**
 * Make this device's key. The private half cannot be read out, not by this page either.
 * Raises where the browser cannot sign with Ed25519.
 */
export async function makeDevice(name: string, source: string, epoch = 0): Promise<Device> {
  const pair = (await crypto.subtle.generateKey(ALGORITHM, false, [
    "sign",
    "verify",
  ])) as CryptoKeyPair;
  const publicKey = hex(await crypto.subtle.exportKey("raw", pair.publicKey));
  const device = { name, source, epoch, publicKey, privateKey: pair.privateKey };
  await keep("device", device);
  return device;
}

/** Tell whether this browser can sign. */
export async function canSign(): Promise<boolean> {
  try {
    await crypto.subtle.generateKey(ALGORITHM, false, ["sign", "verify"]);
    return true;
  } catch {
    return false;
  }
}

export interface Place {
  zone: string;
  now: Date;
  offset_s: number | null;
  form?: string;
}

/** The report that a draft becomes as the next of a chain, signed. */
export async function sign(
  draft: Draft,
  device: Device,
  before: Chain,
  { zone, now, offset_s, form }: Place,
): Promise<Item> {
  const row = rowOf(draft, { zone, now, offset_s, previous: before.digest, form: form ?? "" });
  const seq = before.seq + 1;
  const text = JSON.stringify({
    source: device.source,
    id: draft.id,
    kind: draft.sort,
    seq,
    epoch: device.epoch,
    sent_at: `${now.toISOString().slice(0, 19)}Z`,
    row,
  });
  const signature = await crypto.subtle.sign(ALGORITHM, device.privateKey, envelopeBytes(text));
  return {
    id: draft.id,
    source: device.source,
    sort: draft.sort,
    seq,
    previous: before.digest,
    text,
    sha256: await sha256(text),
    key: device.name,
    signature: base64(signature),
    title: { kind: draft.kind, start: String(row["start"]), end: String(row["end"]) },
    made_at: now.toISOString(),
    status: "waiting",
    tries: 0,
    next_at: new Date(0).toISOString(),
    why: "",
    receipt: null,
    receipt_at: "",
    contradicted: null,
  };
}

const TURNS = 8;

/** Sign a draft and put it in the outbox, once however often it is asked. */
export async function file(draft: Draft, device: Device, place: Place): Promise<Committed> {
  if (lacks(draft, place.zone, place.now).length) throw new Error("a draft that lacks something");
  for (let turn = 0; turn < TURNS; turn++) {
    const before = (await kept("chain")) ?? { seq: 0, digest: "" };
    const found = await commit(await sign(draft, device, before, place), before);
    if (found !== "overtaken") return found;
  }
  return "overtaken";
}

/** The first report, by sequence, that does not follow the one before it; null if all do. */
export async function broken(items: readonly Item[]): Promise<number | null> {
  const ordered = [...items].sort((a, b) => a.seq - b.seq);
  for (const [at, each] of ordered.entries()) {
    const last = ordered[at - 1];
    if ((await sha256(each.text)) !== each.sha256) return each.seq;
    if (last && last.seq + 1 === each.seq && each.previous !== last.sha256) return each.seq;
  }
  return null;
}
