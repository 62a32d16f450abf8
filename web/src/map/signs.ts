/** The marks of the map, drawn once: shape and line differ, not only colour. */
import type { Map as MapLibre } from "maplibre-gl";
import type { Standing } from "../parts/standing.tsx";
import type { Palette } from "./palette.ts";

const SIZE = 32; //  device pixels; shown at half of it
const MIDDLE = SIZE / 2;

function canvas(size: number): CanvasRenderingContext2D {
  const element = document.createElement("canvas");
  element.width = element.height = size;
  //  read back at once: kept where that is cheap, not in the memory of a graphics card
  const context = element.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("map: expected a 2D canvas, got none");
  return context;
}

function circle(context: CanvasRenderingContext2D, radius: number): void {
  context.beginPath();
  context.arc(MIDDLE, MIDDLE, radius, 0, 2 * Math.PI);
}

function diamond(context: CanvasRenderingContext2D, half: number): void {
  context.beginPath();
  context.moveTo(MIDDLE, MIDDLE - half);
  context.lineTo(MIDDLE + half, MIDDLE);
  context.lineTo(MIDDLE, MIDDLE + half);
  context.lineTo(MIDDLE - half, MIDDLE);
  context.closePath();
}

const DRAWN: Record<Standing, (context: CanvasRenderingContext2D, p: Palette) => void> = {
  verified(context, p) {
    circle(context, 10);
    context.fillStyle = p.verified;
    context.fill();
    context.lineWidth = 2.5;
    context.strokeStyle = p.paper;
    context.stroke();
  },
  assessed(context, p) {
    circle(context, 9.5);
    context.fillStyle = p.paper;
    context.fill();
    context.lineWidth = 4;
    context.strokeStyle = p.assessed;
    context.stroke();
  },
  claimed(context, p) {
    diamond(context, 12);
    context.fillStyle = p.paper;
    context.fill();
    context.setLineDash([5, 3.5]);
    context.lineWidth = 3;
    context.strokeStyle = p.claimed;
    context.stroke();
  },
};

function hatch(p: Palette): ImageData {
  const context = canvas(16);
  context.strokeStyle = p.denied;
  context.lineWidth = 2;
  for (const from of [-16, 0, 16]) {
    context.beginPath();
    context.moveTo(from, 16);
    context.lineTo(from + 16, 0);
    context.stroke();
  }
  return context.getImageData(0, 0, 16, 16);
}

export function addSigns(map: MapLibre, p: Palette): void {
  for (const [name, draw] of Object.entries(DRAWN)) {
    const context = canvas(SIZE);
    draw(context, p);
    map.addImage(name, context.getImageData(0, 0, SIZE, SIZE), { pixelRatio: 2 });
  }
  map.addImage("hatch", hatch(p), { pixelRatio: 2 });
}
