/** The map. Every fact on it is in the list beside it too. */
import "maplibre-gl/dist/maplibre-gl.css";
import {
  type GeoJSONSource,
  Map as MapLibre,
  NavigationControl,
  prewarm,
  ScaleControl,
  setWorkerUrl,
  type VectorTileSource,
} from "maplibre-gl";
import worker from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Coverage, Incident, Place } from "../data.ts";
import type { Seen } from "../pages/seen.ts";
import { t } from "../words.ts";
import {
  boxOf,
  chosenFeature,
  coverageFeatures,
  incidentFeatures,
  placeFeatures,
} from "./features.ts";
import { land } from "./land.ts";
import { palette } from "./palette.ts";
import { addSigns } from "./signs.ts";
import { LAYERS, SHAPED, style } from "./style.ts";

setWorkerUrl(worker);
prewarm(); //  it starts while the page is still being put together
const CLOSER = 2; //  zooms towards a mark that stands for several
const NARROW = "(max-width: 30rem)"; //  where the line of sources would lie over the scale
const MANY = 2_000; //  marks whose shapes nobody tells apart from afar

interface Props {
  seen: Seen;
  earlier: Seen; //  of the days compared with
  box: [number, number, number, number] | null; //  that holds all there are
  coverage: readonly Coverage[];
  places: readonly Place[];
  ground: GeoJSON.FeatureCollection;
  chosen: Incident | undefined;
  onChoose: (key: string) => void;
}

export function GroundMap(props: Props) {
  const place = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<MapLibre>();
  const choose = useRef(props.onChoose);
  choose.current = props.onChoose;
  const drawing = useRef(props.seen);
  drawing.current = props.seen;
  // What looks at the page from outside can tell when every mark is drawn.
  const told = (): void => place.current?.setAttribute("data-drawn", `${drawing.current.matched}`);
  useEffect(() => {
    if (!place.current) return;
    const drawn = begin(place.current, props, (key) => choose.current(key));
    drawn.once("load", () => setMap(drawn));
    drawn.once("idle", () => {
      told();
      // The coast comes once what happened is drawn; without it the rest is still right.
      void land().then((coast) => put(drawn, "land", coast)).catch(() => undefined);
    });
    return () => {
      setMap(undefined);
      drawn.remove();
    };
  }, [props.ground]);
  useChanged(map, props.seen, (seen) => map && drawSeen(map, "incidents", seen));
  useEffect(() => {
    map?.once("idle", told);
  }, [map, props.seen]);
  useChanged(map, props.earlier, (seen) => map && drawSeen(map, "earlier", seen));
  useChanged(map, props.coverage, (all) => put(map, "coverage", coverageFeatures(all)));
  useChanged(map, props.places, (all) => put(map, "places", placeFeatures(all)));
  useChanged(map, props.chosen, (one) => put(map, "chosen", chosenFeature(one)));
  return (
    <div
      class="map"
      ref={place}
      role="region"
      aria-label={t("map.label", { n: props.seen.matched ?? 0 })}
      data-ready={map ? "yes" : "no"}
    />
  );
}

/** Draw what changed since the map was begun, which is given all there is at first. */
function useChanged<T>(map: MapLibre | undefined, now: T, draw: (now: T) => void): void {
  const drawn = useRef(now);
  useEffect(() => {
    if (!map || drawn.current === now) return;
    drawn.current = now;
    draw(now);
  }, [map, now]);
}

/** Draw what is seen: rows as they are, or the tiles that hold them. */
function drawSeen(map: MapLibre, name: "incidents" | "earlier", seen: Seen): void {
  const source = map.getSource<VectorTileSource>(name);
  if (source?.type === "vector") {
    if (seen.tiles !== null && source.tiles[0] !== seen.tiles) source.setTiles([seen.tiles]);
    map.setLayoutProperty(name, "visibility", seen.tiles === null ? "none" : "visible");
    return;
  }
  if (name === "incidents") thin(map, seen.rows.length > MANY);
  put(map, name, incidentFeatures(seen.rows));
}

/** Draw shapes from afar only while they are few enough to be told apart. */
function thin(map: MapLibre, many: boolean): void {
  map.setLayoutProperty("many", "visibility", many ? "visible" : "none");
  for (const each of ["incidents", "uncertain"])
    map.setLayerZoomRange(each, many ? SHAPED : 0, 24);
}

function put(map: MapLibre | undefined, name: string, data: GeoJSON.FeatureCollection): void {
  map?.getSource<GeoJSONSource>(name)?.setData(data);
  const visibility = data.features.length ? "visible" : "none";
  for (const each of LAYERS[name] ?? []) map?.setLayoutProperty(each, "visibility", visibility);
}

function begin(place: HTMLElement, props: Props, choose: (key: string) => void): MapLibre {
  const colours = palette();
  const box = props.box ?? boxOf(props.ground);
  const { tiles } = props.seen;
  const map = new MapLibre({
    container: place,
    style: style(colours, tiles, {
      ground: props.ground,
      places: placeFeatures(props.places),
      coverage: coverageFeatures(props.coverage),
      earlier: incidentFeatures(props.earlier.rows),
      incidents: incidentFeatures(tiles === null ? props.seen.rows : []),
      chosen: chosenFeature(props.chosen),
    }),
    attributionControl: { customAttribution: t("map.source"), compact: true },
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
    ...(box ? { bounds: box, fitBoundsOptions: { padding: 40, maxZoom: 10 } } : {}),
  });
  addSigns(map, colours);
  if (matchMedia(NARROW).matches) map.once("load", () => folded(place));
  map.once("load", () => {
    if (tiles === null) thin(map, props.seen.rows.length > MANY);
    else if (props.earlier.tiles !== null) drawSeen(map, "earlier", props.earlier);
  });
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl({ unit: "metric" }), "bottom-left");
  map.on("click", ["incidents", "many"], (event) => {
    const key: unknown = event.features?.[0]?.properties["key"];
    if (typeof key === "string") choose(key);
    else map.easeTo({ center: event.lngLat, zoom: map.getZoom() + CLOSER }); // one of several
  });
  map.on("mouseenter", "incidents", () => (map.getCanvas().style.cursor = "pointer"));
  map.on("mouseleave", "incidents", () => (map.getCanvas().style.cursor = ""));
  return map;
}

/** Fold the line of sources; its sign unfolds it. */
function folded(place: HTMLElement): void {
  const line = place.querySelector(".maplibregl-ctrl-attrib");
  line?.classList.remove("maplibregl-compact-show");
  line?.removeAttribute("open");
}
