/** Every dated duty: whose it is, by when, and how it stands. */
import type { CalendarDuty, CalendarPage } from "../data.ts";
import { duration } from "../parts/clock.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { When } from "../parts/when.tsx";
import { named, t, word } from "../words.ts";
import type { PageProps } from "./of.tsx";

const URGENT = ["overdue", "missed", "due"];

/** On these nothing is to be done: a date passes, and that is all. */
const PASSING = ["begins", "ends", "exemption"];

/** Whom a duty binds: one, each of several, or several who owe one thing together. */
function Bound({ duty, names }: { duty: CalendarDuty; names: CalendarPage["names"] }) {
  const ids = duty.bearer ? [duty.bearer] : duty.binds;
  const told = ids.map((id) => named(names[id], id)).join(", ");
  const joint = !duty.bearer && ids.length > 1 && !PASSING.includes(duty.occasion);
  return <td>{joint ? t("calendar.together", { names: told }) : told}</td>;
}

export function CalendarView(_: PageProps) {
  return (
    <Loaded<CalendarPage> name="calendar">
      {(page) => (
        <>
          <h1>{t("section.calendar")}</h1>
          <p class="lead">{t("calendar.lead")}</p>
          <p>
            {Object.entries(page.counts)
              .filter(([, n]) => n > 0)
              .map(([status, n]) => (
                <span class={`badge ${URGENT.includes(status) ? "urgent" : ""}`}>
                  {n} {word("duty", status)}
                </span>
              ))}
          </p>
          <div class="scroll" tabIndex={0} role="region" aria-label={t("section.calendar")}>
            <table>
              <thead>
                <tr>
                  {["due", "duty", "bearer", "written", "status"].map((each) => (
                    <th scope="col">{t(`column.${each}`)}</th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {page.duties.map((each) => (
                  <tr>
                    <td>{each.due_at ? <When start={each.due_at} /> : t("calendar.undated")}</td>
                    <td>
                      {named(each.title, each.clause)}
                      {[...PASSING, "renewal"].includes(each.occasion) && <div>{t(`calendar.${each.occasion}`)}</div>}
                      <div class="quiet">{each.cite}</div>
                    </td>
                    <Bound duty={each} names={page.names} />
                    <td>
                      <code>{each.written}</code>
                    </td>
                    <td>
                      <span class={`badge ${URGENT.includes(each.status) ? "urgent" : ""}`}>
                        {URGENT.includes(each.status) && <span aria-hidden="true">⚠ </span>}
                        {word("duty", each.status)}
                      </span>
                      {each.late_by && (
                        <div class="quiet">{t("calendar.late", { by: duration(each.late_by) })}</div>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {page.kept_back > 0 && <p class="note">{t("calendar.kept_back", { n: page.kept_back })}</p>}
        </>
      )}
    </Loaded>
  );
}
