/** Set the device up: a key of its own, whose public half is given to be enrolled. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../words.ts";
import { canSign, makeDevice } from "./signing.ts";
import type { Device } from "./store.ts";

const NAME = /^[\w.@-]{1,64}$/;
const SOURCE = /^[\w.:/@+-]{1,128}$/;

export function Setup({ onDone }: { onDone: () => Promise<void> }) {
  const [name, setName] = useState("");
  const [source, setSource] = useState("");
  const [epoch, setEpoch] = useState("0");
  const [able, setAble] = useState(true);
  useEffect(() => void canSign().then(setAble), []);
  const ready = NAME.test(name) && SOURCE.test(source) && /^\d{1,9}$/.test(epoch);
  const make = (event: Event): void => {
    event.preventDefault();
    if (!ready) return;
    void navigator.storage?.persist?.();
    void makeDevice(name, source, Number(epoch)).then(onDone, () => setAble(false));
  };
  return (
    <form class="report" onSubmit={make}>
      <h1>{t("field.setup")}</h1>
      <p class="lead">{t("field.setup_lead")}</p>
      {!able && (
        <p class="failed" role="alert">
          {t("field.cannot_sign")}
        </p>
      )}
      <label>
        {t("field.device_name")}
        <input
          type="text"
          autocomplete="off"
          autocapitalize="none"
          value={name}
          placeholder="patrol-3-phone"
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <label>
        {t("field.source")}
        <input
          type="text"
          autocomplete="off"
          autocapitalize="none"
          value={source}
          placeholder="patrol-3"
          onInput={(event) => setSource(event.currentTarget.value)}
        />
      </label>
      <label class="short">
        {t("field.epoch")}
        <input
          type="text"
          inputmode="numeric"
          value={epoch}
          onInput={(event) => setEpoch(event.currentTarget.value)}
        />
      </label>
      <div class="bar">
        <button type="submit" class="main" disabled={!able || !ready}>
          {t("field.make_key")}
        </button>
      </div>
    </form>
  );
}

/** What an administrator needs in order to enrol this device. */
export function Enrolment({ device }: { device: Device }) {
  const [copied, setCopied] = useState(false);
  const { name, source, epoch, publicKey: key } = device;
  const text = JSON.stringify({ name, key, source, epoch });
  const copy = (): void => void navigator.clipboard?.writeText(text).then(() => setCopied(true));
  return (
    <section>
      <h2>{t("field.enrolment")}</h2>
      <p class="quiet">{t("field.enrolment_lead")}</p>
      <pre class="wrap">{text}</pre>
      <button type="button" onClick={copy}>
        {copied ? t("action.copied", { text: name }) : t("action.copy")}
      </button>
    </section>
  );
}
