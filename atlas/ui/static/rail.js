/* The layer list of the left column: themes, layers with swatch, count and opacity. */

const CLOSED = new Set(); // themes that somebody closed; kept while the page is open

function row(layer, words, act, dark) {
  const input = make("input", "", null, { type: "checkbox", "data-focus": layer.id });
  input.checked = layer.on && !layer.pending;
  // A layer that cannot be drawn truthfully yet stays in the list and says why; there is nothing to switch on.
  input.disabled = layer.pending;
  input.addEventListener("change", () => act.toggle(layer.id, input.checked));
  const label = make("label", "layer", [
    input,
    layer.cases.length ? make("span", "swatch-space") : atlasSwatch(layer.symbol, layer.kind, layer.look, dark),
    make("span", "name", layer.title),
    make("span", "count", layer.count),
  ], { title: layer.description });
  const parts = [label];
  if (layer.pending) parts.push(make("div", "case reason", layer.description));
  else if (layer.on) {
    parts.push(...layer.cases.map((entry) =>
      make("div", "case", [atlasSwatch(entry.symbol, layer.kind, layer.look, dark), make("span", "", entry.title)])));
    const range = make("input", "opacity", null, {
      type: "range", min: "10", max: "100", step: "10", "data-focus": `opacity:${layer.id}`,
      "aria-label": layer.opacity_label, title: words.opacity,
    });
    range.value = String(layer.opacity);
    range.addEventListener("input", () => act.fade(layer.id, Number(range.value), false));
    range.addEventListener("change", () => act.fade(layer.id, Number(range.value), true));
    parts.push(range);
  }
  return make("div", layer.on && !layer.pending ? "entry" : "entry off", parts);
}

function draw(component) {
  const { data, parentElement, setTriggerValue } = component;
  const dark = isDark(data.scheme);
  const root = parentElement;
  const rail = box(root, "rail");
  rail.lang = langOf(data);
  const on = new Set(data.themes.flatMap((theme) => theme.layers.filter((layer) => layer.on).map((layer) => layer.id)));
  const act = {
    toggle(id, wanted) {
      if (wanted) on.add(id);
      else on.delete(id);
      const map = mapOf();
      if (map) map.apply({ layers: [...on] }); // at once; the server follows and writes the address
      setTriggerValue("layers", [...on]);
    },
    fade(id, percent, done) {
      const map = mapOf();
      if (map) map.fade(id, percent);
      if (done) setTriggerValue("opacity", { layer: id, percent });
    },
  };
  refill(root, rail, [
    button("list", data.list_title, "list", () => setTriggerValue("list", true), { "aria-pressed": String(data.list_open) }),
    ...data.themes.map((theme) => {
      const shown = theme.layers.filter((layer) => layer.on && !layer.pending).length;
      const details = make("details", "theme", [
        make("summary", "", [
          make("span", "theme-name", theme.title),
          make("span", "count", `${shown} / ${theme.layers.filter((layer) => !layer.pending).length}`),
        ], { "data-focus": `theme:${theme.id}` }),
        ...theme.layers.map((layer) => row(layer, data, act, dark)),
      ]);
      details.open = !CLOSED.has(theme.id) && (shown > 0 || CLOSED.has(`open:${theme.id}`));
      details.addEventListener("toggle", () => {
        CLOSED[details.open ? "delete" : "add"](theme.id);
        CLOSED[details.open ? "add" : "delete"](`open:${theme.id}`);
      });
      return details;
    }),
    data.base ? make("div", "base", [
      make("h4", "", data.base.title),
      make("div", "bases", data.base.choices.map((one) => button(one.on ? "one on" : "one", one.title, `base:${one.id}`,
        () => setTriggerValue("base", { kind: one.id }), { "aria-pressed": String(one.on) })), { role: "group", "aria-label": data.base.title }),
      data.base.note ? make("p", "reason", data.base.note) : null,
    ]) : null,
    make("div", "precisions", [
      make("h4", "", data.precision_title),
      ...data.precisions.map((entry) => make("div", "case", [atlasSwatch(entry.symbol, entry.kind, entry.look, dark), make("span", "", entry.title)])),
    ]),
    make("p", "colophon", data.colophon),
  ]);
}

let again = null; // draws the list as it stands, when the browser turns light or dark
SYSTEM_DARK.addEventListener("change", () => again && again());

export default function (component) {
  again = () => draw(component);
  again();
}
