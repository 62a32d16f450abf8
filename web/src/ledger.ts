/**
 * Check, without the program, that a record grew out of one that was kept.
 *
 * A checkpoint is a C2SP tlog-checkpoint; that a tree grew out of another is RFC 9162,
 * 2.1.4.2; a signature is Ed25519 over the text of the note.
 */

export interface Checkpoint {
  origin: string;
  size: number;
  root: Uint8Array<ArrayBuffer>;
  /** What is signed. */
  text: string;
  /** Lines of signatures: who, and the bytes, of which the first four name the key. */
  lines: { name: string; bytes: Uint8Array<ArrayBuffer> }[];
}

const HASH_BYTES = 32;
const ID_BYTES = 4;
const EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (each) => each.toString(16).padStart(2, "0")).join("");
}

function unhex(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g) ?? [], (each) => Number.parseInt(each, 16));
}

/** The checkpoint that a text states; null where it states none. */
export function readCheckpoint(written: string): Checkpoint | null {
  const [top = "", under = ""] = written.replaceAll("\r\n", "\n").split("\n\n", 2);
  const text = `${top.trimStart()}\n`;
  const [origin = "", size = "", root = ""] = text.split("\n");
  const lines = [...under.matchAll(/^— (\S+) ([A-Za-z0-9+/=]+)$/gm)];
  try {
    const found = bytesOf(root);
    if (!origin || !/^(0|[1-9]\d{0,15})$/.test(size) || found.length !== HASH_BYTES) return null;
    const signed = lines.map(([, name = "", line = ""]) => ({ name, bytes: bytesOf(line) }));
    return { origin, size: Number(size), root: found, text, lines: signed };
  } catch {
    return null; //  no base64
  }
}

async function sha256(...parts: Uint8Array<ArrayBuffer>[]): Promise<Uint8Array<ArrayBuffer>> {
  const whole = await new Blob(parts).arrayBuffer();
  return new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
}

/** The SHA-256 of some bytes, in hexadecimal. */
export async function digestOf(bytes: ArrayBuffer): Promise<string> {
  return hexOf(await sha256(new Uint8Array(bytes)));
}

function node(left: Uint8Array<ArrayBuffer>, right: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return sha256(new Uint8Array([1]), left, right);
}

/** Whether one tree grew out of another, by a proof of hashes in hexadecimal. */
export async function grew(
  old: Pick<Checkpoint, "size" | "root">,
  now: Pick<Checkpoint, "size" | "root">,
  proof: string[],
): Promise<boolean> {
  const [before, after] = [hexOf(old.root), hexOf(now.root)];
  if (old.size > now.size) return false;
  if (old.size === now.size) return proof.length === 0 && before === after;
  if (old.size === 0) return proof.length === 0 && before === EMPTY;
  const steps = proof.map(unhex);
  if (Number.isInteger(Math.log2(old.size))) steps.unshift(old.root);
  const climbed = await climb(old.size - 1, now.size - 1, steps);
  return climbed !== null && hexOf(climbed[0]) === before && hexOf(climbed[1]) === after;
}

type Pair = [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>];

async function climb(from: number, until: number, steps: Uint8Array<ArrayBuffer>[]): Promise<Pair | null> {
  let [at, last] = [from, until];
  const up = (): void => {
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  };
  while (at % 2 === 1) up();
  const [first, ...rest] = steps;
  if (!first) return null;
  let pair: Pair = [first, first];
  for (const beside of rest) {
    if (last === 0) return null; //  a path that is too long
    if (at % 2 === 1 || at === last) {
      pair = [await node(beside, pair[0]), await node(beside, pair[1])];
      while (at % 2 === 0 && at > 0) up();
    } else {
      pair = [pair[0], await node(pair[1], beside)];
    }
    up();
  }
  return last === 0 ? pair : null;
}

/** Whether the key that C2SP writes as `name+id+base64` signed a checkpoint. */
export async function signedBy(found: Checkpoint, key: string): Promise<boolean> {
  const [name = "", id = "", held = ""] = key.trim().split(/\+([0-9a-f]{8})\+/);
  const line = found.lines.find((each) => hexOf(each.bytes.subarray(0, ID_BYTES)) === id);
  if (!line || name !== found.origin) return false;
  const bare = bytesOf(held).slice(1); //  the first byte says what the key signs
  const public_ = await crypto.subtle.importKey("raw", bare, "Ed25519", false, ["verify"]);
  const said = new TextEncoder().encode(found.text);
  return crypto.subtle.verify("Ed25519", public_, line.bytes.slice(ID_BYTES), said);
}
