// What a dashboard page does beyond HTML; every page works without it.
import "./theme.js";
import "./menu.js";
import "./copy.js";
import "./forms.js";
import "./palette.js";
import "./suggest.js";
import "./table.js";
