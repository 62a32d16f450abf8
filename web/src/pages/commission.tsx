/** The commission's room: what is to be decided, by how many; minutes and signatures. */
import { those } from "../case-words.ts";
import { Clock, Left } from "../parts/clock.tsx";
import { Link } from "../parts/link.tsx";
import { Live } from "../parts/loaded.tsx";
import { named, t, word } from "../words.ts";
import type { AgendaItem, CommissionPage } from "../work-data.ts";
import type { PageProps } from "./of.tsx";

export function CommissionView(_: PageProps) {
  return (
    <Live<CommissionPage> name="commission">
      {(page) => (
        <>
          <h1>{t("section.commission")}</h1>
          <p class="lead">{t("commission.lead")}</p>
          {page.withheld && <p class="note">{t("commission.withheld")}</p>}
          {!page.withheld && page.votes_withheld && (
            <p class="note">{t("case.votes_withheld")}</p>
          )}
          <section>
            <h2>{t("commission.agenda")}</h2>
            {page.agenda.length === 0 && <p>{t("commission.no_agenda")}</p>}
            <ol class="cards agenda">
              {page.agenda.map((each) => (
                <Agenda item={each} page={page} />
              ))}
            </ol>
          </section>
          <Minutes page={page} />
          <Decided page={page} />
        </>
      )}
    </Live>
  );
}

/** How many of those needed are there: in words, and as a bar of as many places. */
export function Quorum({ item }: { item: AgendaItem }) {
  if (item.quorum === 0) return <>{t("commission.no_quorum")}</>;
  const n = item.present.length;
  return (
    <span class="quorum">
      <span aria-hidden="true">
        {"●".repeat(Math.min(n, item.quorum))}
        {"○".repeat(Math.max(item.quorum - n, 0))}
      </span>{" "}
      {t("commission.quorum", { n, of: item.quorum })}
    </span>
  );
}

function Agenda({ item, page }: { item: AgendaItem; page: CommissionPage }) {
  return (
    <li class="card">
      <p>
        <Link to={`/case/${item.case}`}>
          <bdi>{item.case}</bdi>
        </Link>{" "}
        · <strong>{named(item.do, item.step)}</strong>
      </p>
      <p>
        {word("decision", item.rule)}
        {item.chair.length > 0 && (
          <> · {t("commission.chair", { who: those(item.chair, page.names) })}</>
        )}
        {item.each_party && <> · {t("commission.each_party")}</>}
      </p>
      {item.due_at && item.left_s !== null && (
        <p>
          {t("case.until")} <Clock at={item.due_at} /> · <Left seconds={item.left_s} />
        </p>
      )}
      {!page.votes_withheld && (
        <>
          <p>
            <Quorum item={item} />
            {item.motion && (
              <> · {t("commission.motion", { motion: word("outcome", item.motion) })}</>
            )}
          </p>
          <ul class="plain ballot">
            {item.among.map((each) => (
              <li>
                {those([each], page.names)}:{" "}
                {item.votes[each] ? word("vote", item.votes[each]) : t("vote.none")}
                {item.absent.includes(each) && <> ({t("commission.absent")})</>}
              </li>
            ))}
          </ul>
        </>
      )}
    </li>
  );
}

function Minutes({ page }: { page: CommissionPage }) {
  return (
    <section>
      <h2>{t("commission.minutes")}</h2>
      {page.minutes.length === 0 && <p>{t("commission.no_minutes")}</p>}
      <ul class="cards">
        {page.minutes.map((each) => (
          <li class="card">
            <p>
              <Link to={`/case/${each.case}`}>
                <bdi>{each.case}</bdi>
              </Link>
              {each.outcome && <> · {word("outcome", each.outcome)}</>}
            </p>
            <p class="quiet">
              {t("case.minutes", { who: those(each.by, page.names) })} ·{" "}
              {each.at ? (
                <Clock at={each.at} />
              ) : each.due_at ? (
                <>
                  {t("case.until")} <Clock at={each.due_at} />
                </>
              ) : (
                t("case.not_yet")
              )}
            </p>
            <ul class="plain ballot">
              {Object.entries(each.signed_by).map(([who, said]) => (
                <li>
                  {those([who], page.names)}: {t(`signature.${said ?? "waiting"}`)}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Decided({ page }: { page: CommissionPage }) {
  return (
    <section>
      <h2>{t("commission.decided")}</h2>
      {page.decided.length === 0 && <p>{t("commission.nothing_decided")}</p>}
      <ol class="log">
        {page.decided.map((each) => (
          <li>
            <Clock at={each.at} />
            <div>
              <Link to={`/case/${each.case}`}>
                <bdi>{each.case}</bdi>
              </Link>{" "}
              · {named(each.do)}
              {each.outcome && <> · {word("outcome", each.outcome)}</>}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
