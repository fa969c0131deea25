// What a shop page does beyond HTML; every page works without it.
import "./theme.js";
import "./copy.js";
import "./forms.js";
import "./cart.js";
import "./hold.js";
