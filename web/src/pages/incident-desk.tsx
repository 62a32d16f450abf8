/** What those who serve the commission see of an incident: why, for whom, decided how. */
import { useEffect, useState } from "preact/hooks";
import { able, send } from "../asking.ts";
import { BASE, ROUTES } from "../data.ts";
import type { Circles as Found, Decided, IncidentPage, Rival, Told, Weighing, Weights } from "../incident-data.ts";
import { RIVALS } from "../parts/deciding.tsx";
import { lasting } from "../parts/clock.tsx";
import { Link } from "../parts/link.tsx";
import { useMe } from "../parts/session.tsx";
import { When } from "../parts/when.tsx";
import { t, word } from "../words.ts";
import { percent } from "./findings.tsx";
import type { PageProps } from "./of.tsx";

const PAUSE_MS = 3000;

/** What the service answers about an incident; asked again while it is worked out. */
function useAsked<T>(path: string, toCome: (found: T) => boolean): T | null {
  const [found, setFound] = useState<T | null>(null);
  useEffect(() => {
    if (ROUTES !== "path") return;
    let timer: ReturnType<typeof setTimeout>;
    const ask = async (): Promise<void> => {
      const answer = await fetch(new URL(path, BASE), { credentials: "same-origin" }).catch(() => null);
      const told = answer?.ok ? ((await answer.json()) as T) : null;
      if (told) setFound(told);
      if (!told || toCome(told)) timer = setTimeout(() => void ask(), PAUSE_MS);
    };
    void ask();
    return () => clearTimeout(timer);
  }, [path]);
  return found;
}

function bits(value: number): string {
  return t("incident.bits", { bits: `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(1)}` });
}

/** Why it is believed, report by report, and what else near it might be the same. */
export function Weighed({ id, about }: { id: string; about: PageProps["about"] }) {
  const path = `api/incidents/${encodeURIComponent(id)}?head=${about.record.entries}`;
  const found = useAsked<Weighing>(path, (told) => told.reasons_to_come);
  const why = found?.reasons;
  return (
    <section class="weighed">
      <h2>{t("incident.weighed")}</h2>
      {!why && <p role="status">{t("incident.weighing")}</p>}
      {why && <Sum why={why} />}
      {why && <h3>{t("incident.rivals")}</h3>}
      {why?.rivals.length === 0 && <p>{t("incident.no_rivals")}</p>}
      <ul class="cards">{why?.rivals.map((each) => <RivalCard rival={each} />)}</ul>
      <datalist id={RIVALS}>{why?.rivals.map((each) => <option value={each.key} />)}</datalist>
    </section>
  );
}

function Sum({ why }: { why: Weights }) {
  const joined = new Map(why.agreements.map((each) => [each.member, each]));
  return (
    <table class="sum">
      <tbody>
        <tr>
          <th scope="row">{t("incident.prior")}</th>
          <td class="figure">{bits(why.prior_bits)}</td>
        </tr>
        {why.members.map((each) => {
          const how = joined.get(each.member);
          return (
            <tr>
              <th scope="row">
                <bdi>{each.member}</bdi> · {each.letter === "claim" ? t("incident.claim") : each.letter}
                {each.why && <p class="quiet">{t(`adds_nothing.${each.why}`)}</p>}
                {how && (
                  <p class="quiet">
                    {t("incident.joined", {
                      place: bits(how.place_bits),
                      time: bits(how.time_bits),
                      kind: bits(how.kind_bits),
                    })}
                  </p>
                )}
              </th>
              <td class="figure">{bits(each.bits)}</td>
            </tr>
          );
        })}
        <tr>
          <th scope="row">
            {t("incident.together")}: {percent(why.probability)}
          </th>
          <td class="figure">{bits(why.total_bits)}</td>
        </tr>
      </tbody>
    </table>
  );
}

function RivalCard({ rival }: { rival: Rival }) {
  const km = rival.distance_m === null ? null : Math.round(rival.distance_m / 100) / 10;
  return (
    <li class="card rival">
      <Link to={`/incident/${rival.key}`}>{word("kind", rival.kind)}</Link> · <bdi>{rival.key}</bdi>
      <p class="quiet">
        {km !== null && <>{t("incident.away", { km })} · </>}
        {t("incident.apart", { time: lasting(rival.apart_s) })} · {t(`kept_apart.${rival.why}`)}
      </p>
    </li>
  );
}

const TOLD = ["start", "end", "lon", "lat", "radius_m", "kind", "sources", "members", "text", "observer"];

/** The incident as each circle reads it, the public's beside one's own. */
export function Circles({ id }: { id: string }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="circles" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("incident.seen")}</summary>
      {open && <Circled id={id} />}
    </details>
  );
}

function Circled({ id }: { id: string }) {
  const found = useAsked<Found>(`api/incidents/${encodeURIComponent(id)}/seen`, () => false);
  if (!found) return <p role="status">{t("page.waiting")}</p>;
  const names = Object.keys(found.circles);
  const fields = TOLD.filter((each) => names.some((name) => found.circles[name]?.[each] !== undefined));
  return (
    <>
      <p>
        {found.everybody ? t("incident.everybody") : t("incident.not_everybody")}{" "}
        {t("incident.read_by", { who: found.readers.join(", ") || "—" })}
      </p>
      <div class="scroll" tabIndex={0} role="region" aria-label={t("incident.seen")}>
        <table>
          <thead>
            <tr>
              <td />
              {names.map((name) => (
                <th scope="col">{t(`edition.${name}`)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <tr>
                <th scope="row">{t(`row_field.${field}`)}</th>
                {names.map((name) => {
                  const value = found.circles[name]?.[field];
                  return <td>{value === undefined ? t("incident.not_told") : String(value)}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** What people decided of it, undone or in force, and a way to undo. */
export function Decisions({ page, onDone }: { page: IncidentPage; onDone: () => void }) {
  const who = useMe();
  const decided = page.decided ?? [];
  if (decided.length === 0) return null;
  return (
    <section>
      <h2>{t("incident.decided")}</h2>
      <ul class="cards decided">
        {decided.map((each) => (
          <li class="card" data-entry={each.entry}>
            <strong>{t(`decided.${each.act}`)}</strong> {!each.in_force && <span class="badge">{t("incident.undone")}</span>}
            <p>
              <bdi>{aboutOf(each)}</bdi>
            </p>
            <p>
              {each.by}: {each.reason}
            </p>
            <p class="quiet">
              <When start={each.recorded_at} /> · {t("incident.entry", { entry: String(each.entry) })}
            </p>
            {each.in_force && able(who, "decide", "incident") && <Undo entry={each.entry} onDone={onDone} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function aboutOf(each: Decided): string {
  const fields = Object.entries(each.fields ?? {}).map(([name, value]) => `${name} ${value ?? "—"}`);
  const about = each.of === undefined ? [...(each.reports ?? []), ...fields] : [t("incident.entry", { entry: String(each.of) })];
  return about.join(", ");
}

function Undo({ entry, onDone }: { entry: number; onDone: () => void }) {
  const [told, setTold] = useState("");
  const undo = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const reason = String(new FormData(form).get("reason") ?? "");
    const answer = await send("api/decisions", { act: "undo", entry, reason });
    setTold(answer.ok ? "" : t("acts.not_recorded", { why: String(answer.body["detail"] ?? answer.status) }));
    if (answer.ok) onDone();
  };
  return (
    <details>
      <summary>{t("decided.undo")}</summary>
      <form class="stacked" onSubmit={(event) => void undo(event)}>
        <label>
          {t("decide.reason")}
          <input name="reason" required maxLength={2000} />
        </label>
        <button type="submit">{t("acts.record")}</button>
        <p role="status">{told}</p>
      </form>
    </details>
  );
}

/** What was said of it on record, the latest first: a change is a further line. */
export function Sayings({ said }: { said: Told[] }) {
  if (said.length === 0) return <p class="quiet">{t("incident.status_new")}</p>;
  return (
    <section>
      <h2>{t("incident.said")}</h2>
      <ol class="cards said" reversed>
        {said.toReversed().map((each, index, all) => (
          <li class="card">
            {each.probability === null ? t(`incident.status_${each.status}`) : (
              <>
                {word("kind", each.kind)} · {percent(each.probability)}
              </>
            )}
            <Changed now={each} before={all[index + 1]} />
            <p class="quiet">
              {each.recorded_at && <When start={each.recorded_at} />} ·{" "}
              {t("incident.entry", { entry: String(each.entry) })}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Changed({ now, before }: { now: Told; before: Told | undefined }) {
  const came = now.reports.filter((each) => !before?.reports.includes(each));
  const left = before?.reports.filter((each) => !now.reports.includes(each)) ?? [];
  return (
    <>
      {came.length > 0 && (
        <p>
          + <bdi>{came.join(", ")}</bdi>
        </p>
      )}
      {left.length > 0 && (
        <p>
          − <bdi>{left.join(", ")}</bdi>
        </p>
      )}
    </>
  );
}
