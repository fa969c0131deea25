// The API reference: send what a form says, with the key that was entered or the browser's own sign-in, and show the answer.
const credential = document.getElementById("credential");

function open() {
  const target = document.getElementById(location.hash.slice(1));
  if (target?.matches("details")) target.open = true;
}
addEventListener("hashchange", open);
open();

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-path]");
  if (!form) return;
  event.preventDefault();
  const said = form.querySelector("output");
  const answer = form.querySelector(".answer");
  const url = new URL(form.dataset.path.replace(/\{(\w+)\}/g, (hole, name) => {
    const value = form.querySelector(`[data-in="path"][data-name="${name}"]`).value.trim();
    remember(name, value);
    return encodeURIComponent(value);
  }), location.origin);
  for (const field of form.querySelectorAll('[data-in="query"]')) {
    if (field.value.trim()) url.searchParams.set(field.dataset.name, field.value.trim());
  }
  const key = credential.value.trim();
  const headers = key ? { Authorization: `Bearer ${key}` } : { "X-CSRF-Token": document.body.dataset.token };
  for (const field of form.querySelectorAll('[data-in="header"]')) {
    if (field.value.trim()) headers[field.dataset.name] = field.value.trim();
  }
  const body = form.querySelector("[data-body]")?.value;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  said.value = "…";
  const begun = performance.now();
  try {
    const response = await fetch(url, { method: form.dataset.method, headers, body, credentials: key ? "omit" : "same-origin" });
    const text = await response.text();
    said.value = `${response.status} ${response.statusText} · ${Math.round(performance.now() - begun)} ms`;
    answer.textContent = pretty(text);
    answer.hidden = !text;
  } catch {
    said.value = "No answer. Check the connection and send it again.";
  }
});

// The organizer and the event stay the same from one form to the next.
function remember(name, value) {
  if (name !== "tenant" && name !== "event") return;
  for (const field of document.querySelectorAll(`[data-in="path"][data-name="${name}"]`)) field.value ||= value;
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
