import type { About } from "../data.ts";
import { percent } from "../pages/findings.tsx";
import { named, t } from "../words.ts";

/** Who did it, and how likely each: "LTTE 80 %, not known 20 %". */
export function Whose({ about, shares }: { about: About; shares: readonly (readonly [string, number])[] }) {
  const names = new Map(about.agreement.parties.map((each) => [each.id, each.name]));
  return (
    <span class="whose">
      {shares.map(([who, share], at) => (
        <>
          {at > 0 && ", "}
          <bdi>{who ? named(names.get(who), who) : t("attribution.not_known")}</bdi> {percent(share)}
        </>
      ))}
    </span>
  );
}

/** The shares that an incident states, the likeliest first; none where nobody is named. */
export function sharesOf(text: string | null | undefined, actor?: string | null): [string, number][] {
  const told = text ? (JSON.parse(text) as Record<string, number>) : actor ? { [actor]: 1 } : {};
  return Object.entries(told).sort(([, a], [, b]) => b - a);
}
