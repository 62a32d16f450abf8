/** Which page an address shows. Pages that draw maps are loaded when first asked for. */
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { type About, fetchPage, situationName } from "../data.ts";
import type { Route } from "../router.ts";
import { t } from "../words.ts";

export interface PageProps {
  about: About;
  route: Route;
  id: string;
}

type Page = ComponentType<PageProps>;

const PAGES: Record<string, () => Promise<Page>> = {
  "": async () => (await import("./situation.tsx")).SituationPage,
  incident: async () => (await import("./incident.tsx")).IncidentView,
  findings: async () => (await import("./findings.tsx")).FindingsPage,
  finding: async () => (await import("./finding.tsx")).FindingView,
  cases: async () => (await import("./cases.tsx")).CasesView,
  case: async () => (await import("./case.tsx")).CaseView,
  queue: async () => (await import("./queue.tsx")).QueueView,
  commission: async () => (await import("./commission.tsx")).CommissionView,
  hotline: async () => (await import("./hotline.tsx")).HotlineView,
  sources: async () => (await import("./sources.tsx")).SourcesView,
  import: async () => (await import("./import.tsx")).ImportView,
  admin: async () => (await import("./admin.tsx")).AdminView,
  calendar: async () => (await import("./calendar.tsx")).CalendarView,
  agreement: async () => (await import("./agreement.tsx")).AgreementView,
  coverage: async () => (await import("./coverage.tsx")).CoverageView,
  deterrence: async () => (await import("./deterrence.tsx")).DeterrenceView,
  draft: async () => (await import("./draft.tsx")).DraftView,
  deployment: async () => (await import("./deployment.tsx")).DeploymentView,
  record: async () => (await import("./record.tsx")).RecordView,
  field: async () => (await import("../field/field.tsx")).FieldPage,
  report: async () => (await import("./reports.tsx")).ReportsPage,
};

const ready: Record<string, Page> = {};

async function load(sort: string): Promise<void> {
  const found = await PAGES[sort]?.();
  if (found) ready[sort] = found;
}

/** Begin to fetch what an address will show, while the mission introduces itself. */
export function warm(path: string): void {
  const sort = path.split("/")[1] ?? "";
  load(sort).catch(() => undefined); // tried again where it is shown
  if (!sort) fetchPage(situationName()).catch(() => undefined); // told where it is shown
}

export function PageOf({ about, route }: { about: About; route: Route }) {
  const [, sort = "", id = ""] = route.path.split("/");
  const [, again] = useState(0);
  const Found = ready[sort];
  useEffect(() => {
    if (!Found) void load(sort).then(() => again((turn) => turn + 1));
  }, [sort, Found]);
  if (!Object.hasOwn(PAGES, sort)) return <h1>{t("page.missing")}</h1>;
  if (!Found) return <p class="waiting">{t("page.waiting")}</p>;
  return <Found about={about} route={route} id={decodeURIComponent(id)} />;
}
