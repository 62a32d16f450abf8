/** What was promised, in prose; beside each clause how it stands. */
import { type AgreementPage, VERDICTS } from "../data.ts";
import { Link } from "../parts/link.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { VerdictSign } from "../parts/verdict.tsx";
import { language, named, t } from "../words.ts";
import type { PageProps } from "./of.tsx";

export function AgreementView(_: PageProps) {
  return (
    <Loaded<AgreementPage> name="agreement">
      {(page) => {
        const prose = page.prose[language()] ?? page.prose["en"];
        if (!prose) return <p>{t("page.failed")}</p>;
        return (
          <>
            <h1>{prose.title}</h1>
            {prose.language !== language() && <p class="note">{t("agreement.other_language")}</p>}
            <p class="lead">{prose.opening.join(" ")}</p>
            <nav class="contents" aria-label={t("agreement.contents")}>
              <ol>
                {prose.parts.map((part) => (
                  <li>
                    <a href={`#part-${part.number}`} onClick={jump}>
                      {part.title}
                    </a>
                  </li>
                ))}
              </ol>
            </nav>
            {prose.parts.map((part) => (
              <section>
                <h2 id={`part-${part.number}`} tabIndex={-1}>
                  {part.number}. {part.title}
                </h2>
                {part.items.map((item) => (
                  <Item item={item} page={page} />
                ))}
              </section>
            ))}
            <p class="quiet">
              {t("agreement.digest")} <code>{page.digest}</code>
            </p>
          </>
        );
      }}
    </Loaded>
  );
}

/** Within a page whose address may itself be behind the `#`. */
function jump(event: MouseEvent): void {
  event.preventDefault();
  const id = (event.currentTarget as HTMLAnchorElement).getAttribute("href")?.slice(1) ?? "";
  const found = document.getElementById(id);
  found?.scrollIntoView();
  found?.focus();
}

type Told = AgreementPage["prose"][string]["parts"][number]["items"][number];

function Item({ item, page }: { item: Told; page: AgreementPage }) {
  const id = /^\[([^\]]+)\]/.exec(item.text)?.[1] ?? "";
  const text = item.text.replace(/^\[[^\]]+\]\s*/, "");
  const standing = page.standing[id];
  const own = page.texts[id];
  return (
    <article class="item">
      <p>
        <span class="number">{item.number}</span> {text} {id && <code class="quiet">{id}</code>}
      </p>
      {own && named(own.text) && <blockquote>{named(own.text)}</blockquote>}
      {item.under.length > 0 && (
        <details>
          <summary>{t("agreement.details", { n: item.under.length })}</summary>
          <ul>
            {item.under.map((each) => (
              <li>{each}</li>
            ))}
          </ul>
        </details>
      )}
      {standing && (
        <p class="standing">
          {VERDICTS.filter((each) => standing[each]).map((each) => (
            <Link
              to="/findings"
              query={new URLSearchParams({ clause: id, verdict: each })}
              class={`badge ${each}`}
            >
              <VerdictSign verdict={each} /> {standing[each]} {t(`verdict.${each}`)}
            </Link>
          ))}
        </p>
      )}
    </article>
  );
}
