// The hold: counts down by the server's clock, turns amber under two minutes, and asks the server again at the end.
const hold = document.querySelector(".hold[data-until]");

if (hold) {
  const skew = Date.parse(hold.dataset.now) - Date.now();
  const until = Date.parse(hold.dataset.until);
  const face = hold.querySelector(".num");
  const tick = () => {
    const left = Math.max(0, Math.ceil((until - Date.now() - skew) / 1000));
    const minutes = Math.floor(left / 60);
    const seconds = left % 60;
    face.textContent = `${String(minutes).padStart(2, "0")}:${String(seconds).padStart(2, "0")}`;
    hold.setAttribute("aria-label", hold.dataset.words.replace("{m}", minutes).replace("{s}", seconds));
    hold.classList.toggle("low", left < 120);
    document.querySelectorAll("[data-when-low]").forEach((part) => { part.hidden = left >= 120 || left === 0; });
    if (left > 0) return;
    clearInterval(timer);
    if (!document.querySelector("form[aria-busy]")) location.assign(hold.dataset.ended);
  };
  const timer = setInterval(tick, 1000);
  tick();
}
