// Toasts: a short line that something happened, with Undo where it can be undone. Server-sent ones leave after eight seconds.
const LIFE = 8000;

function region() {
  let box = document.querySelector(".toasts");
  if (!box) {
    box = document.createElement("div");
    box.className = "toasts";
    box.setAttribute("role", "status");
    document.body.append(box);
  }
  return box;
}

function leaveLater(toast) {
  let timer = setTimeout(() => toast.remove(), LIFE);
  const stay = () => clearTimeout(timer);
  const go = () => { stay(); timer = setTimeout(() => toast.remove(), LIFE / 2); };
  toast.addEventListener("pointerenter", stay);
  toast.addEventListener("focusin", stay);
  toast.addEventListener("pointerleave", go);
  toast.addEventListener("focusout", go);
}

export function toast(text) {
  const line = document.createElement("div");
  line.className = "toast";
  line.textContent = text;
  region().append(line);
  leaveLater(line);
}

document.querySelectorAll(".toast[data-leaves]").forEach(leaveLater);
