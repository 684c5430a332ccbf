// Makes answering quicker; every page works without it.
// - A question that depends on another one of the page appears once it is called for.
// - "None of these" and another choice do not stay ticked together.
// - A comment says how much room is left when little is.
// - What is typed but not sent outlives a step back, until the tab is closed.

const form = document.querySelector("#answers");

function chosen(name) {
  return [...form.querySelectorAll(`[name="${name}"]:checked`)].map((input) => input.value);
}

function holds(question) {
  const { includes, below, above } = question.dataset;
  const values = chosen(question.dataset.if);
  if (includes !== undefined) return values.includes(includes);
  const point = values.length && /^\d+$/.test(values[0]) ? Number(values[0]) : null;
  if (point === null) return false;
  return below !== undefined ? point < Number(below) : point > Number(above);
}

// A hidden question is disabled, so that it is not sent. One whose condition lies on an earlier
// page is only here because the condition holds.
function showWhatIsAsked() {
  for (const question of form.querySelectorAll("[data-if]")) {
    if (!form.querySelector(`[name="${question.dataset.if}"]`)) continue;
    const isAsked = holds(question) || question.classList.contains("is-wrong");
    question.hidden = !isAsked;
    for (const control of question.querySelectorAll("input, textarea")) control.disabled = !isAsked;
  }
}

function keepOthersOut(input) {
  if (input.type !== "checkbox" || !input.checked) return;
  for (const other of form.querySelectorAll(`[name="${input.name}"]:checked`)) {
    if (other !== input && ("alone" in input.dataset || "alone" in other.dataset)) {
      other.checked = false;
    }
  }
}

function sayRoomLeft(area) {
  const left = Number(area.dataset.limit) - [...area.value.trim()].length;
  let note = area.parentElement.querySelector(".question__left");
  if (!note) {
    note = document.createElement("p");
    note.className = "question__left";
    note.setAttribute("role", "status");
    area.after(note);
  }
  note.textContent = left < 500 ? area.dataset.left.replace("#", String(left)) : "";
}

const draftName = () => `draft ${form.dataset.sitting} ${form.getAttribute("action")}`;

function keepDraft() {
  const sent = [...new FormData(form)].filter(([name]) => !name.startsWith("_"));
  try {
    sessionStorage.setItem(draftName(), JSON.stringify(sent));
  } catch {
    // No storage here, or it is full: the page works without.
  }
}

function forgetDrafts() {
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith("draft ")) sessionStorage.removeItem(name);
  }
}

function takeUpDraft() {
  const draft = JSON.parse(sessionStorage.getItem(draftName()) ?? "null");
  if (!draft || document.querySelector("#problem")) return;
  for (const input of form.querySelectorAll("input:not([name^='_'])")) {
    input.checked = draft.some(([name, value]) => name === input.name && value === input.value);
  }
  for (const area of form.querySelectorAll("textarea")) {
    area.value = draft.find(([name]) => name === area.name)?.[1] ?? area.value;
  }
}

if (form) {
  try {
    takeUpDraft();
  } catch {
    // As above.
  }
  showWhatIsAsked();
  document.querySelector("#problem")?.focus();
  form.addEventListener("change", (event) => {
    keepOthersOut(event.target);
    showWhatIsAsked();
    keepDraft();
  });
  form.addEventListener("input", (event) => {
    if (event.target.matches("textarea")) {
      sayRoomLeft(event.target);
      keepDraft();
    }
  });
  form.addEventListener("submit", () => {
    try {
      sessionStorage.removeItem(draftName());
    } catch {
      // As above.
    }
  });
} else {
  try {
    forgetDrafts();
  } catch {
    // As above.
  }
}
