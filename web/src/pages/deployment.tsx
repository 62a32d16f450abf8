/** Where to watch: what a plan of posts notices, and what no plan exceeds. */
import { useState } from "preact/hooks";
import { figure } from "../charts/plot.tsx";
import type { DeploymentPage } from "../hold-data.ts";
import { Loaded } from "../parts/loaded.tsx";
import { NotReady } from "../parts/not-ready.tsx";
import { Placing } from "../parts/placing.tsx";
import { Rows } from "../parts/rows.tsx";
import { Ground, type Patch } from "../charts/ground.tsx";
import { language, named, t } from "../words.ts";
import { chance } from "./findings.tsx";
import type { PageProps } from "./of.tsx";
import "../styles/hold.css";

export type Ready = DeploymentPage & Required<Pick<DeploymentPage, "plan" | "least" | "ground" | "hours" | "names" | "says" | "pledges" | "limits">>;

export function DeploymentView(_: PageProps) {
  return (
    <Loaded<DeploymentPage> name={`deployment/${language()}`}>
      {(page) =>
        page.plan ? <Plan page={page as Ready} /> : <NotReady page={page} title={t("section.deployment")} />
      }
    </Loaded>
  );
}

function Plan({ page }: { page: Ready }) {
  const name = (id: string): string => named(page.names[id], named(page.protected?.names[id], id));
  const clauses = [...new Set(page.least.map((each) => each.clause))];
  const [clause, setClause] = useState(clauses[0] ?? "");
  const [hour, setHour] = useState(page.hours[0] ?? "");
  const chosen = { clause, hour };
  return (
    <article class="hold" data-page="/deployment">
      <h1>{t("section.deployment")}</h1>
      <ul class="limits">
        {page.limits.map((each) => (
          <li>{each}</li>
        ))}
      </ul>
      <h2>{t("hold.in_short")}</h2>
      <ul>
        {page.says.map((each) => (
          <li>{each}</li>
        ))}
      </ul>
      <h2>{t("hold.watched")}</h2>
      <p class="quiet">{t("hold.watched_means")}</p>
      <div class="filters">
        <Chosen label={t("column.clause")} of={clauses} value={clause} name={name} onChange={setClause} />
        <Chosen label={t("hold.hour")} of={page.hours} value={hour} name={name} onChange={setHour} />
      </div>
      <figure>
        <Ground patches={areas(page, chosen, name)} lines={page.ground.lines} posts={[]} />
        <figcaption>{caption(page, chosen, name)}</figcaption>
      </figure>
      <Least page={page} name={name} />
      <Margins page={page} name={name} />
      <Pledged page={page} name={name} />
      <Used page={page} />
      {page.protected && <Placing page={page} closed={page.protected} chosen={chosen} name={name} />}
    </article>
  );
}

interface ChosenProps {
  label: string;
  of: string[];
  value: string;
  name: (id: string) => string;
  onChange: (value: string) => void;
}

function Chosen({ label, of, value, name, onChange }: ChosenProps) {
  return (
    <label>
      {label}
      <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {of.map((each) => (
          <option value={each}>{name(each)}</option>
        ))}
      </select>
    </label>
  );
}

export interface At {
  clause: string;
  hour: string;
}

function noticed(page: Ready, at: At, party: string): number | null {
  const found = page.least.find((each) => each.party === party && each.clause === at.clause && each.hour === at.hour);
  return found?.noticed ?? null;
}

function areas(page: Ready, at: At, name: (id: string) => string): Patch[] {
  return page.ground.areas.map((each) => {
    const share = noticed(page, at, each.party);
    return {
      key: each.id,
      rings: each.rings,
      noticed: share,
      name: name(each.party),
      label: share === null ? name(each.party) : `${name(each.party)}: ${chance(share, share)}`,
    };
  });
}

function caption(page: Ready, at: At, name: (id: string) => string): string {
  const parties = [...new Set(page.ground.areas.map((each) => each.party))];
  const told = parties.map((each) => {
    const share = noticed(page, at, each);
    return `${name(each)}: ${share === null ? t("value.unstated") : chance(share, share)}`;
  });
  return t("hold.map_caption", { clause: name(at.clause), hour: name(at.hour), shares: told.join("; ") });
}

interface Told {
  page: Ready;
  name: (id: string) => string;
}

function Least({ page, name }: Told) {
  const parties = [...new Set(page.least.map((each) => each.party))];
  const keys = page.least
    .map((each) => [each.clause, each.hour] as const)
    .filter(([clause, hour], at, all) => all.findIndex(([c, h]) => c === clause && h === hour) === at);
  return (
    <Rows
      caption={t("hold.least")}
      columns={[t("column.clause"), t("hold.hour"), ...parties.map(name)]}
      figures={2}
      rows={keys.map(([clause, hour]) => [
        name(clause),
        name(hour),
        ...parties.map((party) => {
          const share = noticed(page, { clause, hour }, party);
          return share === null ? "–" : chance(share, share);
        }),
      ])}
    />
  );
}

function Margins({ page, name }: Told) {
  const rows = Object.entries(page.plan.clauses).flatMap(([party, clauses]) =>
    Object.entries(clauses).map(([clause, each]) => [
      name(clause),
      name(party),
      `${chance(each.noticed.likeliest, each.noticed.likeliest)} (${chance(each.noticed.low, each.noticed.low)}–${chance(each.noticed.high, each.noticed.high)})`,
      figure(each.margin_without),
      figure(each.margin),
    ]),
  );
  return (
    <>
      <Rows
        caption={t("hold.margins")}
        columns={[t("column.clause"), t("hold.party"), t("hold.noticed"), t("hold.margin_without"), t("hold.margin")]}
        figures={2}
        rows={rows}
      />
      <p class="quiet">{t("hold.margins_mean")}</p>
    </>
  );
}

function Pledged({ page, name }: Told) {
  return (
    <>
      <h2>{t("hold.pledged")}</h2>
      <ul>
        {page.pledges.map((each) => (
          <li>{each}</li>
        ))}
      </ul>
      <Rows
        caption={t("hold.pledged_table")}
        columns={["contingent", "needed", "brings", "promised", "come", "gap"].map((each) => t(`hold.${each}`))}
        figures={1}
        rows={page.plan.pledges.map((each) => [
          name(each.contingent),
          ...[each.used, each.here, each.most, each.delivered, each.gap].map((n) =>
            n === null ? "–" : figure(Math.round(n)),
          ),
        ])}
      />
    </>
  );
}

const LIMITS: Record<string, string> = { budget: "hold.budget", persons: "hold.persons" };

/** Limits of the whole mission; those of each contingent are told with what it brings. */
function Used({ page }: { page: Ready }) {
  const rows = Object.entries(page.plan.used).filter(([limit]) => limit in LIMITS);
  return (
    <Rows
      caption={t("hold.limits")}
      columns={[t("hold.limit"), t("hold.used"), t("hold.of")]}
      figures={1}
      rows={rows.map(([limit, each]) => [
        t(LIMITS[limit] ?? "", { unit: page.plan.cost_unit }),
        figure(each.used),
        figure(each.of),
      ])}
    />
  );
}
