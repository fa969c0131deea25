// Stripe's Payment Element on the shop's page: mount it, confirm with it, say what went wrong. The page's address after that is the return page.
const form = document.querySelector("#stripe-pay");
const button = form.querySelector("button");
const label = button.querySelector("span");
const words = label.textContent;

const say = (text) => {
  const said = form.querySelector("#stripe-said");
  said.querySelector("b").textContent = text;
  said.hidden = !text;
};
const busy = (on) => {
  button.disabled = on;
  label.textContent = on ? form.dataset.busy : words;
};

const start = () => {
  const { key, secret, locale } = form.dataset;
  const theme = matchMedia("(prefers-color-scheme: dark)").matches ? "night" : "stripe";
  const stripe = window.Stripe(key, { locale });
  const elements = stripe.elements({ clientSecret: secret, locale, appearance: { theme } });
  const fields = elements.create("payment");
  fields.on("ready", () => busy(false));
  fields.on("loaderror", () => say(form.dataset.unreachable));
  fields.mount("#stripe-fields");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    say("");
    busy(true);
    try {
      const { error } = await stripe.confirmPayment({ elements, clientSecret: secret, confirmParams: { return_url: form.dataset.return } });
      // Only a refusal comes back here: whoever may pay is on the way to the return page.
      say(error?.message || form.dataset.failed);
    } catch {
      say(form.dataset.failed);
    }
    busy(false);
  });
};

if (window.Stripe) start();
else say(form.dataset.unreachable);
