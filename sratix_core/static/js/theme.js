// Theme: the server reads the cookie and writes data-theme, so a page never flashes; this only changes both.
const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");

function keep(theme) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  const age = theme === "system" ? 0 : 31536000;
  document.cookie = `theme=${theme}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  document.querySelectorAll("input[name=theme]").forEach((input) => { input.checked = input.value === theme; });
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-act=theme]")) return;
  const now = root.dataset.theme ?? (dark.matches ? "dark" : "light");
  keep(now === "dark" ? "light" : "dark");
});
document.addEventListener("change", (event) => {
  if (event.target.matches("input[name=theme]")) keep(event.target.value);
});
