/** What to do with what is kept here: carry it out, clear it, destroy it. */
import { useState } from "preact/hooks";
import { Credentials } from "../parts/credentials.tsx";
import { t } from "../words.ts";
import { clearable, type Item } from "./outbox.ts";
import { seal, SHORTEST } from "./sealed-file.ts";
import { envelopeOf, signIn } from "./sending.ts";
import { base64 } from "./signing.ts";
import { destroy, forget, type Photo, photos as allPhotos } from "./store.ts";

interface Props {
  items: readonly Item[];
  photos: readonly Photo[];
  onChanged: () => Promise<void>;
}

export function Keeping({ items, photos, onChanged }: Props) {
  const withPhotos = new Set(
    photos.filter((each) => each.sent < each.bytes.byteLength).map((each) => each.report),
  );
  const ids = clearable(items, withPhotos);
  const clear = (): void => void forget(ids).then(onChanged);
  return (
    <section>
      <h2>{t("field.keeping")}</h2>
      {ids.length > 0 && (
        <p>
          <button type="button" onClick={clear}>
            {t("field.clear", { n: ids.length })}
          </button>
        </p>
      )}
      <Export items={items} />
      <Wipe />
    </section>
  );
}

function Export({ items }: { items: readonly Item[] }) {
  const [phrase, setPhrase] = useState("");
  const [state, setState] = useState<"" | "sealing" | "sealed" | "short_phrase">("");
  const carry = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (phrase.length < SHORTEST) {
      setState("short_phrase");
      return;
    }
    setState("sealing");
    const pictures = (await allPhotos()).map((each) => ({
      sha256: each.sha256,
      type: each.type,
      base64: base64(each.bytes),
    }));
    const file = await seal({ messages: items.map(envelopeOf), photos: pictures }, phrase);
    download(file, `outbox-${new Date().toISOString().slice(0, 10)}.pamiers`);
    setPhrase("");
    setState("sealed");
  };
  return (
    <form class="export" onSubmit={(event) => void carry(event)}>
      <p class="quiet">{t("field.export_lead")}</p>
      <label>
        {t("field.passphrase", { n: SHORTEST })}
        <input
          type="password"
          autocomplete="new-password"
          value={phrase}
          onInput={(event) => setPhrase(event.currentTarget.value)}
        />
      </label>
      <button type="submit" disabled={state === "sealing"}>
        {t("field.export")}
      </button>
      <p role="status" class="quiet">
        {state && t(`field.${state}`)}
      </p>
    </form>
  );
}

function download(file: Uint8Array<ArrayBuffer>, name: string): void {
  const address = URL.createObjectURL(new Blob([file], { type: "application/octet-stream" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Two taps; nothing that can be read is left, and nothing can bring it back. */
function Wipe() {
  const [sure, setSure] = useState(false);
  const press = (): void => {
    if (!sure) setSure(true);
    else void wipe().then(() => location.replace("about:blank"));
  };
  return (
    <p>
      <button type="button" class="danger" onClick={press}>
        {t(sure ? "field.wipe_sure" : "field.wipe")}
      </button>{" "}
      {sure && (
        <button type="button" onClick={() => setSure(false)}>
          {t("field.wipe_not")}
        </button>
      )}
    </p>
  );
}

async function wipe(): Promise<void> {
  await destroy(); //  first what matters most
  localStorage.clear();
  sessionStorage.clear();
  if ("caches" in window) {
    for (const name of await caches.keys()) await caches.delete(name);
  }
  const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  for (const each of workers) await each.unregister();
}

/** Photos need a session; reports do not, and wait for nobody. */
export function SignIn({ onDone }: { onDone: () => void }) {
  return (
    <Credentials
      class="export note"
      lead={<p>{t("field.sign_in_lead")}</p>}
      password={t("field.password")}
      signIn={signIn}
      onDone={onDone}
    >
      <button type="submit">{t("field.sign_in")}</button>
    </Credentials>
  );
}
