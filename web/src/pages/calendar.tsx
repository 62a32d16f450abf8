/** Every dated duty: whose it is, by when, and how it stands. */
import type { CalendarDuty, CalendarPage } from "../data.ts";
import { duration } from "../parts/clock.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { When } from "../parts/when.tsx";
import { day } from "../times.ts";
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
  return (
    <td role="cell" data-label={t("column.bearer")}>
      {joint ? t("calendar.together", { names: told }) : told}
    </td>
  );
}

/** So stands a version that is told under the one that took its place. */
const OVER = ["missed", "ended"];

/** What the versions of one duty share. */
function ofOne(duty: CalendarDuty): string {
  return JSON.stringify([duty.clause, duty.occasion, duty.bearer, duty.trigger]);
}

/** Duties that stand, each with the versions that it took the place of. */
export function standing(duties: CalendarDuty[]): { duty: CalendarDuty; before: CalendarDuty[] }[] {
  const amended = new Set(duties.filter((each) => !each.replaced_by).map(ofOne));
  const gone = (each: CalendarDuty): boolean =>
    each.replaced_by !== "" && OVER.includes(each.status) && amended.has(ofOne(each));
  const before = duties.filter(gone);
  return duties
    .filter((each) => !gone(each))
    .map((duty) => ({
      duty,
      before: duty.replaced_by ? [] : before.filter((each) => ofOne(each) === ofOne(duty)),
    }));
}

function counted(duties: CalendarDuty[], status: string): number {
  return standing(duties).filter((each) => each.duty.status === status).length;
}

/** How a duty stood before it was amended: by when, and what became of it. */
function Before({ duty }: { duty: CalendarDuty }) {
  const late = duty.late_by ? t("calendar.late", { by: duration(duty.late_by) }) : "";
  const status = [word("duty", duty.status), late].filter(Boolean).join(", ");
  const on = duty.due_at ? day(duty.due_at) : t("calendar.undated");
  return <div class="quiet">{t("calendar.formerly", { written: duty.written, day: on, status })}</div>;
}

export function CalendarView(_: PageProps) {
  return (
    <Loaded<CalendarPage> name="calendar">
      {(page) => (
        <>
          <h1>{t("section.calendar")}</h1>
          <p class="lead">{t("calendar.lead")}</p>
          <p>
            {Object.keys(page.counts)
              .map((status): [string, number] => [status, counted(page.duties, status)])
              .filter(([, n]) => n > 0)
              .map(([status, n]) => (
                <span class={`badge ${URGENT.includes(status) ? "urgent" : ""}`}>
                  {n} {word("duty", status)}
                </span>
              ))}
          </p>
          <div class="scroll" tabIndex={0} role="region" aria-label={t("section.calendar")}>
            <table class="stacked" role="table">
              <thead role="rowgroup">
                <tr role="row">
                  {["due", "status", "duty", "bearer", "written"].map((each) => (
                    <th scope="col" role="columnheader">
                      {t(`column.${each}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody role="rowgroup">
                {standing(page.duties).map(({ duty: each, before }) => (
                  <tr role="row">
                    <td role="cell">{each.due_at ? <When start={each.due_at} /> : t("calendar.undated")}</td>
                    <td role="cell">
                      <span class={`badge ${URGENT.includes(each.status) ? "urgent" : ""}`}>
                        {URGENT.includes(each.status) && <span aria-hidden="true">⚠ </span>}
                        {word("duty", each.status)}
                      </span>
                      {each.late_by && (
                        <div class="quiet">{t("calendar.late", { by: duration(each.late_by) })}</div>
                      )}
                    </td>
                    <td role="cell">
                      {named(each.title, each.clause)}
                      {[...PASSING, "renewal"].includes(each.occasion) && <div>{t(`calendar.${each.occasion}`)}</div>}
                      <div class="quiet">{each.cite}</div>
                      {each.version && <div>{t("calendar.amended_by", { version: each.version })}</div>}
                      {before.map((old) => (
                        <Before duty={old} />
                      ))}
                    </td>
                    <Bound duty={each} names={page.names} />
                    <td role="cell" data-label={t("column.written")}>
                      <code>{each.written}</code>
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
