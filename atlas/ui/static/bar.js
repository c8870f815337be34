/* The bar at the top: name, navigation, search with suggestions, language, light or dark.
 *
 * The search is the combobox of the ARIA Authoring Practices: the field keeps the focus, the arrow keys move through the
 * list, Enter takes, Escape closes.
 */
const WAIT = 90; // ms of quiet before what is typed is asked for

function build(root) {
  const bar = make("div", "bar-row", [
    make("div", "skips"),
    make("span", "brand"),
    make("nav", "views"),
    make("div", "search", [
      make("input", "field", null, {
        type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-autocomplete": "list",
        "aria-expanded": "false", "aria-controls": "atlas-suggestions",
      }),
      make("ul", "list", null, { role: "listbox", id: "atlas-suggestions", hidden: "" }),
      make("span", "said", "", { role: "status", "aria-live": "polite" }),
    ]),
    make("div", "langs", null, { role: "group" }),
    make("div", "schemes", null, { role: "group" }),
  ]);
  root.append(bar);
  const state = { bar, at: -1, open: false, data: null, send: null, timer: 0 };
  const field = bar.querySelector(".field");
  const list = bar.querySelector(".list");
  const close = () => {
    state.open = false;
    state.at = -1;
    draw(state);
  };
  const take = (entry) => {
    field.value = "";
    close();
    setOut();
    state.send("chosen", { kind: entry.kind, id: entry.id });
  };
  state.take = take;
  field.addEventListener("input", () => {
    clearTimeout(state.timer);
    state.at = -1;
    state.open = field.value.trim() !== "";
    state.timer = setTimeout(() => state.send("typed", field.value.slice(0, 100)), WAIT);
    draw(state);
  });
  field.addEventListener("focus", () => {
    state.open = field.value.trim() !== "";
    draw(state);
  });
  field.addEventListener("blur", () => setTimeout(close, 150));
  field.addEventListener("keydown", (event) => {
    const entries = fresh(state) ? state.data.suggestions : [];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (entries.length) state.at = (state.at + step + entries.length) % entries.length;
      state.open = true;
      draw(state);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (entries.length) take(entries[Math.max(state.at, 0)]);
      else state.hasty = true; // Enter came before the answer: take its first
    } else if (event.key === "Escape") {
      field.value = "";
      close();
    }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  return state;
}

/* Whether the suggestions at hand answer what stands in the field. */
function fresh(state) {
  const field = state.bar.querySelector(".field");
  return state.data && state.data.typed === field.value.slice(0, 100);
}

function draw(state) {
  const { bar, data } = state;
  const field = bar.querySelector(".field");
  const list = bar.querySelector(".list");
  const said = bar.querySelector(".said");
  const entries = fresh(state) ? data.suggestions : [];
  const answered = fresh(state) && field.value.trim() !== "";
  const shown = state.open && (entries.length > 0 || answered);
  list.hidden = !shown;
  field.setAttribute("aria-expanded", String(shown));
  if (shown && state.at >= 0) field.setAttribute("aria-activedescendant", `atlas-suggestion-${state.at}`);
  else field.removeAttribute("aria-activedescendant");
  if (fresh(state) || !shown) {
    list.replaceChildren(...(entries.length ? entries.map((entry, index) => {
      const item = make("li", index === state.at ? "option at" : "option", [
        make("span", "label", entry.label),
        make("span", "detail", entry.detail),
        make("span", "kind", entry.kind_title),
      ], { role: "option", id: `atlas-suggestion-${index}`, "aria-selected": String(index === state.at) });
      item.addEventListener("click", () => state.take(entry));
      return item;
    }) : answered ? [make("li", "none", data.none, { role: "presentation" })] : []));
  }
  said.textContent = shown && answered ? (entries.length ? data.found : data.none) : "";
  const chosen = list.querySelector(".at");
  if (chosen) chosen.scrollIntoView({ block: "nearest" });
}

/* A half disc, a sun, a moon. */
const SIGNS = {
  system: "M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2zm0 1.5a4.3 4.3 0 0 1 0 8.6z",
  light: "M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM7.3.8h1.4v2.4H7.3zm0 12h1.4v2.4H7.3zM.8 7.3h2.4v1.4H.8zm12 0h2.4v1.4h-2.4zM2.4 3.4l1-1 1.7 1.7-1 1zm8.5 8.5 1-1 1.7 1.7-1 1zM2.4 12.6l1.7-1.7 1 1-1.7 1.7zm8.5-8.5 1.7-1.7 1 1-1.7 1.7z",
  dark: "M6.6 2A6 6 0 1 0 14 9.6 5 5 0 0 1 6.6 2z",
};

function sign(scheme) {
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SIGNS[scheme]);
  path.setAttribute("fill-rule", "evenodd");
  for (const [name, value] of Object.entries({ viewBox: "0 0 16 16", width: "16", height: "16", "aria-hidden": "true" })) picture.setAttribute(name, value);
  picture.append(path);
  return picture;
}

/* Give the focus to a part of the page; the next Tab goes on from there. */
function goTo(part) {
  const map = part === "stage" ? mapOf() : null;
  const target = map ? map.map.getContainer() : document.querySelector(`.st-key-${part}`);
  if (!target) return;
  if (!map) target.tabIndex = -1;
  target.focus();
}

const states = new WeakMap();

/* Streamlit's lists name their button in English alone, whatever the page's language. */
const UNFOLDS = "[data-testid=stMain] :is([data-testid=stSelectbox], [data-testid=stMultiSelect]) button[aria-haspopup=listbox]";
let unfold = "";
const rename = () => {
  for (const one of document.querySelectorAll(UNFOLDS)) {
    if (one.getAttribute("aria-label") !== unfold) one.setAttribute("aria-label", unfold);
  }
};
const renaming = new MutationObserver(rename);

function nameLists(label, view) {
  renaming.disconnect();
  unfold = label;
  const main = document.querySelector("[data-testid=stMain]");
  if (!main || !["take", "own"].includes(view)) return;
  renaming.observe(main, { childList: true, subtree: true });
  rename(); // those that stand there already
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement;
  let state = states.get(root);
  if (!state || !root.contains(state.bar)) {
    state = build(root);
    states.set(root, state);
  }
  state.data = data;
  state.send = (name, value) => setTriggerValue(name, value);
  const { bar } = state;
  bar.lang = langOf(data);
  document.documentElement.lang = langOf(data);
  nameLists(data.unfold, data.views.find((view) => view.current).id);
  document.title = [data.views.find((view) => view.current).title, data.title].join(" · ");
  const main = document.querySelector("[data-testid=stMain]");
  if (main && main.tabIndex === 0) main.tabIndex = -1; // Streamlit's: nothing to do there by keyboard
  bar.querySelector(".brand").textContent = data.title;
  refill(root, bar.querySelector(".skips"), data.skips.map((skip) =>
    button("skip", skip.title, `skip:${skip.id}`, () => goTo(skip.id))));
  const nav = bar.querySelector(".views");
  nav.setAttribute("aria-label", data.views_title);
  refill(root, nav, data.views.map((view) =>
    button(view.current ? "view current" : "view", view.title, `view:${view.id}`, () => state.send("view", view.id),
      view.current ? { "aria-current": "page" } : {})));
  const langs = bar.querySelector(".langs");
  langs.setAttribute("aria-label", data.language);
  refill(root, langs, data.langs.map((lang) =>
    button(lang.current ? "lang current" : "lang", lang.title, `lang:${lang.id}`, () => state.send("lang", lang.id),
      { "aria-pressed": String(lang.current), lang: lang.id === "zh" ? "zh-CN" : "en" })));
  takeScheme(data.scheme);
  const schemes = bar.querySelector(".schemes");
  schemes.setAttribute("aria-label", data.scheme_title);
  refill(root, schemes, data.schemes.map((scheme) => {
    const one = button(scheme.current ? "scheme current" : "scheme", "", `scheme:${scheme.id}`, () => state.send("scheme", scheme.id),
      { "aria-pressed": String(scheme.current), "aria-label": scheme.title, title: scheme.title });
    one.append(sign(scheme.id));
    return one;
  }));
  const field = bar.querySelector(".field");
  field.placeholder = data.hint;
  field.setAttribute("aria-label", data.find);
  bar.querySelector(".list").setAttribute("aria-label", data.find);
  if (state.hasty && fresh(state)) {
    state.hasty = false;
    if (data.suggestions.length) state.take(data.suggestions[0]);
  }
  draw(state);
}
