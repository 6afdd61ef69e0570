// 兴县's notice for 2026 as a publicodes model: the part of it that publicodes can express, for the comparison in
// `cargo x bench`.
//
// What it has: who belongs to the county, the ways (central period, newborn, leaving another scheme, none), the amount
// by group, and whether paying is possible on the day of asking. What it has not, and Canbao answers in the same time:
// answers not given (publicodes assumes a default, Canbao follows every case and says what to ask next), open readings,
// deadlines and payable stretches, cover, clauses, notes, channels. Two things are worked out before the situation is
// set, because publicodes has no words for them: the day of the month, and the day three months after leaving.
// Publicodes' own words are French: `variations` with `si` (if), `alors` (then), `sinon` (else), `oui`, `non`;
// `durée` is the time between two days.

const choices = (...cases) => ({
  variations: cases.map((one) => (one.length === 2 ? { si: one[0], alors: one[1] } : { sinon: one[0] })),
});
const oneOf = (rule, ...values) => ({ "une de ces conditions": values.map((value) => `${rule} = '${value}'`) });
const all = (...conditions) => ({ "toutes ces conditions": conditions });
const any = (...conditions) => ({ "une de ces conditions": conditions });
const given = (value) => ({ "par défaut": value });

export const rules = {
  // The person and the day.
  "on": given("10/12/2025"),
  "day of month": given(10),
  "residence": given("'local'"),
  "other plan": given("'none'"),
  "birth date": given("20/05/1984"),
  "left": given("'none'"),
  "left on": given("01/01/2000"),
  "left limit": given("01/04/2000"),
  "two years": given("non"),
  "tekun": given("non"),
  "dibao": given("non"),
  "monitored": given("non"),
  "veteran": given("non"),

  // 二: the central period.
  "period started": "on >= 17/10/2025",
  "period over": "on > 25/02/2026",
  "payable day": "day of month <= 25",

  // 七(一): newborns.
  "born this year": "birth date >= 01/01/2026",
  "born last year": all("birth date >= 01/01/2025", "birth date < 01/01/2026"),
  "days since birth": { "durée": { depuis: "birth date", "jusqu'à": "on" } },
  "newborn in time": all("born last year", any("period over = non", "days since birth <= 90 jour")),

  // 七(二): leaving another scheme.
  "may join after leaving": all(
    any(
      all("left = 'employee'", "two years"),
      "left = 'prison'",
      all(oneOf("left", "soldier", "soldier_spouse"), "left on >= 01/01/2026"),
    ),
    "period over",
    "on <= left limit",
  ),

  "route": choices(
    ["residence = 'away'", "'none'"],
    ["other plan != 'none'", "'none'"],
    ["born this year", "'newborn'"],
    ["newborn in time", "'newborn'"],
    ["born last year", "'none'"],
    ["period over = non", "'central'"],
    ["may join after leaving", "'left'"],
    ["'none'"],
  ),

  // 三 and 四: amounts in yuan.
  "assistance": choices(
    ["route = 'left'", "0"],
    ["born this year", "0"],
    [any("tekun", "veteran"), "400"],
    ["dibao", "320"],
    ["monitored", "280"],
    ["0"],
  ),
  "waived": choices(["born this year", "400"], ["0"]),
  "payable": choices(["route = 'none'", "0"], ["400 - assistance - waived"]),

  "kind": choices(
    ["residence = 'away'", "'not_covered'"],
    [oneOf("other plan", "employee", "resident_elsewhere"), "'not_covered'"],
    ["route = 'none'", "'unstated'"],
    ["payable = 0", "'free'"],
    ["'pay'"],
  ),
  "today": choices(
    ["kind = 'not_covered'", "'closed'"],
    ["kind = 'unstated'", "'unstated'"],
    ["kind = 'free'", "'not_needed'"],
    [all("period started", "payable day"), "'open'"],
    ["'closed'"],
  ),
};

const day = (text) => text.split("-").reverse().join("/");
const yes = (value) => (value ? "oui" : "non");

function threeMonthsAfter(text) {
  const [year, month, date] = text.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + 3, 0)).getUTCDate();
  return new Date(Date.UTC(year, month + 2, Math.min(date, last))).toISOString().slice(0, 10);
}

/** A request of Canbao's contract as a publicodes situation. */
export function situation({ on, answers }) {
  const groups = new Set(answers.groups);
  const has = (...ids) => yes(ids.some((id) => groups.has(id)));
  return {
    "on": day(on),
    "day of month": Number(on.slice(8)),
    "residence": `'${answers.residence}'`,
    "other plan": `'${answers.other_plan}'`,
    "birth date": day(answers.birth_date),
    "left": `'${answers.left}'`,
    ...(answers.left_on && { "left on": day(answers.left_on), "left limit": day(threeMonthsAfter(answers.left_on)) }),
    "two years": yes(answers.employee_two_years),
    "tekun": has("tekun", "orphan", "de_facto_orphan"),
    "dibao": has("dibao"),
    "monitored": has("unstable", "edge", "sudden"),
    "veteran": has("veteran_benefit"),
  };
}
