/** The ground of a plan from above: areas or stretches with what is noticed there. */
import { useId } from "preact/hooks";
import type { Ring } from "../hold-data.ts";
import { useWidth } from "./plot.tsx";

export interface Patch {
  key: string;
  rings: Ring[];
  noticed: number | null; //  null where nothing is looked for
  label: string;
  name?: string; //  written beside the figure where there is room
  worst?: boolean;
}

export interface Post {
  key: string;
  lon: number;
  lat: number;
  sort: number; //  which kind it is, for its shape
}

interface Props {
  patches: Patch[];
  lines: Ring[];
  posts: Post[];
}

const EDGE = 16;
const MOST_HIGH = 520;
const KM_PER_DEGREE = 111.2;

export function Ground({ patches, lines, posts }: Props) {
  const [place, width] = useWidth();
  const hatch = useId();
  const spots = [...patches.flatMap((each) => each.rings.flat()), ...lines.flat(), ...posts.map((each) => [each.lon, each.lat] as const)];
  if (spots.length === 0) return null;
  const [west, east] = ends(spots.map(([lon]) => lon));
  const [south, north] = ends(spots.map(([, lat]) => lat));
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = Math.min(
    (width - 2 * EDGE) / Math.max((east - west) * squeeze, 1e-6),
    (MOST_HIGH - 2 * EDGE) / Math.max(north - south, 1e-6),
  );
  const at = ([lon, lat]: readonly [number, number]): [number, number] => [
    EDGE + (lon - west) * squeeze * scale,
    EDGE + (north - lat) * scale,
  ];
  const height = Math.ceil((north - south) * scale + 2 * EDGE) + 26;
  const km = roundKm((width / 4 / scale) * KM_PER_DEGREE);
  const bar = (km / KM_PER_DEGREE) * scale;
  return (
    <div class="plot ground-plan" ref={place}>
      <svg class="chart" aria-hidden="true" width={width} height={height}>
        <defs>
          <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <path class="hatch" d="M0 0V6" />
          </pattern>
        </defs>
        {patches.map((each) => (
          <g>
            <title>{each.label}</title>
            <path class={`patch ${step(each.noticed)}`} d={outline(each.rings, at)} />
            {each.worst && <path class="patch-worst" fill={`url(#${hatch})`} d={outline(each.rings, at)} />}
          </g>
        ))}
        {lines.map((each) => (
          <path class="ground-line" d={outline([each], at, false)} />
        ))}
        {patches.map((each) => (
          <PatchName patch={each} at={at} />
        ))}
        {posts.map((each) => (
          <path class="post" d={sign(each.sort, at([each.lon, each.lat]))} />
        ))}
        <path class="axis-line" d={`M${EDGE} ${height - 8}h${bar.toFixed(1)}m0 -4v8m${(-bar).toFixed(1)} 0v-8`} />
        <text x={EDGE + bar + 8} y={height - 4}>
          {km} km
        </text>
        <text x={width - 14} y={height - 4} text-anchor="end">
          N ↑
        </text>
      </svg>
    </div>
  );
}

function ends(values: number[]): [number, number] {
  return [Math.min(...values), Math.max(...values)];
}

function mean(values: number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length;
}

function roundKm(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(most, 1e-3)));
  return [5, 2, 1].map((each) => each * power).find((each) => each <= most) ?? power;
}

type At = (spot: readonly [number, number]) => [number, number];

function outline(rings: Ring[], at: At, closed = true): string {
  return rings
    .map((ring) => `M${ring.map((each) => at(each).map((n) => n.toFixed(1)).join(" ")).join("L")}${closed ? "Z" : ""}`)
    .join("");
}

/** Four steps of shade; what each stands for is told as a figure as well. */
export function step(noticed: number | null): string {
  if (noticed === null) return "none";
  return `step-${Math.min(3, Math.floor(noticed * 4))}`;
}

function PatchName({ patch, at }: { patch: Patch; at: At }) {
  const ring = patch.rings[0];
  if (!ring || patch.noticed === null) return null;
  const across = ring.map((each) => at(each)[0]);
  const down = ring.map((each) => at(each)[1]);
  const [[west, east], [north, south]] = [ends(across), ends(down)];
  if (east - west < 34 || south - north < 14) return null; //  no room: the table has it
  return (
    <text class="strong halo" x={mean(across)} y={mean(down) + 4} text-anchor="middle">
      {patch.name && east - west > 200 ? `${patch.name}: ` : ""}
      {Math.round(patch.noticed * 100)}%
    </text>
  );
}

/** A square, a triangle, a diamond or a cross, so that kinds differ without colour. */
export function sign(sort: number, [x, y]: readonly [number, number]): string {
  const shapes = ["m-4 -4h8v8h-8z", "m0 -5l5 9h-10z", "m0 -6l5 6l-5 6l-5 -6z", "m-5 -1.5h3.5v-3.5h3v3.5h3.5v3h-3.5v3.5h-3v-3.5h-3.5z"];
  return `M${x.toFixed(1)} ${y.toFixed(1)}${shapes[sort % shapes.length]}`;
}
