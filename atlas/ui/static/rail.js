/* Masthead and layer list. The swatches are drawn from the same symbols as the map (atlas/web/style.py). */
const SVG = "http://www.w3.org/2000/svg";

function make(tag, className, content, attributes) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (typeof content === "string") element.textContent = content;
  else if (content) element.append(...content.filter(Boolean));
  for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
  return element;
}

function shape(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(name, value);
  return element;
}

const MARKERS = {
  circle: (r) => ["circle", { cx: 14, cy: 8, r }],
  square: (r) => ["rect", { x: 14 - r, y: 8 - r, width: 2 * r, height: 2 * r }],
  diamond: (r) => ["path", { d: `M14,${8 - r * 1.25}L${14 + r},8L14,${8 + r * 1.25}L${14 - r},8z` }],
  triangle: (r) => ["path", { d: `M14,${8 - r * 1.15}L${14 + r * 1.1},${8 + r * 0.85}L${14 - r * 1.1},${8 + r * 0.85}z` }],
};

function swatch(symbol, kind, look) {
  const picture = shape("svg", { width: 28, height: 16, viewBox: "0 0 28 16", "aria-hidden": "true" });
  const weight = Math.max(symbol.width * ((look && look.scale) || 1), 0.8);
  const dash = symbol.dash.length ? symbol.dash : (look && look.dash) || [];
  const paint = {
    stroke: symbol.stroke || "none", "stroke-width": weight,
    fill: symbol.fill || "none", "fill-opacity": symbol.fillOpacity,
    "stroke-dasharray": dash.length ? dash.map((part) => part * weight).join(" ") : null,
  };
  if (kind === "point") {
    const [tag, place] = MARKERS[symbol.marker](Math.min(symbol.size / 2, 5.5));
    const hollow = look && look.hollow;
    if (hollow) Object.assign(paint, { stroke: symbol.fill, "stroke-width": 2, fill: "#fdfcf9" });
    picture.append(shape(tag, { ...place, ...paint }));
  } else if (kind === "line") {
    const line = { x1: 1, y1: 8, x2: 27, y2: 8 };
    if (look && look.soft) picture.append(shape("line", { ...line, stroke: symbol.stroke, "stroke-width": weight + 4, opacity: 0.22 }));
    picture.append(shape("line", { ...line, ...paint, fill: "none" }));
  } else {
    const inset = weight / 2 + 0.5;
    picture.append(shape("rect", { x: inset, y: inset + 1, width: 28 - 2 * inset, height: 14 - 2 * inset, ...paint }));
  }
  return picture;
}

function row(layer, toggle) {
  const input = make("input", "", null, { type: "checkbox", "data-focus": layer.id });
  input.checked = layer.on && !layer.pending;
  // A layer that cannot be drawn truthfully yet stays in the list and says why; there is nothing to switch on.
  input.disabled = layer.pending;
  input.addEventListener("change", () => toggle(layer.id, input.checked));
  const label = make("label", "layer", [
    input,
    layer.cases.length ? make("span", "swatch-space") : swatch(layer.symbol, layer.kind, layer.look),
    make("span", "name", layer.title),
    make("span", "count", layer.count),
  ], { title: layer.description });
  const cases = layer.cases.map((entry) => make("div", "case", [swatch(entry.symbol, layer.kind, layer.look), make("span", "", entry.title)]));
  const reason = layer.pending ? [make("div", "case reason", layer.description)] : cases;
  return make("div", layer.on && !layer.pending ? "entry" : "entry off", [label, ...reason]);
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement;
  let rail = root.querySelector(".rail");
  if (!rail) {
    rail = make("div", "rail");
    root.append(rail);
  }
  const focused = root.activeElement ? root.activeElement.dataset.focus : null;
  rail.lang = data.lang === "en" ? "en" : "zh-CN";
  const on = new Set(data.themes.flatMap((theme) => theme.layers.filter((layer) => layer.on).map((layer) => layer.id)));
  const toggle = (id, wanted) => {
    if (wanted) on.add(id);
    else on.delete(id);
    setTriggerValue("layers", [...on]);
  };
  rail.replaceChildren(
    ...data.themes.map((theme) => make("fieldset", "theme", [
      make("legend", "", theme.title), ...theme.layers.map((layer) => row(layer, toggle)),
    ])),
    make("div", "precisions", [
      make("h4", "", data.precision_title),
      ...data.precisions.map((entry) => make("div", "case", [swatch(entry.symbol, entry.kind, entry.look), make("span", "", entry.title)])),
    ]),
    make("p", "colophon", data.colophon),
  );
  if (focused) {
    const again = [...rail.querySelectorAll("[data-focus]")].find((element) => element.dataset.focus === focused);
    if (again) again.focus({ preventScroll: true });
  }
}
