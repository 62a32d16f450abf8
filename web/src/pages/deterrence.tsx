/** Would it hold? The report of the stress test: what it is not comes first. */
import { Picture } from "../charts/charts.tsx";
import type { ChartValues, DeterrencePage, HoldPart } from "../hold-data.ts";
import { Grid } from "../parts/grid.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { NotReady } from "../parts/not-ready.tsx";
import { language, t } from "../words.ts";
import type { PageProps } from "./of.tsx";
import "../styles/hold.css";

export function DeterrenceView(_: PageProps) {
  return (
    <Loaded<DeterrencePage> name={`deterrence/${language()}`}>
      {(page) =>
        page.page ? <Report page={page.page} /> : <NotReady page={page} title={t("section.deterrence")} />
      }
    </Loaded>
  );
}

function Report({ page }: { page: NonNullable<DeterrencePage["page"]> }) {
  return (
    <article class="hold" data-page="/deterrence">
      <h1>{page.title}</h1>
      <p class="lead">{page.subtitle}</p>
      {page.about && <p>{page.about}</p>}
      {page.parts.map((part) => (
        <Part part={part} />
      ))}
    </article>
  );
}

function Part({ part }: { part: HoldPart }) {
  return (
    <section aria-labelledby={`part-${part.id}`} class={`part ${part.id}`}>
      <h2 id={`part-${part.id}`}>{part.title}</h2>
      {part.paragraphs.map((each) => (
        <p>{each}</p>
      ))}
      {part.bullets.length > 0 && (
        <ul>
          {part.bullets.map((each) => (
            <li>{each}</li>
          ))}
        </ul>
      )}
      {part.charts.map((each) => (
        <Chart chart={each} name={part.title} />
      ))}
      {part.grids.map((each) => (
        <Grid grid={each} name={part.title} />
      ))}
    </section>
  );
}

function Chart({ chart, name }: { chart: ChartValues; name: string }) {
  return (
    <figure>
      <Picture drawn={chart.drawn} />
      <figcaption>{chart.words}</figcaption>
      <details>
        <summary>{t("hold.as_table")}</summary>
        <Grid grid={chart.table} name={name} />
      </details>
    </figure>
  );
}
