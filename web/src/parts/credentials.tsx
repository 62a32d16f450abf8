/** A name and its password, asked for in the same way everywhere. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { t } from "../words.ts";

interface CredentialsProps {
  class: string;
  /** What stands above the fields, and below them. */
  lead: ComponentChildren;
  password: string;
  children: ComponentChildren;
  /** Whether the two were right. */
  signIn: (name: string, password: string) => Promise<boolean>;
  onDone: () => void;
}

export function Credentials(props: CredentialsProps) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [failed, setFailed] = useState(false);
  const enter = async (event: Event): Promise<void> => {
    event.preventDefault();
    const done = await props.signIn(name, password);
    setPassword("");
    setFailed(!done);
    if (done) props.onDone();
  };
  return (
    <form class={props.class} onSubmit={(event) => void enter(event)}>
      {props.lead}
      <label>
        {t("field.name")}
        <input
          type="text"
          autocomplete="username"
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <label>
        {props.password}
        <input
          type="password"
          autocomplete="current-password"
          value={password}
          onInput={(event) => setPassword(event.currentTarget.value)}
        />
      </label>
      <p role="alert">{failed && t("field.sign_in_failed")}</p>
      {props.children}
    </form>
  );
}
