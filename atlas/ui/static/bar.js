/* The bar at the top: name, navigation, search with suggestions, language, light or dark.
 *
 * The search is the combobox of the ARIA Authoring Practices: the field keeps the focus, the arrow keys move through the
 * list, Enter takes, Escape closes.
 */
const WAIT = 90; // ms of quiet before what is typed is asked for

function build(root) {
  const state = { bar: null, at: -1, open: false, data: null, send: null, timer: 0, folds: "" };
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
    button("fold", "", "fold", () => fold(state, document.documentElement.dataset.side === "folded")),
  ]);
  root.append(bar);
  Object.assign(state, { bar });
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

/* On a small screen, or a large one at 200 % zoom, the column on the left would stand above what one comes for: it is folded
 * there until its button is pressed. So what is read, what Tab reaches and what is seen keep one order (page/b_frame.css). */
function fold(state, open) {
  const { dataset } = document.documentElement;
  dataset.side = open ? "open" : "folded";
  state.bar.querySelector(".fold").setAttribute("aria-expanded", String(open));
}

function offerFold(state) {
  const { data } = state;
  const { dataset } = document.documentElement;
  const view = data.views.find((one) => one.current).id;
  const act = state.bar.querySelector(".fold");
  act.textContent = data.fold;
  act.hidden = !data.fold;
  if (!data.fold) delete dataset.side;
  else if (state.folds !== view || !dataset.side) fold(state, false);
  state.folds = view;
}

/* Give the focus to a part of the page; the next Tab goes on from there. */
function goTo(state, part) {
  if (["rail", "side"].includes(part) && document.documentElement.dataset.side) fold(state, true);
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

/* What Streamlit says when its server does not answer is English, and speaks of the internet: ours says what to do. */
const LOST = "Connection error";
let lost = null;

function nameLoss() {
  for (const dialog of document.querySelectorAll("body > [data-testid=stDialog] [role=dialog]")) {
    const title = dialog.querySelector("h2");
    const close = dialog.querySelector("button");
    if (!title || title.textContent !== LOST || !lost) continue;
    const step = title.nextElementSibling;
    const words = step && document.createTreeWalker(step, NodeFilter.SHOW_TEXT).nextNode();
    title.firstChild.nodeValue = lost.title; // its own nodes, so that Streamlit can take them away again
    if (words) words.nodeValue = lost.step;
    if (close) close.setAttribute("aria-label", lost.close);
  }
}

function watchLoss(words) {
  if (!lost) new MutationObserver(nameLoss).observe(document.body, { childList: true });
  lost = words;
}

/* After a break Streamlit connects the page again, but perhaps to a new session, which would not hear what is clicked (see
 * `front.is_alive`). Streamlit asks for the server's health before it connects, which tells of a break; then the server
 * is asked for this session, and where it is gone the page loads anew: the address holds what was seen. */
const SETTLES_MS = 1000;
const ASKED_TIMES = 4;
let session = "";

async function askForSession(times) {
  await new Promise((done) => { setTimeout(done, SETTLES_MS); });
  const answer = await fetch(new URL(`alive/${session}`, document.baseURI)).catch(() => null);
  if (!answer || answer.status !== 404) return; // there, or the server is gone again
  if (times > 1) askForSession(times - 1); // the connection may be on its way
  else window.location.reload();
}

function watchSession(id) {
  if (!session) {
    new PerformanceObserver((list) => {
      if (list.getEntries().some((entry) => entry.name.endsWith("/_stcore/health") && entry.responseStatus === 200)) askForSession(ASKED_TIMES);
    }).observe({ type: "resource" });
  }
  session = id;
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
  watchLoss(data.lost);
  watchSession(data.session);
  offerFold(state);
  nameLists(data.unfold, data.views.find((view) => view.current).id);
  document.title = [data.views.find((view) => view.current).title, data.title].join(" · ");
  const main = document.querySelector("[data-testid=stMain]");
  if (main && main.tabIndex === 0) main.tabIndex = -1; // Streamlit's: nothing to do there by keyboard
  bar.querySelector(".brand").textContent = data.title;
  refill(root, bar.querySelector(".skips"), data.skips.map((skip) =>
    button("skip", skip.title, `skip:${skip.id}`, () => goTo(state, skip.id))));
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
