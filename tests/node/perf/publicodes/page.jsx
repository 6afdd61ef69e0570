// The page that `cargo x perf` measures beside Canbao's: 兴县's rules in publicodes, its forms library, React. It asks
// the questions that Canbao asks an ordinary person first, in the same order and words, and shows what the rules give.
// Like Canbao's it takes the day from `?on=YYYY-MM-DD`, and the same test ids name its parts. It has no style sheet, no
// hints and none of what xingxian.publicodes.mjs leaves out, so it is lighter than a page that did the same.
import { FormBuilder } from "@publicodes/forms";
import Engine from "publicodes";
import { useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import { rules } from "../../bench/xingxian.publicodes.mjs";

const QUESTIONS = {
  "residence": {
    ask: "您的户口和住处在兴县吗？",
    answers: { local: "户口在兴县", permit: "户口不在，有兴县居住证", living: "户口不在，住在兴县", away: "都不在" },
  },
  "other plan": {
    ask: "2026 年，您有别的医保吗？",
    answers: { none: "没有", employee: "职工医保", resident_elsewhere: "外地的居民医保", other: "国家规定的其他保障" },
  },
  "birth date": { ask: "您是哪天出生的？" },
};
const GROUPS = { tekun: "特困人员", dibao: "低保对象", monitored: "防返贫监测对象", veteran: "在乡优抚对象" };
const GOALS = ["kind", "route", "payable", "today"];

const model = structuredClone(rules);
Object.entries(QUESTIONS).forEach(([name, { ask, answers }], at) => {
  Object.assign(model[name], { question: ask, form: { position: at + 1 } });
  if (answers) model[name]["une possibilité"] = Object.keys(answers).map((value) => `'${value}'`);
});
for (const [name, label] of Object.entries(GROUPS)) Object.assign(model[name], { titre: label, form: { position: 9 } });

const form = new FormBuilder({
  engine: new Engine(model, { flag: { filterNotApplicablePossibilities: true } }),
  // A page for each question, and one for all groups.
  pageBuilder(fields) {
    const groups = fields.filter((name) => name in GROUPS);
    const pages = fields.filter((name) => name in QUESTIONS).map((name) => ({ elements: [name] }));
    return groups.length > 0 ? [...pages, { elements: groups }] : pages;
  },
});

function start() {
  const on = new URLSearchParams(location.search).get("on") ?? new Date().toISOString().slice(0, 10);
  const [year, month, day] = on.split("-");
  return form.start(FormBuilder.newState({ "on": `${day}/${month}/${year}`, "day of month": Number(day) }), "payable");
}

function Page() {
  const [state, setState] = useState(start);
  const [done, setDone] = useState(false);
  if (done) return <Result state={state} />;
  const { elements } = form.currentPage(state);
  const take = (answers) => {
    const next = answers.reduce((before, [name, value]) => form.handleInputChange(before, name, value), state);
    if (form.pagination(next).hasNextPage) setState(form.goToNextPage(next));
    else {
      setState(next);
      setDone(true);
    }
  };
  const [first] = elements;
  if (first.id in GROUPS) return <Groups elements={elements} take={take} />;
  return first.options ? <Choice key={first.id} element={first} take={take} /> : <Day element={first} take={take} />;
}

function Choice({ element, take }) {
  return (
    <fieldset data-question={element.id.replace(" ", "_")}>
      <legend><h1 data-testid="heading">{element.label}</h1></legend>
      {element.options.map(({ value }) => (
        <button key={value} data-testid={`answer-${value}`} onClick={() => take([[element.id, value]])}>
          {QUESTIONS[element.id].answers[value]}
        </button>
      ))}
    </fieldset>
  );
}

function Day({ element, take }) {
  const input = useRef(null);
  return (
    <fieldset data-question={element.id.replace(" ", "_")}>
      <legend><h1 data-testid="heading">{element.label}</h1></legend>
      <input type="date" data-testid="date" ref={input} />
      <button data-testid="next" onClick={() => take([[element.id, input.current.value]])}>下一步</button>
    </fieldset>
  );
}

function Groups({ elements, take }) {
  const ticked = useRef(new Set());
  const go = (groups) => take(elements.map(({ id }) => [id, groups.has(id)]));
  return (
    <fieldset data-question="groups">
      <legend><h1 data-testid="heading">您是下面这些人吗？</h1></legend>
      <button data-testid="answer-none" onClick={() => go(new Set())}>都不是</button>
      {elements.map(({ id, label }) => (
        <label key={id}>
          <input
            type="checkbox"
            onChange={({ target }) => (target.checked ? ticked.current.add(id) : ticked.current.delete(id))}
          />
          {label}
        </label>
      ))}
      <button data-testid="next" onClick={() => go(ticked.current)}>下一步</button>
    </fieldset>
  );
}

function Result({ state }) {
  const [kind, route, payable, today] = GOALS.map((goal) => form.evaluate(state, goal).nodeValue);
  return (
    <main>
      <h1 data-testid="heading">个人缴 <b data-testid="result-amount">{payable}</b> 元</h1>
      <p>{kind} · {route} · {today}</p>
    </main>
  );
}

createRoot(document.getElementById("root")).render(<Page />);
