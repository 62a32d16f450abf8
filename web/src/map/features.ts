/** From rows to what the map draws. */
import type { Coverage, Incident, Place } from "../data.ts";
import { standingOf } from "../parts/standing.tsx";
import { named } from "../words.ts";

const RAD = Math.PI / 180;
const METRES_PER_DEGREE = 111_195;
const CORNERS = 32;

type Feature = GeoJSON.Feature;

function collection(features: Feature[]): GeoJSON.FeatureCollection {
  return { type: "FeatureCollection", features };
}

export function incidentFeatures(incidents: readonly Incident[]): GeoJSON.FeatureCollection {
  const features: Feature[] = [];
  for (const each of incidents) {
    if (each.lon === null || each.lat === null) continue;
    features.push({
      type: "Feature",
      geometry: { type: "Point", coordinates: [each.lon, each.lat] },
      properties: {
        key: each.key,
        standing: standingOf(each),
        reach: (each.radius_m ?? 0) / Math.cos(each.lat * RAD),
      },
    });
  }
  return collection(features);
}

/** A circle on the ground as a ring; good to a few metres up to a hundred kilometres. */
export function ring(lon: number, lat: number, radiusM: number): [number, number][] {
  const north = radiusM / METRES_PER_DEGREE;
  const east = north / Math.max(0.01, Math.cos(lat * RAD));
  return Array.from({ length: CORNERS + 1 }, (_, index) => {
    const turn = (2 * Math.PI * index) / CORNERS;
    return [lon + east * Math.cos(turn), lat + north * Math.sin(turn)];
  });
}

export function coverageFeatures(coverage: readonly Coverage[]): GeoJSON.FeatureCollection {
  const features: Feature[] = [];
  for (const each of coverage) {
    if (each.lon === null || each.lat === null || !each.radius_m) continue;
    features.push({
      type: "Feature",
      geometry: { type: "Polygon", coordinates: [ring(each.lon, each.lat, each.radius_m)] },
      properties: { key: each.key, status: each.status },
    });
  }
  return collection(features);
}

export function placeFeatures(places: readonly Place[]): GeoJSON.FeatureCollection {
  return collection(
    places.map((each) => ({
      type: "Feature",
      geometry: { type: "Point", coordinates: [each.lon, each.lat] },
      properties: { name: named(each.name), importance: each.importance },
    })),
  );
}

export function chosenFeature(chosen: Incident | undefined): GeoJSON.FeatureCollection {
  return incidentFeatures(chosen ? [chosen] : []);
}

/** The box that holds the ground; null where there is none. */
export function boxOf(ground: GeoJSON.FeatureCollection): [number, number, number, number] | null {
  const box: [number, number, number, number] = [180, 90, -180, -90];
  const take = (lon: number, lat: number): void => {
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
  };
  for (const each of ground.features) eachPoint(each.geometry, take);
  return box[0] > box[2] ? null : box;
}

function eachPoint(geometry: GeoJSON.Geometry, take: (lon: number, lat: number) => void): void {
  if (geometry.type === "GeometryCollection") {
    for (const each of geometry.geometries) eachPoint(each, take);
    return;
  }
  const walk = (found: unknown): void => {
    if (!Array.isArray(found)) return;
    if (typeof found[0] === "number") take(found[0] as number, found[1] as number);
    else for (const each of found) walk(each);
  };
  walk(geometry.coordinates);
}
