// Asks every second whether the session behind this page still lives; once it is over, fetches the page anew, which
// then says so in the service's words. Nothing is asked while nobody looks.
const { alive, again } = document.body.dataset;

const ask = async () => {
  if (document.hidden) return;
  const answer = await fetch(alive, { cache: "no-store" });
  if (answer.status === 205) location.replace(again);
};

setInterval(() => ask().catch(() => {}), 1000);
document.addEventListener("visibilitychange", () => ask().catch(() => {}));
