/** The map. Every fact on it is in the list beside it too. */
import "maplibre-gl/dist/maplibre-gl.css";
import {
  type GeoJSONSource,
  Map as MapLibre,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
} from "maplibre-gl";
import worker from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Coverage, Incident, Place } from "../data.ts";
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
import { SHAPED, style } from "./style.ts";

setWorkerUrl(worker);
const MANY = 2_000; //  marks whose shapes nobody tells apart from afar

interface Props {
  incidents: readonly Incident[];
  earlier: readonly Incident[]; //  of the days compared with
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
  useEffect(() => {
    if (!place.current) return;
    const drawn = begin(place.current, props, (key) => choose.current(key));
    drawn.once("load", () => {
      setMap(drawn);
      land().then(
        (coast) => put(drawn, "land", coast),
        () => undefined, // without a coast the rest is still right
      );
    });
    return () => {
      setMap(undefined);
      drawn.remove();
    };
  }, [props.ground]);
  useEffect(() => {
    if (map) thin(map, props.incidents.length > MANY);
    put(map, "incidents", incidentFeatures(props.incidents));
    // What looks at the page from outside can tell when every mark is drawn.
    map?.once("idle", () => place.current?.setAttribute("data-drawn", `${props.incidents.length}`));
  }, [map, props.incidents]);
  useEffect(() => put(map, "earlier", incidentFeatures(props.earlier)), [map, props.earlier]);
  useEffect(() => put(map, "coverage", coverageFeatures(props.coverage)), [map, props.coverage]);
  useEffect(() => put(map, "places", placeFeatures(props.places)), [map, props.places]);
  useEffect(() => put(map, "chosen", chosenFeature(props.chosen)), [map, props.chosen]);
  return (
    <div
      class="map"
      ref={place}
      role="region"
      aria-label={t("map.label", { n: props.incidents.length })}
      data-ready={map ? "yes" : "no"}
    />
  );
}

/** Draw shapes from afar only while they are few enough to be told apart. */
function thin(map: MapLibre, many: boolean): void {
  map.setLayoutProperty("many", "visibility", many ? "visible" : "none");
  map.setLayerZoomRange("incidents", many ? SHAPED : 0, 24);
}

function put(map: MapLibre | undefined, name: string, data: GeoJSON.FeatureCollection): void {
  map?.getSource<GeoJSONSource>(name)?.setData(data);
}

function begin(place: HTMLElement, props: Props, choose: (key: string) => void): MapLibre {
  const colours = palette();
  const box = boxOf(props.incidents, props.ground);
  const map = new MapLibre({
    container: place,
    style: style(colours, props.ground),
    attributionControl: { customAttribution: t("map.source"), compact: true },
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
    ...(box ? { bounds: box, fitBoundsOptions: { padding: 40, maxZoom: 10 } } : {}),
  });
  addSigns(map, colours);
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl({ unit: "metric" }), "bottom-left");
  map.on("click", ["incidents", "many"], (event) => {
    const key: unknown = event.features?.[0]?.properties["key"];
    if (typeof key === "string") choose(key);
  });
  map.on("mouseenter", "incidents", () => (map.getCanvas().style.cursor = "pointer"));
  map.on("mouseleave", "incidents", () => (map.getCanvas().style.cursor = ""));
  return map;
}
