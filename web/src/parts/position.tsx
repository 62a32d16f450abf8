/** A position in three spellings; each is copied by pressing it. */
import { useState } from "preact/hooks";
import { decimal, dms, mgrs } from "../positions.ts";
import { t } from "../words.ts";

interface Props {
  lon: number | null;
  lat: number | null;
  radiusM: number | null;
}

export function Position({ lon, lat, radiusM }: Props) {
  const [copied, setCopied] = useState("");
  if (lon === null || lat === null) return <>{t("value.place_unknown")}</>;
  const spelt = [decimal(lon, lat), dms(lon, lat), mgrs(lon, lat, radiusM ?? 1)];
  const copy = (text: string): void => {
    void navigator.clipboard?.writeText(text).then(() => setCopied(text));
  };
  return (
    <span class="position">
      {spelt.filter(Boolean).map((text) => (
        <button type="button" class="copy" onClick={() => copy(text)} title={t("action.copy")}>
          <bdi>{text}</bdi>
        </button>
      ))}
      {radiusM !== null && (
        <span class="quiet">{t("value.within", { km: Math.round(radiusM / 100) / 10 })}</span>
      )}
      <span role="status" class="quiet">
        {copied && t("action.copied", { text: copied })}
      </span>
    </span>
  );
}
