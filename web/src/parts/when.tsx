/** A time with its zone, and UTC for whoever points at it. */
import { moment, span, utc, zoneName } from "../times.ts";

export function When({ start, end }: { start: string; end?: string }) {
  const title = end ? `${utc(start)} – ${utc(end)}` : utc(start);
  return (
    <time dateTime={start} title={`${title} · ${zoneName()}`}>
      {end ? span(start, end) : moment(start)}
    </time>
  );
}
