/** Where posts stand and where they see least: for those who place posts, nobody else. */
import { figure } from "../charts/plot.tsx";
import { Ground, type Patch, sign } from "../charts/ground.tsx";
import type { DeploymentProtected } from "../hold-data.ts";
import type { At, Ready } from "../pages/deployment.tsx";
import { chance } from "../pages/findings.tsx";
import { t } from "../words.ts";
import { Rows } from "./rows.tsx";

interface Props {
  page: Ready;
  closed: DeploymentProtected;
  chosen: At;
  name: (id: string) => string;
}

export function Placing({ page, closed, chosen, name }: Props) {
  const kinds = [...new Set(closed.posts.map((each) => each.kind))].sort();
  const shown = closed.coverage.filter((each) => each.clause === chosen.clause && each.hour === chosen.hour);
  return (
    <section class="protected" aria-labelledby="protected">
      <h2 id="protected">{t("hold.protected")}</h2>
      <p class="note">{t("hold.protected_means")}</p>
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
