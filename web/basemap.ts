/**
 * The offline basemap: coast lines alone, from Natural Earth (public domain).
 *
 * Land is drawn as one surface. No boundary of any state is in it, so none can be
 * drawn by mistake. Coordinates are WGS84 degrees, rounded to a thousandth.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { GeometryCollection, Topology } from "topojson-specification";
import { feature } from "topojson-client";
import type { Plugin } from "vite";

const NAME = "land.json";

export function land(): string {
  const found = createRequire(import.meta.url).resolve("world-atlas/land-50m.json");
  const topology = JSON.parse(readFileSync(found, "utf8")) as Topology;
  const shapes = feature(topology, topology.objects["land"] as GeometryCollection);
  return JSON.stringify(shapes, (_key, value) =>
    typeof value === "number" ? Math.round(value * 1000) / 1000 : value,
  );
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
