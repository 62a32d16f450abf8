/** When: a clock time of the mission's zone, and how surely it is known. */
import { span, zoneName } from "../times.ts";
import { t } from "../words.ts";
import { Chips } from "./chips.tsx";
import { intervalOf, type Precision, type Said } from "./when.ts";

interface Props {
  said: Said;
  only?: Precision;
  onChange: (said: Said) => void;
}

const PRECISIONS: readonly Precision[] = ["exact", "about", "between"];

export function WhenEntry({ said, only, onChange }: Props) {
  const found = intervalOf(said, zoneName(), new Date());
  const ahead = found && found.start.getTime() > Date.now() + 300_000;
  const between = said.precision === "between";
  return (
    <div class="when">
      {!only && (
        <Chips
          label={t("field.when")}
          options={PRECISIONS.map((value) => ({ value, said: t(`field.${value}`) }))}
          value={said.precision}
          onChoose={(precision) => onChange({ ...said, precision })}
        />
      )}
      <div class="row">
        <label>
          {t(between ? "field.time_from" : "field.time")}
          <input
            type="time"
            value={said.time}
            onInput={(event) => onChange({ ...said, time: event.currentTarget.value })}
          />
        </label>
        {between && (
          <label>
            {t("field.time_until")}
            <input
              type="time"
              value={said.until}
              onInput={(event) => onChange({ ...said, until: event.currentTarget.value })}
            />
          </label>
        )}
        <label>
          {t("field.date")}
          <input
            type="date"
            value={said.date}
            onInput={(event) => onChange({ ...said, date: event.currentTarget.value })}
          />
        </label>
      </div>
      <p class="quiet" role="status">
        {found
          ? t("field.kept_as", {
              span: span(found.start.toISOString(), found.end.toISOString()),
              zone: zoneName(),
            })
          : t("field.no_time")}{" "}
        {ahead && <strong>{t("field.ahead")}</strong>}
      </p>
    </div>
  );
}
