/* The filter that all views share: what is chosen as chips that go one by one or all at once, and every kind with its
 * choices and how much each would leave.
 */
const OPEN = new Set(); // kinds that somebody opened; kept while the page is open
const TYPED = new Map(); // kind -> what was typed to find a choice
const LONG = 14; // choices from which on a kind has a field to find one

function choice(kind, entry, send) {
  const input = make("input", "", null, { type: "checkbox", "data-focus": `${kind.id}:${entry.id}` });
  input.checked = entry.on;
  input.addEventListener("change", () => send("choice", { kind: kind.id, id: entry.id, on: input.checked }));
  return make("label", `choice${entry.child ? " child" : ""}${entry.count || entry.on ? "" : " nothing"}`, [
    input,
    make("span", "name", entry.title),
    make("span", "count", String(entry.count)),
  ], { "data-name": entry.title.toLowerCase() });
}

function group(kind, words, send) {
  const on = kind.choices.filter((entry) => entry.on).length;
  const rows = kind.choices.map((entry) => choice(kind, entry, send));
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
  const send = (name, value) => setTriggerValue(name, value);
  const scrolled = new Map([...filters.querySelectorAll(".choices")].map((list) => [list.ariaLabel, list.scrollTop]));
  filters.lang = langOf(data);
  refill(root, filters, [
    make("div", "head", [
      make("h2", "", data.title),
      data.chips.length ? button("clear", data.clear, "clear", () => send("clear", "all")) : null,
    ]),
    data.chips.length ? make("div", "chips", data.chips.map((chip) =>
      button("chip", [make("span", "", chip.title), make("span", "x", "×", { "aria-hidden": "true" })], `chip:${chip.kind}:${chip.id}`,
        () => send("choice", { kind: chip.kind, id: chip.id, on: false }), { "aria-label": chip.label }))) : null,
    make("p", data.empty ? "left empty" : "left", data.empty || data.left, { role: "status" }),
    ...data.kinds.map((kind) => group(kind, data, send)),
  ]);
  for (const list of filters.querySelectorAll(".choices")) list.scrollTop = scrolled.get(list.ariaLabel) || 0;
}
