// Counts the answered questions, and keeps "I don't know" and the other answers from contradicting each other.
const form = document.querySelector("form[data-quiz]");

const isDontKnow = (control) => control.name.endsWith("dont_know");
const isFilled = (control) =>
  control.type === "checkbox" || control.type === "radio" ? control.checked : control.value.trim() !== "";

function controlsOf(question) {
  return [...question.querySelectorAll("input, select")].filter((control) => control.type !== "hidden");
}

function isAnswered(question) {
  const controls = controlsOf(question);
  if (controls.some((control) => isDontKnow(control) && control.checked)) return true;
  const others = controls.filter((control) => !isDontKnow(control));
  const choices = others.filter((control) => control.type === "radio" || control.type === "checkbox");
  const fields = others.filter((control) => !choices.includes(control));
  return choices.length ? choices.some(isFilled) : fields.length > 0 && fields.every(isFilled);
}

function agree(question, changed) {
  for (const control of controlsOf(question)) {
    if (control === changed) continue;
    const opposite = isDontKnow(control) !== isDontKnow(changed);
    if (opposite && isFilled(changed) && "checked" in control && control.type !== "text") control.checked = false;
  }
}

if (form) {
  const questions = [...form.querySelectorAll("fieldset[data-question]")];
  const tally = form.querySelector("[data-tally]");
  const bar = form.querySelector("[data-tally-bar]");
  const count = () => {
    const answered = questions.filter(isAnswered).length;
    tally.textContent = tally.dataset.tally.replace("{answered}", answered).replace("{all}", questions.length);
    if (bar) bar.value = answered;
  };
  for (const question of questions) {
    question.addEventListener("input", (event) => { agree(question, event.target); count(); });
    question.addEventListener("moved", count);
  }
  tally.hidden = false;
  if (bar) bar.hidden = false;
  count();
}
