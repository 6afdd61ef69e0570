// A page that uses the JavaScript API: every function it has, once. Nothing here knows a rule of any notice.
import { evaluate, notices, ready } from "./index.js";

const form = document.querySelector("form");
const said = document.querySelector("[role=status]");
const whole = document.querySelector("pre");

await ready();
for (const { id, title } of notices()) {
  form.elements.notice.add(new Option(title, id));
}
// The engine has no clock: the page says which day it is.
form.elements.on.valueAsDate = new Date();

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const { notice, on, ...given } = Object.fromEntries(new FormData(form));
  // A question not answered is left out: it is never a default.
  const answers = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ""));
  try {
    const response = evaluate({ notice, on, answers });
    const [first] = response.outcomes;
    const amount = first.fee ? `${first.fee.payable} 元` : "通知没有写金额";
    const last = first.deadline ? `最晚 ${first.deadline.safe}` : "没有写最后一天";
    const open = response.settled ? "" : `（还没定，下一个该问：${response.ask[0] ?? "没有"}）`;
    said.textContent = `${amount}，${last}${open}`;
    whole.textContent = JSON.stringify(response, null, 2);
  } catch (error) {
    // A mistake in what was asked has a code and names the answers; anything else is a fault.
    if (error.name !== "RequestError") throw error;
    said.textContent = `${error.code}: ${error.message}`;
    whole.textContent = "";
  }
});
