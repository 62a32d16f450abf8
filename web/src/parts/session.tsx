/** Who one is to this service: the name, or a way to say it. */
import { useEffect, useRef, useState } from "preact/hooks";
import { type Me, me, signIn, signOut } from "../asking.ts";
import { t, word } from "../words.ts";
import { Credentials } from "./credentials.tsx";

export function useMe(): Me | null {
  const [who, setWho] = useState<Me | null>(null);
  useEffect(() => {
    void me().then(setWho, () => undefined);
  }, []);
  return who;
}

/** Editions differ by who asks: everything is fetched anew. */
function anew(): void {
  location.reload();
}

export function Session() {
  const who = useMe();
  const dialog = useRef<HTMLDialogElement>(null);
  if (who === null) return null;
  if (who.name !== "anonymous") {
    return (
      <span class="session">
        <bdi title={who.roles.map((each) => word("role", each)).join(", ")}>{who.name}</bdi>{" "}
        <button type="button" onClick={() => void signOut().then(anew)}>
          {t("session.out")}
        </button>
      </span>
    );
  }
  return (
    <>
      <button type="button" onClick={() => dialog.current?.showModal()}>
        {t("session.in")}
      </button>
      <dialog ref={dialog} aria-labelledby="session-title">
        <SignIn elsewhere={who.provider === true} onClose={() => dialog.current?.close()} />
      </dialog>
    </>
  );
}

/** Leave for the identity provider, which sends one back with a session. */
export function Elsewhere() {
  return (
    <p class="row">
      <button type="button" class="first" onClick={() => location.assign("/api/oidc/begin")}>
        {t("session.elsewhere")}
      </button>
    </p>
  );
}

function SignIn({ elsewhere, onClose }: { elsewhere: boolean; onClose: () => void }) {
  return (
    <Credentials
      class="stacked"
      lead={
        <>
          <h2 id="session-title">{t("session.in")}</h2>
          {elsewhere && <Elsewhere />}
        </>
      }
      password={t("session.password")}
      signIn={signIn}
      onDone={anew}
    >
      <p class="row">
        <button type="submit" class="first">
          {t("session.in")}
        </button>
        <button type="button" onClick={onClose}>
          {t("action.close")}
        </button>
      </p>
    </Credentials>
  );
}

/** Sign in again where a session ended meanwhile: nothing is fetched anew, nothing is lost. */
export function SignInAgain({ onDone }: { onDone: () => void }) {
  return (
    <Credentials
      class="stacked"
      lead={<h3>{t("session.in")}</h3>}
      password={t("session.password")}
      signIn={signIn}
      onDone={onDone}
    >
      <p class="row">
        <button type="submit" class="first">
          {t("session.in")}
        </button>
      </p>
    </Credentials>
  );
}
