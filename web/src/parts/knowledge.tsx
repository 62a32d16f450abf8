/** What did we know when: the same days, as the record had them at an earlier instant. */
import { useEffect, useState } from "preact/hooks";
import { fetchPage, type Situation, situationName } from "../data.ts";
import { moment } from "../times.ts";
import { t } from "../words.ts";

/** Return the page as it was known then; the present one until it is there. */
export function useKnown(page: Situation, known: string): Situation {
  const [older, setOlder] = useState<Situation>();
  const wanted = known && Number(known) < page.knowledge.length - 1 ? known : "";
  useEffect(() => {
    setOlder(undefined);
    if (!wanted) return;
    let asked = true;
    fetchPage<Situation>(situationName(wanted)).then(
      (found) => asked && setOlder(found),
      () => undefined, // the present is shown, and the slider says so
    );
    return () => {
      asked = false;
    };
  }, [wanted]);
  return (wanted && older) || page;
}

interface Props {
  page: Situation;
  known: string;
  onChange: (known: string) => void;
}

export function Knowledge({ page, known, onChange }: Props) {
  const last = page.knowledge.length - 1;
  if (last < 1) return null;
  const at = known ? Math.min(Number(known), last) : last;
  const told = at === last ? t("known.now") : t("known.at", { at: moment(page.knowledge[at] ?? "") });
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
      {at !== last && (
        <button type="button" onClick={() => onChange("")}>
          {t("known.back")}
        </button>
      )}
    </div>
  );
}
