/** The style of the map: land, the agreement's ground, coverage, incidents. */
import type {
  ExpressionSpecification,
  LayerSpecification,
  SourceSpecification,
  StyleSpecification,
} from "maplibre-gl";
import type { Palette } from "./palette.ts";

type Features = GeoJSON.FeatureCollection;
const NOTHING: Features = { type: "FeatureCollection", features: [] };
/** Metres a pixel at zoom 0 on the equator, of tiles of 512 pixels. */
const METRES = 78_271.516_96;

/** A radius as pixels at every zoom; `reach` are its metres as Mercator draws them. */
const UNCERTAIN: ExpressionSpecification = [
  "interpolate",
  ["exponential", 2],
  ["zoom"],
  0,
  ["/", ["get", "reach"], METRES],
  24,
  ["/", ["*", ["get", "reach"], 2 ** 24], METRES],
];

/** The zoom of the finest tiles; closer they are drawn larger. */
const FINEST = 14;
const MARKED = new Set(["incidents", "earlier"]);

/** The zoom from which on each of many marks is drawn with its own shape. */
export const SHAPED = 10;

/**
 * Return the style. Where marks come as tiles, `tiles` is where from; null: as rows.
 */
export function style(
  p: Palette,
  tiles: string | null,
  data: Record<"ground" | "places" | "coverage" | "earlier" | "incidents" | "chosen", Features>,
): StyleSpecification {
  const of = (features: Features): SourceSpecification => ({ type: "geojson", data: features });
  const marked = (features: Features): SourceSpecification =>
    tiles === null ? of(features) : { type: "vector", tiles: [tiles], maxzoom: FINEST };
  return {
    version: 8,
    sources: {
      land: of(NOTHING),
      ground: of(data.ground),
      places: of(data.places),
      coverage: of(data.coverage),
      earlier: marked(data.earlier),
      incidents: marked(data.incidents),
      chosen: of(data.chosen),
    },
    layers: [...base(p), ...agreed(p), ...watched(p), ...marks(p).map((each) => tiled(each, tiles !== null)), ...names(p)].map(
      (each) => hidden(each, { land: NOTHING, ...data }),
    ),
  };
}

/** The layers of a source of features that may have none. */
export const LAYERS: Readonly<Record<string, readonly string[]>> = {
  land: ["land", "coast"],
  ground: ["zones", "zone-edges", "lines"],
  coverage: ["watched", "denied", "watched-edges"],
  places: ["places"],
  chosen: ["chosen"],
};

/** A layer without anything to draw costs frames all the same: it is left out of them. */
function hidden(layer: LayerSpecification, data: Record<string, Features>): LayerSpecification {
  const source = "source" in layer ? `${layer.source}` : "";
  if (!LAYERS[source] || data[source]?.features.length) return layer;
  return { ...layer, layout: { ...layer.layout, visibility: "none" } } as LayerSpecification;
}

/** Have a layer of marks read tiles; they are many, so shapes are for nearby. */
function tiled(layer: LayerSpecification, many: boolean): LayerSpecification {
  if (!many || !("source" in layer) || !MARKED.has(`${layer.source}`)) return layer;
  const near = layer.id === "incidents" || layer.id === "uncertain" ? { minzoom: SHAPED } : {};
  const shown: Record<string, object> = {
    many: { layout: {} },
    earlier: { layout: { visibility: "none" } }, //  and asks for no tile, until compared
  };
  return { ...layer, ...near, ...shown[layer.id], "source-layer": "incidents" } as LayerSpecification;
}

/** Land; the sea is the ground of the page beneath. */
function base(p: Palette): LayerSpecification[] {
  return [
    { id: "land", type: "fill", source: "land", paint: { "fill-color": p.land } },
    { id: "coast", type: "line", source: "land", paint: { "line-color": p.coast } },
  ];
}

function agreed(p: Palette): LayerSpecification[] {
  return [
    {
      id: "zones",
      type: "fill",
      source: "ground",
      filter: ["==", ["get", "role"], "zone"],
      paint: { "fill-color": p.zone, "fill-opacity": 0.16 },
    },
    {
      id: "zone-edges",
      type: "line",
      source: "ground",
      filter: ["==", ["get", "role"], "zone"],
      paint: { "line-color": p.zone, "line-width": 1.2 },
    },
    {
      id: "lines",
      type: "line",
      source: "ground",
      filter: ["==", ["get", "role"], "line"],
      paint: { "line-color": p.line, "line-width": 2, "line-dasharray": [4, 2] },
    },
  ];
}

function watched(p: Palette): LayerSpecification[] {
  const denied: ExpressionSpecification = ["==", ["get", "status"], "denied"];
  return [
    {
      id: "watched",
      type: "fill",
      source: "coverage",
      filter: ["!", denied],
      paint: { "fill-color": p.watched, "fill-opacity": 0.18 },
    },
    {
      id: "denied",
      type: "fill",
      source: "coverage",
      filter: denied,
      paint: { "fill-pattern": "hatch", "fill-opacity": 0.9 },
    },
    {
      id: "watched-edges",
      type: "line",
      source: "coverage",
      paint: { "line-color": p.watched, "line-width": 1 },
    },
  ];
}

function marks(p: Palette): LayerSpecification[] {
  return [
    {
      id: "uncertain",
      type: "circle",
      source: "incidents",
      minzoom: 8,
      paint: {
        "circle-radius": UNCERTAIN,
        "circle-color": p.verified,
        "circle-opacity": 0.06,
        "circle-stroke-color": p.verified,
        "circle-stroke-opacity": 0.4,
        "circle-stroke-width": 1,
      },
    },
    {
      id: "earlier",
      type: "circle",
      source: "earlier",
      paint: {
        "circle-radius": 7,
        "circle-opacity": 0,
        "circle-stroke-color": p.ink,
        "circle-stroke-opacity": 0.75,
        "circle-stroke-width": 1.5,
      },
    },
    {
      id: "incidents",
      type: "symbol",
      source: "incidents",
      layout: {
        "icon-image": ["get", "standing"],
        "icon-size": ["interpolate", ["linear"], ["zoom"], 4, 0.6, 10, 1.1],
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
      },
    },
    {
      // Thousands of marks from afar: discs and rings, which cost no placing.
      id: "many",
      type: "circle",
      source: "incidents",
      maxzoom: SHAPED,
      layout: { visibility: "none" },
      paint: {
        "circle-radius": [
          "+",
          ["match", ["get", "standing"], "verified", 4.5, 3.5],
          ["step", ["coalesce", ["get", "n"], 1], 0, 10, 1, 100, 2],
        ],
        "circle-color": ["match", ["get", "standing"], "verified", p.verified, p.paper],
        "circle-stroke-color": [
          "match",
          ["get", "standing"],
          "claimed",
          p.claimed,
          "assessed",
          p.assessed,
          p.paper,
        ],
        "circle-stroke-width": ["match", ["get", "standing"], "verified", 0.5, 2],
      },
    },
    {
      id: "chosen",
      type: "circle",
      source: "chosen",
      paint: {
        "circle-radius": 13,
        "circle-opacity": 0,
        "circle-stroke-color": p.chosen,
        "circle-stroke-width": 3,
      },
    },
  ];
}

function names(p: Palette): LayerSpecification[] {
  return [
    {
      id: "places",
      type: "symbol",
      source: "places",
      layout: {
        "text-field": ["get", "name"],
        "text-size": ["case", [">=", ["get", "importance"], 3], 15, 12],
        "text-anchor": "top",
        "symbol-sort-key": ["-", ["get", "importance"]],
      },
      paint: { "text-color": p.ink, "text-halo-color": p.land, "text-halo-width": 1.5 },
    },
  ];
}
