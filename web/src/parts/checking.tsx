/** Check in the browser that the record grew out of a checkpoint that was kept. */
import { useState } from "preact/hooks";
import { BASE, ROUTES } from "../data.ts";
import { grew, readCheckpoint, signedBy } from "../ledger.ts";
import { t } from "../words.ts";

type Found = { said: string; why?: string; well: boolean };

export function Checking() {
  const [found, setFound] = useState<Found | null>(null);
  const [busy, setBusy] = useState(false);
  if (ROUTES !== "path") return null; //  a static site proves nothing anew
  const check = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const file = form.get("file");
    const kept = file instanceof File && file.size > 0 ? await file.text() : String(form.get("text") ?? "");
    setBusy(true);
    setFound(await checked(kept));
    setBusy(false);
  };
  return (
    <form class="stacked checking" onSubmit={(event) => void check(event)}>
      <label>
        {t("record.kept_file")}
        <input type="file" name="file" accept=".txt,text/plain" />
      </label>
      <label>
        {t("record.kept_text")}
        <textarea name="text" rows={5} spellcheck={false} dir="ltr" />
      </label>
      <button type="submit" class="first" disabled={busy}>
        {t("record.check_here")}
      </button>
      <p role="status" class={found && !found.well ? "failed" : ""}>
        {found && (
          <>
            <strong>
              <span aria-hidden="true">{found.well ? "✓ " : "✗ "}</span>
              {found.said}
            </strong>{" "}
            {found.why}
          </>
        )}
      </p>
      <p class="quiet">{t("record.check_limits")}</p>
    </form>
  );
}

interface Grown {
  path: string[];
  checkpoint: string;
}

async function asked<T>(path: string): Promise<T | null> {
  const answer = await fetch(new URL(path, BASE), { credentials: "same-origin", cache: "no-store" }).catch(() => null);
  return answer?.ok ? ((await answer.json()) as T) : null;
}

/** What comes of checking a checkpoint that somebody kept. */
export async function checked(kept: string): Promise<Found> {
  const not = (why: string): Found => ({ said: t("record.not_proved"), why: t(why), well: false });
  const old = readCheckpoint(kept);
  if (!old) return not("record.no_checkpoint");
  const [grown, record] = await Promise.all([
    asked<Grown>(`api/record/consistency?since=${old.size}`),
    asked<{ key: string }>("api/record"),
  ]);
  const now = readCheckpoint(grown?.checkpoint ?? "");
  if (!grown || !now || !record) return not("record.no_answer");
  if (now.origin !== old.origin) return not("record.another_record");
  try {
    if (!(await signedBy(now, record.key))) return not("record.unsigned_now");
    if (!(await signedBy(old, record.key))) return not("record.unsigned_kept");
  } catch {
    return not("record.no_signatures");
  }
  if (!(await grew(old, now, grown.path))) return not("record.rewritten");
  const witnesses = old.lines.length - 1;
  return {
    said: t("record.proved", { n: now.size - old.size }),
    why: t("record.cosigned", { n: witnesses }),
    well: true,
  };
}
