/** What the pages of cases are given. */
import type { Words } from "./data.ts";

export type Names = Record<string, Words>;

export interface Silence {
  then: string;
  outcome: string | null;
  to: string[];
  within: string | null;
}

export interface Due {
  key: string;
  by: string[];
  due_at: string;
  left_s: number;
  do: Words;
  silence: Silence | null;
}

export interface Late {
  key: string;
  by: string[];
  due_at: string;
  late_s: number;
}

export interface CaseLine {
  key: string;
  procedure: Words;
  status: string;
  outcome: string | null;
  clauses: string[];
  parties: string[];
  /** Sectors of the agreement, or places named, of what it is about. */
  sectors: string[];
  opened_at: string | null;
  closed_at: string | null;
  suspended_until: string | null;
  next: Due | null;
  late: Late[];
  disputed: boolean;
}

export interface CasesPage {
  as_of: string;
  withheld: boolean;
  counts: Record<string, number> | null;
  listed: CaseLine[];
  names: Names;
}

export interface Transition {
  at: string;
  what: string;
  about: string | null;
  by: string | null;
  due_at: string | null;
  outcome: string | null;
  reason: string | null;
  round: number;
}

export interface CaseFinding {
  key: string;
  clause: string;
  title: Words;
  cite: string;
  party: string | null;
  level: string;
  breach_at: string;
  found_at: string | null;
  alleged: boolean;
  withdrawn: string | null;
  has_page: boolean;
}

export interface CaseStep {
  id: string;
  do: Words;
  by: string[];
  status: string;
  clock: string;
  within: string | null;
  opened_at: string | null;
  due_at: string | null;
  lapsed_at: string | null;
  ended_at: string | null;
  late_s: number | null;
  outcome: string | null;
  done_by: string | null;
  deemed: boolean;
  act: string | null;
  cite: string;
  outcomes: string[];
  four_eyes: boolean;
  /** What one person proposed and a second has to confirm. */
  proposed?: { by: string | null; person: string | null; outcome: string | null } | null;
  silence: Silence | null;
  decision: {
    rule: string;
    among: string[];
    quorum: number;
    each_party: boolean;
    chair: string[];
  } | null;
  session: { present: string[]; motion: string | null } | null;
  votes: Record<string, string>;
  consent_of: string[];
}

export interface CaseRemedy {
  key: string;
  title: Words;
  of: string[];
  verified_by: string[];
  determined_at: string;
  due_at: string;
  done_at: string | null;
  check_at: string | null;
  verified_at: string | null;
  refused_at: string | null;
}

/** A letter or picture, and the act on record that it came with. */
export interface CaseFile {
  sha256: string;
  kind: string;
  by: string | null;
  name: string | null;
  at: string;
  entry: number;
}

/** A notice and its receipts; nothing of it is told to whom no notice goes. */
export interface Notice {
  key: string;
  at: string;
  told_at: string;
  what: string;
  to: string[];
  about: string | null;
  delivered_at: string | null;
  means: string | null;
  acknowledged: Record<string, string | null>;
}

export interface CasePage {
  id: string;
  status: string;
  outcome: string | null;
  round: number;
  opened_at: string | null;
  closed_at: string | null;
  as_of: string;
  procedure: Words;
  words_withheld: boolean;
  votes_withheld: boolean;
  findings: CaseFinding[];
  said: Transition[];
  notices: Notice[];
  steps: CaseStep[];
  due: Due[];
  replies: Record<string, { at: string | null; due_at: string | null }>;
  attribution: {
    party: string | null;
    method?: string;
    confidence?: number;
    dissent?: string[];
    by?: string;
  } | null;
  remedies: CaseRemedy[];
  may_determine: { key: string; title: Words; by: string[] }[];
  appeal: {
    to: string[];
    by: string[];
    within: string;
    at: string | null;
    lodged_by: string | null;
    due_at: string | null;
    suspends: boolean;
    silence: string;
  } | null;
  suspended: { at: string; until: string | null } | null;
  minutes: {
    by: string[];
    due_at: string | null;
    at: string | null;
    /** As they were written; null where none were, or their words are withheld. */
    text: string | null;
    signed_by: Record<string, string | null>;
  } | null;
  files: CaseFile[];
  publication: {
    by: string[];
    edition: string;
    due_at: string | null;
    at: string | null;
  } | null;
  log: Transition[];
  refused: { kind: string; by: string; at: string; why: string }[];
  names: Names;
}

/** What holds if nothing is done, as one key of words and what it names. */
export function thing(key: string): { what: string; name: string } {
  const [what = "", ...rest] = key.split(":");
  return { what, name: rest.join(":") };
}
