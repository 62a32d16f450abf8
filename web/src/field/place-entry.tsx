/** Where: from the device, from coordinates, or by bearing and distance; always drawn. */
import { useEffect, useState } from "preact/hooks";
import type { Words } from "../data.ts";
import { decimal, mgrs } from "../positions.ts";
import { named, t } from "../words.ts";
import { Chips } from "./chips.tsx";
import { type PlaceSaid, placeOf, type Way } from "./draft.ts";
import { PlaceDrawn } from "./place-drawn.tsx";
import { FINEST_M, WINDS } from "./where.ts";

export interface NamedPlace {
  name: Words;
  lon: number;
  lat: number;
}

interface Props {
  said: PlaceSaid;
  places: readonly NamedPlace[];
  onChange: (said: PlaceSaid) => void;
}

type Locating = "" | "asking" | "failed";

const WAYS: readonly Way[] = ["here", "written", "away"];

export function PlaceEntry({ said, places, onChange }: Props) {
  const [locating, setLocating] = useState<Locating>("");
  const locate = (): void => {
    setLocating("asking");
    locateDevice(
      (here) => {
        setLocating("");
        onChange({ ...said, here });
      },
      () => setLocating("failed"),
    );
  };
  const wanted = said.way === "here" || (said.way === "away" && said.from === null);
  useEffect(() => {
    if (wanted && !said.here) locate();
  }, [wanted]);
  const options = WAYS.map((value) => ({ value, said: t(`field.way_${value}`) }));
  const fix = placeOf(said);
  return (
    <div class="where">
      <Chips
        label={t("field.where")}
        options={options}
        value={said.way}
        onChoose={(way) => onChange({ ...said, way })}
      />
      {said.way === "written" && (
        <label>
          {t("field.written")}
          <input
            type="text"
            autocomplete="off"
            autocapitalize="characters"
            value={said.written}
            placeholder="37U DP 10486 16996"
            aria-invalid={said.written !== "" && !fix}
            onInput={(event) => onChange({ ...said, written: event.currentTarget.value })}
          />
          <span class="quiet">{t("field.written_hint")}</span>
        </label>
      )}
      {said.way === "away" && <Away said={said} places={places} onChange={onChange} />}
      {wanted && (
        <p class="locating" role="status">
          {locating && t(`field.gps_${locating}`)}{" "}
          {locating !== "asking" && (
            <button type="button" onClick={locate}>
              {t("field.gps_again")}
            </button>
          )}
        </p>
      )}
      {fix ? (
        <figure class="fix">
          <PlaceDrawn said={said} fix={fix} />
          <figcaption>
            <strong>{t("field.within", { m: fix.radiusM })}</strong>
            <bdi>{mgrs(fix.lon, fix.lat, fix.radiusM)}</bdi>
            <bdi>{decimal(fix.lon, fix.lat)}</bdi>
          </figcaption>
        </figure>
      ) : (
        <p class="quiet">{t("field.no_place")}</p>
      )}
    </div>
  );
}

const HERE = "";

function Away({ said, places, onChange }: Props) {
  const listed = places.map((each) => ({ ...each, said: named(each.name) }));
  listed.sort((a, b) => a.said.localeCompare(b.said));
  const choose = (value: string): void => {
    const found = listed.find((each) => each.said === value);
    const from = found ? { name: found.said, lon: found.lon, lat: found.lat } : null;
    onChange({ ...said, from });
  };
  const winds = WINDS.map((value) => ({ value, said: t(`wind.${value}`) }));
  return (
    <>
      <label>
        {t("field.from")}
        <select
          value={said.from?.name ?? HERE}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          <option value={HERE}>{t("field.from_here")}</option>
          {said.from && !listed.some((each) => each.said === said.from?.name) && (
            <option value={said.from.name}>{said.from.name}</option>
          )}
          {listed.map((each) => (
            <option value={each.said}>{each.said}</option>
          ))}
        </select>
      </label>
      <Chips
        label={t("field.bearing")}
        options={winds}
        value={said.bearing}
        onChoose={(bearing) => onChange({ ...said, bearing })}
      >
        <label class="short">
          <span class="unseen">{t("field.degrees")}</span>
          <input
            type="text"
            inputmode="decimal"
            size={4}
            placeholder="0–360°"
            value={/^[a-z]/.test(said.bearing) ? "" : said.bearing}
            onInput={(event) => onChange({ ...said, bearing: event.currentTarget.value })}
          />
        </label>
      </Chips>
      <label>
        {t("field.distance")}
        <input
          type="text"
          autocomplete="off"
          value={said.distance}
          placeholder="3 · 2,5 · 2–4"
          onInput={(event) => onChange({ ...said, distance: event.currentTarget.value })}
        />
      </label>
    </>
  );
}

/** Ask the device where it is; its accuracy is a radius of 95 %, as the standard has it. */
function locateDevice(found: (fix: PlaceSaid["here"]) => void, failed: () => void): void {
  if (!("geolocation" in navigator)) return failed();
  navigator.geolocation.getCurrentPosition(
    ({ coords }) =>
      found({
        lon: coords.longitude,
        lat: coords.latitude,
        radiusM: Math.max(FINEST_M, Math.round(coords.accuracy)),
      }),
    failed,
    { enableHighAccuracy: true, timeout: 30_000, maximumAge: 15_000 },
  );
}
