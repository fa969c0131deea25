// Copyable ids: a press puts the id on the clipboard and says so.
import { toast } from "./toast.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    toast(button.dataset.copied ?? button.dataset.copy);
  } catch {
    getSelection()?.selectAllChildren(button); // no clipboard on plain http: leave it selected for Ctrl C
  }
});
