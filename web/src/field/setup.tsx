/** Set the device up: a key of its own, whose public half is given to be enrolled. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../words.ts";
import { canSign, makeDevice } from "./signing.ts";
import type { Device } from "./store.ts";

const NAME = /^[\w.@-]{1,64}$/;
const SOURCE = /^[\w.:/@+-]{1,128}$/;

type Lack = "device" | "source" | "epoch";

/** What is missing for a key, in the order of the form. */
function lacks(name: string, source: string, epoch: string): Lack[] {
  const found: Lack[] = [];
  if (!NAME.test(name)) found.push("device");
  if (!SOURCE.test(source)) found.push("source");
  if (!/^\d{1,9}$/.test(epoch)) found.push("epoch");
  return found;
}

export function Setup({ onDone }: { onDone: () => Promise<void> }) {
  const [name, setName] = useState("");
  const [source, setSource] = useState("");
  const [epoch, setEpoch] = useState("0");
  const [able, setAble] = useState(true);
  const [missing, setMissing] = useState<Lack[]>([]);
  useEffect(() => void canSign().then(setAble), []);
  const make = (event: Event): void => {
    event.preventDefault();
    const found = lacks(name, source, epoch);
    setMissing(found);
    if (found.length || !able) return;
    void navigator.storage?.persist?.();
    void makeDevice(name, source, Number(epoch)).then(onDone, () => setAble(false));
  };
  return (
    <form class="report" onSubmit={make} noValidate>
      <h1>{t("field.setup")}</h1>
      <p class="lead">{t("field.setup_lead")}</p>
      {!able && (
        <p class="failed" role="alert">
          {t("field.cannot_sign")}
        </p>
      )}
      <Asked key="device" sort="device" value={name} wrong={missing} onSay={setName}>
        {t("field.device_name")}
      </Asked>
      <Asked key="source" sort="source" value={source} wrong={missing} onSay={setSource}>
        {t("field.source")}
      </Asked>
      <details open={missing.includes("epoch")}>
        <summary>{t("field.again")}</summary>
        <Asked key="epoch" sort="epoch" value={epoch} wrong={missing} onSay={setEpoch}>
          {t("field.epoch")}
        </Asked>
      </details>
      {missing.length > 0 && (
        <p class="failed" role="alert">
          {t("field.lacking")} {missing.map((each) => t(`field.lack_${each}`)).join("; ")}.
        </p>
      )}
      <div class="bar">
        <button type="submit" class="main">
          {t("field.make_key")}
        </button>
      </div>
    </form>
  );
}

interface AskedProps {
  sort: Lack;
  value: string;
  wrong: readonly Lack[];
  onSay: (value: string) => void;
  children: ComponentChildren;
}

/** One thing to fill in, and what may stand in it. */
function Asked({ sort, value, wrong, onSay, children }: AskedProps) {
  const hint = `hint-${sort}`;
  return (
    <>
      <label class={sort === "epoch" ? "short" : ""}>
        {children}
        <input
          type="text"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          inputmode={sort === "epoch" ? "numeric" : "text"}
          value={value}
          aria-describedby={hint}
          aria-invalid={wrong.includes(sort)}
          onInput={(event) => onSay(event.currentTarget.value.trim())}
        />
      </label>
      <p class="quiet hint" id={hint}>
        {t(`field.${sort}_hint`)}
      </p>
    </>
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
