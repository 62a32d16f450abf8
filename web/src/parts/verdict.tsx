/** A verdict: always a shape and a word, never a colour alone. */
import type { Verdict } from "../data.ts";
import { t } from "../words.ts";

const SHAPES: Record<Verdict, string> = {
  breached: "M8 1 15 8 8 15 1 8Z",
  kept: "M8 1a7 7 0 1 0 .01 0ZM4.5 8.2 7 10.7 11.6 5.6",
  undetermined: "M8 1a7 7 0 1 0 .01 0ZM8 1v14",
  unobserved: "M8 1.5a6.5 6.5 0 1 0 .01 0Z",
};

export function VerdictSign({ verdict }: { verdict: Verdict }) {
  return (
    <svg class={`sign ${verdict}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={SHAPES[verdict]} />
    </svg>
  );
}

export function VerdictBadge({ verdict, why }: { verdict: Verdict; why?: string }) {
  return (
    <span class={`badge ${verdict}`}>
      <VerdictSign verdict={verdict} />
      {t(`verdict.${verdict}`)}
      {why && <span class="why"> · {t(`why.${why}`)}</span>}
    </span>
  );
}
