/** The coast, as `basemap.ts` packs it: steps between points, in hundredths of a degree. */
import { BASE } from "../data.ts";

export interface Packed {
  scale: number;
  polygons: number[][][];
}

/** Fetch the coast and unpack it. */
export async function land(): Promise<GeoJSON.FeatureCollection> {
  const answer = await fetch(new URL("land.json", BASE));
  if (!answer.ok) throw new Error(`land.json: ${answer.status}`);
  return unpacked((await answer.json()) as Packed);
}

export function unpacked({ scale, polygons }: Packed): GeoJSON.FeatureCollection {
  const coordinates = polygons.map((rings) => rings.map((steps) => points(steps, scale)));
  return {
    type: "FeatureCollection",
    features: [
      { type: "Feature", properties: {}, geometry: { type: "MultiPolygon", coordinates } },
    ],
  };
}

function points(steps: readonly number[], scale: number): [number, number][] {
  const found: [number, number][] = [];
  let [lon, lat] = [0, 0];
  for (let at = 0; at + 1 < steps.length; at += 2) {
    lon += steps[at] ?? 0;
    lat += steps[at + 1] ?? 0;
    found.push([lon / scale, lat / scale]);
  }
  return found;
}
