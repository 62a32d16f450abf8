/** A link to another view of this application. */
import type { ComponentChildren } from "preact";
import { href } from "../router.ts";

interface Props {
  to: string;
  query?: URLSearchParams;
  class?: string;
  current?: boolean;
  children: ComponentChildren;
}

export function Link({ to, query, current, children, ...rest }: Props) {
  const route = query && [...query].length ? `${to}?${query}` : to;
  return (
    <a
      href={href(to, query)}
      data-route={route}
      aria-current={current ? "page" : undefined}
      {...rest}
    >
      {children}
    </a>
  );
}
