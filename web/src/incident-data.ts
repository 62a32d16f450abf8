/** An incident as its page has it, and what is asked for beside it. */
import type { Coverage, Incident, Verdict } from "./data.ts";

export interface Report extends Partial<Omit<Incident, "key">> {
  key: string;
  source: string;
  source_name: string;
  interested: boolean;
  means?: string;
  standing?: string;
  cite?: string;
  reliability?: string;
  credibility?: string;
  /** A finer shape than the circle, as canonical JSON; where the edition has it. */
  shape?: string;
}

export interface Resting {
  key: string;
  clause: string;
  verdict: Verdict;
  why: string;
  cite: string;
  probability_low: number;
  probability_high: number;
  attribution: string;
  thresholds: { breached: number; kept: number };
}

export interface Told {
  entry: number;
  recorded_at: string | null;
  status: string;
  alias_of: string | null;
  reports: string[];
  kind: string | null;
  probability: number | null;
}

export interface Decided {
  entry: number;
  recorded_at: string;
  act: string;
  by: string;
  reason: string;
  reports?: string[];
  others?: string[];
  incidents?: string[];
  fields?: Record<string, string | null>;
  of?: number;
  in_force: boolean;
}

export interface IncidentPage {
  key: string;
  status: string;
  incident:
    | (Incident & { kinds?: string; actor?: string | null; actors?: string | null; cite?: string; shape?: string })
    | null;
  reports: Report[];
  watched: Partial<Coverage>[];
  findings: Resting[];
  /** Null where one does not serve the commission. */
  said: Told[] | null;
  decided: Decided[] | null;
}

export interface Rival {
  key: string;
  distance_m: number | null;
  apart_s: number;
  kind: string;
  why: string;
}

/** An incident taken apart: the sum of its weights [bit], and what else is near it. */
export interface Weights {
  prior_bits: number;
  total_bits: number;
  probability: number;
  members: { member: string; letter: string; bits: number; why: string; without: number }[];
  agreements: { member: string; place_bits: number; time_bits: number; kind_bits: number; total_bits: number }[];
  rivals: Rival[];
}

export interface Weighing {
  reasons: Weights | null;
  reasons_to_come: boolean;
}

export interface Circles {
  circles: Record<string, Record<string, unknown> | null>;
  readers: string[];
  everybody: boolean;
}
