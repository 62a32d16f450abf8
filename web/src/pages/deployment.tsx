/** Where to watch: what a plan of posts notices, and what no plan exceeds. */
import { figure } from "../charts/plot.tsx";
import type { DeploymentPage } from "../hold-data.ts";
import { Loaded } from "../parts/loaded.tsx";
import { NotReady } from "../parts/not-ready.tsx";
import { Placing } from "../parts/placing.tsx";
import { Rows } from "../parts/rows.tsx";
import { language, named, t } from "../words.ts";
import type { PageProps } from "./of.tsx";
import "../styles/hold.css";

export type Ready = DeploymentPage &
  Required<Pick<DeploymentPage, "plan" | "ground" | "hours" | "names" | "says" | "pledges" | "limits">>;

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
  const closed = page.protected;
  const name = (id: string): string => named(page.names[id], named(closed?.names[id], id));
  const said = closed?.in_short ?? page.says;
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
        {said.map((each) => (
          <li>{each}</li>
        ))}
      </ul>
      <h2>{t("hold.watched")}</h2>
      <p class="quiet">{t(closed ? "hold.watched_means" : "hold.bands_mean")}</p>
      <Bands page={page} name={name} />
      <Holds page={page} name={name} />
      <Pledged page={page} name={name} />
      <Used page={page} />
      {closed && <Placing page={page} closed={closed} name={name} />}
    </article>
  );
}

interface Told {
  page: Ready;
  name: (id: string) => string;
}

/** What everybody may read: in which band a breach is noticed, alike for both sides. */
function Bands({ page, name }: Told) {
  return (
    <Rows
      caption={t("hold.bands")}
      columns={[t("column.clause"), t("hold.hour"), t("hold.noticed")]}
      figures={2}
      rows={page.plan.bands.map((each) => [
        name(each.clause),
        name(each.hour),
        t("hold.band", { from: Math.round(each.from * 100), to: Math.round(each.to * 100) }),
      ])}
    />
  );
}

function Holds({ page, name }: Told) {
  const rows = Object.entries(page.plan.clauses).flatMap(([party, clauses]) =>
    Object.entries(clauses).map(([clause, each]) => [
      name(clause),
      name(party),
      figure(each.margin_without),
      t(each.holds ? "hold.holds" : "hold.holds_not"),
    ]),
  );
  return (
    <>
      <Rows
        caption={t("hold.holds_caption")}
        columns={[t("column.clause"), t("hold.party"), t("hold.margin_without"), t("hold.with_plan")]}
        figures={2}
        rows={rows}
      />
      <p class="quiet">{t("hold.holds_mean")}</p>
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
