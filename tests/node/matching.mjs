// Whether a response is what a golden case expects: the rules of crates/cli/src/matching.rs, once more in JavaScript, so
// that the cases which run natively also run through the API as portals call it. No imports: browsers load this, too.

const CONTAINED = ["cites", "unstated", "channels"];

/** What differs between a golden case and what came of its request; empty: it passes. */
export function judge(goldenCase, evaluate) {
  let response;
  try {
    response = evaluate(goldenCase.request);
  } catch (error) {
    if (!goldenCase.error) return [`an error: ${error.message}`];
    const named = [...(error.answers ?? [])].sort();
    const expected = [...goldenCase.error].sort();
    return same(named, expected) ? [] : [`error: expected ${show(expected)}, got ${show(named)}: ${error.message}`];
  }
  return goldenCase.error ? [`no error, expected one about ${show(goldenCase.error)}`] : compare(goldenCase.expect, response);
}

/** The differences between an expectation and a response. */
export function compare(expected, response) {
  const found = [];
  for (const [key, value] of Object.entries(expected)) {
    if (key === "ask_contains") {
      for (const one of value) if (!response.ask.includes(one)) found.push(`ask: ${one} is missing in ${show(response.ask)}`);
    } else if (key === "ask_lacks") {
      for (const one of value) if (response.ask.includes(one)) found.push(`ask: ${one} is in ${show(response.ask)}`);
    } else if (key === "outcomes_contain") {
      for (const one of value) {
        const matches = response.outcomes.some((outcome) => matched("", "", one, outcome).length === 0);
        if (!matches) found.push(`outcomes: none matches ${show(one)}`);
      }
    } else {
      found.push(...matched(key, key, value, response[key]));
    }
  }
  return found;
}

function matched(path, key, expected, actual) {
  if (Array.isArray(expected) && Array.isArray(actual)) {
    if (CONTAINED.includes(key)) {
      const missing = expected.filter((one) => !actual.some((other) => same(one, other)));
      return missing.map((one) => `${path}: ${show(one)} is missing in ${show(actual)}`);
    }
    if (expected.length !== actual.length) return [`${path}: expected ${show(expected)}, got ${show(actual)}`];
    return expected.flatMap((one, at) => matched(`${path}[${at}]`, "", one, actual[at]));
  }
  if (isObject(expected) && isObject(actual)) {
    return Object.entries(expected).flatMap(([key, one]) =>
      key === "notes" ? []
        : key in actual || key === "level" ? matched(`${path}.${key}`, key, one, actual[key] ?? null)
          : [`${path}.${key}: there is no such key`]);
  }
  return expected === actual ? [] : [`${path}: expected ${show(expected)}, got ${show(actual)}`];
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const show = (value) => JSON.stringify(value);
const same = (a, b) => show(a) === show(b);
