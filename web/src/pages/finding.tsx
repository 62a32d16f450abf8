/** One finding: the clause beside the evidence, why, and what it does not say. */
import type { FindingPage, Incident, Reason } from "../data.ts";
import { Link } from "../parts/link.tsx";
import { Live } from "../parts/loaded.tsx";
import { StandingBadge, standingOf } from "../parts/standing.tsx";
import { Bringing, Versions } from "./finding-desk.tsx";
import { VerdictBadge } from "../parts/verdict.tsx";
import { When } from "../parts/when.tsx";
import { Whose } from "../parts/whose.tsx";
import { named, t, word } from "../words.ts";
import { chance, percent } from "./findings.tsx";
import type { PageProps } from "./of.tsx";

export function FindingView({ id, about }: PageProps) {
  return (
    <Live<FindingPage> name={`finding/${id}`}>
      {({ finding, clause, why, evidence, ...told }) => (
        <>
          <p class="path">
            <Link to="/findings">{t("section.findings")}</Link>
          </p>
          <h1>
            {named(clause.title, clause.id)}{" "}
            <VerdictBadge verdict={finding.verdict} why={finding.why} />
          </h1>
          <p class="lead">
            <When start={finding.start} end={finding.end} />
            {finding.sector && <> · {sectorOf(about, finding.sector)}</>}
          </p>
          <Versions {...told} />
          <div class="beside">
            <section>
              <h2>{t("finding.clause")}</h2>
              <blockquote>{named(clause.text, t("value.unstated"))}</blockquote>
              <p class="quiet">{clause.cite}</p>
              {clause.readings.length > 1 && (
                <p>
                  {t("finding.readings", { n: clause.readings.length })}{" "}
                  {finding.reading ?? clause.readings[0]}
                </p>
              )}
              <Measures finding={finding} about={about} />
            </section>
            <section>
              <h2>{t("finding.evidence", { n: finding.evidence.length })}</h2>
              {finding.evidence.length === 0 && <p>{t("finding.no_evidence")}</p>}
              <ul class="cards">
                {evidence.map((each, index) =>
                  each ? <Card incident={each} /> : <li>{finding.evidence[index]}</li>,
                )}
              </ul>
            </section>
          </div>
          <section>
            <h2>{t("finding.why")}</h2>
            <Tree reason={why} open />
          </section>
          {finding.verdict === "breached" && <Bringing id={finding.key} />}
          <p class="quiet">
            {t("finding.command")} <code>pamiers explain DIR {finding.key}</code>
          </p>
        </>
      )}
    </Live>
  );
}

function sectorOf(about: PageProps["about"], id: string): string {
  return named(about.agreement.sectors.find((each) => each.id === id)?.title, id);
}

function Measures({ finding, about }: { finding: FindingPage["finding"]; about: PageProps["about"] }) {
  const rows: [string, string][] = [
    ["probability", chance(finding.probability_low, finding.probability_high)],
    ["watched", percent(finding.coverage_share)],
    [
      "detection",
      finding.detection === null ? t("value.unstated") : percent(finding.detection),
    ],
    ["attribution", word("attribution", finding.attribution)],
  ];
  return (
    <dl class="facts">
      {rows.map(([name, value]) => (
        <div>
          <dt>{t(`finding.${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {finding.attribution_share.length > 0 && (
        <div>
          <dt>{t("finding.whose")}</dt>
          <dd>
            <Whose about={about} shares={finding.attribution_share} />
          </dd>
        </div>
      )}
    </dl>
  );
}

function Card({ incident }: { incident: Incident }) {
  return (
    <li class="card">
      <StandingBadge standing={standingOf(incident)} />{" "}
      <Link to={`/incident/${incident.key}`}>
        {word("kind", incident.kind)} · <bdi>{incident.place ?? t("value.place_unknown")}</bdi>
      </Link>
      <p>
        <When start={incident.start} end={incident.end} />
      </p>
      <p class="quiet">{t("incident.probability", { p: percent(incident.probability) })}</p>
    </li>
  );
}

/** The proof, folded below its first level. */
function Tree({ reason, open = false }: { reason: Reason; open?: boolean }) {
  if (reason.because.length === 0) return <p class="leaf">{reason.text}</p>;
  return (
    <details class="tree" open={open}>
      <summary>{reason.text}</summary>
      {reason.because.map((each) => (
        <Tree reason={each} />
      ))}
    </details>
  );
}
