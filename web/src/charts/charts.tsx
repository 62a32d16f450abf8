/** The pictures of a stress test: what differs in colour differs in form or dash too. */
import { useId } from "preact/hooks";
import type {
  DelayFigures,
  Figures,
  FrontierFigures,
  LadderFigures,
  Stretch,
  StripsFigures,
  TornadoFigures,
} from "../hold-data.ts";
import { figure, path, Plot, span, useWidth } from "./plot.tsx";

const ROW = 38;
const STRIP = 8;

export function Picture({ drawn }: { drawn: Figures }) {
  switch (drawn.kind) {
    case "tornado":
      return <Tornado drawn={drawn} />;
    case "delay":
      return <Delay drawn={drawn} />;
    case "strips":
      return <Strips drawn={drawn} />;
    case "ladder":
      return <Ladder drawn={drawn} />;
    case "frontier":
      return <Frontier drawn={drawn} />;
  }
}

function Tornado({ drawn }: { drawn: TornadoFigures }) {
  const [place, width] = useWidth();
  const middle = drawn.middle ?? 0;
  const ends = drawn.bars.flatMap((each) => [each.low ?? middle, each.high ?? middle]);
  const height = 60 + ROW * drawn.bars.length;
  return (
    <div class="plot" ref={place}>
      <Plot width={width} height={height} x={span([...ends, middle])} y={[0, 1]} along={drawn.along}>
        {(axes) => (
          <>
            {drawn.bars.map((each, row) => {
              const y = 14 + ROW * row;
              return (
                <>
                  <text class="strong halo" x={axes.left + 2} y={y + 11}>
                    {each.name}
                  </text>
                  {(["low", "high"] as const).map((end) => {
                    const at = axes.across(each[end] ?? middle);
                    const from = axes.across(middle);
                    return (
                      <rect
                        class={`bar ${end}`}
                        x={Math.min(at, from)}
                        y={y + 15}
                        width={Math.max(Math.abs(at - from), 1)}
                        height={15}
                      />
                    );
                  })}
                </>
              );
            })}
            <path class="axis-line" d={`M${axes.across(middle)} ${axes.top}V${axes.bottom}`} />
            <path class="nought" d={`M${axes.across(0)} ${axes.top}V${axes.bottom}`} />
          </>
        )}
      </Plot>
    </div>
  );
}

function Delay({ drawn }: { drawn: DelayFigures }) {
  const [place, width] = useWidth();
  const hatch = useId();
  const days = drawn.days.map((each) => each ?? 0);
  const least = drawn.least.map((each) => each ?? 2); //  none is enough
  const last = days[days.length - 1] ?? 1;
  const never = days[least.findIndex((each) => each > 1)];
  return (
    <div class="plot" ref={place}>
      <Plot width={width} height={300} x={[0, last]} y={[0, 1]} along={drawn.along} upward={drawn.up} share>
        {(axes) => {
          const edge = days.map((day, at) => [axes.across(day), axes.up(Math.min(least[at] ?? 1, 1))] as const);
          const today = axes.across(drawn.lag);
          const late = today > width * 0.65;
          return (
            <>
              <Hatch id={hatch} />
              <path class="holds" d={`${path(edge)}L${axes.right} ${axes.top}H${axes.left}Z`} />
              {never !== undefined && (
                <rect
                  fill={`url(#${hatch})`}
                  x={axes.across(never)}
                  y={axes.top}
                  width={Math.max(axes.right - axes.across(never), 0)}
                  height={axes.bottom - axes.top}
                />
              )}
              <path class="edge" d={path(edge)} />
              <circle class="now" cx={today} cy={axes.up(drawn.detection)} r={6} />
              <text
                class="strong halo"
                x={late ? today - 10 : today + 10}
                y={axes.up(drawn.detection) - 8}
                text-anchor={late ? "end" : "start"}
              >
                {drawn.today}
              </text>
            </>
          );
        }}
      </Plot>
    </div>
  );
}

function Hatch({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={id} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class="hatch-ground" width="7" height="7" />
        <path class="hatch" d="M0 0V7" />
      </pattern>
    </defs>
  );
}

function Strips({ drawn }: { drawn: StripsFigures }) {
  const [place, width] = useWidth();
  const hatch = useId();
  const { labels, periods, runs } = drawn;
  return (
    <div class="plot" ref={place}>
      {(["keeps", "breaks"] as const).map((each) => (
        <>
          <p class="axis">{labels[each]}</p>
          <svg class="chart" aria-hidden="true" width={width} height={STRIP * runs[each].length}>
            <Hatch id={`${hatch}-${each}`} />
            {runs[each].map((run, row) => (
              <Strip run={run} top={STRIP * row} wide={width / periods} all={width} hatch={`${hatch}-${each}`} />
            ))}
          </svg>
        </>
      ))}
      <ul class="key">
        {(["quiet", "broken", "answered"] as const).map((each) => (
          <li>
            <svg class="chart" aria-hidden="true" width="26" height="12">
              <Hatch id={`${hatch}-key-${each}`} />
              <rect class={`strip ${each}`} width="26" height="12" {...filled(each === "answered", `${hatch}-key-${each}`)} />
            </svg>
            {labels[each]}
          </li>
        ))}
      </ul>
    </div>
  );
}

function filled(answered: boolean, hatch: string): { fill?: string } {
  return answered ? { fill: `url(#${hatch})` } : {};
}

interface StripProps {
  run: Stretch[];
  top: number;
  wide: number;
  all: number;
  hatch: string;
}

function Strip({ run, top, wide, all, hatch }: StripProps) {
  return (
    <>
      <rect class="strip quiet" x="0" y={top} width={all} height={STRIP - 1.5} />
      {run.map(([state, from, until]) => (
        <rect
          class={state === 1 ? "strip broken" : "strip answered"}
          {...filled(state !== 1, hatch)}
          x={from * wide}
          y={top}
          width={(until - from) * wide}
          height={STRIP - 1.5}
        />
      ))}
    </>
  );
}

function Ladder({ drawn }: { drawn: LadderFigures }) {
  const [place, width] = useWidth();
  const times = drawn.times.map((each) => each ?? 0);
  const last = times[times.length - 1] ?? 1;
  const kept = drawn.kept.map((each) => each.map((value) => value ?? 0));
  const smallest = drawn.smallest.map((each) => each.map((value) => value ?? 0));
  const low = Math.max(Math.min(1, ...kept.flat()) - 0.02, 0);
  return (
    <div class="plot" ref={place}>
      <ul class="key">
        {drawn.parties.map((name, at) => (
          <li>
            <svg class="chart" aria-hidden="true" width="34" height="10">
              <path class={`party party-${at % 4}`} d="M1 5H33" />
            </svg>
            <bdi>{name}</bdi>
          </li>
        ))}
      </ul>
      <Plot width={width} height={220} x={[0, last]} y={[low, 1]} along={drawn.along} upward={drawn.upper} share>
        {(axes) => (
          <>
            <path class="nought" d={`M${axes.across(1)} ${axes.top}V${axes.bottom}`} />
            {kept.map((each, at) => (
              <path class={`party party-${at % 4}`} d={path(each.map((value, i) => [axes.across(times[i] ?? 0), axes.up(value)]))} />
            ))}
          </>
        )}
      </Plot>
      <Plot width={width} height={260} x={[0, last]} y={span(smallest.flat())} along={drawn.along} upward={drawn.lower}>
        {(axes) => (
          <>
            <path class="axis-line" d={`M${axes.left} ${axes.up(0)}H${axes.right}`} />
            <path class="nought" d={`M${axes.across(1)} ${axes.top}V${axes.bottom}`} />
            {smallest.map((each, at) => (
              <path class={`party party-${at % 4}`} d={path(each.map((value, i) => [axes.across(times[i] ?? 0), axes.up(value)]))} />
            ))}
          </>
        )}
      </Plot>
    </div>
  );
}

function Frontier({ drawn }: { drawn: FrontierFigures }) {
  const [place, width] = useWidth();
  const points = drawn.points.filter((each) => each.worst !== null);
  const best = points.filter((each) => each.letter);
  const most = Math.max(1, ...points.map((each) => each.cost));
  return (
    <div class="plot" ref={place}>
      <Plot
        width={width}
        height={320}
        x={[0, most * 1.04]}
        y={span(points.map((each) => each.worst ?? 0))}
        along={drawn.along}
        upward={drawn.up}
      >
        {(axes) => {
          const steps: [number, number][] = [];
          for (const each of best) {
            const [x, y] = [axes.across(each.cost), axes.up(each.worst ?? 0)];
            const before = steps[steps.length - 1];
            if (before) steps.push([x, before[1]]);
            steps.push([x, y]);
          }
          const end = steps[steps.length - 1];
          if (end) steps.push([axes.right, end[1]]);
          return (
            <>
              {points.map((each) => (
                <circle class="other" cx={axes.across(each.cost)} cy={axes.up(each.worst ?? 0)} r={2.2} />
              ))}
              <path class="nought" d={`M${axes.left} ${axes.up(0)}H${axes.right}`} />
              <path class="party party-0" d={path(steps)} />
              {best.map((each) => (
                <g>
                  <title>{`${each.letter}: ${figure(each.cost)}`}</title>
                  <circle class="best" cx={axes.across(each.cost)} cy={axes.up(each.worst ?? 0)} r={9} />
                  <text class="strong" x={axes.across(each.cost)} y={axes.up(each.worst ?? 0) + 4} text-anchor="middle">
                    {each.letter}
                  </text>
                </g>
              ))}
            </>
          );
        }}
      </Plot>
    </div>
  );
}
