/* The filter that all views share: what is chosen as chips that go one by one or all at once, and every kind with its
 * choices and how much each would leave.
 */
const OPEN = new Set(); // kinds that somebody opened; kept while the page is open
const TYPED = new Map(); // kind -> what was typed to find a choice
const LONG = 14; // choices from which on a kind has a field to find one

const AHEAD_MS = 150; // that a change waits for the map's part at most: script and frontend would take the processor from it
let asking = 0; // changes that the server was asked about
let sending = Promise.resolve(); // changes reach the script in the order in which they were made

/* Show on the map what a change does as soon as the server has found it; the state that comes with the panel says the same
 * (atlas/ui/ahead.py). The filter that is changed is the panel's, since the address may still be on its way. An answer that
 * comes after another change, or when the map was sent elsewhere since, is left to that state.
 */
async function showAhead(chosen, change) {
  const map = mapOf();
  const seen = map && map.state.view;
  if (!seen) return;
  asking += 1;
  const turn = asking;
  const asked = new URLSearchParams(window.location.search);
  for (const [kind, ids] of chosen) asked.set(kind, [...ids].join(","));
  asked.set("look", seen.key);
  for (const [name, value] of Object.entries(change)) asked.set(name, value);
  const answer = await fetch(new URL(`ahead?${asked}`, document.baseURI)).catch(() => null);
  const state = answer && answer.ok ? await answer.json().catch(() => ({})) : {}; // it may break off
  if (turn === asking && map.state.view.key === seen.key) map.apply(state);
}

function choice(kind, entry, choose) {
  const input = make("input", "", null, { type: "checkbox", "data-focus": `${kind.id}:${entry.id}` });
  input.checked = entry.on;
  input.addEventListener("change", () => choose({ kind: kind.id, id: entry.id, on: input.checked }));
  return make("label", `choice${entry.child ? " child" : ""}${entry.count || entry.on ? "" : " nothing"}`, [
    input,
    make("span", "name", entry.title),
    make("span", "count", String(entry.count)),
  ], { "data-name": entry.title.toLowerCase() });
}

function group(kind, words, choose) {
  const on = kind.choices.filter((entry) => entry.on).length;
  const rows = kind.choices.map((entry) => choice(kind, entry, choose));
  const parts = [make("summary", "", [
    make("span", "kind-name", kind.title),
    on ? make("span", "on", String(on)) : null,
  ], { "data-focus": `kind:${kind.id}` })];
  if (kind.choices.length >= LONG) {
    const field = make("input", "narrow", null, {
      type: "search", placeholder: words.search, "aria-label": `${kind.title}: ${words.search}`, "data-focus": `find:${kind.id}`,
    });
    const narrow = () => {
      const wanted = field.value.trim().toLowerCase();
      for (const row of rows) row.hidden = wanted !== "" && !row.dataset.name.includes(wanted);
      TYPED.set(kind.id, field.value);
    };
    field.value = TYPED.get(kind.id) || "";
    field.addEventListener("input", narrow);
    narrow();
    parts.push(field);
  }
  const details = make("details", "kind", [...parts, make("div", "choices", rows, { role: "group", "aria-label": kind.title })]);
  details.open = OPEN.has(kind.id);
  details.addEventListener("toggle", () => OPEN[details.open ? "add" : "delete"](kind.id));
  return details;
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement;
  const filters = box(root, "filters");
  const chosen = new Map(data.kinds.map((kind) => [kind.id, new Set(kind.choices.filter((entry) => entry.on).map((entry) => entry.id))]));
  const send = (name, value, shown) => {
    const most = new Promise((resolve) => { setTimeout(resolve, AHEAD_MS); });
    // What goes wrong on the map must not keep this change, and all after it, from the script.
    sending = sending.then(() => Promise.race([shown.catch(console.error), most])).then(() => setTriggerValue(name, value));
  };
  const choose = ({ kind, id, on }) => {
    const shown = showAhead(chosen, { kind, id, on: Number(on) });
    chosen.get(kind)[on ? "add" : "delete"](id); // another change, before the panel is drawn again, builds on this one
    send("choice", { kind, id, on }, shown);
  };
  const clear = () => {
    const shown = showAhead(chosen, {});
    for (const ids of chosen.values()) ids.clear();
    send("clear", "all", shown);
  };
  const scrolled = new Map([...filters.querySelectorAll(".choices")].map((list) => [list.ariaLabel, list.scrollTop]));
  filters.lang = langOf(data);
  refill(root, filters, [
    make("div", "head", [
      make("h2", "", data.title),
      data.chips.length ? button("clear", data.clear, "clear", clear) : null,
    ]),
    data.chips.length ? make("div", "chips", data.chips.map((chip) =>
      button("chip", [make("span", "", chip.title), make("span", "x", "×", { "aria-hidden": "true" })], `chip:${chip.kind}:${chip.id}`,
        () => choose({ kind: chip.kind, id: chip.id, on: false }), { "aria-label": chip.label }))) : null,
    make("p", data.empty ? "left empty" : "left", data.empty || data.left, { role: "status" }),
    ...data.kinds.map((kind) => group(kind, data, choose)),
  ]);
  for (const list of filters.querySelectorAll(".choices")) list.scrollTop = scrolled.get(list.ariaLabel) || 0;
}
