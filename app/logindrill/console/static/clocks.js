// Lets the shown clock go on, and counts down to what is due; when something falls due, the pane is fetched anew.

const FORM = new Intl.DateTimeFormat("en-GB", {
  day: "numeric", month: "short", year: "numeric",
  hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone: "UTC",
});
const UNITS = [["d", 86400], ["h", 3600], ["min", 60], ["s", 1]];
let timer;

export function startClocks(whenDue) {
  clearInterval(timer);
  const [clock, face] = document.querySelectorAll("[data-clock]");
  if (!clock) return;
  const shown = Date.parse(clock.dateTime);
  const begun = performance.now();
  const waiting = [...document.querySelectorAll("[data-until]")].filter((time) => Date.parse(time.dateTime) > shown);
  const runs = clock.dataset.clock === "running";
  const tick = () => {
    const now = shown + (runs ? performance.now() - begun : 0);
    if (runs) clock.textContent = FORM.format(now);
    if (runs && face) face.textContent = FORM.format(now).slice(-8);
    let due = false;
    for (const time of waiting) {
      const left = Date.parse(time.dateTime) - now;
      time.textContent = left > 0 ? `in ${span(left)}` : "now";
      due ||= left <= 0;
    }
    if (due) {
      clearInterval(timer);
      whenDue();
    }
  };
  tick();
  if (runs) timer = setInterval(tick, 1000);
}

function span(milliseconds) {
  let seconds = Math.ceil(milliseconds / 1000);
  const parts = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(seconds / size);
    seconds %= size;
    if (count) parts.push(`${count} ${unit}`);
  }
  return parts.slice(0, 2).join(" ");
}
