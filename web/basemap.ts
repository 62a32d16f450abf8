/**
 * The offline basemap: coast lines alone, from Natural Earth (public domain).
 *
 * Land is drawn as one surface. No boundary of any state is in it, so none can be
 * drawn by mistake. Coordinates are WGS84 degrees, rounded to a hundredth (a kilometre,
 * closer than the points of the source lie), and kept as steps from point to point.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { GeometryCollection, Topology } from "topojson-specification";
import { feature } from "topojson-client";
import type { Plugin } from "vite";

const NAME = "land.json";
const SCALE = 100;
const LEAST = 8; //  a triangle, closed

export function land(): string {
  const found = createRequire(import.meta.url).resolve("world-atlas/land-50m.json");
  const topology = JSON.parse(readFileSync(found, "utf8")) as Topology;
  const shapes = feature(topology, topology.objects["land"] as GeometryCollection);
  const listed = "features" in shapes ? shapes.features : [shapes];
  const polygons = listed.flatMap(({ geometry }) => polygonsOf(geometry)).map(pack);
  return JSON.stringify({ scale: SCALE, polygons });
}

function polygonsOf(geometry: GeoJSON.Geometry): GeoJSON.Position[][][] {
  if (geometry.type === "MultiPolygon") return geometry.coordinates;
  if (geometry.type === "Polygon") return [geometry.coordinates];
  throw new Error(`basemap: expected polygons, got ${geometry.type}`);
}

/** Rings as steps from point to point; an island smaller than a step is left out. */
function pack(rings: GeoJSON.Position[][]): number[][] {
  return rings.map(stepsOf).filter((steps) => steps.length >= LEAST);
}

function stepsOf(ring: GeoJSON.Position[]): number[] {
  const steps: number[] = [];
  let [x, y] = [0, 0];
  for (const [lon = 0, lat = 0] of ring) {
    const [east, north] = [Math.round(lon * SCALE) - x, Math.round(lat * SCALE) - y];
    if (steps.length && !east && !north) continue;
    steps.push(east, north);
    [x, y] = [x + east, y + north];
  }
  return steps;
}

/** Vite's part: `land.json` beside the page, in the bundle and while developing. */
export function basemap(): Plugin {
  return {
    name: "basemap",
    generateBundle() {
      this.emitFile({ type: "asset", fileName: NAME, source: land() });
    },
    configureServer(server) {
      server.middlewares.use(`/${NAME}`, (_request, response) => {
        response.setHeader("Content-Type", "application/json");
        response.end(land());
      });
    },
  };
}
