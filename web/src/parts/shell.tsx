/** The frame round every page: what mission this is, where to go, how to read it. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { able } from "../asking.ts";
import { type About, ROUTES } from "../data.ts";
import { utc, zoneName } from "../times.ts";
import { LANGUAGES, language, named, t } from "../words.ts";
import { Keys } from "./keys.tsx";
import { Link } from "./link.tsx";
import { Session, useMe } from "./session.tsx";

export const SECTIONS: readonly { path: string; key: string }[] = [
  { path: "/", key: "situation" },
  { path: "/findings", key: "findings" },
  { path: "/cases", key: "cases" },
  { path: "/calendar", key: "calendar" },
  { path: "/agreement", key: "agreement" },
  { path: "/coverage", key: "coverage" },
  { path: "/deterrence", key: "deterrence" },
  { path: "/deployment", key: "deployment" },
  { path: "/record", key: "record" },
  { path: "/report", key: "reports" },
  //  nothing takes reports in beside a static site
  ...(ROUTES === "path" ? [{ path: "/field", key: "field" }] : []),
];

/** What is there for some only: what one has to be able to do to be shown it. */
const DESK: readonly { path: string; key: string; action: string; what: string }[] = [
  { path: "/queue", key: "queue", action: "read", what: "work" },
  { path: "/commission", key: "commission", action: "act", what: "case-word" },
  { path: "/hotline", key: "hotline", action: "read", what: "call" },
  { path: "/sources", key: "sources", action: "read", what: "work" },
  { path: "/draft", key: "draft", action: "read", what: "work" },
  { path: "/import", key: "import", action: "read", what: "quarantine" },
  { path: "/admin", key: "admin", action: "read", what: "principal" },
];

interface Props {
  about: About;
  path: string;
  onLanguage: (code: string) => void;
  children: ComponentChildren;
}

export function Shell({ about, path, onLanguage, children }: Props) {
  const who = useMe();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    setOpen(false);
    const here = document.querySelector(".top nav [aria-current]");
    here?.scrollIntoView?.({ inline: "center", block: "nearest" });
  }, [path, who]);
  const sections = [...SECTIONS, ...DESK.filter((each) => able(who, each.action, each.what))];
  const here = sections.find(({ path: to }) => isCurrent(path, to));
  return (
    <>
      <a class="skip" href="#content" onClick={skip}>
        {t("shell.skip")}
      </a>
      <header class="top">
        <Link to="/" class="brand">
          <svg viewBox="0 0 32 32" aria-hidden="true">
            <rect width="32" height="32" rx="7" />
            <path d="M7 12h18M7 20h18" />
          </svg>
          <span>pamiers</span>
        </Link>
        <p class="mission">{named(about.agreement.title, about.mission)}</p>
        <div class="settings">
          <span class="edition" title={t(`edition.${about.edition}_means`)}>
            {t(`edition.${about.edition}`)}
          </span>
          <Languages onLanguage={onLanguage} />
          <Theme />
          {ROUTES === "path" && <Session />}
        </div>
        <nav aria-label={t("shell.sections")}>
          {/* where the window is narrow, the sections are behind one button */}
          <button
            type="button"
            class="menu"
            aria-expanded={open}
            aria-controls="sections"
            onClick={() => setOpen(!open)}
          >
            <span aria-hidden="true">☰ </span>
            {t("shell.menu")}
            {here && `: ${t(`section.${here.key}`)}`}
          </button>
          <ul id="sections" data-open={open}>
            {sections.map(({ path: to, key }) => (
              <li>
                <Link to={to} current={isCurrent(path, to)}>
                  {t(`section.${key}`)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <footer class="foot">
        <p>
          {t("shell.as_of", { at: utc(about.now), zone: zoneName() })}{" "}
          {t("shell.record", { n: about.record.entries })}{" "}
          <code title={about.record.head}>{about.record.head.slice(0, 12)}…</code>
        </p>
        <p class="quiet">{t("shell.disclaimer")}</p>
      </footer>
      <Keys />
    </>
  );
}

function skip(event: MouseEvent): void {
  event.preventDefault();
  document.querySelector<HTMLElement>("main")?.focus();
}

function isCurrent(path: string, to: string): boolean {
  if (to === "/cases" && path.startsWith("/case/")) return true;
  return to === "/" ? path === "/" : path === to || path.startsWith(`${to}/`);
}

function Languages({ onLanguage }: { onLanguage: (code: string) => void }) {
  return (
    <label class="choice">
      <span class="unseen">{t("shell.language")}</span>
      <select value={language()} onChange={(event) => onLanguage(event.currentTarget.value)}>
        {LANGUAGES.map(({ code, name }) => (
          <option value={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

const THEMES = ["auto", "light", "dark"] as const;

function Theme() {
  const [theme, setTheme] = useState(() => localStorage.getItem("theme") ?? "auto");
  useEffect(() => {
    document.documentElement.dataset["theme"] = theme;
    localStorage.setItem("theme", theme);
  }, [theme]);
  return (
    <label class="choice">
      <span class="unseen">{t("shell.theme")}</span>
      <select value={theme} onChange={(event) => setTheme(event.currentTarget.value)}>
        {THEMES.map((each) => (
          <option value={each}>{t(`theme.${each}`)}</option>
        ))}
      </select>
    </label>
  );
}
