/** How many incidents on each day; two sliders and two buttons choose the days. */
import { useMemo } from "preact/hooks";
import { date } from "../times.ts";
import { t } from "../words.ts";

const HEIGHT = 56;

interface Props {
  days: readonly string[]; //  every day shown, in order
  counts: ReadonlyMap<string, number>;
  watched: ReadonlySet<string>; //  days on which somebody watched at all
  first: number;
  last: number;
  onChange: (first: number, last: number) => void;
}

export function Timeline({ days, counts, watched, first, last, onChange }: Props) {
  const most = useMemo(() => Math.max(1, ...counts.values()), [counts]);
  if (!days.length) return null;
  const step = (by: number): void => {
    const width = last - first;
    const begin = Math.min(Math.max(0, first + by), days.length - 1 - width);
    onChange(begin, begin + width);
  };
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
        <button type="button" onClick={() => onChange(0, days.length - 1)}>
          {t("time.all")}
        </button>
      </div>
      <svg
        viewBox={`0 0 ${days.length * 4} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t("time.histogram", { n: days.length })}
      >
        {days.map((each, index) => {
          const height = ((counts.get(each) ?? 0) / most) * (HEIGHT - 8);
          const inside = index >= first && index <= last;
          return (
            <g class={inside ? "in" : "out"}>
              <rect x={index * 4} y={HEIGHT - 6 - height} width="3" height={height} />
              {watched.has(each) && <rect class="eye" x={index * 4} y={HEIGHT - 4} width="3" height="3" />}
            </g>
          );
        })}
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
      </div>
    </section>
  );
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
