/** Where each report says it was, with its error: a drawing, and the same in words. */
import type { IncidentPage, Report } from "../incident-data.ts";
import { language, t } from "../words.ts";
import { figure } from "./plot.tsx";

const HALF = 150; //  of the drawing, in its own units
const M_PER_DEGREE = 111_195;
const CORNERS = 72;

type Spot = [number, number]; //  metres to the east and to the north of the middle

/** The shapes of uncertainty that a place may have beside a circle. */
interface Shape {
  ellipse?: { major_m: number; minor_m: number; azimuth_deg: number };
  sector?: {
    origin_lon: number;
    origin_lat: number;
    bearing_from_deg: number;
    bearing_to_deg: number;
    distance_from_m: number;
    distance_to_m: number;
  };
  area?: { ring: [number, number][] };
}

interface Placed {
  lon: number;
  lat: number;
  radiusM: number;
  shape: Shape;
}

function placed(row: Pick<Report, "lon" | "lat" | "radius_m" | "shape">): Placed | null {
  const { lon, lat, radius_m: radiusM } = row;
  if (typeof lon !== "number" || typeof lat !== "number" || typeof radiusM !== "number") return null;
  return { lon, lat, radiusM, shape: row.shape ? (JSON.parse(row.shape) as Shape) : {} };
}

/** The outline of where something may have been, in metres about a middle. */
export function outline(of: Placed, middle: Placed): Spot[] {
  const at = (lon: number, lat: number): Spot => [
    (lon - middle.lon) * M_PER_DEGREE * Math.cos((middle.lat * Math.PI) / 180),
    (lat - middle.lat) * M_PER_DEGREE,
  ];
  const { ellipse, sector, area } = of.shape;
  if (area) return area.ring.map(([lon, lat]) => at(lon, lat));
  if (sector) return arc(at(sector.origin_lon, sector.origin_lat), sector);
  const { major_m, minor_m, azimuth_deg } = ellipse ?? { major_m: of.radiusM, minor_m: of.radiusM, azimuth_deg: 0 };
  const turn = (azimuth_deg * Math.PI) / 180;
  const [x, y] = at(of.lon, of.lat);
  return Array.from({ length: CORNERS }, (_, n) => {
    const angle = (2 * Math.PI * n) / CORNERS;
    const [along, across] = [major_m * Math.cos(angle), minor_m * Math.sin(angle)];
    return [x + along * Math.sin(turn) + across * Math.cos(turn), y + along * Math.cos(turn) - across * Math.sin(turn)];
  });
}

function arc([x, y]: Spot, sector: NonNullable<Shape["sector"]>): Spot[] {
  const width = (sector.bearing_to_deg - sector.bearing_from_deg + 360) % 360 || 360;
  const side = (distance: number): Spot[] =>
    Array.from({ length: CORNERS / 2 + 1 }, (_, n) => {
      const bearing = ((sector.bearing_from_deg + (width * n) / (CORNERS / 2)) * Math.PI) / 180;
      return [x + distance * Math.sin(bearing), y + distance * Math.cos(bearing)];
    });
  return [...side(sector.distance_to_m), ...side(sector.distance_from_m).reverse()];
}

export function Errors({ page }: { page: IncidentPage }) {
  const middle = page.incident && placed(page.incident);
  const told = page.reports.flatMap((each) => {
    const found = placed(each);
    return found ? [{ report: each, found }] : [];
  });
  if (!middle || told.length === 0) return null;
  const held = outline(middle, middle);
  const drawn = told.map((each) => outline(each.found, middle));
  const far = Math.max(...[held, ...drawn].flat().flatMap((each) => each.map(Math.abs)), 1);
  const scale = (HALF - 14) / far;
  const bar = roundM(far / 2);
  return (
    <figure class="errors">
      <svg viewBox={`${-HALF} ${-HALF} ${2 * HALF} ${2 * HALF}`} role="img" aria-label={t("incident.errors")}>
        <path class="believed" d={path(held, scale)} />
        <path class="believed-at" d="M-5 0H5M0 -5V5" />
        {told.map((_, index) => (
          <g class={`said said-${index % 4}`}>
            <path d={path(drawn[index] ?? [], scale)} />
            <text class="number" {...label(drawn[index] ?? [], scale, index)}>
              {index + 1}
            </text>
          </g>
        ))}
        <path class="scale" d={`M${6 - HALF} ${HALF - 8}h${(bar * scale).toFixed(1)}`} />
        <text x={10 - HALF + bar * scale} y={HALF - 4}>
          {metres(bar)}
        </text>
        <text x={HALF - 6} y={14 - HALF} text-anchor="end">
          {t("wind.n")} ↑
        </text>
      </svg>
      <figcaption>
        <p>{t("incident.errors")}</p>
        <ol>
          {told.map(({ report, found }) => (
            <li>
              <bdi>{report.source_name}</bdi>: {inWords(found)}
            </li>
          ))}
        </ol>
        <p>
          <span aria-hidden="true">+ </span>
          {t("incident.error_held", { m: figure(Math.round(middle.radiusM)) })}
        </p>
      </figcaption>
    </figure>
  );
}

function inWords({ radiusM, shape }: Placed): string {
  const { ellipse } = shape;
  if (!ellipse) return t("incident.error_circle", { m: figure(Math.round(radiusM)) });
  return t("incident.error_ellipse", {
    major: figure(Math.round(ellipse.major_m)),
    minor: figure(Math.round(ellipse.minor_m)),
    azimuth: String(Math.round(ellipse.azimuth_deg)),
  });
}

function path(ring: Spot[], scale: number): string {
  return `M${ring.map(([x, y]) => `${(x * scale).toFixed(1)} ${(-y * scale).toFixed(1)}`).join("L")}Z`;
}

/** Where the number of a report stands: on its outline, each in another direction. */
export function label(ring: Spot[], scale: number, index: number): { x: number; y: number } {
  const bearing = ((30 + 75 * index) * Math.PI) / 180;
  const ahead = ([x, y]: Spot): number => x * Math.sin(bearing) + y * Math.cos(bearing);
  const first: Spot = ring[0] ?? [0, 0];
  const [x, y] = ring.reduce((best, each) => (ahead(each) > ahead(best) ? each : best), first);
  return { x: x * scale, y: -y * scale };
}

function metres(n: number): string {
  const style: Intl.NumberFormatOptions = { style: "unit", unit: "meter", unitDisplay: "short" };
  return new Intl.NumberFormat(language(), style).format(n);
}

function roundM(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  return ([5, 2, 1].find((each) => each * power <= most) ?? 1) * power;
}
