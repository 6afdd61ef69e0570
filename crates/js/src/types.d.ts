/** A calendar date in Beijing time: `2026-02-25`. */
export type Day = string;
/** An amount in yuan as a decimal: `"400"`, `"87.5"`. Never a float. */
export type Yuan = string;

/** 户籍 and home: 本县户籍, 外地户籍持本县居住证, 外地户籍长住本县无居住证, neither. */
export type Residence = "local" | "permit" | "living" | "away";
/** What the person is covered by today, for this coverage year. */
export type OtherPlan = "none" | "employee" | "resident_elsewhere" | "other";
/** What other scheme or situation the person left (for `welfare_home`: entered; for `community_correction`: which began). */
export type Left =
  | "none" | "employee" | "soldier" | "soldier_spouse" | "conscript_returned"
  | "prison" | "community_correction" | "welfare_home";
/** Cover in the year before the coverage year. */
export type LastYear = "resident" | "employee" | "other" | "partial" | "none" | "never";
/** 大中专学生. */
export type Student = "none" | "new_here" | "here" | "away";
/** A group that the departments' lists confirm. */
export type Group =
  | "tekun" | "orphan" | "de_facto_orphan" | "urban_three_no" | "dibao" | "dibao_edge" | "unstable" | "edge"
  | "sudden" | "returned" | "stable" | "registered_poor" | "disability_1" | "disability_2" | "disability_3"
  | "disability_4" | "no_work_capacity" | "family_planning" | "veteran_benefit" | "low_income";

/** A person's answers. A key absent (or `undefined`) is a question not answered yet, never a default. */
export interface Answers {
  residence?: Residence;
  other_plan?: OtherPlan;
  birth_date?: Day;
  /** `[]`: none of them. */
  groups?: Group[];
  /** The earliest recognition among those groups that the notice assists. */
  recognised_on?: Day;
  left?: Left;
  /** The last insured day, or the day of discharge, release, admission, the beginning of community correction. */
  left_on?: Day;
  employee_two_years?: boolean;
  /** Months of employee contributions within the coverage year, 0 to 12. */
  employee_months?: number;
  /** An unpaid month within the coverage year before `left_on`. */
  employee_gap?: boolean;
  /** Months of employee contributions in the year before, 0 to 12. */
  employee_months_last_year?: number;
  last_year?: LastYear;
  /** Consecutive years without cover, with `last_year` = `none`. */
  missed_years?: number;
  no_claims?: boolean;
  student?: Student;
  parent_insured?: boolean;
  /** Answers to questions that only this notice has. */
  [question: string]: string | number | boolean | string[] | undefined;
}

/** What is asked. */
export interface CanbaoRequest {
  /** The notice's id, as in `notices()`. */
  notice: string;
  /** The day of asking, and of paying if that is possible. */
  on: Day;
  answers?: Answers;
}

/** Everything that is still possible for a person on a day. */
export interface CanbaoResponse {
  notice: string;
  on: Day;
  /** The coverage year has ended. */
  over: boolean;
  /** One outcome is left. */
  settled: boolean;
  /** The answers that can still change the outcome, best next question first. */
  ask: string[];
  /** The one to plan by first. Never empty. */
  outcomes: Outcome[];
}

export type Kind = "pay" | "free" | "unstated" | "not_covered";
export type Route = "central" | "newborn" | "left" | "late" | "late_group" | "school" | "none";
export type Today = "open" | "closed" | "disputed" | "unstated" | "not_needed";
export type Channel =
  | "wechat" | "alipay" | "unionpay" | "bank_app" | "bank_counter" | "bank_kiosk" | "tax_site" | "tax_app"
  | "tax_hall" | "pos" | "collector" | "school" | "family_account";
/** What a resident would ask and the notice does not say. */
export type Unstated =
  | "fee" | "assistance" | "deadline" | "late" | "benefit.from" | "benefit.to" | "wait" | "refund" | "register"
  | "residence";

/** One distinct outcome. */
export interface Outcome {
  kind: Kind;
  route: Route;
  /** What it rests on among unanswered answers and open readings; all of these hold. */
  when: When[];
  /** `payable + assistance + waived = standard + fiscal`; `null` where no amount can be given. */
  fee: Fee | null;
  /** Separate premiums, never part of `payable`. */
  extras: Extra[];
  /** Last days for a first registration before payment. */
  register_by: { safe: Day | null; latest: Day | null } | null;
  /** The last day, under the strictest and the widest reading. */
  deadline: { action: "pay" | "register"; safe: Day | null; latest: Day | null } | null;
  today: Today;
  /** The next payable day when closed. */
  opens: Day | null;
  /** Payable stretches from the day of asking, both ends included. */
  periods: [Day | null, Day | null][];
  /** `null` where paying buys no cover in this year. */
  benefit: { from: { earliest: Day | null; safe: Day | null }; to: Day | null; level?: string } | null;
  /** `length` is ISO 8601 (`P90D`, `P3M`); `ends` the last day without cover. */
  wait: { length: string; ends: { earliest: Day | null; safe: Day | null } } | null;
  channels: Channel[];
  /** Clause labels in the notice's own numbering. */
  cites: string[];
  unstated: Unstated[];
  notes: string[];
}

export type When =
  | { answer: string; is: string[]; not?: string[] }
  | { reading: string; is: string[] };

export interface Fee {
  payable: Yuan;
  standard: Yuan;
  /** Paid for the person by a fund. */
  assistance: Yuan;
  /** Not charged to anyone. */
  waived: Yuan;
  /** The government share that a late payer pays as well. */
  fiscal: Yuan;
  basis: "stated" | "inferred";
  assisted_by: string | null;
}

export interface Extra {
  id: string;
  label: string;
  amount: Yuan;
  /** `null`: the notice does not say. */
  required: boolean | null;
}

/** A notice, enough to choose it by. */
export interface NoticeEntry {
  id: string;
  /** Six characters of GB/T 2260; `x` where unknown. */
  code: string;
  name: string;
  pinyin: string;
  province: string;
  city: string | null;
  year: number;
  title: string;
  issued: Day | null;
}

export type Topic =
  | "refund" | "certificate" | "incentive" | "lookup" | "registration" | "benefit" | "other";

/** A notice as its file has it. Only what outcomes refer to is typed; `canbao schema` describes all of it. */
export interface Notice {
  notice: {
    year: number;
    title: string;
    document: string | null;
    issued: Day | null;
    issuer: string | null;
    source: string | null;
    /** What is wrong with the copy. Show it. */
    warnings: string[];
    place: { code: string; name: string; pinyin: string; province: string; city: string | null };
    [key: string]: unknown;
  };
  clause: { label: string; summary: string }[];
  reading: { id: string; question: string; options: { id: string; label: string }[]; clauses: string[] }[];
  question: { id: string; ask: string; hint: string | null; kind: unknown; clauses: string[] }[];
  group: { id: Group; name: string; meaning: string | null; confirmed_by: string | null; clauses: string[] }[];
  channel: { id: Channel; name: string; steps: string[]; place: string | null; phone: string | null; [key: string]: unknown }[];
  paper: { label: string; items: string[]; clauses: string[]; [key: string]: unknown }[];
  info: { topic: Topic; text: string; clauses: string[]; [key: string]: unknown }[];
  contact: { office: string; about: string | null; phone: string | null; clauses: string[] }[];
  /** What the notice does not say, and whom to ask. */
  silence: { about: Unstated; text: string; ask: string }[];
  [key: string]: unknown;
}

/** Thrown when a request has no response. */
export interface RequestError extends Error {
  name: "RequestError";
  code:
    | "unknown_answer" | "bad_value" | "contradiction" | "after_today" | "bad_request" | "unknown_notice" | "bad_notice";
  /** In plain Chinese: what is wrong and what to do. */
  message: string;
  /** The answers concerned. */
  answers: string[];
}

/**
 * Everything that is still possible for a person on a day.
 * @throws {RequestError} when the request has no response
 */
export function evaluate(request: CanbaoRequest): CanbaoResponse;

/** The notices there are. */
export function notices(): NoticeEntry[];

/**
 * A notice as its file has it.
 * @throws {RequestError} when there is none
 */
export function notice(id: string): Notice;
