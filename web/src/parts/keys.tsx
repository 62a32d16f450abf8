/** Single keys for those who want them: listed under `?`, and easily turned off. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { go } from "../router.ts";
import { t } from "../words.ts";

/** What a page does when `j`, `k`, `t`, `m` or `/` is pressed; pages listen for it. */
export const pressed = new EventTarget();

const LISTED = [
  ...(["/", "j", "k", "t", "m", "c", "Space"] as const),
  ...(["g s", "g q", "g f", "g b", "g c", "g a", "?", "Esc"] as const),
] as const;
const GO: Record<string, string> = {
  s: "/",
  f: "/findings",
  b: "/cases",
  q: "/queue",
  c: "/calendar",
  a: "/agreement",
  r: "/record",
};
/** Keys that play the days, unless what has the focus has a use for them. */
const PLAYED = new Set([" ", "ArrowLeft", "ArrowRight"]);
const OFF = "keys-off";

export function Keys() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [off, setOff] = useState(() => localStorage.getItem(OFF) === "1");
  useEffect(() => {
    localStorage.setItem(OFF, off ? "1" : "0");
    if (off) return;
    let leading = false;
    const listen = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const target = leading ? GO[event.key] : undefined;
      leading = event.key === "g";
      if (target) go(target);
      else if (event.key === "?") dialog.current?.showModal();
      else if (PLAYED.has(event.key)) {
        if (isControl(event.target)) return; // its own keys come first
        pressed.dispatchEvent(new CustomEvent("key", { detail: event.key }));
        event.preventDefault();
      } else if ("/jktmc".includes(event.key)) {
        pressed.dispatchEvent(new CustomEvent("key", { detail: event.key }));
        if (event.key === "/") event.preventDefault();
      }
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [off]);
  return (
    <dialog ref={dialog} aria-labelledby="keys-title">
      <h2 id="keys-title">{t("keys.title")}</h2>
      <dl class="keys">
        {LISTED.map((key) => (
          <div>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`keys.${key.replace(" ", "_")}`)}</dd>
          </div>
        ))}
      </dl>
      <label>
        <input type="checkbox" checked={off} onChange={() => setOff(!off)} /> {t("keys.off")}
      </label>
      <form method="dialog">
        <button>{t("action.close")}</button>
      </form>
    </dialog>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, select, textarea, dialog") !== null;
}

function isControl(target: EventTarget | null): boolean {
  const own = "a, button, summary, .map, [role=region][tabindex]";
  return target instanceof Element && target.closest(own) !== null;
}

/** Call back when one of the page's keys is pressed, by what is on the page at that moment. */
export function useKey(key: string, act: () => void): void {
  useLayoutEffect(() => {
    const listen = (event: Event): void => {
      if ((event as CustomEvent<string>).detail === key) act();
    };
    pressed.addEventListener("key", listen);
    return () => pressed.removeEventListener("key", listen);
  });
}
