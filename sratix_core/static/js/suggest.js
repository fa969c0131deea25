// A field that suggests names while somebody types: the server finds them, the browser shows them. Without a script, what was typed is looked up when it is sent.
const PAUSE = 200; // milliseconds after a key before the server is asked

document.querySelectorAll("input[data-suggest][list]").forEach((field) => {
  let waiting;
  let asking;

  async function find() {
    const typed = field.value.trim();
    asking?.abort();
    asking = new AbortController();
    const answer = await fetch(`${field.dataset.suggest}?part=names&q=${encodeURIComponent(typed)}`, { signal: asking.signal }).catch(() => null);
    if (!answer?.ok || field.value.trim() !== typed) return;
    const page = new DOMParser().parseFromString(`<datalist>${await answer.text()}</datalist>`, "text/html");
    field.list.replaceChildren(...page.querySelectorAll("option"));
  }

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    if (field.value.trim().length > 1) waiting = setTimeout(find, PAUSE);
  });
});
