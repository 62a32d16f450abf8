/** A place with its uncertainty: a circle, the square of a grid, or the way there. */
import { t } from "../words.ts";
import { bearingOf, type PlaceSaid } from "./draft.ts";
import { type Fix, readDistance, readMgrs } from "./where.ts";

const HALF = 100; //  of the drawing, in its own units

export function PlaceDrawn({ said, fix }: { said: PlaceSaid; fix: Fix }) {
  return (
    <svg
      class="drawn"
      viewBox={`${-HALF} ${-HALF} ${2 * HALF} ${2 * HALF}`}
      role="img"
      aria-label={t("field.within", { m: fix.radiusM })}
    >
      <path class="axes" d="M0 -96V96M-96 0H96" />
      <text x="4" y="-84">
        {t("wind.n")}
      </text>
      <Held said={said} fix={fix} />
    </svg>
  );
}

function Held({ said, fix }: { said: PlaceSaid; fix: Fix }) {
  if (said.way === "away") return <WayThere said={said} fix={fix} />;
  if (said.way === "written" && readMgrs(said.written)) {
    return (
      <>
        <rect class="held" x="-60" y="-60" width="120" height="120" />
        <circle class="point" r="4" />
      </>
    );
  }
  return (
    <>
      <circle class="held" r="60" />
      <circle class="point" r="4" />
    </>
  );
}

function WayThere({ said, fix }: { said: PlaceSaid; fix: Fix }) {
  const bearing = bearingOf(said.bearing);
  const distance = readDistance(said.distance);
  if (!bearing || !distance) return null;
  const scale = 92 / (distance.distanceM + fix.radiusM);
  const rad = (bearing.bearingDeg * Math.PI) / 180;
  const far = distance.distanceM * scale;
  const [x, y] = [Math.sin(rad) * far, -Math.cos(rad) * far];
  return (
    <>
      <rect class="origin" x="-4" y="-4" width="8" height="8" />
      <path class="way" d={`M0 0L${x.toFixed(1)} ${y.toFixed(1)}`} />
      <circle class="held" cx={x} cy={y} r={Math.max(3, fix.radiusM * scale)} />
      <circle class="point" cx={x} cy={y} r="4" />
    </>
  );
}
