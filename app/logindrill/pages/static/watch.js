// Asks every second whether the session behind this page still lives; once it is over, fetches the page anew, which
// then says so in the service's words. Nothing is asked while nobody looks, nor once the page is being left: a sign-out
// on its way ends the session too, and has words of its own.
const { alive, again } = document.body.dataset;

let leaving = false;

const ask = async () => {
  if (document.hidden || leaving) return;
  const answer = await fetch(alive, { cache: "no-store" });
  if (answer.status === 205 && !leaving) location.replace(again);
};

setInterval(() => ask().catch(() => {}), 1000);
document.addEventListener("visibilitychange", () => ask().catch(() => {}));
addEventListener("submit", () => (leaving = true));
addEventListener("pageshow", () => (leaving = false));
