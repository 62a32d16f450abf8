/** The frame of a chart: axes with round figures, drawn as wide as there is room. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { language } from "../words.ts";

const OTHERWISE = 640;
const LEFT = 48;
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 44;

/** How wide an element is, and a reference to give it. */
export function useWidth() {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(OTHERWISE);
  useEffect(() => {
    const element = place.current;
    if (!element || typeof ResizeObserver === "undefined") return;
    const watch = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0) setWidth(Math.floor(entry.contentRect.width));
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return [place, width] as const;
}

/** A figure as a chart writes it: three digits that count. */
export function figure(value: number): string {
  return new Intl.NumberFormat(language(), { maximumSignificantDigits: 3 }).format(value);
}

/** Round figures within a span, ascending. */
export function ticks(low: number, high: number, most = 6): number[] {
  if (!(high > low)) return [low];
  const raw = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 2.5, 5, 10].find((each) => each * power >= raw) ?? 10) * power;
  const found: number[] = [];
  for (let at = Math.ceil(low / step); at * step <= high + step * 1e-9; at++) {
    found.push(Number((at * step).toPrecision(12)));
  }
  return found;
}

/** A span that holds some figures and nought, with a little to spare. */
export function span(values: readonly number[]): [number, number] {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const spare = 0.06 * (high - low || 1);
  return [low - spare, high + spare];
}

export interface Axes {
  across: (value: number) => number;
  up: (value: number) => number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

interface Props {
  width: number;
  height: number;
  x: [number, number];
  y: [number, number];
  along: string;
  upward?: string;
  share?: boolean; //  the axis up is a share, told in per cent
  children: (axes: Axes) => ComponentChildren;
}

function within(value: number, [low, high]: [number, number]): number {
  return high > low ? Math.min(Math.max((value - low) / (high - low), 0), 1) : 0.5;
}

export function Plot({ width, height, x, y, along, upward, share, children }: Props) {
  const axes: Axes = {
    left: upward === undefined ? 8 : LEFT,
    right: width - RIGHT,
    top: TOP,
    bottom: height - BOTTOM,
    across: (value) => axes.left + within(value, x) * (axes.right - axes.left),
    up: (value) => axes.bottom - within(value, y) * (axes.bottom - axes.top),
  };
  const said = (value: number): string => (share ? `${Math.round(value * 100)}%` : figure(value));
  return (
    <>
      {upward !== undefined && <p class="axis">↑ {upward}</p>}
      <svg class="chart" aria-hidden="true" width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
        {ticks(...x, Math.max(2, Math.floor(width / 90))).map((tick) => (
          <>
            <path class="rule" d={`M${axes.across(tick)} ${axes.top}V${axes.bottom}`} />
            <text x={axes.across(tick)} y={axes.bottom + 15} text-anchor="middle">
              {figure(tick)}
            </text>
          </>
        ))}
        {upward !== undefined &&
          ticks(...y, 5).map((tick) => (
            <>
              <path class="rule" d={`M${axes.left} ${axes.up(tick)}H${axes.right}`} />
              <text x={axes.left - 6} y={axes.up(tick) + 4} text-anchor="end">
                {said(tick)}
              </text>
            </>
          ))}
        {children(axes)}
        <path class="axis-line" d={`M${axes.left} ${axes.bottom}H${axes.right}`} />
        <text x={axes.right} y={height - 8} text-anchor="end" class="name">
          {along} →
        </text>
      </svg>
    </>
  );
}

/** A line through points, as a path. */
export function path(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], at) => `${at ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
}
