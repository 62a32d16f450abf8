/** What was reported from here, where each report is by now, and its receipt. */
import { span } from "../times.ts";
import { clock, day } from "../times.ts";
import { t, word } from "../words.ts";
import type { Item } from "./outbox.ts";
import { changeItem } from "./store.ts";

interface Props {
  items: readonly Item[];
  onChanged: () => Promise<void>;
}

export function OutboxList({ items, onChanged }: Props) {
  if (!items.length) return <p class="quiet">{t("field.none_yet")}</p>;
  const newest = [...items].sort((a, b) => b.seq - a.seq);
  const again = (id: string): void => {
    const waiting = (item: Item): Item => ({ ...item, status: "waiting", next_at: item.made_at });
    void changeItem(id, waiting).then(onChanged);
  };
  return (
    <ul class="outbox">
      {newest.map((item) => (
        <li key={item.id} data-status={item.status}>
          <p>
            <strong>
              {item.sort === "coverage" ? t("field.nothing") : word("kind", item.title.kind)}
            </strong>{" "}
            <span class="quiet">{span(item.title.start, item.title.end)}</span>
          </p>
          <p class="state">
            <Mark status={item.status} />
            {stateOf(item)}
          </p>
          {item.unknown && item.status === "waiting" && <p>{t("field.not_enrolled")}</p>}
          {item.why && !item.unknown && <p class="quiet">{item.why}</p>}
          {item.contradicted && (
            <p class="failed">
              {t("field.contradicted", { entry: String(item.contradicted.entry) })}
            </p>
          )}
          {item.status === "refused" && (
            <button type="button" onClick={() => again(item.id)}>
              {t("field.try_again")}
            </button>
          )}
          <details>
            <summary>{t("field.number_of", { seq: String(item.seq) })}</summary>
            <dl>
              {item.unknown && item.why && (
                <>
                  <dt>{t("field.answer")}</dt>
                  <dd lang="en">{item.why}</dd>
                </>
              )}
              <dt>{t("field.id")}</dt>
              <dd>
                <code>{item.id}</code>
              </dd>
              <dt>{t("field.digest")}</dt>
              <dd>
                <code>{item.sha256}</code>
              </dd>
              <dt>{t("field.previous")}</dt>
              <dd>
                <code>{item.previous || "–"}</code>
              </dd>
            </dl>
          </details>
        </li>
      ))}
    </ul>
  );
}

function stateOf(item: Item): string {
  if (!item.receipt) return t(`field.status_${item.status}`);
  const at = `${day(item.receipt_at)}, ${clock(item.receipt_at)}`;
  return t(`field.status_${item.status}`, { at, entry: String(item.receipt.entry) });
}

/** A shape for each state, beside its words. */
function Mark({ status }: { status: Item["status"] }) {
  const drawn = {
    waiting: <circle r="6" fill="none" />,
    confirmed: <path d="M-6 0L-1 5L7 -6" fill="none" />,
    held: <path d="M-6 -6H6V6H-6Z" fill="none" />,
    conflict: <path d="M-6 -6L6 6M6 -6L-6 6" />,
    refused: <path d="M0 -7L7 6H-7Z" fill="none" />,
  };
  return (
    <svg class="state-mark" viewBox="-9 -9 18 18" aria-hidden="true">
      {drawn[status]}
    </svg>
  );
}
