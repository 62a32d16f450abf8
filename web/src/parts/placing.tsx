/** Chances, posts and where they see least: for those who place posts, nobody else. */
import { useState } from "preact/hooks";
import { figure } from "../charts/plot.tsx";
import { Ground, type Patch, sign } from "../charts/ground.tsx";
import type { DeploymentProtected } from "../hold-data.ts";
import type { Ready } from "../pages/deployment.tsx";
import { chance } from "../pages/findings.tsx";
import { t } from "../words.ts";
import { Rows } from "./rows.tsx";

interface Props {
  page: Ready;
  closed: DeploymentProtected;
  name: (id: string) => string;
}

interface At {
  clause: string;
  hour: string;
}

export function Placing({ page, closed, name }: Props) {
  const clauses = [...new Set(closed.least.map((each) => each.clause))];
  const [clause, setClause] = useState(clauses[0] ?? "");
  const [hour, setHour] = useState(page.hours[0] ?? "");
  const chosen = { clause, hour };
  const kinds = [...new Set(closed.posts.map((each) => each.kind))].sort();
  const shown = closed.coverage.filter((each) => each.clause === chosen.clause && each.hour === chosen.hour);
  return (
    <section class="protected" aria-labelledby="protected">
      <h2 id="protected">{t("hold.protected")}</h2>
      <p class="note">{t("hold.protected_means")}</p>
      <Least closed={closed} name={name} />
      <Margins closed={closed} name={name} />
      <div class="filters">
        <Chosen label={t("column.clause")} of={clauses} value={clause} name={name} onChange={setClause} />
        <Chosen label={t("hold.hour")} of={page.hours} value={hour} name={name} onChange={setHour} />
      </div>
      <figure>
        <Ground patches={areas(page, closed, chosen, name)} lines={page.ground.lines} posts={[]} />
        <figcaption>{caption(page, closed, chosen, name)}</figcaption>
      </figure>
      <figure>
        <Ground
          patches={stretches(closed, shown, name)}
          lines={page.ground.lines}
          posts={closed.posts.map((each, at) => ({
            key: `${each.site}-${at}`,
            lon: each.lon,
            lat: each.lat,
            sort: kinds.indexOf(each.kind),
          }))}
        />
        <figcaption>
          {t("hold.protected_caption", { clause: name(chosen.clause), hour: name(chosen.hour) })}
        </figcaption>
        <ul class="key">
          {kinds.map((each, sort) => (
            <li>
              <svg class="chart" aria-hidden="true" width="16" height="14">
                <path class="post" d={sign(sort, [8, 7])} />
              </svg>
              {name(each)}
            </li>
          ))}
        </ul>
      </figure>
      <Rows
        caption={t("hold.stretches", { clause: name(chosen.clause), hour: name(chosen.hour) })}
        columns={[t("hold.area"), t("hold.stretch"), t("hold.party"), t("hold.noticed")]}
        figures={3}
        rows={shown.map((each) => [each.area, each.stretch.join(", "), name(each.party), chance(each.noticed, each.noticed)])}
      />
      <Rows
        caption={t("hold.worst")}
        columns={[t("column.clause"), t("hold.party"), t("hold.hour"), t("hold.area"), t("hold.stretch")]}
        figures={5}
        rows={closed.worst.map((each) => [
          name(each.clause),
          name(each.party),
          name(each.hour),
          each.area,
          each.stretch.join(", "),
        ])}
      />
      <h3>{t("hold.losses")}</h3>
      <ul>
        {closed.says.map((each) => (
          <li>{each}</li>
        ))}
      </ul>
      <Rows
        caption={t("hold.posts")}
        columns={[t("hold.site"), t("hold.kind"), t("hold.contingent"), t("hold.cost"), t("hold.persons_short")]}
        figures={3}
        rows={closed.posts.map((each) => [
          each.site,
          name(each.kind),
          name(each.contingent),
          figure(each.cost),
          figure(Math.round(each.persons)),
        ])}
      />
    </section>
  );
}

function stretches(
  closed: DeploymentProtected,
  shown: DeploymentProtected["coverage"],
  name: (id: string) => string,
): Patch[] {
  const least = Math.min(...shown.map((each) => each.noticed));
  return closed.stretches.map((each) => {
    const found = shown.find(
      ({ area, stretch }) => area === each.area && stretch[0] === each.column && stretch[1] === each.row,
    );
    const place = `${each.area} ${each.column}, ${each.row}`;
    return {
      key: place,
      rings: each.rings,
      noticed: found?.noticed ?? null,
      label: found ? `${place}, ${name(found.party)}: ${chance(found.noticed, found.noticed)}` : place,
      worst: found !== undefined && found.noticed === least,
    };
  });
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

function noticed({ least }: DeploymentProtected, at: At, party: string): number | null {
  const found = least.find((each) => each.party === party && each.clause === at.clause && each.hour === at.hour);
  return found?.noticed ?? null;
}

function areas(page: Ready, closed: DeploymentProtected, at: At, name: (id: string) => string): Patch[] {
  return page.ground.areas.map((each) => {
    const share = noticed(closed, at, each.party);
    return {
      key: each.id,
      rings: each.rings,
      noticed: share,
      name: name(each.party),
      label: share === null ? name(each.party) : `${name(each.party)}: ${chance(share, share)}`,
    };
  });
}

function caption(page: Ready, closed: DeploymentProtected, at: At, name: (id: string) => string): string {
  const parties = [...new Set(page.ground.areas.map((each) => each.party))];
  const told = parties.map((each) => {
    const share = noticed(closed, at, each);
    return `${name(each)}: ${share === null ? t("value.unstated") : chance(share, share)}`;
  });
  return t("hold.map_caption", { clause: name(at.clause), hour: name(at.hour), shares: told.join("; ") });
}

type Told = Pick<Props, "closed" | "name">;

function Least({ closed, name }: Told) {
  const parties = [...new Set(closed.least.map((each) => each.party))];
  const keys = closed.least
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
          const share = noticed(closed, { clause, hour }, party);
          return share === null ? "–" : chance(share, share);
        }),
      ])}
    />
  );
}

function Margins({ closed, name }: Told) {
  const rows = Object.entries(closed.clauses).flatMap(([party, clauses]) =>
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
