/** One incident: what is held to have happened, on whose word, and what rests on it. */
import { Errors } from "../charts/errors.tsx";
import type { IncidentPage, Report, Resting } from "../incident-data.ts";
import { Deciding } from "../parts/deciding.tsx";
import { Link } from "../parts/link.tsx";
import { Live } from "../parts/loaded.tsx";
import { Position } from "../parts/position.tsx";
import { StandingBadge, standingOf } from "../parts/standing.tsx";
import { VerdictBadge } from "../parts/verdict.tsx";
import { When } from "../parts/when.tsx";
import { sharesOf, Whose } from "../parts/whose.tsx";
import { named, t, word } from "../words.ts";
import { chance, percent } from "./findings.tsx";
import { Circles, Decisions, Sayings, Weighed } from "./incident-desk.tsx";
import type { PageProps } from "./of.tsx";

export function IncidentView({ id, about }: PageProps) {
  return (
    <Live<IncidentPage> name={`incident/${id}`}>
      {(page, again) => (
        <>
          <p class="path">
            <Link to="/">{t("section.situation")}</Link>
          </p>
          <Heading page={page} about={about} />
          <p class="quiet">
            <bdi>{page.key}</bdi>
          </p>
          {page.key !== id && <p class="note">{t("incident.alias", { id, now: page.key })}</p>}
          {page.status !== "standing" && (
            <p class="note">{t(`incident.status_${page.status}`)}</p>
          )}
          <section>
            <h2>{t("incident.reports", { n: page.reports.length })}</h2>
            <ul class="cards">
              {page.reports.map((each) => (
                <ReportCard report={each} />
              ))}
            </ul>
            <Errors page={page} />
          </section>
          <Watched page={page} />
          <section>
            <h2>{t("incident.findings", { n: page.findings.length })}</h2>
            {page.findings.length === 0 && <p>{t("incident.no_findings")}</p>}
            <ul class="cards">
              {page.findings.map((each) => (
                <Rule found={each} title={clauseOf(about, each.clause)} />
              ))}
            </ul>
          </section>
          {page.said && page.incident && <Weighed id={page.key} about={about} />}
          {page.said && page.incident && <Circles id={page.key} />}
          <Deciding page={page} onDone={again} />
          {page.decided && <Decisions page={page} onDone={again} />}
          {page.said && <Sayings said={page.said} />}
          <p class="quiet">
            {t("finding.command")} <code>pamiers incident show DIR {page.key}</code>
          </p>
        </>
      )}
    </Live>
  );
}

function clauseOf(about: PageProps["about"], id: string): string {
  return named(about.agreement.clauses.find((each) => each.id === id)?.title, id);
}

function Heading({ page, about }: { page: IncidentPage; about: PageProps["about"] }) {
  const found = page.incident;
  if (!found) return <h1>{page.key}</h1>;
  const whose = about.agreement.attribution === "forbidden" ? [] : sharesOf(found.actors, found.actor);
  return (
    <>
      <h1>
        {word("kind", found.kind)} · <bdi>{found.place ?? t("value.place_unknown")}</bdi>{" "}
        <StandingBadge standing={standingOf(found)} />
      </h1>
      <p class="lead">
        <When start={found.start} end={found.end} />
      </p>
      <dl class="facts">
        <div>
          <dt>{t("incident.real")}</dt>
          <dd>{percent(found.probability)}</dd>
        </div>
        <div>
          <dt>{t("incident.where")}</dt>
          <dd>
            <Position lon={found.lon} lat={found.lat} radiusM={found.radius_m} />
          </dd>
        </div>
        <div>
          <dt>{t("incident.kinds")}</dt>
          <dd>
            <Kinds text={found.kinds} />
          </dd>
        </div>
        {whose.length > 0 && (
          <div>
            <dt>{t("incident.whose")}</dt>
            <dd>
              <Whose about={about} shares={whose} />
            </dd>
          </div>
        )}
        <div>
          <dt>{t("incident.voices")}</dt>
          <dd>
            {t("incident.observed", { n: found.observed })}, {t("incident.claimed", { n: found.claimed })}
          </dd>
        </div>
      </dl>
    </>
  );
}

/** How likely each kind is, as bars with their figures. */
function Kinds({ text }: { text: string | undefined }) {
  if (!text) return <>{t("value.unstated")}</>;
  const shares = Object.entries(JSON.parse(text) as Record<string, number>)
    .filter(([, share]) => share >= 0.01)
    .sort(([, a], [, b]) => b - a);
  return (
    <ul class="bars">
      {shares.map(([kind, share]) => (
        <li>
          <span>{word("kind", kind)}</span>
          <meter min={0} max={1} value={share} />
          <span class="figure">{percent(share)}</span>
        </li>
      ))}
    </ul>
  );
}

function ReportCard({ report }: { report: Report }) {
  const { reliability, credibility } = report;
  return (
    <li class="card" data-report={`${report.source}:${report.key}`}>
      <strong>{report.source_name}</strong>{" "}
      <span class="quiet">
        {word("means", report.means)} · {t(report.interested ? "incident.interested" : "incident.independent")}
      </span>{" "}
      {reliability || credibility ? (
        <span class="badge grade">
          {reliability ?? "–"}
          {credibility ?? "–"}
        </span>
      ) : (
        <span class="quiet">· {t("incident.not_graded")}</span>
      )}
      <p>
        {word("kind", report.kind)}
        {report.start && report.end && (
          <>
            {" · "}
            <When start={report.start} end={report.end} />
          </>
        )}
        {typeof report.radius_m === "number" && (
          <span class="quiet"> · {t("value.within", { km: Math.round(report.radius_m / 100) / 10 })}</span>
        )}
      </p>
      {(reliability || credibility) && (
        <p class="quiet">
          {reliability && word("reliability", reliability)}
          {reliability && credibility && "; "}
          {credibility && word("credibility", credibility)}
        </p>
      )}
      {report.cite && <p class="quiet">{report.cite}</p>}
    </li>
  );
}

/** Who watched there then: without it, silence of the others says nothing. */
function Watched({ page }: { page: IncidentPage }) {
  if (!page.incident) return null;
  return (
    <section>
      <h2>{t("incident.watched")}</h2>
      {page.watched.length === 0 && <p>{t("incident.not_watched")}</p>}
      <ul class="cards">
        {page.watched.map((each) => (
          <li class="card">
            <strong>{word("coverage", each.status)}</strong> · {word("means", each.means)} ·{" "}
            {word("watched", each.watched)}
            {each.start && each.end && (
              <p>
                <When start={each.start} end={each.end} /> ·{" "}
                <bdi>{each.place ?? each.region ?? t("value.place_unknown")}</bdi>
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Which rule it bears on, what decided, and what would have decided otherwise. */
function Rule({ found, title }: { found: Resting; title: string }) {
  const { breached, kept } = found.thresholds;
  return (
    <li class="card">
      <VerdictBadge verdict={found.verdict} why={found.why} /> <Link to={`/finding/${found.key}`}>{title}</Link>{" "}
      <span class="quiet">{found.cite}</span>
      <p class="quiet">
        {t("finding.probability")}: {chance(found.probability_low, found.probability_high)} ·{" "}
        {t("incident.thresholds", { breached: percent(breached), kept: percent(kept) })}
      </p>
      <p class="quiet">
        {t("finding.attribution")}: {word("attribution", found.attribution)}
      </p>
    </li>
  );
}
