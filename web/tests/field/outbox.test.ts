import { expect, test } from "vitest";
import {
  after,
  clearable,
  due,
  type Item,
  type Outcome,
  pauseS,
  type Receipt,
  unsent,
} from "../../src/field/outbox.ts";
import { outcomeOf } from "../../src/field/sending.ts";

const NOW = new Date("2020-08-02T09:00:00Z");

export function item(part: Partial<Item> = {}): Item {
  return {
    id: "a",
    source: "patrol-3",
    sort: "observation",
    seq: 1,
    previous: "",
    text: "{}",
    sha256: "ab",
    key: "phone",
    signature: "",
    title: { kind: "shot", start: "", end: "" },
    made_at: NOW.toISOString(),
    status: "waiting",
    tries: 0,
    next_at: new Date(0).toISOString(),
    why: "",
    receipt: null,
    receipt_at: "",
    contradicted: null,
    ...part,
  };
}

function receipt(part: Partial<Receipt> = {}): Receipt {
  return { source: "patrol-3", id: "a", sha256: "ab", status: "recorded", entry: 7, ...part };
}

const CONFIRMED: Outcome = { sort: "receipt", status: "confirmed", receipt: receipt() };

test("a receipt confirms, and nothing takes it away", () => {
  const done = after(item(), CONFIRMED, NOW);
  expect([done.status, done.receipt?.entry]).toEqual(["confirmed", 7]);
  for (const sort of ["refused", "unknown", "later"] as const) {
    expect(after(done, { sort, why: "x" }, NOW)).toEqual(done);
  }
  expect(after(done, CONFIRMED, new Date())).toEqual(done);
});

test("a receipt that says otherwise is shown beside the first", () => {
  const done = after(item(), CONFIRMED, NOW);
  const other = after(done, { ...CONFIRMED, receipt: receipt({ entry: 8 }) } as Outcome, NOW);
  expect([other.status, other.receipt?.entry, other.contradicted?.entry]).toEqual(["confirmed", 7, 8]);
  expect(clearable([other], new Set())).toEqual([]);
});

test("a receipt for other words, or another's, confirms nothing", () => {
  for (const part of [{ sha256: "cd" }, { id: "b" }, { source: "other" }]) {
    const found = after(item(), { ...CONFIRMED, receipt: receipt(part) } as Outcome, NOW);
    expect(found.status).toBe("conflict");
    expect(clearable([found], new Set())).toEqual([]);
  }
});

test("without an answer it waits longer each time, and never for ever", () => {
  let found = item();
  let last = 0;
  for (let turn = 0; turn < 30; turn++) {
    found = after(found, { sort: "later", why: "" }, NOW);
    const waitS = (Date.parse(found.next_at) - NOW.getTime()) / 1000;
    expect(waitS).toBeGreaterThanOrEqual(last);
    last = waitS;
  }
  expect(found.status).toBe("waiting");
  expect(last).toBe(600);
  expect(pauseS(0, 0)).toBe(4);
});

test("a device that is not known keeps its reports", () => {
  const found = after(item(), { sort: "unknown", why: "no such device" }, NOW);
  expect([found.status, unsent([found])]).toEqual(["waiting", 1]);
});

test("the smallest goes first, then the oldest", () => {
  const long = item({ id: "long", seq: 1, text: "x".repeat(9000) });
  const [two, three] = [item({ id: "two", seq: 2 }), item({ id: "three", seq: 3 })];
  const late = item({ id: "late", seq: 4, next_at: "2099-01-01T00:00:00Z" });
  expect(due([late, long, three, two], NOW).map((each) => each.id)).toEqual(["two", "three", "long"]);
  expect(due([late], NOW, true)).toHaveLength(1);
});

test("only what headquarters signed for is cleared, and not while photos wait", () => {
  const done = after(item(), CONFIRMED, NOW);
  const waiting = item({ id: "w" });
  const held = after(item({ id: "h" }), { ...CONFIRMED, status: "held", receipt: receipt({ id: "h" }) } as Outcome, NOW);
  expect(clearable([done, waiting, held], new Set())).toEqual(["a"]);
  expect(clearable([done], new Set(["a"]))).toEqual([]);
  expect(unsent([done, waiting, held])).toBe(1);
});

test("answers of the service are told apart", () => {
  expect(outcomeOf(201, receipt(), null)).toMatchObject({ sort: "receipt", status: "confirmed" });
  expect(outcomeOf(202, receipt(), null)).toMatchObject({ status: "held" });
  expect(outcomeOf(409, receipt(), null)).toMatchObject({ status: "conflict" });
  expect(outcomeOf(200, "<html>", null)).toMatchObject({ sort: "later" });
  expect(outcomeOf(201, { ok: true }, null)).toMatchObject({ sort: "later" });
  expect(outcomeOf(400, { detail: "no" }, null)).toEqual({ sort: "refused", why: "no" });
  expect(outcomeOf(403, { detail: "who" }, null)).toEqual({ sort: "unknown", why: "who" });
  expect(outcomeOf(429, null, "30")).toEqual({ sort: "later", why: "", afterS: 30 });
});
