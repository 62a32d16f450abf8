/** How far an incident is established: claimed, assessed, verified. */
import type { Incident } from "../data.ts";
import { t } from "../words.ts";

export type Standing = "claimed" | "assessed" | "verified";
export const STANDINGS: readonly Standing[] = ["verified", "assessed", "claimed"];

/** At least this probable, and observed by a monitor, counts as verified. */
export const VERIFIED_FROM = 0.9;

export function standingOf(incident: Pick<Incident, "observed" | "probability">): Standing {
  if (incident.observed === 0) return "claimed";
  return incident.probability >= VERIFIED_FROM ? "verified" : "assessed";
}

const SHAPES: Record<Standing, string> = {
  verified: "M8 2a6 6 0 1 0 .01 0Z",
  assessed: "M8 2a6 6 0 1 0 .01 0Z",
  claimed: "M8 1 15 8 8 15 1 8Z",
};

export function StandingSign({ standing }: { standing: Standing }) {
  return (
    <svg class={`sign ${standing}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={SHAPES[standing]} />
    </svg>
  );
}

export function StandingBadge({ standing }: { standing: Standing }) {
  return (
    <span class={`badge ${standing}`}>
      <StandingSign standing={standing} /> {t(`standing.${standing}`)}
    </span>
  );
}
