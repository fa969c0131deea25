// Command palette: the places of this page's own navigation, and a search for what was typed. Ctrl or Cmd K.
const palette = document.querySelector("dialog.palette");

function option(place, at) {
  const line = document.createElement("a");
  line.href = place.href;
  line.id = `hit-${at}`;
  line.role = "option";
  line.tabIndex = -1;
  line.append(place.icon.cloneNode(true), place.label);
  const where = document.createElement("span");
  where.className = "sub push";
  where.textContent = place.where;
  line.append(where);
  return line;
}

function start() {
  const ask = palette.querySelector("input");
  const hits = palette.querySelector("[role=listbox]");
  const places = [...document.querySelectorAll(".nav a.nav-item, .place .pop-body a")].map((link) => ({
    href: link.href,
    label: link.dataset.label ?? link.textContent.trim(),
    where: link.dataset.where ?? "",
    icon: link.querySelector(".icon"),
  })).filter((place) => place.icon);
  const search = palette.dataset.search;
  let at = 0;

  function pick(to) {
    const lines = [...hits.children];
    at = Math.max(0, Math.min(to, lines.length - 1));
    lines.forEach((line, i) => line.setAttribute("aria-selected", String(i === at)));
    lines[at]?.scrollIntoView({ block: "nearest" });
    if (lines[at]) ask.setAttribute("aria-activedescendant", lines[at].id);
    else ask.removeAttribute("aria-activedescendant");
  }

  function show() {
    const wanted = ask.value.trim().toLocaleLowerCase();
    const found = places.filter((place) => place.label.toLocaleLowerCase().includes(wanted)).slice(0, 12);
    if (wanted && search) {
      found.push({
        href: `${search}?q=${encodeURIComponent(ask.value.trim())}`,
        label: `${palette.dataset.searchLabel} “${ask.value.trim()}”`,
        where: "",
        icon: palette.querySelector(".ask .icon"),
      });
    }
    hits.replaceChildren(...found.map(option));
    pick(0);
  }

  function open() { ask.value = ""; show(); palette.showModal(); ask.focus(); }

  ask.addEventListener("input", show);
  ask.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") pick(at + 1);
    else if (event.key === "ArrowUp") pick(at - 1);
    else if (event.key === "Enter") hits.children[at]?.click();
    else return;
    event.preventDefault();
  });
  palette.addEventListener("click", (event) => { if (event.target === palette) palette.close(); });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") { event.preventDefault(); open(); }
  });
  document.addEventListener("click", (event) => { if (event.target.closest("[data-act=palette]")) open(); });
}

if (palette) start();
