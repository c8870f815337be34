/* The comparison: chips and a list to choose units, the table side by side, what is shared, the matrix as map and table,
 * projects in ecological zones. Every word of data is set by textContent.
 */
const SVG = "http://www.w3.org/2000/svg";
const OPENED = new Set(); // lists that somebody opened; kept while the page is open

function draw(tag, attributes, text) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text) element.textContent = text;
  return element;
}

function filled(template, values) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

function folded(key, title, count, children) {
  const details = make("details", "list", [
    make("summary", "", [make("span", "", title), make("span", "count", String(count))], { "data-focus": `open:${key}` }),
    ...children,
  ]);
  details.open = OPENED.has(key);
  details.addEventListener("toggle", () => OPENED[details.open ? "add" : "delete"](key));
  return details;
}

function select(label, focus, options, act) {
  const list = make("select", "", options, { "aria-label": label, "data-focus": focus });
  list.addEventListener("change", () => act(list.value));
  return list;
}

/* The list of units. With the mouse a choice is meant; the arrow keys choose anew at each press, so by keyboard a choice
 * is taken by Enter or by the button that it brings. */
function chooser(data, send) {
  const first = make("option", "", data.full || data.words.cmp_add, { value: "" });
  let keyed = false;
  const act = (value) => value && send("units", { id: value });
  const list = select(data.words.cmp_add, "add", [first, ...data.picker.map((league) =>
    make("optgroup", "", league.units.map((unit) => make("option", "", unit.name, { value: unit.id })), { label: league.title }))],
  (value) => {
    if (!keyed) return act(value);
    take.hidden = !value;
    return undefined;
  });
  const take = button("take", data.words.cmp_take, "take", () => act(list.value));
  take.hidden = true;
  list.disabled = data.full !== "";
  list.addEventListener("pointerdown", () => { keyed = false; });
  list.addEventListener("keydown", (event) => {
    keyed = true;
    if (event.key !== "Enter" || !list.value) return;
    event.preventDefault();
    act(list.value);
  });
  return make("div", "chooser", [
    ...data.units.map((unit) => button("chip", [make("span", "", unit.name), make("span", "x", "×", { "aria-hidden": "true" })],
      `unit:${unit.id}`, () => send("units", { id: unit.id }), { "aria-label": unit.label })),
    list,
    take,
    data.units.length === 1 ? make("span", "small", data.words.cmp_few, { role: "status" }) : null,
  ]);
}

/* A citation leads to the provision in its document. */
function toText(text, focus, provision, words, send) {
  const label = filled(words.cmp_to_text, { name: text });
  return button("link", text, focus, () => { setOut(); send("provision", provision); }, { "aria-label": label, title: label });
}

function entry(line, focus, words, send) {
  const text = line.provision ? toText(line.text, focus, line.provision, words, send)
    : line.place ? button("link", line.text, focus, () => send("place", line.place)) : make("span", "", line.text);
  return make("li", "", [text, line.count ? make("span", "count", line.count) : null]);
}

function side(data, send) {
  return make("table", "side", [
    make("caption", "said", data.words.cmp_side),
    make("thead", "", [make("tr", "", [make("td", "", ""),
      ...data.units.map((unit) => make("th", "", unit.name, { scope: "col" }))])]),
    make("tbody", "", data.rows.map((row) => make("tr", "", [
      make("th", "", [make("span", "", row.title), row.note ? make("span", "small", row.note) : null], { scope: "row" }),
      ...row.cells.map((lines, at) => make("td", "", [lines.length
        ? make("ul", "", lines.map((line, index) => entry(line, `${row.id}:${at}:${index}`, data.words, send)))
        : make("span", "small", data.words.cmp_none)])),
    ]))),
  ]);
}

function shared(data, send) {
  return make("div", "lists", data.shared.map((list, at) => folded(`shared:${at}`, list.title, list.count, [
    make("ul", "", list.items.map((item) => make("li", "", [
      toText(item.text, `shared:${at}:${item.id}`, item.id, data.words, send)]))),
    list.more ? make("p", "small", list.more) : null,
  ])));
}

function beside(data, send) {
  return make("div", "lists", data.beside.map((list, at) => folded(`beside:${at}`, list.title, list.count, [
    ...list.items.map((item, index) => make("article", "", [
      make("p", "pair", [make("b", "", item.project), make("span", "", `${item.place}${item.relation}${item.gap}`), make("b", "", item.zone),
        make("span", "small", item.precision)]),
      ...item.quotations.map((quote, number) => make("blockquote", "", [
        make("span", "law", quote.text),
        toText(quote.title, `beside:${at}:${index}:${number}`, quote.id, data.words, send),
      ])),
    ])),
    list.more ? make("p", "small", list.more) : null,
  ])));
}

function chart(matrix, words, send) {
  const picture = draw("svg", { viewBox: `-4 -4 ${Number(matrix.width) + 8} ${Number(matrix.height) + 8}`, role: "group" });
  picture.setAttribute("aria-label", filled(words.mx_said, { title: words.mx_map, caption: matrix.caption }));
  const shapes = matrix.units.map((unit, at) => {
    const shape = draw("path", {
      d: unit.path, class: `unit seq-${unit.class}${unit.on ? " on" : ""}`, role: "button", tabindex: at ? "-1" : "0",
      "aria-label": unit.label, "aria-pressed": String(unit.on), "data-focus": `shape:${unit.id}`,
    });
    shape.append(draw("title", {}, unit.label));
    shape.addEventListener("click", () => send("units", { id: unit.id }));
    return shape;
  });
  picture.addEventListener("keydown", (event) => {
    const at = shapes.indexOf(event.target);
    if (at < 0) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      send("units", { id: matrix.units[at].id });
    }
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = shapes[(at + step + shapes.length) % shapes.length];
    event.target.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  });
  const pointed = pointer(picture, shapes, matrix);
  // What is chosen is drawn last, so that no neighbour hides its edge.
  picture.append(...shapes.filter((shape, at) => !matrix.units[at].on), ...shapes.filter((shape, at) => matrix.units[at].on));
  picture.append(...matrix.units.filter((unit) => unit.on).map((unit) => draw("text", { x: unit.x, y: unit.y, "aria-hidden": "true" }, unit.label)), pointed);
  return picture;
}

/* What the mouse or the focus is on: its edge above all neighbours, and its name, which in a small unit nothing else shows. */
function pointer(picture, shapes, matrix) {
  const edges = ["halo", "ring"].map((className) => draw("path", { class: className }));
  const name = draw("text", {});
  const mark = draw("g", { class: "pointed", "aria-hidden": "true", visibility: "hidden" });
  mark.append(...edges, name);
  const show = (shape) => {
    const unit = matrix.units[shapes.indexOf(shape)];
    mark.setAttribute("visibility", unit ? "visible" : "hidden");
    if (!unit) return;
    for (const edge of edges) edge.setAttribute("d", unit.path);
    name.setAttribute("x", unit.x);
    name.setAttribute("y", unit.y);
    name.textContent = unit.label;
  };
  const focused = () => shapes.find((shape) => shape.matches(":focus-visible"));
  picture.addEventListener("focusin", () => show(focused()));
  picture.addEventListener("focusout", () => show(null));
  picture.addEventListener("pointerover", (event) => show(event.target));
  picture.addEventListener("pointerleave", () => show(focused()));
  return mark;
}

function legend(matrix) {
  return make("ul", "legend", matrix.legend.map((step) =>
    make("li", "", [make("span", `swatch seq-${step.class}`, "", { "aria-hidden": "true" }), make("span", "", step.title)])));
}

function table(matrix, words, send) {
  return make("table", "matrix", [
    make("caption", "said", filled(words.mx_said, { title: words.mx_table, caption: matrix.caption })),
    make("thead", "", [make("tr", "", [make("th", "", words.mx_unit, { scope: "col" }), ...matrix.heads.map((head) =>
      make("th", head.on ? "number on" : "number", [
        button("", head.title, `column:${head.id}`, () => send("matrix", { part: "column", id: head.id }))], { scope: "col" }))])]),
    make("tbody", "", matrix.rows.map((row) => make("tr", row.on ? "on" : "", [
      make("th", "", [button("link quiet", row.name, `row:${row.id}`, () => send("units", { id: row.id })),
        make("span", "small", row.league)], { scope: "row" }),
      ...row.values.map((value, at) => make("td", matrix.heads[at].on ? "number on" : "number", value ? String(value) : "·")),
    ]))),
  ]);
}

function pick(label, part, options, send) {
  const list = select(label, part, options.map((one) => make("option", "", one.title, { value: one.id })),
    (value) => send("matrix", { part, id: value }));
  list.value = options.find((one) => one.on).id;
  return make("label", "pick", [make("span", "small", label), list]);
}

function counted(matrix, words, send) {
  return [
    make("h3", "", words.mx_title),
    make("p", "small", words.mx_note),
    make("div", "picks", [
      pick(words.mx_what, "what", matrix.what, send),
      pick(words.mx_by, "by", matrix.by, send),
      pick(words.mx_column, "column", matrix.column, send),
    ]),
    make("figure", "", [make("figcaption", "", matrix.caption), chart(matrix, words, send), legend(matrix)]),
    make("div", "scroll", [table(matrix, words, send)], { tabindex: "0", role: "region", "aria-label": words.mx_table }),
  ];
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement;
  const compare = box(root, "compare");
  const send = (name, value) => setTriggerValue(name, value);
  const { words, matrix } = data;
  compare.lang = langOf(data);
  const held = compare.contains(root.activeElement);
  refill(root, compare, [
    ...(data.picker ? [make("h2", "", words.cmp_title), make("p", "small lead", words.cmp_lead), chooser(data, send)] : []),
    data.rows.length ? make("div", "wide", [side(data, send)]) : null,
    data.shared.length ? make("h3", "", words.cmp_shared) : null,
    data.shared.length ? make("p", "small", words.cmp_shared_note) : null,
    data.shared.length ? shared(data, send) : null,
    data.beside.length ? make("h3", "", words.cmp_colocation) : null,
    data.beside.length ? make("p", "small", words.cmp_colocation_note) : null,
    data.beside.length ? beside(data, send) : null,
    ...(matrix ? counted(matrix, words, send) : []),
  ]);
  if (!held || compare.contains(root.activeElement)) return;
  // What was pressed is gone, or full: the list of units, else the last unit.
  const next = [...compare.querySelectorAll(".chooser :is(select, .chip)")].filter((one) => !one.disabled).at(-1);
  if (next) next.focus({ preventScroll: true });
}
