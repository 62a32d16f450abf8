/** One incident: what is held to have happened, on whose word, and what rests on it. */
import type { IncidentPage } from "../data.ts";
import { Link } from "../parts/link.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { Position } from "../parts/position.tsx";
import { StandingBadge, standingOf } from "../parts/standing.tsx";
import { VerdictBadge } from "../parts/verdict.tsx";
import { When } from "../parts/when.tsx";
import { named, t, word } from "../words.ts";
import { percent } from "./findings.tsx";
import type { PageProps } from "./of.tsx";

export function IncidentView({ id, about }: PageProps) {
  return (
    <Loaded<IncidentPage> name={`incident/${id}`}>
      {(page) => (
        <>
          <p class="path">
            <Link to="/">{t("section.situation")}</Link>
          </p>
          <Heading page={page} />
          {page.key !== id && <p class="note">{t("incident.alias", { id, now: page.key })}</p>}
          {page.status !== "standing" && (
            <p class="note">{t(`incident.status_${page.status}`)}</p>
          )}
          <section>
            <h2>{t("incident.reports", { n: page.reports.length })}</h2>
            <ul class="cards">
              {page.reports.map((each) => (
                <Report report={each} />
              ))}
            </ul>
          </section>
          <section>
            <h2>{t("incident.findings", { n: page.findings.length })}</h2>
            {page.findings.length === 0 && <p>{t("incident.no_findings")}</p>}
            <ul class="cards">
              {page.findings.map((each) => (
                <li class="card">
                  <VerdictBadge verdict={each.verdict} />{" "}
                  <Link to={`/finding/${each.key}`}>{clauseOf(about, each.clause)}</Link>
                </li>
              ))}
            </ul>
          </section>
          <p class="quiet">
            {t("finding.command")} <code>pamiers incident show DIR {page.key}</code>
          </p>
        </>
      )}
    </Loaded>
  );
}

function clauseOf(about: PageProps["about"], id: string): string {
  return named(about.agreement.clauses.find((each) => each.id === id)?.title, id);
}

function Heading({ page }: { page: IncidentPage }) {
  const found = page.incident;
  if (!found) return <h1>{page.key}</h1>;
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

function Report({ report }: { report: IncidentPage["reports"][number] }) {
  return (
    <li class="card">
      <strong>{report.source_name}</strong>{" "}
      <span class="quiet">{word("means", report.means)}</span>
      <p>
        {word("kind", report.kind)}
        {report.start && report.end && (
          <>
            {" · "}
            <When start={report.start} end={report.end} />
          </>
        )}
      </p>
      {report.cite && <p class="quiet">{report.cite}</p>}
    </li>
  );
}
