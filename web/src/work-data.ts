/** What the pages of those who serve the commission are given. */
import type { Names } from "./case-data.ts";
import type { Words } from "./data.ts";

export interface Claim {
  by: string;
  at: string;
  entry: number;
}

interface Waits {
  key: string;
  claim: Claim | null;
}

export interface CaseItem extends Waits {
  sort: "case";
  case: string;
  what: string;
  do: Words;
  by: string[];
  due_at: string;
  left_s: number;
}

export interface RowItem extends Waits {
  sort: "quarantine";
  file: string;
  line: number;
  code: string;
  message: string;
  since: string;
  age_s: number;
}

export interface FindingItem extends Waits {
  sort: "finding";
  finding: string;
  clause: string;
  sector: string | null;
  why: string;
  off: number;
  probability_low: number;
  probability_high: number;
  evidence: number;
  since: string;
  age_s: number;
}

export type Item = CaseItem | RowItem | FindingItem;

export interface QueuePage {
  as_of: string;
  withheld: boolean;
  items: Item[];
  names: Names;
}

export interface AgendaItem {
  case: string;
  step: string;
  do: Words;
  status: string;
  due_at: string | null;
  left_s: number | null;
  rule: string;
  quorum: number;
  each_party: boolean;
  chair: string[];
  among: string[];
  present: string[];
  absent: string[];
  motion: string | null;
  votes: Record<string, string>;
}

export interface CommissionPage {
  as_of: string;
  withheld: boolean;
  votes_withheld: boolean;
  agenda: AgendaItem[];
  minutes: {
    case: string;
    outcome: string | null;
    closed_at: string | null;
    due_at: string | null;
    at: string | null;
    by: string[];
    signed_by: Record<string, string | null>;
  }[];
  decided: { case: string; at: string; do: Words; by: string; outcome: string | null }[];
  names: Names;
}

export interface Scorecard {
  reports: number;
  belief: { mean: number; low: number; high: number; reports: number; shared: number };
  detection: number;
  place: [number, number][];
  east_m: number;
  north_m: number;
  clock_s: number;
  clock_scale: number;
  count_factor: number;
  late: number;
  kinds: Record<string, Record<string, number>>;
  copies: string[];
  copied: number;
  echoes: string[];
  silent: { actor: string; told: number; of: number; elsewhere: number }[];
  changes: { what: string; since_s: number; earlier: number; later: number }[];
}

export interface SourcesPage {
  withheld: boolean;
  learned_at: string | null;
  sources: {
    id: string;
    name: string;
    reliability: string;
    interested: string[];
    citation: string | null;
    reports: number;
    first: string | null;
    last: string | null;
    card: Scorecard | null;
  }[];
}

export interface ImportPage {
  withheld: boolean;
  files: {
    entry: number;
    at: string;
    name: string;
    sha256: string;
    format: string;
    rows_read: number;
    accepted: number;
    duplicate: number;
    quarantined: number;
    bytes: number | null;
  }[];
  items: {
    id: string;
    file: string;
    name: string;
    line: number;
    column: string | null;
    code: string;
    message: string;
    remedy: string;
    raw: string;
    waived: string | null;
  }[];
}

/** A call on the hotline, as `/api/hotline` lists it. */
export interface Call {
  entry: number;
  by: string;
  to: string[];
  said: string;
  outcome: string;
  at: string;
  case?: string;
  activity?: { what: string; place: string; start: string; end: string };
  answers: { by: string; at: string; said: string; outcome: string }[];
  answered_after_s: number | null;
}
