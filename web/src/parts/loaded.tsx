/** What a page shows while it is fetched, where it could not be had, and then. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { DataError, fetchPage, pageHere } from "../data.ts";
import { useNews } from "../live.ts";
import { t } from "../words.ts";
import { SignInAgain } from "./session.tsx";

type Asked<T> = { page: T } | { error: Error } | null;

export function usePage<T>(name: string): Asked<T> {
  const [asked, setAsked] = useState<(Asked<T> & { of?: string }) | null>(null);
  const page = pageHere<T>(name);
  useEffect(() => {
    if (page !== undefined) return;
    let wanted = true;
    fetchPage<T>(name).then(
      (page) => wanted && setAsked({ page, of: name }),
      (error: Error) => wanted && setAsked({ error, of: name }),
    );
    return () => {
      wanted = false;
    };
  }, [name, page === undefined]);
  if (asked?.of === name) return asked;
  return page === undefined ? null : { page };
}

/** A page that is asked for again when there is news; meanwhile the last one stands. */
export function Live<T>({ name, children }: LiveProps<T>) {
  const [turn, again] = useNews(name);
  const [asked, setAsked] = useState<(Asked<T> & { of?: string }) | null>(null);
  const [ended, setEnded] = useState(false);
  useEffect(() => {
    let wanted = true;
    fetchPage<T>(name).then(
      (page) => {
        if (!wanted) return;
        setEnded(false);
        setAsked({ page, of: name });
      },
      //  what was there stands until it can be had again
      (error: Error) => {
        if (!wanted) return;
        setEnded(error instanceof DataError && error.status === 401);
        setAsked((last) => (last && last.of === name ? last : { error, of: name }));
      },
    );
    return () => {
      wanted = false;
    };
  }, [name, turn]);
  if (asked?.of !== name) return <p class="waiting" role="status">{t("page.waiting")}</p>;
  if ("error" in asked) return <Failed error={asked.error} />;
  return (
    <>
      {ended && <Ended again={again} />}
      {children(asked.page, again)}
    </>
  );
}

/** The session ended, so that nothing newer can be had: it is said, and mended here. */
function Ended({ again }: { again: () => void }) {
  return (
    <div class="note ended" role="status">
      <p>{t("session.ended_here")}</p>
      <SignInAgain onDone={again} />
    </div>
  );
}

interface LiveProps<T> {
  name: string;
  children: (page: T, again: () => void) => ComponentChildren;
}

interface Props<T> {
  name: string;
  children: (page: T) => ComponentChildren;
}

export function Loaded<T>({ name, children }: Props<T>) {
  const asked = usePage<T>(name);
  if (asked === null) return <p class="waiting" role="status">{t("page.waiting")}</p>;
  if ("error" in asked) return <Failed error={asked.error} />;
  return <>{children(asked.page)}</>;
}

function Failed({ error }: { error: Error }) {
  const missing = error instanceof DataError && error.status === 404;
  return (
    <div class="failed" role="alert">
      <h1>{t(missing ? "page.missing" : "page.failed")}</h1>
      <p>{t(missing ? "page.missing_remedy" : "page.failed_remedy")}</p>
    </div>
  );
}
