/* Swatches of legends, drawn from the same symbols as the map (atlas/web/style.py). A plain script: the map loads it by
 * address, the page's components carry it.
 */
const SVG = "http://www.w3.org/2000/svg";

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
  const picture = shape("svg", { width: 28, height: 16, viewBox: "0 0 28 16", "aria-hidden": "true", class: "swatch" });
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
    if (hollow) Object.assign(paint, { stroke: symbol.fill, "stroke-width": 2, fill: "var(--raised, #fdfcf9)" });
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
