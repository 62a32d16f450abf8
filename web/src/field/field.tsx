/** Report from the field: begin, go on, send; whatever the link and the battery do. */
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import "../styles/field.css";
import { fetchPage, ROUTES } from "../data.ts";
import { day, span, zoneName } from "../times.ts";
import { t, word } from "../words.ts";
import { type Draft, newDraft, NOWHERE } from "./draft.ts";
import { Keeping, SignIn } from "./keeping.tsx";
import { type Supply, supply } from "./offline.ts";
import { type Item, unsent } from "./outbox.ts";
import { OutboxList } from "./outbox-list.tsx";
import type { NamedPlace } from "./place-entry.tsx";
import { ReportForm } from "./report-form.tsx";
import { Sender } from "./sender.ts";
import { Enrolment, Setup } from "./setup.tsx";
import { file, randomId } from "./signing.ts";
import * as store from "./store.ts";
import { dateIn, intervalOf, timeIn } from "./when.ts";

interface FieldPageData {
  kinds: string[];
  places: NamedPlace[];
  form?: string;
}

interface Held {
  device: store.Device | undefined;
  drafts: Draft[];
  items: Item[];
  photos: store.Photo[];
  clock: store.Kept["clock"] | undefined;
}

async function read(): Promise<Held> {
  const [device, clock] = [await store.kept("device"), await store.kept("clock")];
  const [drafts, items] = [await store.drafts(), await store.items()];
  return { device, clock, drafts, items, photos: await store.photos() };
}

export function FieldPage() {
  if (ROUTES === "hash") return <p class="note">{t("field.needs_service")}</p>;
  return <Form />;
}

function Form() {
  const [held, setHeld] = useState<Held>();
  const [failed, setFailed] = useState("");
  const [open, setOpen] = useState<Draft>();
  const refresh = useCallback(async () => {
    try {
      setHeld(await read());
    } catch (error) {
      setFailed(String(error));
    }
  }, []);
  useEffect(() => {
    void read().then(
      (found) => {
        setHeld(found);
        //  a tab that was killed goes on where it was
        const newest = found.drafts.sort((a, b) => b.begun_at.localeCompare(a.begun_at))[0];
        if (newest) setOpen(newest);
      },
      (error: unknown) => setFailed(String(error)),
    );
  }, []);
  const data = useGiven();
  if (failed) return <p class="failed" role="alert">{`${t("field.no_store")} ${failed}`}</p>;
  if (!held) return <p class="waiting">{t("page.waiting")}</p>;
  if (!held.device) return <Setup onDone={refresh} />;
  const leave = (): void => {
    setOpen(undefined);
    void refresh();
  };
  if (!open) return <Home held={held} device={held.device} refresh={refresh} onOpen={setOpen} />;
  return (
    <ReportForm
      key={open.id}
      draft={open}
      kinds={data.kinds}
      places={data.places}
      onLeave={leave}
      onFile={(draft) => fileDraft(draft, held, data.form ?? "").then(leave)}
    />
  );
}

/** Kinds and places that the mission gives; none until they were had once. */
function useGiven(): FieldPageData {
  const [data, setData] = useState<FieldPageData>({ kinds: [], places: [] });
  useEffect(() => void fetchPage<FieldPageData>("field").then(setData, () => undefined), []);
  return data;
}

async function fileDraft(draft: Draft, { device, clock }: Held, form: string): Promise<void> {
  if (!device) return;
  const offset_s = clock ? Math.round(clock.offset_ms / 1000) : null;
  await file(draft, device, { zone: zoneName(), now: new Date(), offset_s, form });
  await store.keep("place", draft.place);
}

interface HomeProps {
  held: Held;
  device: store.Device;
  refresh: () => Promise<void>;
  onOpen: (draft: Draft) => void;
}

function Home({ held, device, refresh, onOpen }: HomeProps) {
  const [busy, setBusy] = useState(false);
  const [signIn, setSignIn] = useState(false);
  const supplied = useSupply();
  const sender = useMemo(
    () =>
      new Sender((news) => {
        setBusy(news.busy);
        if (news.signIn !== undefined) setSignIn(news.signIn);
        void refresh();
      }),
    [],
  );
  useEffect(() => sender.start(), []);
  const begin = (sort: Draft["sort"]): void => {
    void store.kept("place").then((place) => {
      const now = new Date();
      const date = dateIn(zoneName(), now);
      const begun = { date, time: timeIn(zoneName(), now), begun_at: now.toISOString() };
      onOpen(newDraft(sort, `${device.name}-${randomId()}`, place ?? NOWHERE, begun));
    });
  };
  const waiting = unsent(held.items);
  return (
    <div class="field">
      <h1>{t("section.field")}</h1>
      <div class="begin">
        <button type="button" class="main" onClick={() => begin("observation")}>
          {t("field.new")}
        </button>
        <button type="button" class="main" onClick={() => begin("coverage")}>
          {t("field.nothing")}
        </button>
      </div>
      <div class="unsent" role="status" data-unsent={waiting}>
        <strong>{waiting ? t("field.unsent", { n: waiting }) : t("field.all_sent")}</strong>
        <button type="button" disabled={!waiting} onClick={() => void sender.run(true)}>
          {t(busy ? "field.sending" : "field.send")}
        </button>
      </div>
      {signIn && <SignIn onDone={() => void sender.run(true)} />}
      <Unfinished drafts={held.drafts} onOpen={onOpen} />
      <h2>{t("field.reported")}</h2>
      <OutboxList items={held.items} onChanged={refresh} />
      <p class="quiet">{clockSaid(held.clock)}</p>
      <p class="quiet supply">{supplySaid(supplied)}</p>
      <Keeping items={held.items} photos={held.photos} onChanged={refresh} />
      <Enrolment device={device} />
    </div>
  );
}

function useSupply(): Supply | null {
  const [found, setFound] = useState<Supply | null>(null);
  useEffect(() => void supply(new Date()).then(setFound), []);
  return found;
}

/** How long one may work without a network, and with how many photos. */
function supplySaid(found: Supply | null): string {
  if (!found) return t("field.not_ready");
  const { until, photos } = found;
  const lasts = until ? t("field.ready_until", { date: day(until.toISOString()) }) : t("field.ready");
  return photos === null ? lasts : `${lasts} ${t("field.room", { n: photos })}`;
}

function Unfinished({ drafts, onOpen }: { drafts: Draft[]; onOpen: (draft: Draft) => void }) {
  if (!drafts.length) return null;
  return (
    <>
      <h2>{t("field.unfinished")}</h2>
      <ul class="outbox">
        {drafts.map((draft) => (
          <li key={draft.id}>
            <button type="button" onClick={() => onOpen(draft)}>
              {draft.sort === "coverage" ? t("field.nothing") : word("kind", draft.kind)}{" "}
              <span class="quiet">{whenOf(draft)}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function whenOf(draft: Draft): string {
  const found = intervalOf(draft.when, zoneName(), new Date());
  return found ? span(found.start.toISOString(), found.end.toISOString()) : "";
}

const AGREES_MS = 30_000;

function clockSaid(clock: store.Kept["clock"] | undefined): string {
  if (!clock) return t("field.clock_unknown");
  const size = Math.abs(clock.offset_ms);
  if (size < AGREES_MS) return t("field.clock_agrees");
  const seconds = Math.round(size / 1000);
  const two = (n: number): string => String(n).padStart(2, "0");
  const by = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return t(clock.offset_ms < 0 ? "field.clock_fast" : "field.clock_slow", { by });
}
