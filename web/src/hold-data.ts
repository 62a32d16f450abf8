/** What the pages of the stress test and of the plan of posts are given. */
import type { Complaint, Words } from "./data.ts";

export interface HoldState {
  state: "ready" | "missing" | "faulty" | "withheld";
  missing: string[];
  complaints: Complaint[];
  refused: string;
}

export interface GridCell {
  text: string;
  small?: string;
  shape?: string;
  tone?: string;
}

export interface GridValues {
  caption: string;
  note: string;
  columns: { label: string; numeric: boolean }[];
  rows: GridCell[][];
}

export interface TornadoFigures {
  kind: "tornado";
  along: string;
  middle: number | null;
  bars: { name: string; low: number | null; high: number | null }[];
}

export interface DelayFigures {
  kind: "delay";
  along: string;
  up: string;
  today: string;
  days: (number | null)[];
  least: (number | null)[];
  lag: number;
  detection: number;
}

/** State 1: a breach goes on; 2: a response is in force; from and until a period. */
export type Stretch = [state: number, from: number, until: number];

export interface StripsFigures {
  kind: "strips";
  periods: number;
  runs: { keeps: Stretch[][]; breaks: Stretch[][] };
  labels: Record<"keeps" | "breaks" | "quiet" | "broken" | "answered", string>;
}

export interface LadderFigures {
  kind: "ladder";
  along: string;
  upper: string;
  lower: string;
  parties: string[];
  times: (number | null)[];
  kept: (number | null)[][];
  smallest: (number | null)[][];
}

export interface FrontierFigures {
  kind: "frontier";
  along: string;
  up: string;
  points: { cost: number; worst: number | null; letter: string }[];
}

export type Figures =
  | TornadoFigures
  | DelayFigures
  | StripsFigures
  | LadderFigures
  | FrontierFigures;

export interface ChartValues {
  words: string;
  drawn: Figures;
  table: GridValues;
}

export interface HoldPart {
  id: string;
  title: string;
  paragraphs: string[];
  bullets: string[];
  grids: GridValues[];
  charts: ChartValues[];
}

export interface DeterrencePage extends HoldState {
  page: {
    title: string;
    subtitle: string;
    agreement: string;
    about: string;
    parts: HoldPart[];
  } | null;
}

export type Ring = [number, number][];

export interface Where {
  party: string;
  clause: string;
  hour: string;
  area: string;
  stretch: [number, number];
}

export interface DeploymentProtected {
  in_short: string[];
  says: string[];
  least: { party: string; clause: string; hour: string; noticed: number }[];
  clauses: Record<
    string,
    Record<
      string,
      {
        noticed: { low: number; likeliest: number; high: number };
        margin_without: number;
        margin: number;
      }
    >
  >;
  names: Record<string, Words>;
  posts: {
    site: string;
    lon: number;
    lat: number;
    kind: string;
    contingent: string;
    cost: number;
    persons: number;
  }[];
  worst: Where[];
  coverage: (Where & { noticed: number })[];
  rounds: { site: string; kind: string; length_km: number; stops: unknown[] }[];
  stretches: { area: string; column: number; row: number; rings: Ring[] }[];
}

export interface DeploymentPlan {
  cost_unit: string;
  period_days: number;
  used: Record<string, { used: number; of: number }>;
  bands: { clause: string; hour: string; from: number; to: number }[];
  clauses: Record<
    string,
    Record<
      string,
      {
        margin_without: number;
        holds: boolean;
      }
    >
  >;
  pledges: {
    contingent: string;
    used: number;
    here: number;
    most: number | null;
    delivered: number | null;
    gap: number | null;
  }[];
}

export interface DeploymentPage extends HoldState {
  limits?: string[];
  says?: string[];
  pledges?: string[];
  hours?: string[];
  plan?: DeploymentPlan;
  ground?: { areas: { id: string; party: string; rings: Ring[] }[]; lines: Ring[] };
  names?: Record<string, Words>;
  protected: DeploymentProtected | null;
}
