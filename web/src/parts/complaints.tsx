/** What is wrong with an agreement: where, why, and what to do. */
import type { Complaint } from "../data.ts";

export function Complaints({ of }: { of: Complaint[] }) {
  return (
    <ul>
      {of.map((each) => (
        <li>
          <code>
            {each.file}:{each.line}
          </code>{" "}
          {each.path}: {each.message}. {each.remedy}
        </li>
      ))}
    </ul>
  );
}
