// Forms: go to what is wrong, warn before leaving typed text, never send twice, act at once where a list filters itself.
document.querySelector(".error-summary")?.focus();

const typed = new Set();
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.hasAttribute("data-guard")) typed.add(form);
});
addEventListener("beforeunload", (event) => { if (typed.size) event.preventDefault(); });

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog" || event.defaultPrevented) return;
  if (form.hasAttribute("data-sent")) { event.preventDefault(); return; }
  typed.delete(form);
  if (form.method !== "post" || form.hasAttribute("data-again")) return;
  form.setAttribute("data-sent", "");
  form.setAttribute("aria-busy", "true");
  setTimeout(() => { form.removeAttribute("data-sent"); form.removeAttribute("aria-busy"); }, 10000);
});
addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => { form.removeAttribute("data-sent"); form.removeAttribute("aria-busy"); });
});

document.addEventListener("change", (event) => {
  if (event.target.hasAttribute("data-autosubmit")) event.target.form.requestSubmit();
  const hides = event.target.dataset.hides && document.getElementById(event.target.dataset.hides);
  if (hides) hides.hidden = event.target.checked;
});
document.querySelectorAll("[data-hides]").forEach((box) => {
  const part = document.getElementById(box.dataset.hides);
  if (part && box.checked) part.hidden = true;
});

// A link to a confirm page opens its question as a dialog instead; without a script the link leads to the page.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog) { event.preventDefault(); dialog.showModal(); }
  if (event.target.closest("[data-act=close-dialog]")) { event.preventDefault(); event.target.closest("dialog")?.close(); }
});
