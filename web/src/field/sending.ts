/**
 * How reports and photos reach headquarters: the only file that knows the form.
 *
 * A report is `{"message": TEXT, "key": DEVICE, "signature": BASE64}` to
 * `POST /api/messages`, signed over `pamiers message`, a line break and the text. It
 * needs no session, so that none can run out; photos do.
 */
import { BASE } from "../data.ts";
import type { Item, Outcome, Receipt } from "./outbox.ts";
import type { Photo } from "./store.ts";

const PATIENCE_MS = 45_000;
const PIECE_BYTES = 65_536; //  small, for a link that breaks

/** The bytes that are signed for a text. */
export function envelopeBytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`pamiers message\n${text}`);
}

export function envelopeOf(item: Pick<Item, "text" | "key" | "signature">): object {
  return { message: item.text, key: item.key, signature: item.signature };
}

/** The clock of headquarters less this device's [ms], from an answer's date. */
export type Heard = (offsetMs: number) => void;

function ask(path: string, init: RequestInit): Promise<Response> {
  return fetch(new URL(path, BASE), {
    credentials: "same-origin",
    cache: "no-store",
    signal: AbortSignal.timeout(PATIENCE_MS),
    ...init,
  });
}

function hear(answer: Response, askedAt: number, heard: Heard): void {
  const told = Date.parse(answer.headers.get("date") ?? "");
  if (Number.isNaN(told)) return;
  heard(Math.round(told + 500 - (askedAt + Date.now()) / 2)); //  a date is cut to seconds
}

/** Send one report and say what came of it; never raises. */
export async function send(item: Item, heard: Heard): Promise<Outcome> {
  const askedAt = Date.now();
  try {
    const answer = await ask("api/messages", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(envelopeOf(item)),
    });
    hear(answer, askedAt, heard);
    return outcomeOf(answer.status, await said(answer), answer.headers.get("retry-after"));
  } catch {
    return { sort: "later", why: "" };
  }
}

const RECEIPTED: Record<number, "confirmed" | "held" | "conflict"> = {
  201: "confirmed",
  202: "held",
  409: "conflict",
};

export function outcomeOf(code: number, body: unknown, retryAfter: string | null): Outcome {
  const told = (body ?? {}) as { detail?: unknown };
  const why = typeof told.detail === "string" ? told.detail : "";
  const status = RECEIPTED[code];
  if (status && isReceipt(body)) return { sort: "receipt", status, receipt: body };
  if (code === 401 || code === 403) return { sort: "unknown", why };
  if (code === 400 || code === 413 || code === 422) return { sort: "refused", why };
  const afterS = Number(retryAfter);
  return afterS > 0 ? { sort: "later", why, afterS } : { sort: "later", why };
}

function isReceipt(body: unknown): body is Receipt {
  const found = body as Partial<Receipt> | null;
  return (
    typeof found?.sha256 === "string" &&
    typeof found.id === "string" &&
    typeof found.source === "string" &&
    typeof found.entry === "number"
  );
}

async function said(answer: Response): Promise<unknown> {
  try {
    return await answer.json();
  } catch {
    return null; //  a proxy that answers in its own words
  }
}

export type PhotoOutcome = "sent" | "later" | "sign-in";

/** Send what is missing of a photo, piece by piece; `kept` is told how far it came. */
export async function sendPhoto(
  photo: Pick<Photo, "sha256" | "bytes">,
  keptSoFar: (sent: number) => Promise<void>,
): Promise<PhotoOutcome> {
  const where = `api/attachments/${photo.sha256}`;
  const whole = photo.bytes.byteLength;
  try {
    const first = await ask(where, { method: "HEAD" });
    if (first.status === 401 || first.status === 403) return "sign-in";
    if (!first.ok) return "later";
    let at = Number(first.headers.get("upload-offset") ?? 0);
    while (at < whole) {
      const answer = await ask(where, {
        method: "PATCH",
        headers: { "Upload-Offset": String(at), "Upload-Length": String(whole) },
        body: photo.bytes.slice(at, at + PIECE_BYTES),
      });
      if (answer.status === 401 || answer.status === 403) return "sign-in";
      if (!answer.ok) return "later";
      at = Number(((await said(answer)) as { offset?: number } | null)?.offset ?? at);
      if (answer.status === 201) at = whole;
      await keptSoFar(at);
    }
    return "sent";
  } catch {
    return "later";
  }
}

/** Begin a session, which photos need. */
export async function signIn(name: string, password: string): Promise<boolean> {
  try {
    const answer = await ask("api/session", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ name, password }),
    });
    return answer.ok;
  } catch {
    return false;
  }
}

/** Ask headquarters for nothing but the time. */
export async function greet(heard: Heard): Promise<void> {
  const askedAt = Date.now();
  try {
    hear(await ask("healthz", { method: "GET" }), askedAt, heard);
  } catch {
    return; //  no link: the last time that was seen stands
  }
}
