/** What did we know when: the same days, as the record had them at an earlier instant. */
import { useEffect, useState } from "preact/hooks";
import { fetchPage, type Situation, situationName } from "../data.ts";
import { moment } from "../times.ts";
import { t } from "../words.ts";

/** What is shown of an earlier instant: itself, or the present until, or unless, it is had. */
export interface Known {
  page: Situation;
  had: "here" | "waiting" | "failed";
  again: () => void;
}

/** Return the page as it was known then; the present one until it is there. */
export function useKnown(page: Situation, known: string): Known {
  const [older, setOlder] = useState<Situation | "failed">();
  const [turn, setTurn] = useState(0);
  const wanted = known && Number(known) < page.knowledge.length - 1 ? known : "";
  useEffect(() => {
    setOlder(undefined);
    if (!wanted) return;
    let asked = true;
    fetchPage<Situation>(situationName(wanted)).then(
      (found) => asked && setOlder(found),
      () => asked && setOlder("failed"),
    );
    return () => {
      asked = false;
    };
  }, [wanted, turn]);
  const again = (): void => setTurn(turn + 1);
  if (!wanted) return { page, had: "here", again };
  if (older === "failed") return { page, had: "failed", again };
  return { page: older ?? page, had: older ? "here" : "waiting", again };
}

const TOLD = { here: "known.at", waiting: "known.waiting", failed: "known.failed" } as const;

interface Props {
  page: Situation;
  known: string;
  shown: Pick<Known, "had" | "again">;
  onChange: (known: string) => void;
}

export function Knowledge({ page, known, shown, onChange }: Props) {
  const last = page.knowledge.length - 1;
  if (last < 1) return null;
  const at = known ? Math.min(Number(known), last) : last;
  const told =
    at === last
      ? t("known.now")
      : t(TOLD[shown.had], { at: moment(page.knowledge[at] ?? "") });
  return (
    <div class={at === last ? "knowledge" : "knowledge past"}>
      <label>
        <span>{t("known.label")}</span>
        <input
          type="range"
          min={0}
          max={last}
          value={at}
          aria-valuetext={told}
          onInput={(event) => {
            const chosen = Number(event.currentTarget.value);
            onChange(chosen === last ? "" : String(chosen));
          }}
        />
      </label>
      <output>{told}</output>
      {at !== last && shown.had === "failed" && (
        <button type="button" onClick={shown.again}>
          {t("known.again")}
        </button>
      )}
      {at !== last && (
        <button type="button" onClick={() => onChange("")}>
          {t("known.back")}
        </button>
      )}
    </div>
  );
}
