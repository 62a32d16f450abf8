/** Two stretches of days beside each other, kind by kind. */
import { useMemo } from "preact/hooks";
import { t, word } from "../words.ts";

type Counts = ReadonlyMap<string, number>; //  of each kind

interface Props {
  now: Counts;
  before: Counts;
}

export function Compared({ now, before }: Props) {
  const lines = useMemo(() => linesOf(now, before), [now, before]);
  return (
    <table class="compared">
      <caption>{t("compare.caption")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("compare.kind")}</th>
          <th scope="col">{t("compare.before")}</th>
          <th scope="col">{t("compare.now")}</th>
          <th scope="col">{t("compare.change")}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(([kind, then, since]) => (
          <tr>
            <th scope="row">{kind ? word("kind", kind) : t("compare.all")}</th>
            <td>{then}</td>
            <td>{since}</td>
            <td>{signed(since - then)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={4}>{t("compare.caution")}</td>
        </tr>
      </tfoot>
    </table>
  );
}

/** All of them first, then each kind: how many before, how many now. */
export function linesOf(now: Counts, before: Counts): [string, number, number][] {
  const kinds = new Set([...now.keys(), ...before.keys()]);
  const each = [...kinds].sort().map((kind): [string, number, number] => {
    return [kind, before.get(kind) ?? 0, now.get(kind) ?? 0];
  });
  return [["", sum(before), sum(now)], ...each];
}

function sum(counts: Counts): number {
  return [...counts.values()].reduce((a, b) => a + b, 0);
}

function signed(difference: number): string {
  if (!difference) return "±0";
  return difference > 0 ? `+${difference}` : `−${-difference}`;
}
