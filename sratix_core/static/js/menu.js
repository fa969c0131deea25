// Menus: one popover at a time, gone on a click elsewhere or Escape; the sidebar folds and remembers it; the mobile sheet closes.
const shell = document.querySelector(".shell");

document.addEventListener("click", (event) => {
  document.querySelectorAll("details.pop[open]").forEach((pop) => { if (!pop.contains(event.target)) pop.open = false; });
  if (event.target.closest("[data-act=fold]")) {
    const folded = shell.toggleAttribute("data-collapsed");
    document.cookie = `sidebar=${folded ? "folded" : "open"}; Path=/; Max-Age=31536000; SameSite=Lax`;
  }
  if (event.target.closest("[data-act=close-drawer]")) close();
  if (location.hash === "#sidebar" && !event.target.closest(".sidebar, .menu")) location.hash = "";
});

function close() {
  const drawer = document.querySelector(".drawer:not([hidden])");
  if (drawer) drawer.hidden = true;
  return Boolean(drawer);
}

document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.target.closest("input, textarea, select, [contenteditable]")) {
    const search = document.querySelector("[data-search]");
    if (search) { event.preventDefault(); search.focus(); search.select(); }
  }
  if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
  const pop = document.querySelector("details.pop[open]");
  if (pop) { pop.open = false; pop.querySelector("summary").focus(); }
  else if (location.hash === "#sidebar") location.hash = "";
  else close();
});

addEventListener("hashchange", () => {
  if (location.hash === "#sidebar") document.querySelector(".sidebar a")?.focus();
});
