/** The style of the map: land, the agreement's ground, coverage, incidents. */
import type {
  ExpressionSpecification,
  LayerSpecification,
  StyleSpecification,
} from "maplibre-gl";
import type { Palette } from "./palette.ts";

const NOTHING: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };
/** Metres a pixel at zoom 0 on the equator, of tiles of 512 pixels. */
const METRES = 78_271.516_96;

/** Radius in metres as pixels at every zoom; `shrink` is the cosine of the latitude. */
const UNCERTAIN: ExpressionSpecification = [
  "interpolate",
  ["exponential", 2],
  ["zoom"],
  0,
  ["/", ["get", "radius"], ["*", METRES, ["get", "shrink"]]],
  24,
  ["/", ["*", ["get", "radius"], 2 ** 24], ["*", METRES, ["get", "shrink"]]],
];

/** The zoom from which on each of many marks is drawn with its own shape. */
export const SHAPED = 10;

export function style(p: Palette, ground: GeoJSON.FeatureCollection): StyleSpecification {
  return {
    version: 8,
    sources: {
      land: { type: "geojson", data: NOTHING },
      ground: { type: "geojson", data: ground },
      places: { type: "geojson", data: NOTHING },
      coverage: { type: "geojson", data: NOTHING },
      earlier: { type: "geojson", data: NOTHING },
      incidents: { type: "geojson", data: NOTHING },
      chosen: { type: "geojson", data: NOTHING },
    },
    layers: [...base(p), ...agreed(p), ...watched(p), ...marks(p), ...names(p)],
  };
}

function base(p: Palette): LayerSpecification[] {
  return [
    { id: "sea", type: "background", paint: { "background-color": p.sea } },
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
        "circle-radius": ["match", ["get", "standing"], "verified", 4.5, 3.5],
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
