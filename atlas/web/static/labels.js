/* Labels of the web map: placed greedily by priority so that none overlaps another, again after each zoom.
 *
 * A label is a span whose words are set by textContent: names are data and may hold anything. Water is slanted and blue,
 * zones are letter-spaced (DESIGN §10); one place gets one label, however many layers show it.
 */
(function () {
  "use strict";

  const SANS = '"Noto Sans CJK SC","Source Han Sans SC","Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif';
  const SERIF = '"Noto Serif CJK SC","Source Han Serif SC","Noto Serif SC","Songti SC",SimSun,serif';
  const GAP = 3; // CSS pixels between two labels
  const ruler = document.createElement("canvas").getContext("2d");

  function font(style) {
    return `${style.italic ? "italic " : ""}${style.bold ? "600 " : "500 "}${style.size}px ${style.serif ? SERIF : SANS}`;
  }

  function width(text, style) {
    ruler.font = font(style);
    return ruler.measureText(text).width + style.spacing * style.size * text.length;
  }

  function overlaps(box, taken) {
    return taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]);
  }

  /* Where a label may stand around its point, best first; an area's label keeps near its middle, a marker's never covers it. */
  function boxes(point, w, h, marker) {
    if (!marker) {
      const [x, y] = [point.x - w / 2, point.y - h / 2];
      return [[x, y], [x, y + h], [x, y - h], [x + w / 3, y], [x - w / 3, y]];
    }
    const off = marker / 2 + GAP + 1;
    return [
      [point.x + off, point.y - h / 2],
      [point.x - off - w, point.y - h / 2],
      [point.x - w / 2, point.y - off - h],
      [point.x - w / 2, point.y + off],
    ];
  }

  class Labels {
    constructor(map, pane) {
      this.map = map;
      this.box = L.DomUtil.create("div", "atlas-labels", pane);
      this.box.setAttribute("aria-hidden", "true");
      this.entries = [];
      this.obstacles = [];
      map.on("zoomend viewreset", () => this.draw());
      map.on("zoomstart", () => this.box.classList.add("atlas-labels-away"));
    }

    /* entries: [{text, lat, lon, place, style, marker, priority, extent, minZoom}]; of equals the larger one is first.
       obstacles: [[lat, lon, size]], markers that no label may cover. */
    set(entries, obstacles) {
      this.obstacles = obstacles;
      this.entries = entries.slice().sort((a, b) => b.priority - a.priority || b.extent - a.extent);
      this.draw();
    }

    draw() {
      const zoom = this.map.getZoom();
      const taken = this.obstacles.map(([lat, lon, size]) => {
        const { x, y } = this.map.latLngToLayerPoint([lat, lon]);
        return [x - size / 2, y - size / 2, x + size / 2, y + size / 2];
      });
      const named = new Set();
      const spans = [];
      for (const entry of this.entries) {
        if (zoom < entry.minZoom || !entry.text || (entry.place && named.has(entry.place))) continue;
        const point = this.map.latLngToLayerPoint([entry.lat, entry.lon]);
        const w = width(entry.text, entry.style);
        const h = entry.style.size * 1.25;
        for (const [x, y] of boxes(point, w, h, entry.marker)) {
          const box = [x - GAP, y - GAP, x + w + GAP, y + h + GAP];
          if (overlaps(box, taken)) continue;
          taken.push(box);
          if (entry.place) named.add(entry.place);
          spans.push(this.span(entry, x, y));
          break;
        }
      }
      this.box.replaceChildren(...spans);
      this.box.classList.remove("atlas-labels-away");
    }

    span(entry, x, y) {
      const span = document.createElement("span");
      span.className = "atlas-label";
      span.textContent = entry.text;
      span.style.font = font(entry.style);
      span.style.color = entry.style.colour;
      span.style.letterSpacing = `${entry.style.spacing}em`;
      span.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
      return span;
    }
  }

  window.AtlasLabels = Labels;
})();
