/** Ask the service to record something, and who it takes us for. */
import { BASE, forget, ROUTES } from "./data.ts";

export interface Me {
  name: string;
  roles: string[];
  edition: string;
  office: string | null;
  may: Record<string, string[]>;
  /** Whether one can sign in through an identity provider; not said beside a static site. */
  provider?: boolean;
}

const NOBODY: Me = { name: "anonymous", roles: [], edition: "public", office: null, may: {} };

/** Say who one is to the service; beside a static site one is nobody. */
export function me(): Promise<Me> {
  known ??= ask();
  return known;
}

let known: Promise<Me> | undefined;

async function ask(): Promise<Me> {
  if (ROUTES !== "path") return NOBODY;
  const answer = await fetch(new URL("api/me", BASE), { credentials: "same-origin" });
  return answer.ok ? ((await answer.json()) as Me) : NOBODY;
}

export function able(who: Me | null, action: string, what: string): boolean {
  return who?.may[action]?.includes(what) ?? false;
}

export interface Told {
  ok: boolean;
  status: number;
  body: Record<string, unknown>;
}

/** Send a request that records something; what was refused is told, never thrown. */
export async function send(path: string, body: unknown, method = "POST"): Promise<Told> {
  try {
    const answer = await fetch(new URL(path, BASE), {
      method,
      credentials: "same-origin",
      headers: { "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const found = text ? (JSON.parse(text) as Record<string, unknown>) : {};
    return { ok: answer.ok, status: answer.status, body: found };
  } catch {
    return { ok: false, status: 0, body: {} };
  }
}

/** Begin a session; pages then show what one may see. */
export async function signIn(name: string, password: string): Promise<boolean> {
  const told = await send("api/session", { name, password });
  return told.ok;
}

export async function signOut(): Promise<void> {
  await send("api/session", undefined, "DELETE");
  forget("about");
}
