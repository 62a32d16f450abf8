/** Who may do what: people, devices and keys, as the record has them. */
import { useEffect, useState } from "preact/hooks";
import { able, type Me, send } from "../asking.ts";
import { BASE, ROUTES } from "../data.ts";
import { useMe } from "../parts/session.tsx";
import { When } from "../parts/when.tsx";
import { t, word } from "../words.ts";
import type { PageProps } from "./of.tsx";

interface Person {
  name: string;
  roles: string[];
  office: string | null;
  sources: string[];
}

interface Proposal {
  entry: number;
  name: string;
  roles: string[];
  by: string;
}

interface Device {
  name: string;
  key: string;
  source: string;
  epoch: number;
  heartbeat_s: number | null;
  entry: number;
  revoked_at: string | null;
  compromised_since: string | null;
}

type Matrix = Record<string, Record<string, string[]>>;

interface Found {
  people: { items: Person[]; proposals: Proposal[] } | null;
  devices: { items: Device[]; party_keys: Record<string, string> } | null;
  matrix: Matrix | null;
}

async function ask<T>(path: string): Promise<T | null> {
  const answer = await fetch(new URL(path, BASE), { credentials: "same-origin" });
  return answer.ok ? ((await answer.json()) as T) : null;
}

export function AdminView(_: PageProps) {
  const who = useMe();
  const [found, setFound] = useState<Found | null>(null);
  const load = async (): Promise<void> => {
    const [people, devices, table] = await Promise.all([
      ask<NonNullable<Found["people"]>>("api/principals"),
      ask<NonNullable<Found["devices"]>>("api/devices"),
      ask<{ matrix: Matrix }>("api/permissions"),
    ]);
    setFound({ people, devices, matrix: table?.matrix ?? null });
  };
  useEffect(() => {
    if (ROUTES === "path") void load();
  }, []);
  return (
    <>
      <h1>{t("section.admin")}</h1>
      <p class="lead">{t("admin.lead")}</p>
      {ROUTES !== "path" && <p class="note">{t("admin.not_here")}</p>}
      {found && !found.people && <p class="note">{t("admin.withheld")}</p>}
      {found?.people && (
        <People people={found.people} who={who} again={() => void load()} />
      )}
      {found?.devices && <Devices devices={found.devices} />}
      {found?.matrix && <Matrices matrix={found.matrix} />}
    </>
  );
}

interface PeopleProps {
  people: NonNullable<Found["people"]>;
  who: Me | null;
  again: () => void;
}

function roles(all: readonly string[]): string {
  return all.map((each) => word("role", each)).join(", ");
}

function People({ people, who, again }: PeopleProps) {
  return (
    <section>
      <h2>{t("admin.people", { n: people.items.length })}</h2>
      {people.proposals.length > 0 && (
        <ul class="cards">
          {people.proposals.map((each) => (
            <Waiting proposal={each} who={who} again={again} />
          ))}
        </ul>
      )}
      <ul class="cards people">
        {people.items.map((each) => (
          <li class="card">
            <strong>
              <bdi>{each.name}</bdi>
            </strong>{" "}
            · {roles(each.roles) || t("admin.no_role")}
            {each.office && (
              <p>
                {t("admin.office")} <bdi>{each.office}</bdi>
              </p>
            )}
            {each.sources.length > 0 && (
              <p class="quiet">
                {t("admin.sends")} <bdi>{each.sources.join(", ")}</bdi>
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Weighty roles wait for a second person; who proposed cannot approve. */
function Waiting({ proposal, who, again }: { proposal: Proposal } & Omit<PeopleProps, "people">) {
  const [said, setSaid] = useState("");
  const other = who !== null && ![proposal.by, proposal.name].includes(who.name);
  const approve = async (): Promise<void> => {
    const told = await send("api/principals/approve", { proposal: proposal.entry });
    if (told.ok) again();
    else setSaid(t("acts.not_recorded", { why: String(told.body["detail"] ?? told.status) }));
  };
  return (
    <li class="card">
      <p>
        {t("admin.proposed", { name: proposal.name, roles: roles(proposal.roles), by: proposal.by })}
      </p>
      {other && able(who, "approve", "principal") ? (
        <button type="button" onClick={() => void approve()}>
          {t("admin.approve")}
        </button>
      ) : (
        <p class="quiet">{t("admin.second")}</p>
      )}
      {said && <p role="alert">{said}</p>}
    </li>
  );
}

function Devices({ devices }: { devices: NonNullable<Found["devices"]> }) {
  const keys = Object.entries(devices.party_keys);
  return (
    <section>
      <h2>{t("admin.devices", { n: devices.items.length })}</h2>
      <ul class="cards">
        {devices.items.map((each) => (
          <li class="card">
            <strong>
              <bdi>{each.name}</bdi>
            </strong>{" "}
            · <bdi>{each.source}</bdi>
            <p class="quiet">
              {t("admin.key")} <code class="long">{each.key}</code>
            </p>
            {each.revoked_at && (
              <p class="note">
                {t("admin.revoked")} <When start={each.revoked_at} />
              </p>
            )}
          </li>
        ))}
      </ul>
      <h2>{t("admin.party_keys")}</h2>
      {keys.length === 0 && <p>{t("admin.no_party_keys")}</p>}
      <dl class="facts">
        {keys.map(([party, key]) => (
          <div>
            <dt>
              <bdi>{party}</bdi>
            </dt>
            <dd>
              <code class="long">{key}</code>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The table of permissions, role by role, as it is enforced. */
function Matrices({ matrix }: { matrix: Matrix }) {
  return (
    <section>
      <h2>{t("admin.matrix")}</h2>
      {Object.entries(matrix).map(([role, does]) => (
        <details>
          <summary>{word("role", role)}</summary>
          <dl class="facts">
            {Object.entries(does).map(([action, classes]) => (
              <div>
                <dt>{word("action_on", action)}</dt>
                <dd>{classes.map((each) => word("thing", each)).join(", ")}</dd>
              </div>
            ))}
          </dl>
        </details>
      ))}
    </section>
  );
}
