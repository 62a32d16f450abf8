/** Where reports come from, and what was learned of each source. */
import { Loaded } from "../parts/loaded.tsx";
import { When } from "../parts/when.tsx";
import { day } from "../times.ts";
import { language, t, word } from "../words.ts";
import type { Scorecard, SourcesPage } from "../work-data.ts";
import { percent } from "./findings.tsx";
import type { PageProps } from "./of.tsx";

export function SourcesView(_: PageProps) {
  return (
    <Loaded<SourcesPage> name="sources">
      {(page) => (
        <>
          <h1>{t("section.sources")}</h1>
          <p class="lead">{t("sources.lead")}</p>
          {page.withheld && <p class="note">{t("sources.withheld")}</p>}
          {!page.withheld && page.learned_at === null && (
            <p class="note">{t("sources.not_learned")}</p>
          )}
          {page.learned_at && (
            <p class="quiet">
              {t("sources.learned")} <When start={page.learned_at} />
            </p>
          )}
          <ul class="cards scorecards">
            {page.sources.filter((each) => each.reports > 0 || each.card).map((each) => (
              <li class="card">
                <h2>
                  <bdi>{each.name}</bdi>{" "}
                  <abbr class="badge" title={t(`reliability.${each.reliability}`)}>
                    {each.reliability}
                  </abbr>
                </h2>
                <p class="quiet">
                  {t("sources.reports", { n: each.reports })}
                  {each.first && each.last && (
                    <>
                      {" · "}
                      <When start={each.first} end={each.last} />
                    </>
                  )}
                </p>
                {each.interested.length > 0 && <p>{t("sources.interested")}</p>}
                {each.card && <Card card={each.card} />}
              </li>
            ))}
          </ul>
          <Silent sources={page.sources.filter((each) => each.reports === 0 && !each.card)} />
        </>
      )}
    </Loaded>
  );
}

/** Sources that the agreement names and that reported nothing that may be told of. */
function Silent({ sources }: { sources: SourcesPage["sources"] }) {
  if (sources.length === 0) return null;
  return (
    <details>
      <summary>{t("sources.silent", { n: sources.length })}</summary>
      <ul>
        {sources.map((each) => (
          <li>
            <bdi>{each.name}</bdi> · {each.reliability}: {t(`reliability.${each.reliability}`)}
          </li>
        ))}
      </ul>
    </details>
  );
}

function number(value: number, digits = 0): string {
  return new Intl.NumberFormat(language(), { maximumFractionDigits: digits, signDisplay: "negative" }).format(value);
}

function Card({ card }: { card: Scorecard }) {
  const { belief } = card;
  const scales = card.place.map(([, scale]) => scale);
  const rows: [string, string][] = [
    [
      "belief",
      t("sources.between", {
        mean: percent(belief.mean),
        low: percent(belief.low),
        high: percent(belief.high),
      }),
    ],
    ["detection", percent(card.detection)],
    [
      "place",
      scales.length
        ? t("sources.scale", { low: number(Math.min(...scales), 2), high: number(Math.max(...scales), 2) })
        : t("value.unstated"),
    ],
    ["shift", t("sources.metres", { east: number(card.east_m), north: number(card.north_m) })],
    ["clock", t("sources.seconds", { s: number(card.clock_s) })],
    ["count", `× ${number(card.count_factor, 2)}`],
    ["late", percent(card.late)],
    [
      "copies",
      card.copies.length
        ? t("sources.copied", { who: card.copies.join(", "), n: card.copied })
        : t("sources.no_copies"),
    ],
    ...(card.echoes.length ? [["echoes", card.echoes.join(", ")] as [string, string]] : []),
  ];
  return (
    <>
      {belief.reports < FEW && <p class="note">{t("sources.few", { n: belief.reports })}</p>}
      <dl class="facts">
        {rows.map(([name, said]) => (
          <div>
            <dt>{t(`sources.${name}`)}</dt>
            <dd>{said}</dd>
          </div>
        ))}
      </dl>
      <Kinds kinds={card.kinds} />
      {card.silent.map((each) => (
        <p class="note">
          {t("sources.passes_over", { ...each, elsewhere: percent(each.elsewhere) })}
        </p>
      ))}
      {card.changes.map((each) => (
        <p class="note">
          {t("sources.changed", {
            since: day(new Date(each.since_s * 1000).toISOString()),
            what: t(`sources.measured_${each.what}`),
            earlier: number(each.earlier, 2),
            later: number(each.later, 2),
          })}
        </p>
      ))}
    </>
  );
}

/** Fewer reports than this teach little of a source. */
const FEW = 30;

/** What happened where the source said something else. */
function Kinds({ kinds }: { kinds: Scorecard["kinds"] }) {
  const mixed = Object.entries(kinds).filter(([said, shares]) => (shares[said] ?? 0) < 0.95);
  if (mixed.length === 0) return null;
  return (
    <details>
      <summary>{t("sources.kinds")}</summary>
      <ul class="plain">
        {mixed.map(([said, shares]) => (
          <li>
            <bdi>{word("kind", said)}</bdi>:{" "}
            {Object.entries(shares)
              .map(([kind, share]) => `${word("kind", kind)} ${percent(share)}`)
              .join(", ")}
          </li>
        ))}
      </ul>
    </details>
  );
}
