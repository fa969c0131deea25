// Command palette: the places of this page's own navigation at once, then the people, orders and events the server finds. Ctrl or Cmd K.
const palette = document.querySelector("dialog.palette");
const PAUSE = 150; // milliseconds after a key before the server is asked

function option(place) {
  const line = document.createElement("a");
  line.href = place.href;
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
  let asking;
  let waiting;

  const lines = () => [...hits.querySelectorAll("a")];

  function pick(to) {
    const all = lines();
    at = Math.max(0, Math.min(to, all.length - 1));
    all.forEach((line, i) => { line.id = `hit-${i}`; line.role = "option"; line.tabIndex = -1; line.setAttribute("aria-selected", String(i === at)); });
    all[at]?.scrollIntoView({ block: "nearest" });
    if (all[at]) ask.setAttribute("aria-activedescendant", all[at].id);
    else ask.removeAttribute("aria-activedescendant");
  }

  function group(title, options) {
    const box = document.createElement("div");
    box.role = "group";
    box.ariaLabel = title;
    const head = document.createElement("div");
    head.className = "hits-h";
    head.role = "presentation";
    head.textContent = title;
    box.append(head, ...options);
    return box;
  }

  async function find(typed) {
    asking?.abort();
    asking = new AbortController();
    const answer = await fetch(`${search}?part=hits&q=${encodeURIComponent(typed)}`, { signal: asking.signal }).catch(() => null);
    if (!answer?.ok || ask.value.trim() !== typed) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (ask.value.trim() !== typed) return;
    hits.querySelectorAll("[role=group]").forEach((box) => box.remove());
    const found = [...page.querySelectorAll("[data-group]")].map((part) => group(part.dataset.group, part.querySelectorAll("a.hit")));
    hits.prepend(...found);
    pick(0);
  }

  function show() {
    const typed = ask.value.trim();
    const wanted = typed.toLocaleLowerCase();
    const found = places.filter((place) => place.label.toLocaleLowerCase().includes(wanted)).slice(0, 12);
    if (wanted && search) {
      found.push({
        href: `${search}?q=${encodeURIComponent(typed)}`,
        label: `${palette.dataset.searchLabel} “${typed}”`,
        where: "",
        icon: palette.querySelector(".ask .icon"),
      });
    }
    hits.replaceChildren(...found.map(option));
    pick(0);
    clearTimeout(waiting);
    asking?.abort();
    if (search && typed.length > 1) waiting = setTimeout(() => find(typed), PAUSE);
  }

  function open() { ask.value = ""; show(); palette.showModal(); ask.focus(); }

  ask.addEventListener("input", show);
  ask.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") pick(at + 1);
    else if (event.key === "ArrowUp") pick(at - 1);
    else if (event.key === "Enter") lines()[at]?.click();
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
