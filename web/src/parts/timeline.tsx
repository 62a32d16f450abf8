/** How many incidents on each day; sliders, buttons and keys choose and play the days. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { date } from "../times.ts";
import { t } from "../words.ts";
import { useKey } from "./keys.tsx";

const HEIGHT = 56;
const DAY = 4; //  units across, of which one stays free
const PACE_MS = 900;
const CALM_PACE_MS = 2_000;

interface Props {
  days: readonly string[]; //  every day shown, in order
  counts: ReadonlyMap<string, number>;
  watched: ReadonlySet<string>; //  days on which somebody watched at all
  first: number;
  last: number;
  /** First day of those compared with; undefined while nothing is compared. */
  than: number | undefined;
  onChange: (first: number, last: number) => void;
  onCompare: (than: number | undefined) => void;
}

export function Timeline(props: Props) {
  const { days, counts, watched, first, last, than, onChange, onCompare } = props;
  const most = useMemo(() => [...counts.values()].reduce((a, b) => Math.max(a, b), 1), [counts]);
  const width = last - first;
  const step = (by: number): void => {
    const begin = Math.min(Math.max(0, first + by), days.length - 1 - width);
    if (begin !== first) onChange(begin, begin + width);
  };
  const drawn = useMemo(
    () => bars(days, (day) => (counts.get(day) ?? 0) / most, watched, { first, last, than }),
    [days, counts, watched, first, last, than],
  );
  const [playing, play] = usePlayed(last < days.length - 1, () => step(1));
  const start = (): void => {
    // At the end it begins anew: with the first day alone where every day is shown.
    if (!playing && last === days.length - 1) onChange(0, first === 0 ? 0 : width);
    play(!playing);
  };
  useKey(" ", start);
  useKey("ArrowLeft", () => step(-1));
  useKey("ArrowRight", () => step(1));
  if (!days.length) return null;
  const [from, to] = [days[first] ?? "", days[last] ?? ""];
  return (
    <section class="timeline" aria-label={t("time.label")}>
      <div class="chosen-days">
        <button type="button" onClick={() => step(-1)} aria-label={t("time.earlier")}>
          ◂
        </button>
        <output>
          {from === to ? date(from) : `${date(from)} – ${date(to)}`}
        </output>
        <button type="button" onClick={() => step(1)} aria-label={t("time.later")}>
          ▸
        </button>
        <button type="button" aria-pressed={playing} onClick={start}>
          {playing ? `❚❚ ${t("time.pause")}` : `▶ ${t("time.play")}`}
        </button>
        <button type="button" onClick={() => onChange(0, days.length - 1)}>
          {t("time.all")}
        </button>
        <button
          type="button"
          aria-pressed={than !== undefined}
          disabled={than === undefined && first === 0}
          onClick={() => onCompare(than === undefined ? Math.max(0, first - width - 1) : undefined)}
        >
          {t("time.compare")}
        </button>
      </div>
      <svg
        viewBox={`0 0 ${days.length * DAY} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t("time.histogram", { n: days.length })}
      >
        {Object.entries(drawn).map(([name, path]) => (
          <path class={name} d={path} />
        ))}
      </svg>
      <div class="sliders">
        <Slider
          label={t("time.from")}
          days={days}
          value={first}
          onInput={(value) => onChange(Math.min(value, last), last)}
        />
        <Slider
          label={t("time.to")}
          days={days}
          value={last}
          onInput={(value) => onChange(first, Math.max(value, first))}
        />
        {than !== undefined && (
          <Slider
            label={t("time.than")}
            days={days}
            value={than}
            onInput={(value) => onCompare(Math.min(value, days.length - 1 - width))}
          />
        )}
      </div>
    </section>
  );
}

type Chosen = Pick<Props, "first" | "last" | "than">;

/** Bars of every day as a few paths, by which days they are of: one path draws at once. */
export function bars(
  days: readonly string[],
  share: (day: string) => number,
  watched: ReadonlySet<string>,
  { first, last, than }: Chosen,
): Record<string, string> {
  const drawn: Record<string, string> = { out: "", earlier: "", in: "", "eye out": "", "eye in": "" };
  const bar = (index: number, top: number, height: number): string =>
    `M${index * DAY} ${top}h${DAY - 1}v${height}h${1 - DAY}z`;
  days.forEach((day, index) => {
    const inside = index >= first && index <= last;
    const earlier = than !== undefined && index >= than && index <= than + last - first;
    const height = Math.round(share(day) * (HEIGHT - 8) * 10) / 10;
    if (height) drawn[inside ? "in" : earlier ? "earlier" : "out"] += bar(index, HEIGHT - 6 - height, height);
    if (watched.has(day)) drawn[inside ? "eye in" : "eye out"] += bar(index, HEIGHT - 4, 3);
  });
  return drawn;
}

/** Step on while played, to the end; slower where little motion is asked for. */
function usePlayed(more: boolean, step: () => void): [boolean, (playing: boolean) => void] {
  const [playing, play] = useState(false);
  const latest = useRef(step);
  latest.current = step;
  useEffect(() => {
    if (!playing) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const timer = setInterval(() => latest.current(), calm ? CALM_PACE_MS : PACE_MS);
    return () => clearInterval(timer);
  }, [playing]);
  useEffect(() => {
    if (playing && !more) play(false);
  }, [more]);
  return [playing, play];
}

interface SliderProps {
  label: string;
  days: readonly string[];
  value: number;
  onInput: (value: number) => void;
}

function Slider({ label, days, value, onInput }: SliderProps) {
  return (
    <label>
      <span>{label}</span>
      <input
        type="range"
        min={0}
        max={days.length - 1}
        value={value}
        aria-valuetext={date(days[value] ?? "")}
        onInput={(event) => onInput(Number(event.currentTarget.value))}
      />
    </label>
  );
}
