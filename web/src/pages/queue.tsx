/** What waits for a person: the most pressing first, and who has it in hand. */
import { useState } from "preact/hooks";
import { able, type Me, send } from "../asking.ts";
import { doing, those } from "../case-words.ts";
import { Left, lasting } from "../parts/clock.tsx";
import { useKey } from "../parts/keys.tsx";
import { Link } from "../parts/link.tsx";
import { Live } from "../parts/loaded.tsx";
import { useMe } from "../parts/session.tsx";
import { When } from "../parts/when.tsx";
import { go } from "../router.ts";
import { named, t, word } from "../words.ts";
import type { Item, QueuePage } from "../work-data.ts";
import { chance } from "./findings.tsx";
import type { PageProps } from "./of.tsx";

const STATES = ["all", "late", "free", "mine", "others"] as const;
type State = (typeof STATES)[number];

export function QueueView(props: PageProps) {
  return <Live<QueuePage> name="queue">{(page, again) => <Queue {...props} page={page} again={again} />}</Live>;
}

/** Whether an item belongs to a list. */
export function isIn(state: State, item: Item, name: string | undefined): boolean {
  if (state === "late") return item.sort === "case" && item.left_s < 0;
  if (state === "free") return item.claim === null;
  if (state === "mine") return item.claim !== null && item.claim.by === name;
  if (state === "others") return item.claim !== null && item.claim.by !== name;
  return true;
}

interface QueueProps extends PageProps {
  page: QueuePage;
  again: () => void;
}

function Queue({ about, route, page, again }: QueueProps) {
  const who = useMe();
  const [chosen, setChosen] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const state = (route.query.get("state") ?? "all") as State;
  const set = (value: State): void => {
    const query = new URLSearchParams(route.query);
    if (value === "all") query.delete("state");
    else query.set("state", value);
    go("/queue", query, true);
  };
  const shown = page.items.filter((each) => isIn(state, each, who?.name));
  const at = shown.findIndex((each) => each.key === chosen);
  const move = (by: number): void => {
    const next = shown[at < 0 ? 0 : Math.min(Math.max(at + by, 0), shown.length - 1)];
    if (!next) return;
    setChosen(next.key);
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(".queue [aria-current=true] a")?.focus(),
    );
  };
  const take = async (item: Item): Promise<void> => {
    const told = await send(`api/queue/${item.claim ? "release" : "claim"}`, { item: item.key });
    setSaid(told.ok ? t(item.claim ? "queue.released" : "queue.claimed") : refusal(told.body));
    again();
  };
  const mayClaim = able(who, "claim", "work");
  useKey("j", () => move(1));
  useKey("k", () => move(-1));
  useKey("c", () => {
    const item = shown[at];
    if (item && mayClaim) void take(item);
  });
  return (
    <>
      <h1>{t("section.queue")}</h1>
      <p class="lead">{t("queue.lead")}</p>
      {page.withheld && <p class="note">{t("queue.withheld")}</p>}
      <div class="tiles" role="group" aria-label={t("cases.states")}>
        {STATES.map((each) => (
          <button type="button" class={`tile ${each}`} aria-pressed={state === each} onClick={() => set(each)}>
            <span class="number">
              {each === "late" && <span aria-hidden="true">⚠</span>}
              {page.items.filter((item) => isIn(each, item, who?.name)).length}
            </span>
            <span>{t(`queue.${each}`)}</span>
          </button>
        ))}
      </div>
      <p role="status" class="quiet">
        {said || t("filter.shown", { n: shown.length, of: page.items.length })}
      </p>
      {shown.length === 0 && !page.withheld && <p>{t("queue.none")}</p>}
      <ol class="cards queue">
        {shown.map((each) => (
          <li class="card" aria-current={each.key === chosen ? "true" : undefined}>
            <Waiting item={each} page={page} about={about} />
            <Hand item={each} who={who} onTake={mayClaim ? () => void take(each) : null} />
          </li>
        ))}
      </ol>
    </>
  );
}

function refusal(told: Record<string, unknown>): string {
  return t("acts.not_recorded", { why: String(told["detail"] ?? "") });
}

interface WaitingProps {
  item: Item;
  page: QueuePage;
  about: PageProps["about"];
}

function Waiting({ item, page, about }: WaitingProps) {
  if (item.sort === "case") {
    return (
      <div>
        <Link to={`/case/${item.case}`}>
          <bdi>{item.case}</bdi>
        </Link>{" "}
        · {doing(item.what, named(item.do))}
        <p class="quiet">
          {those(item.by, page.names)} · <When start={item.due_at} />
        </p>
        <p>
          <Left seconds={item.left_s} />
        </p>
      </div>
    );
  }
  if (item.sort === "quarantine") {
    return (
      <div>
        <Link to="/import">
          <bdi>
            {item.file}:{item.line}
          </bdi>
        </Link>{" "}
        · {t("queue.row")}
        <p>
          <code>{item.code}</code> <bdi>{item.message}</bdi>
        </p>
        <Since item={item} />
      </div>
    );
  }
  const clause = about.agreement.clauses.find((each) => each.id === item.clause);
  return (
    <div>
      <Link to={`/finding/${item.finding}`}>{named(clause?.title, item.clause)}</Link> ·{" "}
      {t("queue.finding")}
      <p>
        {t("finding.probability")}: {chance(item.probability_low, item.probability_high)} ·{" "}
        {word("why", item.why)}
      </p>
      <Since item={item} />
    </div>
  );
}

function Since({ item }: { item: { since: string; age_s: number } }) {
  return (
    <p class="quiet">
      {t("queue.waits", { time: lasting(item.age_s) })} · <When start={item.since} />
    </p>
  );
}

interface HandProps {
  item: Item;
  who: Me | null;
  onTake: (() => void) | null;
}

/** Who has it in hand, and a button to take it on or let go of it. */
function Hand({ item, who, onTake }: HandProps) {
  const claim = item.claim;
  return (
    <div class="hand">
      {claim ? (
        <p>
          {claim.by === who?.name ? t("queue.yours") : t("queue.of", { who: claim.by })}
          <br />
          <span class="quiet">
            <When start={claim.at} />
          </span>
        </p>
      ) : (
        <p class="quiet">{t("queue.nobody")}</p>
      )}
      {onTake && (
        <button type="button" onClick={onTake}>
          {t(claim ? "queue.release" : "queue.claim")}
        </button>
      )}
    </div>
  );
}
