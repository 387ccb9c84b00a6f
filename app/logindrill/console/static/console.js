// Keeps what is shown fresh, lets clocks go on, and copies; without it every pane works by loading it again.
import { morph } from "./morph.js";
import { startClocks } from "./clocks.js";

const body = document.body;
const live = document.getElementById("live");
const PAUSE = 1000;
let loading = false;
let leaving = false; // what was sent may end what is shown here: its answer is what comes next

function enhance(root) {
  for (const button of root.querySelectorAll("[data-copy]")) button.hidden = false;
}

async function refresh() {
  if (loading) return;
  loading = true;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    enhance(fresh);
    for (const part of ["top", "main"]) {
      morph(document.getElementById(part), fresh.getElementById(part));
    }
    body.dataset.mark = fresh.body.dataset.mark;
    startClocks(refresh);
  } finally {
    loading = false;
  }
}

async function compare(answer) {
  if (answer.status >= 400 && answer.status < 500) return location.reload(); // it is gone, or asks for the key
  const { mark } = await answer.json();
  live.textContent = "";
  if (mark !== body.dataset.mark) await refresh();
}

async function look() {
  try {
    if (!document.hidden && !leaving) {
      const answer = await fetch(body.dataset.markUrl);
      if (!leaving) await compare(answer);
    }
  } catch {
    live.textContent = "The server does not answer.";
  }
  setTimeout(look, PAUSE);
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  const said = button.textContent;
  button.textContent = "Copied";
  setTimeout(() => (button.textContent = said), 1500);
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
});

addEventListener("submit", () => (leaving = true));
addEventListener("pageshow", () => (leaving = false));

document.documentElement.classList.add("js");
enhance(document);
startClocks(refresh);
if (body.dataset.markUrl) setTimeout(look, PAUSE);
