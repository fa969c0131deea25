// Tickets on the event page: plus and minus, and the sum as it grows. The server counts again; this only shows.
const form = document.querySelector("form[data-cart]");

// Written as the server writes it: Swiss francs one way in every language, the rest as the language does.
function money(minor) {
  const { currency, exponent } = form.dataset;
  const digits = Number(exponent);
  const amount = minor / 10 ** digits;
  if (currency === "CHF") return `CHF ${amount.toFixed(digits).replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, "’")}`;
  const options = { style: "currency", currency, minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(document.documentElement.lang, options).format(amount);
}

// What was typed as an amount, in minor units: the marks of thousands are left out, one comma or point parts the rest.
function typed(field) {
  const plain = field.value.replace(/[^\d.,]/g, "").replace(/[.,](?=\d{3}\b)/g, "").replace(",", ".");
  return Math.round((Number(plain) || 0) * 10 ** Number(form.dataset.exponent));
}

function priceOf(input) {
  const own = input.closest(".tk").querySelector("[data-amount]");
  return own ? typed(own) : Number(input.dataset.price);
}

function count() {
  let tickets = 0;
  let total = 0;
  form.querySelectorAll("input[data-price]").forEach((input) => {
    const number = Math.max(0, Math.trunc(Number(input.value)) || 0);
    tickets += number;
    total += number * priceOf(input);
    const box = input.closest(".qty");
    box.querySelector("[data-step='-1']").toggleAttribute("data-end", number <= 0);
    box.querySelector("[data-step='1']").toggleAttribute("data-end", number >= Number(input.max));
  });
  const words = form.dataset[tickets === 1 ? "one" : "many"].replace("{n}", tickets);
  document.querySelectorAll("[data-sum]").forEach((part) => { part.textContent = tickets ? money(total) : part.dataset.none ?? money(0); });
  document.querySelectorAll("[data-count]").forEach((part) => { part.textContent = tickets ? words : form.dataset.none; });
}

// The page is the same for everybody; this tells two tabs apart, so that each makes a cart of its own.
function nameTab() {
  const value = crypto.getRandomValues(new Uint32Array(4)).join("-");
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "once", value }));
}

if (form) {
  nameTab();
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (!button) return;
    const input = button.closest(".qty").querySelector("input");
    const next = (Math.trunc(Number(input.value)) || 0) + Number(button.dataset.step);
    input.value = Math.max(Number(input.min), Math.min(Number(input.max), next));
    count();
  });
  form.addEventListener("click", (event) => {
    const pick = event.target.closest("[data-suggest]");
    if (!pick) return;
    const line = pick.closest(".tk");
    const number = line.querySelector("input[data-price]");
    line.querySelector("[data-amount]").value = pick.dataset.suggest;
    if (!Number(number.value)) number.value = 1;
    count();
  });
  form.addEventListener("input", count);
  addEventListener("pageshow", count); // a browser that goes back fills the numbers in again
  count();
}
