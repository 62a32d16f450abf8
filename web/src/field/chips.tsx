/** One of a few, by one tap. */
import type { ComponentChildren } from "preact";

interface Props<T extends string> {
  label: string;
  options: readonly { value: T; said: string }[];
  value: string;
  onChoose: (value: T) => void;
  children?: ComponentChildren;
}

export function Chips<T extends string>({ label, options, value, onChoose, children }: Props<T>) {
  return (
    <fieldset class="chips">
      <legend>{label}</legend>
      <div class="row">
        {options.map((each) => (
          <button
            type="button"
            aria-pressed={each.value === value}
            onClick={() => onChoose(each.value)}
          >
            {each.said}
          </button>
        ))}
        {children}
      </div>
    </fieldset>
  );
}
