/** One case: findings beside what contests them, steps by the clock, what is due. */
import type { CaseFinding, CasePage, CaseRemedy, Due } from "../case-data.ts";
import { doing, onSilence, those } from "../case-words.ts";
import { Acts } from "../parts/acts.tsx";
import { Clock, duration, Left } from "../parts/clock.tsx";
import { Link } from "../parts/link.tsx";
import { Live } from "../parts/loaded.tsx";
import { Notices } from "../parts/notices.tsx";
import { named, t, word } from "../words.ts";
import { CaseLog, Files, Said, Steps } from "./case-parts.tsx";
import type { PageProps } from "./of.tsx";

export function CaseView({ id }: PageProps) {
  return (
    <Live<CasePage> name={`case/${encodeURIComponent(id)}`}>
      {(page, again) => (
        <>
          <p class="path">
            <Link to="/cases">{t("section.cases")}</Link>
          </p>
          <h1>
            <bdi>{page.id}</bdi>{" "}
            <span class="badge">
              {word("case_status", page.status)}
              {page.outcome && <span class="why"> · {word("outcome", page.outcome)}</span>}
            </span>
          </h1>
          <p class="lead">
            {named(page.procedure)}
            {page.opened_at && (
              <>
                {" "}
                · {t("case.opened")} <Clock at={page.opened_at} />
              </>
            )}
          </p>
          {page.words_withheld && <p class="note">{t("case.words_withheld")}</p>}
          {page.suspended && (
            <p class="note">
              {t("case.suspended")} {page.suspended.until && <Clock at={page.suspended.until} />}
            </p>
          )}
          <Next page={page} />
          <div class="beside">
            <section>
              <h2>{t("case.findings", { n: page.findings.length })}</h2>
              <ul class="cards">
                {page.findings.map((each) => (
                  <Finding finding={each} page={page} />
                ))}
              </ul>
              <Attribution page={page} />
            </section>
            <section>
              <h2>{t("case.beside")}</h2>
              <Said page={page} />
            </section>
          </div>
          <Steps page={page} />
          {page.remedies.length > 0 && (
            <section>
              <h2>{t("case.remedies")}</h2>
              <ul class="cards">
                {page.remedies.map((each) => (
                  <Remedy remedy={each} page={page} />
                ))}
              </ul>
            </section>
          )}
          <Papers page={page} />
          <Files page={page} />
          <Notices page={page} onDone={again} />
          <Acts page={page} onDone={again} />
          <CaseLog page={page} />
          <p class="quiet">
            {t("finding.command")} <code>pamiers case show DIR {page.id}</code>
          </p>
        </>
      )}
    </Live>
  );
}

function Next({ page }: { page: CasePage }) {
  return (
    <section class="next">
      <h2>{t("case.next")}</h2>
      {page.due.length === 0 && <p>{t("case.nothing_due")}</p>}
      <ol class="cards">
        {page.due.map((each) => (
          <DueCard due={each} page={page} />
        ))}
      </ol>
    </section>
  );
}

function DueCard({ due, page }: { due: Due; page: CasePage }) {
  return (
    <li class="card">
      <strong>{doing(due.key, named(due.do))}</strong> · {those(due.by, page.names)}
      <p>
        {t("case.until")} <Clock at={due.due_at} /> · <Left seconds={due.left_s} />
      </p>
      {due.key.startsWith("step:") && (
        <p class="quiet">{onSilence(due.silence, page)}</p>
      )}
    </li>
  );
}

function Finding({ finding, page }: { finding: CaseFinding; page: CasePage }) {
  const contests = page.said.filter((each) => each.about === finding.key);
  const title = named(finding.title, finding.clause);
  return (
    <li class="card">
      <p>
        {finding.has_page ? <Link to={`/finding/${finding.key}`}>{title}</Link> : title}{" "}
        <span class="quiet">{finding.cite}</span>
      </p>
      <p>
        {t(finding.alleged ? "case.alleged" : "case.found")}
        {finding.party ? ` · ${those([finding.party], page.names)}` : ` · ${t("case.no_party")}`}
        {" · "}
        <abbr title={t("case.level")}>{finding.level}</abbr>
      </p>
      <p class="quiet">
        {t("case.began")} <Clock at={finding.breach_at} />
      </p>
      {finding.withdrawn && <p class="note">{word("withdrawn", finding.withdrawn)}</p>}
      {contests.map((each) => (
        <p>
          ≠ {word("said", each.what)}
          {each.by && <>: {those([each.by], page.names)}</>}
        </p>
      ))}
    </li>
  );
}

function Attribution({ page }: { page: CasePage }) {
  const held = page.attribution;
  if (!held) return <p class="quiet">{t("case.not_attributed")}</p>;
  return (
    <p>
      {t("case.attributed")}{" "}
      <strong>{held.party ? those([held.party], page.names) : t("case.no_party")}</strong>
      {held.method && <> · {held.method}</>}
      {held.confidence !== undefined && <> · C{held.confidence}</>}
      {held.dissent && held.dissent.length > 0 && (
        <> · {t("case.dissent", { who: those(held.dissent, page.names) })}</>
      )}
    </p>
  );
}

function Remedy({ remedy, page }: { remedy: CaseRemedy; page: CasePage }) {
  const rows: [string, string | null][] = [
    ["determined", remedy.determined_at],
    ["due", remedy.done_at ? null : remedy.due_at],
    ["done", remedy.done_at],
    ["check", remedy.verified_at || remedy.refused_at ? null : remedy.check_at],
    ["verified", remedy.verified_at],
    ["refused", remedy.refused_at],
  ];
  return (
    <li class="card">
      <strong>{named(remedy.title, remedy.key)}</strong> · {those(remedy.of, page.names)}
      <dl class="facts">
        {rows.map(([name, at]) =>
          at === null ? null : (
            <div>
              <dt>{t(`remedy.${name}`)}</dt>
              <dd>
                <Clock at={at} />
              </dd>
            </div>
          ),
        )}
      </dl>
    </li>
  );
}

function Papers({ page }: { page: CasePage }) {
  const { minutes, publication, appeal } = page;
  if (!minutes && !publication && !appeal) return null;
  return (
    <section>
      <h2>{t("case.papers")}</h2>
      <dl class="facts">
        {minutes && (
          <div>
            <dt>{t("case.minutes", { who: those(minutes.by, page.names) })}</dt>
            <dd>
              {minutes.at ? <Clock at={minutes.at} /> : <Waiting due={minutes.due_at} />}
              {minutes.text && <blockquote class="minutes" dir="auto">{minutes.text}</blockquote>}
              <ul class="plain">
                {Object.entries(minutes.signed_by).map(([who, word_]) => (
                  <li>
                    {those([who], page.names)}: {t(`signature.${word_ ?? "waiting"}`)}
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        )}
        {publication && (
          <div>
            <dt>
              {t("case.publication")} · {t(`edition.${publication.edition}`)}
            </dt>
            <dd>
              {publication.at ? <Clock at={publication.at} /> : <Waiting due={publication.due_at} />}
            </dd>
          </div>
        )}
        {appeal && (
          <div>
            <dt>{t("case.appeal", { to: those(appeal.to, page.names) })}</dt>
            <dd>
              {appeal.lodged_by && appeal.at ? (
                <>
                  {those([appeal.lodged_by], page.names)} · <Clock at={appeal.at} />
                </>
              ) : (
                t("case.appeal_within", { within: duration(appeal.within) })
              )}
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}

function Waiting({ due }: { due: string | null }) {
  if (!due) return <>{t("case.not_yet")}</>;
  return (
    <>
      {t("case.until")} <Clock at={due} />
    </>
  );
}
