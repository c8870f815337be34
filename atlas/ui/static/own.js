/* A visitor's own data laid over the atlas: features, a raster's picture, or banners by a statistic of it.
 *
 * The data come with this component alone, for this session alone, and go when it goes. Every word is set by textContent.
 */
const PANE = "atlas-own";
const AREA_PANE = "atlas-own-area"; // areas lie below the atlas's lines and points
const COLOUR = "#7a1fa2"; // no layer of the atlas is violet: own data are told apart from it by colour and by their white edge
const RAMP = ["#fbe9c6", "#f2c48a", "#dd8f55", "#b3542f", "#6b2414"];
const TRIES = 300; // of 200 ms, until the map is there
let generation = 0;

function leafletOf(view) {
  return view.map.getContainer().ownerDocument.defaultView.L;
}

/* Call `act` with the map once it is drawn, unless something newer is to be shown by then. */
function whenReady(mine, act, tries = 0) {
  if (mine !== generation || tries > TRIES) return;
  const view = mapOf();
  if (view && view.loaded) act(view);
  else setTimeout(() => whenReady(mine, act, tries + 1), 200);
}

function clear() {
  const view = mapOf();
  if (view && view.ownData) {
    view.ownData.remove();
    view.ownData = null;
  }
}

function tips(view, layer, text) {
  const words = { name_zh: text, name_en: text };
  layer.on("mousemove", (event) => view.tip(text ? words : null, event.containerPoint));
  layer.on("mouseout", () => view.tip(null));
}

function features(view, L, data) {
  const common = { pane: PANE, renderer: L.svg({ pane: PANE, padding: 0.4 }), bubblingMouseEvents: true };
  const group = L.featureGroup();
  for (const under of [true, false]) {
    const colour = under ? "#ffffff" : COLOUR;
    const style = { ...common, color: colour, weight: under ? 5 : 2.2, opacity: under ? 0.85 : 1, interactive: !under };
    group.addLayer(L.geoJSON(data.collection, {
      style: () => ({ ...style, fill: !under, fillColor: COLOUR, fillOpacity: 0.22 }),
      pointToLayer: (_, at) => L.circleMarker(at, { ...style, radius: 5, fill: !under, fillColor: COLOUR, fillOpacity: 0.8 }),
      onEachFeature: (feature, layer) => {
        const { label, unit } = feature.properties;
        if (!under) tips(view, layer, [label, unit].filter(Boolean).join(" · "));
      },
    }));
  }
  return group;
}

function picture(view, L, data) {
  const { url, bounds } = data.picture;
  const group = L.featureGroup([L.imageOverlay(url, bounds, { pane: AREA_PANE, alt: data.label, interactive: false })]);
  group.getBounds = () => L.latLngBounds(bounds);
  return group;
}

function choropleth(view, L, data) {
  const group = L.featureGroup();
  const banners = view.layers.get("banners");
  const common = { pane: AREA_PANE, renderer: L.svg({ pane: AREA_PANE, padding: 0.4 }), bubblingMouseEvents: true, smoothFactor: 0 };
  for (const { feature, properties } of banners ? banners.features.values() : []) {
    const own = data.steps[properties.place];
    if (!own) continue;
    const fillColor = RAMP[Math.min(RAMP.length - 1, own.step)];
    const layer = L.geoJSON(feature, { style: { ...common, color: "#fdfcf9", weight: 0.8, fill: true, fillColor, fillOpacity: 0.86 } });
    tips(view, layer, own.text);
    group.addLayer(layer);
  }
  return group;
}

const KINDS = { features, picture, choropleth };

function show(view, data) {
  const L = leafletOf(view);
  clear();
  for (const [pane, order] of [[PANE, 600], [AREA_PANE, 456]]) { // names of places stand above both
    if (!view.map.getPane(pane)) view.map.createPane(pane).style.zIndex = order;
  }
  const group = KINDS[data.kind](view, L, data);
  view.ownData = group.addTo(view.map);
  const bounds = group.getBounds();
  if (view.ownKey !== data.key && bounds.isValid()) {
    view.ownKey = data.key;
    view.moved = true; // it keeps looking at the data when its frame changes
    view.map.fitBounds(bounds.pad(0.15), { animate: false, maxZoom: 10 });
  }
}

function legend(data) {
  return make("div", "legend", [
    make("span", "title", data.label),
    ...(data.ranges || []).map((text, step) => {
      const swatch = make("span", "swatch");
      swatch.style.background = RAMP[Math.min(RAMP.length - 1, step)];
      return make("span", "entry", [swatch, make("span", "", text)]);
    }),
    data.kind === "features" ? make("span", "entry", [make("span", "swatch own"), make("span", "", data.name)]) : null,
    data.note ? make("span", "note", data.note) : null,
  ], { role: "note" });
}

export default function (component) {
  const { data, parentElement } = component;
  generation += 1;
  const mine = generation;
  const place = box(parentElement, "own");
  place.lang = langOf(data);
  refill(parentElement, place, data.kind ? [legend(data)] : []);
  // Banners by a statistic take the shapes of that layer, whether it is shown or not.
  if (data.kind) whenReady(mine, (view) => view.withLayer("banners", () => { if (mine === generation) show(view, data); }));
  else clear();
  return () => {
    if (mine === generation) {
      generation += 1;
      clear();
    }
  };
}
