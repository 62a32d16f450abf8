/** Sends what is due, one at a time and in one tab only, and comes again by itself. */
import { after, due, type Item, nextTry } from "./outbox.ts";
import { greet, type Heard, send, sendPhoto } from "./sending.ts";
import { changeItem, items, keep, photos, savePhoto } from "./store.ts";

const LOCK = "pamiers-field-sending";
const LONGEST_MS = 600_000;

export type Told = (news: { busy: boolean; signIn?: boolean }) => void;

export class Sender {
  private running = false;
  private again: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly told: Told) {}

  /** Begin; returns what ends it. */
  start(): () => void {
    const wake = (): void => void this.run();
    addEventListener("online", wake);
    wake();
    return () => {
      removeEventListener("online", wake);
      clearTimeout(this.again);
    };
  }

  /** Send what is due; all that waits where somebody asked for it. */
  async run(pressed = false): Promise<void> {
    if (this.running) return;
    this.running = true;
    clearTimeout(this.again);
    this.told({ busy: true });
    let signIn = false;
    try {
      signIn = await alone(() => this.round(pressed));
    } finally {
      this.running = false;
      this.told({ busy: false, signIn });
      await this.plan();
    }
  }

  private async round(pressed: boolean): Promise<boolean> {
    const waiting = due(await items(), new Date(), pressed);
    if (!waiting.length) await greet(heard);
    for (const item of waiting) {
      if (!(await this.one(item))) break; //  no answer: the rest would have none either
      this.told({ busy: true });
    }
    return this.pictures();
  }

  private async one(item: Item): Promise<boolean> {
    const outcome = await send(item, heard);
    const now = new Date();
    await changeItem(item.id, (found) => after(found, outcome, now, Math.random()));
    return outcome.sort !== "later";
  }

  /** Send photos of reports that are there; returns whether a session is asked for. */
  private async pictures(): Promise<boolean> {
    const there = new Set((await items()).filter((each) => each.receipt).map((each) => each.id));
    const wanted = (await photos()).filter((each) => each.sent < each.bytes.byteLength);
    const small = wanted.sort((a, b) => a.bytes.byteLength - b.bytes.byteLength);
    for (const photo of small) {
      if (!there.has(photo.report)) continue;
      const found = await sendPhoto(photo, (sent) => savePhoto({ ...photo, sent }));
      if (found === "sign-in") return true;
      if (found === "later") return false;
      await savePhoto({ ...photo, sent: photo.bytes.byteLength });
    }
    return false;
  }

  private async plan(): Promise<void> {
    const next = nextTry(await items());
    if (next === null) return;
    const inMs = Math.min(LONGEST_MS, Math.max(1000, next - Date.now()));
    this.again = setTimeout(() => void this.run(), inMs);
  }
}

const heard: Heard = (offset_ms) => {
  void keep("clock", { offset_ms, at: new Date().toISOString() });
};

/** Do work that no other tab does meanwhile; skipped where one does. */
async function alone(work: () => Promise<boolean>): Promise<boolean> {
  if (!("locks" in navigator)) return work();
  const free = { ifAvailable: true };
  return navigator.locks.request(LOCK, free, (lock) => (lock ? work() : false));
}
