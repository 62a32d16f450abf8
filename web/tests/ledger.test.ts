/** A record is proved to have grown, and nothing else passes for that. */
import { generateKeyPairSync, sign } from "node:crypto";
import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Checkpoint, grew, readCheckpoint, signedBy } from "../src/ledger.ts";
import { checked } from "../src/parts/checking.tsx";
import { use } from "../src/words.ts";
import { catalogue } from "./given.ts";

const ORIGIN = "pamiers.mission/0011223344556677";
const PAIR = generateKeyPairSync("ed25519");
const PUBLIC = Buffer.from(PAIR.publicKey.export({ format: "jwk" }).x ?? "", "base64url");
const ID = hash(Buffer.concat([Buffer.from(`${ORIGIN}\n`), Buffer.from([1]), PUBLIC])).subarray(0, 4);
const KEY = `${ORIGIN}+${ID.toString("hex")}+${Buffer.concat([Buffer.from([1]), PUBLIC]).toString("base64")}`;

function hash(data: Buffer): Buffer {
  return createHash("sha256").update(data).digest();
}

function leaves(n: number): Buffer[] {
  return Array.from({ length: n }, (_, at) => hash(Buffer.from([0, at])));
}

/** The root of a tree, as RFC 6962 defines it. */
function root(of: Buffer[]): Buffer {
  if (of.length === 0) return hash(Buffer.alloc(0));
  if (of.length === 1) return of[0]!;
  const split = 2 ** Math.ceil(Math.log2(of.length) - 1);
  return hash(Buffer.concat([Buffer.from([1]), root(of.slice(0, split)), root(of.slice(split))]));
}

/** SUBPROOF(m, D[n], b) of RFC 6962, 2.1.2. */
function proof(of: Buffer[], m: number, whole = true): string[] {
  if (m === 0 && whole) return [];
  if (m === of.length) return whole ? [] : [root(of).toString("hex")];
  const split = 2 ** Math.ceil(Math.log2(of.length) - 1);
  if (m <= split) return [...proof(of.slice(0, split), m, whole), root(of.slice(split)).toString("hex")];
  return [...proof(of.slice(split), m - split, false), root(of.slice(0, split)).toString("hex")];
}

function head(n: number, of = leaves(n)): Pick<Checkpoint, "size" | "root"> {
  return { size: n, root: new Uint8Array(root(of)) };
}

function note(n: number, of = leaves(n)): string {
  const text = `${ORIGIN}\n${n}\n${root(of).toString("base64")}\n`;
  const line = Buffer.concat([ID, sign(null, Buffer.from(text), PAIR.privateKey)]).toString("base64");
  return `${text}\n— ${ORIGIN} ${line}\n`;
}

beforeEach(() => use({ language: "en", words: catalogue() }));
afterEach(() => vi.unstubAllGlobals());

test("every tree of up to twenty entries is proved to have grown out of each before", async () => {
  for (let n = 0; n <= 20; n++) {
    for (let m = 0; m <= n; m++) expect(await grew(head(m), head(n), proof(leaves(n), m)), `${m} ${n}`).toBe(true);
  }
});

test("a tree in which anything before was changed is not", async () => {
  for (let n = 2; n <= 12; n++) {
    for (let m = 1; m < n; m++) {
      const other = leaves(n);
      other[m - 1] = hash(Buffer.from("rewritten"));
      expect(await grew(head(m), head(n, other), proof(other, m)), `${m} ${n}`).toBe(false);
      const path = proof(leaves(n), m);
      expect(await grew(head(m), head(n), path.slice(1))).toBe(false);
      expect(await grew(head(m), head(n), [...path, path[0]!])).toBe(false);
    }
  }
  expect(await grew(head(5), head(4), [])).toBe(false);
});

test("a signature is that of the key, over these very words", async () => {
  const found = readCheckpoint(note(7))!;
  expect(await signedBy(found, KEY)).toBe(true);
  expect(await signedBy({ ...found, text: found.text.replace("7", "8") }, KEY)).toBe(false);
  expect(await signedBy({ ...found, origin: "another" }, KEY)).toBe(false);
  expect(readCheckpoint("nothing of the sort")).toBeNull();
  expect(readCheckpoint(note(7).replace("\n7\n", "\n07\n"))).toBeNull();
});

test("who kept a checkpoint is told what was added, or that it was rewritten", async () => {
  const now = (of: Buffer[]) =>
    vi.stubGlobal("fetch", async (where: URL) => {
      const told = where.pathname.endsWith("consistency") ? { path: proof(of, 5), checkpoint: note(9, of) } : { key: KEY };
      return new Response(JSON.stringify(told));
    });
  now(leaves(9));
  expect(await checked(note(5))).toMatchObject({ well: true, said: "Proved: entries added since: 4; none before was changed." });
  const other = leaves(9);
  other[2] = hash(Buffer.from("rewritten"));
  now(other);
  expect((await checked(note(5))).why).toContain("something in it was rewritten");
  now(leaves(9));
  expect((await checked(note(5).replace(/.{8}\n$/, "AAAAAAA=\n"))).well).toBe(false);
  expect((await checked("hello")).why).toContain("That is no checkpoint");
});
