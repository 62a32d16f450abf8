/** One report while it is written. Every change is kept before anything else is done. */
import { useState } from "preact/hooks";
import { zoneName } from "../times.ts";
import { t, word } from "../words.ts";
import { Chips } from "./chips.tsx";
import { type Draft, type Lack, lacks } from "./draft.ts";
import { type NamedPlace, PlaceEntry } from "./place-entry.tsx";
import { sha256 } from "./signing.ts";
import { dropDraft, saveDraft, savePhoto } from "./store.ts";
import { dateIn, lately, timeIn } from "./when.ts";
import { WhenEntry } from "./when-entry.tsx";

interface Props {
  draft: Draft;
  kinds: readonly string[];
  places: readonly NamedPlace[];
  onFile: (draft: Draft) => Promise<void>;
  onLeave: () => void;
}

type Change = (part: Partial<Draft>) => void;

export function ReportForm({ draft: given, kinds, places, onFile, onLeave }: Props) {
  const [draft, setDraft] = useState(given);
  const [missing, setMissing] = useState<Lack[]>([]);
  const [filing, setFiling] = useState(false);
  const [dropping, setDropping] = useState(false);
  const change: Change = (part) =>
    setDraft((before) => {
      const next = { ...before, ...part };
      void saveDraft(next);
      return next;
    });
  const save = (event: Event): void => {
    event.preventDefault();
    const found = lacks(draft, zoneName(), new Date());
    setMissing(found);
    if (found.length || filing) return;
    setFiling(true);
    void onFile(draft).finally(() => setFiling(false));
  };
  //  a stray tap takes nothing away that somebody has written
  const give = (): void => {
    if (dropping) void dropDraft(draft.id).then(onLeave);
    else setDropping(true);
  };
  const Parts = draft.sort === "coverage" ? NothingParts : SeenParts;
  return (
    <form class="report" onSubmit={save} noValidate>
      <h1>{t(draft.sort === "coverage" ? "field.nothing" : "field.new")}</h1>
      <Parts draft={draft} kinds={kinds} change={change} />
      <PlaceEntry
        said={draft.place}
        places={places}
        onChange={(place) => change({ place })}
      />
      <Extras draft={draft} change={change} />
      {missing.length > 0 && (
        <p class="failed" role="alert">
          {t("field.lacking")} {missing.map((each) => t(`field.lack_${each}`)).join(", ")}
        </p>
      )}
      <div class="bar">
        <button type="submit" class="main">
          {t("field.save")}
        </button>
        <button type="button" onClick={onLeave}>
          {t("field.later")}
        </button>
        <button type="button" class="plain" onClick={give}>
          {t(dropping ? "field.drop_sure" : "field.drop")}
        </button>
      </div>
    </form>
  );
}

interface Parts {
  draft: Draft;
  kinds: readonly string[];
  change: Change;
}

/** Kinds that one tap away, as monitors most often say; all others are in the list. */
const OFTEN = ["explosion", "burst", "shot", "uav_flight", "weapon_presence", "access_denied"];
const MEANS = ["heard", "saw", "camera"] as const;
const MANNERS = ["exact", "about", "more"] as const;

function SeenParts({ draft, kinds, change }: Parts) {
  const others = kinds.filter((each) => !OFTEN.includes(each));
  return (
    <>
      <Chips
        label={t("field.what")}
        options={OFTEN.map((value) => ({ value, said: word("kind", value) }))}
        value={draft.kind}
        onChoose={(kind) => change({ kind })}
      >
        <select
          aria-label={t("field.other_kind")}
          value={others.includes(draft.kind) ? draft.kind : ""}
          onChange={(event) => change({ kind: event.currentTarget.value })}
        >
          <option value="">{t("field.other_kind")}</option>
          {others.map((each) => (
            <option value={each}>{word("kind", each)}</option>
          ))}
        </select>
      </Chips>
      <Chips
        label={t("field.how")}
        options={MEANS.map((value) => ({ value, said: word("means", value) }))}
        value={draft.means}
        onChoose={(means) => change({ means })}
      />
      <Chips
        label={t("field.count")}
        options={MANNERS.map((value) => ({ value, said: t(`field.count_${value}`) }))}
        value={draft.manner}
        onChoose={(manner) => change({ manner })}
      >
        <input
          type="text"
          inputmode="numeric"
          size={5}
          aria-label={t("field.number")}
          placeholder={t("field.unknown")}
          value={draft.count}
          onInput={(event) => change({ count: event.currentTarget.value })}
        />
      </Chips>
      <label>
        {t("field.weapon")}
        <input
          type="text"
          value={draft.weapon}
          placeholder={t("field.unknown")}
          onInput={(event) => change({ weapon: event.currentTarget.value })}
        />
      </label>
      <WhenEntry said={draft.when} onChange={(when) => change({ when })} />
    </>
  );
}

const HOURS = ["1", "2", "4", "8"] as const;
const FAR = ["1", "2", "5", "10"] as const;
const WATCHED = ["any", "fire", "movement", "flight", "presence"] as const;

function NothingParts({ draft, change }: Parts) {
  const [hours, setHours] = useState("");
  const choose = (chosen: string): void => {
    setHours(chosen);
    const zone = zoneName();
    const { start, end } = lately(Number(chosen), new Date());
    const [date, time, until] = [dateIn(zone, start), timeIn(zone, start), timeIn(zone, end)];
    change({ when: { date, time, until, precision: "between" } });
  };
  return (
    <>
      <Chips
        label={t("field.lately")}
        options={HOURS.map((value) => ({ value, said: t("field.hours", { n: Number(value) }) }))}
        value={hours}
        onChoose={choose}
      />
      <WhenEntry said={draft.when} only="between" onChange={(when) => change({ when })} />
      <Chips
        label={t("field.far")}
        options={FAR.map((value) => ({ value, said: t("field.km", { n: Number(value) }) }))}
        value={draft.radius_km}
        onChoose={(radius_km) => change({ radius_km })}
      />
      <label>
        {t("field.watched")}
        <select
          value={draft.watched}
          onChange={(event) => change({ watched: event.currentTarget.value })}
        >
          {WATCHED.map((each) => (
            <option value={each}>{word("kind", each)}</option>
          ))}
        </select>
      </label>
    </>
  );
}

function Extras({ draft, change }: { draft: Draft; change: Change }) {
  const take = async (files: FileList | null): Promise<void> => {
    const taken: string[] = [];
    for (const file of files ?? []) {
      const bytes = await file.arrayBuffer();
      const digest = await sha256(bytes);
      const taken_at = new Date().toISOString();
      const photo = { sha256: digest, report: draft.id, type: file.type, bytes, taken_at, sent: 0 };
      await savePhoto(photo);
      taken.push(digest);
    }
    change({ photos: [...new Set([...draft.photos, ...taken])] });
  };
  return (
    <>
      <label>
        {t("field.note")}
        <textarea
          rows={2}
          maxLength={8000}
          value={draft.note}
          onInput={(event) => change({ note: event.currentTarget.value })}
        />
      </label>
      {draft.sort === "observation" && (
        <label>
          {t("field.photos")}
          <input
            type="file"
            accept="image/*"
            capture="environment"
            multiple
            onChange={(event) => void take(event.currentTarget.files)}
          />
        </label>
      )}
      {draft.photos.length > 0 && (
        <ul class="photos">
          {draft.photos.map((each) => (
            <li>
              {t("field.digest")} <code title={each}>{each.slice(0, 16)}…</code>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
