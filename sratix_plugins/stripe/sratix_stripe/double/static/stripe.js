// A stand-in for Stripe.js, served by the double: the Payment Element as a plain form, confirmPayment, confirmSetup. No frame, no real money.
(() => {
  const origin = new URL(document.currentScript.src).origin;
  const style = new CSSStyleSheet();
  style.replaceSync(`
    :host { display: block; color-scheme: inherit; font: 16px/1.5 inherit; }
    form, dialog { display: grid; gap: 12px; }
    dialog:not([open]) { display: none; }
    dialog { max-width: 360px; padding: 24px; border: 1px solid GrayText; border-radius: 12px; background: Canvas; color: CanvasText; }
    p { margin: 0; } .test { font-size: 13px; opacity: .8; }
    label { display: grid; gap: 4px; font-size: 14px; }
    input { font: inherit; font-size: 16px; min-height: 44px; box-sizing: border-box; width: 100%; padding: 8px 12px; border: 1px solid GrayText; border-radius: 8px; background: Field; color: FieldText; }
    .two { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; }
    button { font: inherit; min-height: 44px; border: 1px solid GrayText; border-radius: 8px; background: ButtonFace; color: ButtonText; }
  `);
  const fields = `
    <p class="test">Test payment, no real money. 4242 4242 4242 4242 pays.</p>
    <label>Card number<input name="number" inputmode="numeric" autocomplete="cc-number" placeholder="1234 1234 1234 1234"></label>
    <div class="two">
      <label>Expires<input name="expiry" inputmode="numeric" autocomplete="cc-exp" placeholder="MM / YY"></label>
      <label>CVC<input name="cvc" inputmode="numeric" autocomplete="cc-csc" placeholder="CVC"></label>
    </div>`;
  const challenge = `
    <p><b>Test bank: is this you?</b></p><p>With a real card, your bank would now ask for your phone or a password.</p>
    <button value="approve">Approve</button><button value="fail">Fail the check</button>`;

  class Element {
    constructor() { this.listeners = {}; }
    on(name, heard) { (this.listeners[name] ||= []).push(heard); return this; }
    tell(name, said = {}) { (this.listeners[name] || []).forEach((heard) => heard({ elementType: "payment", ...said })); }
    mount(where) {
      const at = typeof where === "string" ? document.querySelector(where) : where;
      if (!at) throw new Error(`There is no element ${where} to mount on.`);
      this.host = at.appendChild(document.createElement("div"));
      this.root = this.host.attachShadow({ mode: "open" });
      this.root.adoptedStyleSheets = [style];
      this.form = this.root.appendChild(document.createElement("form"));
      this.form.innerHTML = fields;
      this.form.addEventListener("submit", (event) => event.preventDefault());
      this.form.addEventListener("input", () => this.tell("change", { complete: !this.lacking(), empty: !this.form.number.value, value: { type: "card" } }));
      queueMicrotask(() => this.tell("ready"));
    }
    unmount() { this.host?.remove(); }
    destroy() { this.unmount(); }
    update() {}
    focus() { this.form.number.focus(); }
    lacking() {
      const missing = ["number", "expiry", "cvc"].find((name) => !this.form[name].value.trim());
      const words = { number: "Your card number is incomplete.", expiry: "Your card's expiration date is incomplete.", cvc: "Your card's security code is incomplete." };
      return missing && { type: "validation_error", code: `incomplete_${missing}`, message: words[missing] };
    }
    card() {
      const [month, year] = this.form.expiry.value.split("/").map((part) => part.trim());
      return { "card[number]": this.form.number.value, "card[exp_month]": month, "card[exp_year]": year || "0", "card[cvc]": this.form.cvc.value };
    }
    ask() {
      const dialog = this.root.appendChild(document.createElement("dialog"));
      dialog.setAttribute("aria-label", "3-D Secure");
      dialog.innerHTML = challenge;
      dialog.showModal();
      return new Promise((answered) => {
        const end = (answer) => { dialog.remove(); answered(answer); };
        dialog.addEventListener("click", (event) => event.target.value && end(event.target.value));
        dialog.addEventListener("cancel", () => end("fail"));
      });
    }
  }

  window.Stripe = (key, options = {}) => {
    if (!/^pk_(test|live)_/.test(key || "")) throw new Error("Stripe() takes a publishable key, pk_test_… or pk_live_….");
    const call = async (method, path, params) => {
      const said = new URLSearchParams({ key, ...params });
      const headers = options.stripeAccount ? { "Stripe-Account": options.stripeAccount } : {};
      try {
        const answer = await fetch(origin + path + (method === "GET" ? `?${said}` : ""), { method, headers, body: method === "GET" ? undefined : said });
        const body = await answer.json();
        return answer.ok ? { ok: body } : { error: body.error };
      } catch {
        return { error: { type: "api_connection_error", message: "The payment service did not answer. Check your connection and try again." } };
      }
    };
    const idOf = (secret) => secret.split("_secret_")[0];
    const confirm = async (noun, result, { elements, clientSecret, confirmParams = {}, redirect = "always" }) => {
      const element = elements.getElement("payment");
      const secret = clientSecret || elements.clientSecret;
      if (redirect === "always" && !confirmParams.return_url) throw new Error("confirmParams.return_url is required.");
      const lacking = element.lacking();
      if (lacking) return { error: lacking };
      const billing = confirmParams.payment_method_data?.billing_details || {};
      const about = Object.fromEntries(["name", "email", "phone"].filter((name) => billing[name]).map((name) => [`billing_details[${name}]`, billing[name]]));
      const method = await call("POST", "/v1/payment_methods", { type: "card", ...element.card(), ...about });
      if (method.error) return { error: method.error };
      const where = confirmParams.return_url ? { return_url: confirmParams.return_url } : {};
      let done = await call("POST", `/v1/${noun}s/${idOf(secret)}/confirm`, { client_secret: secret, payment_method: method.ok.id, ...where });
      if (done.ok?.status === "requires_action") done = await call("POST", `/3ds/${idOf(secret)}`, { answer: await element.ask(), as: "json" });
      if (done.error) return { error: done.error };
      if (redirect === "if_required") return { [result]: done.ok };
      const url = new URL(confirmParams.return_url);
      url.searchParams.set(noun, idOf(secret));
      url.searchParams.set(`${noun}_client_secret`, secret);
      url.searchParams.set("redirect_status", "succeeded");
      location.assign(url);
      return new Promise(() => {});
    };
    const retrieve = async (noun, result, secret) => {
      const { ok, error } = await call("GET", `/v1/${noun}s/${idOf(secret)}`, { client_secret: secret });
      return error ? { error } : { [result]: ok };
    };
    return {
      elements: ({ clientSecret } = {}) => {
        let element = null;
        return {
          clientSecret,
          create: (kind) => { if (kind !== "payment") throw new Error(`This stand-in knows the payment element, not ${kind}.`); return (element = new Element()); },
          getElement: () => element,
          submit: async () => { const error = element.lacking(); return error ? { error } : {}; },
          update() {},
          fetchUpdates: async () => ({}),
        };
      },
      confirmPayment: (said) => confirm("payment_intent", "paymentIntent", said),
      confirmSetup: (said) => confirm("setup_intent", "setupIntent", said),
      retrievePaymentIntent: (secret) => retrieve("payment_intent", "paymentIntent", secret),
      retrieveSetupIntent: (secret) => retrieve("setup_intent", "setupIntent", secret),
    };
  };
})();
