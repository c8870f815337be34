/* Swatches of legends, drawn from the same symbols as the map (atlas/web/style.py), and the colours of the dark map. A plain
 * script with two names: the map loads it by address, the page's components carry it.
 */
/* The same hue at the opposite lightness: dark ink on a light map becomes light ink on a dark one. */
const atlasTone = (colour, dark, letters) => {
  if (!dark || !/^#[0-9a-f]{6}$/i.test(colour || "")) return colour;
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255);
  const [top, low] = [Math.max(r, g, b), Math.min(r, g, b)];
  const span = top - low;
  const light = (top + low) / 2;
  let hue = 0;
  if (span > 0) {
    if (top === r) hue = ((g - b) / span + 6) % 6;
    else if (top === g) hue = (b - r) / span + 2;
    else hue = (r - g) / span + 4;
  }
  const saturation = span === 0 ? 0 : span / (1 - Math.abs(2 * light - 1));
  const turned = letters ? 0.95 - 0.5 * light : 0.92 - 0.8 * light; // letters must be read
  return `hsl(${Math.round(hue * 60)} ${Math.round(saturation * 80)}% ${Math.round(turned * 100)}%)`;
};

const atlasSwatch = (() => {
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

  return (symbol, kind, look, dark) => {
    const picture = shape("svg", { width: 28, height: 16, viewBox: "0 0 28 16", "aria-hidden": "true", class: "swatch" });
    const weight = Math.max(symbol.width * ((look && look.scale) || 1), 0.8);
    const dash = symbol.dash.length ? symbol.dash : (look && look.dash) || [];
    const stroke = atlasTone(symbol.stroke, dark);
    const fill = atlasTone(symbol.fill, dark);
    const paint = {
      stroke: stroke || "none", "stroke-width": weight,
      fill: fill || "none", "fill-opacity": symbol.fillOpacity,
      "stroke-dasharray": dash.length ? dash.map((part) => part * weight).join(" ") : null,
    };
    if (kind === "point") {
      const [tag, place] = MARKERS[symbol.marker](Math.min(symbol.size / 2, 5.5));
      if (look && look.hollow) Object.assign(paint, { stroke: fill, "stroke-width": 2, fill: atlasTone("#fdfcf9", dark) });
      picture.append(shape(tag, { ...place, ...paint }));
    } else if (kind === "line") {
      const line = { x1: 1, y1: 8, x2: 27, y2: 8 };
      if (look && look.soft) picture.append(shape("line", { ...line, stroke, "stroke-width": weight + 4, opacity: 0.22 }));
      picture.append(shape("line", { ...line, ...paint, fill: "none" }));
    } else {
      const inset = weight / 2 + 0.5;
      if (look && look.soft) picture.append(shape("rect", { x: 2.5, y: 3.5, width: 23, height: 9, fill: "none", stroke, "stroke-width": weight + 4, opacity: 0.22 }));
      picture.append(shape("rect", { x: inset, y: inset + 1, width: 28 - 2 * inset, height: 14 - 2 * inset, ...paint }));
    }
    return picture;
  };
})();
