// Tables: a press anywhere on a row follows its first link; the check-in field keeps the focus for a keyboard-wedge scanner.
document.addEventListener("click", (event) => {
  const row = event.target.closest("tr[data-href]");
  if (!row || event.target.closest("a, button, input, label, select") || getSelection()?.toString()) return;
  location.assign(row.dataset.href);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-act=print]")) print();
  const all = event.target.closest("[data-act=pick-all]");
  all?.closest("table").querySelectorAll("tbody input[type=checkbox]").forEach((box) => { box.checked = all.checked; });
});

const scan = document.querySelector("[data-scan]");
if (scan) {
  scan.focus();
  addEventListener("focus", () => scan.focus());
  // Nothing typed: Ctrl Z takes back the pass that is shown, instead of letters.
  addEventListener("keydown", (event) => {
    const undo = document.querySelector("[data-undo]");
    if (!undo || scan.value || event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
    event.preventDefault();
    undo.requestSubmit();
  });
}
