/* The interactive map: layers by URL, shown, hidden, marked and zoomed by a small state; clicks give a feature's id.
 *
 * A layer is fetched when it is first needed: to be shown, or to show a place that no layer at hand has.
 *
 * Every word that comes from data is set by textContent, never as markup. Nothing is fetched but the files that the
 * configuration names, which lie beside this one. Without Streamlit around it (a saved page) the map works too; only a click has nobody
 * to tell.
 */
(function () {
  "use strict";

  const INK = "#2e2a26";
  const HALO = "#fdfcf9";
  const MARK = "#8f5b00";
  const MARK_FILL = "#e8a317";
  const HIT_WIDTH = 9; // CSS pixels in which a line can be hit
  const VEIL = { pane: "atlas-veil", stroke: false, fill: true, fillColor: "#e4dfd5", fillOpacity: 0.66 };
  const SYSTEM_DARK = window.matchMedia("(prefers-color-scheme: dark)");
  let dark = false; // of the scheme: `light`, `dark`, or what the browser has
  const tone = (colour) => atlasTone(colour, dark);
  const veil = () => ({ ...VEIL, fillColor: tone(VEIL.fillColor) });
  const NO_BOUNDS = L.latLngBounds([]);

  /* ---- symbols -------------------------------------------------------------------------------------------------- */

  const OUTLINES = {
    circle: (x, y, r) => `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0`,
    square: (x, y, r) => `M${x - r},${y - r}h${2 * r}v${2 * r}h${-2 * r}z`,
    diamond: (x, y, r) => `M${x},${y - r * 1.25}L${x + r},${y}L${x},${y + r * 1.25}L${x - r},${y}z`,
    triangle: (x, y, r) => `M${x},${y - r * 1.15}L${x + r * 1.1},${y + r * 0.85}L${x - r * 1.1},${y + r * 0.85}z`,
  };

  /* A marker drawn as a path, so that it takes the layer's stroke and fill and needs no image. */
  const Mark = L.CircleMarker.extend({
    _updatePath() {
      const point = this._point;
      const outline = OUTLINES[this.options.marker] || OUTLINES.circle;
      this._renderer._setPath(this, outline(Math.round(point.x), Math.round(point.y), this._radius));
    },
  });

  function symbolOf(layer, properties) {
    const found = layer.cases.find((entry) => String(properties[entry.property]) === entry.value);
    return found ? found.symbol : layer.symbol;
  }

  function extentOf(bounds) {
    return (bounds.getEast() - bounds.getWest()) * (bounds.getNorth() - bounds.getSouth());
  }

  /* Leaflet's path options for one feature: the layer's symbol, changed by what the geometry is (its precision). */
  function pathOptions(layer, properties, precisions) {
    const symbol = symbolOf(layer, properties);
    const look = precisions[properties.precision] || { dash: [] };
    const weight = symbol.width * (look.scale || 1);
    const dash = symbol.dash.length ? symbol.dash : look.dash;
    const options = {
      stroke: Boolean(symbol.stroke),
      color: tone(symbol.stroke || INK),
      weight,
      opacity: 1,
      dashArray: dash.length ? dash.map((part) => part * weight).join(" ") : null,
      fill: Boolean(symbol.fill),
      fillColor: tone(symbol.fill) || null,
      fillOpacity: symbol.fillOpacity,
      lineCap: dash.length ? "butt" : "round",
      lineJoin: "round",
      smoothFactor: 0, // Leaflet would simplify each unit by itself and open slivers between neighbours
      bubblingMouseEvents: false,
    };
    if (layer.kind === "point") {
      options.marker = symbol.marker;
      options.radius = symbol.size / 2;
      if (look.hollow) Object.assign(options, { color: tone(symbol.fill), fillColor: tone(HALO), weight: 2 });
    }
    return { options, soft: Boolean(look.soft) && layer.kind !== "point" };
  }

  /* ---- one layer ------------------------------------------------------------------------------------------------ */

  class AtlasLayer {
    constructor(view, spec) {
      this.view = view;
      this.spec = spec;
      this.group = L.layerGroup();
      this.features = new Map(); // feature id -> {properties, feature, parts: [Leaflet layers], bounds}
      this.pane = `atlas-${spec.id}`;
      view.map.createPane(this.pane).style.zIndex = 400 + spec.order;
      this.renderer = L.svg({ pane: this.pane, padding: 0.4 });
      this.loaded = false;
      this.ready = null; // when it is being fetched: a promise
    }

    load() {
      if (!this.ready) {
        this.ready = this.view.get(this.spec.url).then((collection) => {
          collection.features.forEach((feature) => this.add(feature));
          this.loaded = true;
        });
      }
      return this.ready;
    }

    /* The looks of a feature's parts, from below: a soft edge where the precision has one, the body, what a mouse hits. */
    looks(properties) {
      const { options, soft } = pathOptions(this.spec, properties, this.view.config.precisions);
      const line = this.spec.kind === "line" && !this.spec.deaf;
      return [
        soft ? { ...options, fill: false, weight: options.weight + 4, opacity: 0.22, dashArray: null, interactive: false } : null,
        { ...options, interactive: !line && !this.spec.deaf },
        line ? { ...options, weight: HIT_WIDTH, opacity: 0, dashArray: null, interactive: true } : null,
      ].filter(Boolean);
    }

    add(feature) {
      const common = { pane: this.pane, renderer: this.renderer };
      const parts = this.looks(feature.properties).map((look) =>
        L.geoJSON(feature, {
          ...common,
          interactive: look.interactive,
          style: () => ({ ...look, ...common }),
          pointToLayer: (_, latlng) => new Mark(latlng, { ...look, ...common }),
        }));
      const target = parts[parts.length - 1];
      const properties = feature.properties;
      target.on("click", (event) => this.view.clicked(properties, event.originalEvent, event.latlng));
      target.eachLayer((part) => { part.atlasProperties = properties; });
      target.on("mousemove", (event) => this.view.tip(properties, event.containerPoint));
      target.on("mouseout", () => this.view.tip(null));
      this.features.set(properties.feature, { properties, feature, parts, bounds: target.getBounds() });
    }

    /* Draw in the colours of the scheme that is now. */
    tone() {
      for (const { properties, parts } of this.features.values()) {
        this.looks(properties).forEach((look, at) => parts[at].setStyle(look));
      }
    }

    show(wanted, hidden) {
      for (const [id, entry] of this.features) {
        const shown = wanted && !hidden.has(id);
        for (const part of entry.parts) {
          if (shown) this.group.addLayer(part);
          else this.group.removeLayer(part);
        }
      }
      if (wanted) this.view.map.addLayer(this.group);
      else this.view.map.removeLayer(this.group);
    }
  }

  /* ---- the map -------------------------------------------------------------------------------------------------- */

  class View {
    constructor(map, options) {
      this.map = map;
      this.base = new URL(options.config, document.baseURI);
      this.home = options.home;
      this.state = { lang: "zh", layers: [], hidden: [], selected: null, marked: [], points: [], opacity: {}, view: null, scheme: "system" };
      this.viewKey = null;
      this.moved = false; // somebody has moved the map: it keeps what it shows when its frame changes
      this.handled = false; // the last move was somebody's, not the map's own
      this.clicks = 0;
      this.layers = new Map();
      this.outlines = []; // [shape, its look]
      this.ground(map);
      this.tone();
      SYSTEM_DARK.addEventListener("change", () => { this.tone(); if (this.loaded) this.draw(); });
      this.tipBox = L.DomUtil.create("div", "atlas-tip", map.getContainer());
      this.told = new Promise((resolve) => { this.hear = resolve; }); // that there is a state
      this.ready = this.get(this.base).then((config) => this.load(config));
      new ResizeObserver(() => this.resized()).observe(map.getContainer());
      map.setMinZoom(options.zooms[0]).setMaxZoom(options.zooms[1]).setMaxBounds(options.frame);
      map.fitBounds(this.home, { animate: false });
      map.on("click", (event) => { // beside every feature: the server knows the unit
        this.moved = true;
        this.clicks += 1;
        this.tell({ last_active_drawing: null, under: [] }, event.latlng);
      });
      map.on("moveend", () => { if (this.loaded && this.handled) this.tellCamera(); });
    }

    /* Tell the page around the map where it looks, once somebody has moved it. */
    tellCamera() {
      if (window.parent === window) return;
      const { lat, lng } = this.map.getCenter();
      const detail = { lat, lon: lng, zoom: this.map.getZoom() };
      window.parent.dispatchEvent(new window.parent.CustomEvent("atlas-camera", { detail }));
    }

    ground(map) {
      const pane = (name, order, deaf) => {
        const element = map.createPane(name);
        element.style.zIndex = order;
        if (deaf) element.style.pointerEvents = "none";
        return element;
      };
      pane("atlas-relief", 200, true);
      pane("atlas-base", 205, true);
      pane("atlas-veil", 438, true); // above neighbours and rivers, below lakes and all that lies inside
      pane("atlas-outline", 458, true); // above areas and waters, below corridors and nodes
      pane("atlas-marked", 476, true); // above corridors, below the nodes, which stay visible
      this.labels = new window.AtlasLabels(map, pane("atlas-labels", 620, true));
      this.markedGroup = L.layerGroup().addTo(map);
      this.dimGroup = L.layerGroup().addTo(map);
    }

    /* Every name carries a hash of the content: what the browser has of it is what it would get. */
    async get(address) {
      const answer = await fetch(new URL(address, this.base), { cache: "force-cache" });
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      return answer.json();
    }

    async load(config) {
      this.config = config;
      L.imageOverlay(new URL(config.relief.url, this.base).href, config.relief.bounds, {
        pane: "atlas-relief", alt: "", interactive: false,
      }).addTo(this.map);
      this.furniture();
      this.holders = new Map(); // place -> the layers that draw it, where the configuration says so
      for (const spec of config.layers) {
        const layer = new AtlasLayer(this, spec);
        this.layers.set(spec.id, layer);
        for (const place of spec.places || []) this.holders.set(place, [...(this.holders.get(place) || []), layer]);
      }
      const outline = this.get(config.outline).then((collection) => this.outline(collection));
      await Promise.all([outline, this.told.then(async () => { while (await this.fetch()); })]);
      this.loaded = true;
      this.draw();
      this.map.getContainer().dataset.ready = "true";
    }

    /* The layers that the state needs: those shown, leagues for what a filter dims, one for each place that is marked. */
    needed() {
      const { layers, selected, marked, view, hidden, kept } = this.state;
      const all = [...this.layers.values()];
      if (!this.config.layers.some((spec) => spec.places)) return all; // it does not say what is where
      const filtered = hidden.length > 0 || Object.keys(kept || {}).length > 0;
      const wanted = new Set(all.filter(({ spec }) => layers.includes(spec.id) || (filtered && spec.id === "leagues")));
      for (const place of [selected, ...marked, ...((view && view.places) || [])]) {
        const holders = this.holders.get(place) || [];
        if (holders.length && !holders.some((layer) => layer.loaded || wanted.has(layer))) wanted.add(holders[0]);
      }
      return [...wanted];
    }

    /* Fetch what the state needs; what cannot be had is as if it had no features, and the console says so. */
    async fetch() {
      const missing = this.needed().filter((layer) => !layer.loaded);
      if (!missing.length) return false;
      await Promise.all(missing.map((layer) => layer.load().catch((error) => {
        layer.loaded = true;
        console.error(error);
      })));
      return true;
    }

    /* Call `act` once a layer is there, shown or not. */
    async withLayer(id, act) {
      const layer = this.layers.get(id);
      if (layer) await layer.load();
      act(layer);
    }

    /* The veil that quietens what lies outside, the outline, and the national part of it in more weight. */
    outline(collection) {
      const looks = {
        veil: veil,
        region: () => ({ pane: "atlas-outline", fill: false, color: tone("#5d564d"), weight: 1.6 }),
        national: () => ({ pane: "atlas-outline", fill: false, color: tone("#4a443d"), weight: 2.6 }),
      };
      this.outlines = collection.features.map((feature) => {
        const look = looks[feature.properties.role];
        const { pane } = look();
        return [L.geoJSON(feature, { interactive: false, style: { ...look(), smoothFactor: 0 }, pane }).addTo(this.map), look];
      });
    }

    /* Take the colours of the scheme; what is drawn with each state follows by itself. */
    tone() {
      const { scheme } = this.state;
      const wanted = scheme === "dark" || (scheme !== "light" && SYSTEM_DARK.matches);
      const container = this.map.getContainer();
      container.classList.toggle("atlas-dark", wanted);
      container.ownerDocument.documentElement.style.colorScheme = wanted ? "dark" : "light";
      if (wanted === dark) return;
      dark = wanted;
      for (const layer of this.layers.values()) layer.tone();
      for (const [shape, look] of this.outlines) shape.setStyle(look());
    }

    furniture() {
      const box = (position, className) => {
        const control = L.control({ position });
        control.onAdd = () => L.DomUtil.create("div", className);
        return control.addTo(this.map).getContainer();
      };
      this.credit = box("bottomright", "atlas-credit");
      this.legendBox = this.config.words ? box("bottomleft", "atlas-legend") : null;
      this.place = box("bottomleft", "atlas-coordinates");
      L.control.scale({ imperial: false, position: "bottomleft", maxWidth: 120 }).addTo(this.map);
      this.map.on("mousemove", (event) => {
        const { lat, lng } = event.latlng;
        this.place.textContent = `${lng.toFixed(3)}°E  ${lat.toFixed(3)}°N`;
      });
      this.map.on("mouseout", () => { this.place.textContent = ""; });
    }

    resized() {
      const { clientWidth, clientHeight } = this.map.getContainer();
      if (this.map.getSize().equals([clientWidth, clientHeight])) return; // told when it is first looked at, and of fractions
      this.map.invalidateSize({ animate: false });
      // Until somebody moves the map, it keeps showing the whole of what it was asked to show.
      if (!this.moved) this.look(this.target, false);
    }

    /* Put the tiles of an online base map under everything, or take them away; nothing is asked for without. */
    lay(url) {
      if (url === this.baseUrl) return;
      this.baseUrl = url;
      if (this.tiles) this.tiles.remove();
      this.tiles = url ? L.tileLayer(url, { pane: "atlas-base", maxZoom: 18, keepBuffer: 1, updateWhenIdle: true, alt: "" }).addTo(this.map) : null;
    }

    apply(state) {
      this.state = { ...this.state, ...state };
      this.tone();
      this.lay(this.state.base || null);
      this.hear();
      if (!this.loaded) return;
      this.draw();
      this.fetch().then((more) => { if (more) this.draw(); });
    }

    /* The ids of features that a filter hides: those that the state names, and where it names those that stay, all others. */
    hidden() {
      const hidden = new Set(this.state.hidden);
      for (const [id, kept] of Object.entries(this.state.kept || {})) {
        const stay = new Set(kept.map((name) => `${id}/${name}`));
        const layer = this.layers.get(id);
        for (const feature of layer ? layer.features.keys() : []) if (!stay.has(feature)) hidden.add(feature);
      }
      return hidden;
    }

    /* Make one layer see-through, at once; the state says the same when it comes. */
    fade(id, percent) {
      const layer = this.layers.get(id);
      if (layer) this.map.getPane(layer.pane).style.opacity = String(percent / 100);
    }

    draw() {
      const state = this.state;
      const hidden = this.hidden();
      // Look there first: a map that moves afterwards would draw everything a second time.
      if (state.view && state.view.key !== this.viewKey && this.needed().every((layer) => layer.loaded)) {
        const first = this.viewKey === null;
        this.viewKey = state.view.key;
        this.target = this.boundsOf(state.view);
        const { camera } = state.view;
        if (camera) {
          this.moved = true;
          this.map.setView([camera[0], camera[1]], camera[2], { animate: false });
        } else this.look(this.target, !first);
      }
      for (const [id, layer] of this.layers) layer.show(state.layers.includes(id), hidden);
      for (const id of this.layers.keys()) this.fade(id, state.opacity[id] === undefined ? 100 : state.opacity[id]);
      const online = { zh: "联网底图：天地图。", en: "Online base map: Tianditu. " };
      this.credit.textContent = (state.base ? online[state.lang] || online.zh : "") + (this.config.credit[state.lang] || this.config.credit.zh);
      this.dim(hidden);
      this.legend(hidden);
      this.mark();
      this.label(hidden);
    }

    /* The legend follows what is shown: a layer without a feature on the map is not in it. */
    legend(hidden) {
      if (!this.legendBox) return;
      const { lang, layers } = this.state;
      const element = (tag, className, text) => {
        const made = L.DomUtil.create(tag, className);
        if (text) made.textContent = text;
        return made;
      };
      const rows = [];
      const row = (symbol, kind, look, title) => {
        const line = element("div", "atlas-legend-row");
        line.append(atlasSwatch(symbol, kind, look, dark), element("span", "", title));
        rows.push(line);
      };
      for (const [id, layer] of this.layers) {
        const { spec } = layer;
        const shown = [...layer.features].filter(([feature]) => !hidden.has(feature)).map(([, entry]) => entry.properties);
        if (!layers.includes(id) || spec.deaf || !shown.length) continue;
        const looks = new Set(shown.map((one) => one.precision));
        const look = this.config.precisions[shown[0].precision];
        const cases = spec.cases.filter((one) => shown.some((properties) => String(properties[one.property]) === one.value));
        const note = [...looks].map((one) => this.config.precisions[one].title[lang]).join(lang === "en" ? ", " : "、");
        if (cases.length) {
          rows.push(element("div", "atlas-legend-title", spec.title[lang] || spec.title.zh));
          for (const one of cases) row(one.symbol, spec.kind, look, one.title[lang] || one.title.zh);
        } else row(spec.symbol, spec.kind, look, spec.title[lang] || spec.title.zh);
        rows[rows.length - 1].title = note;
      }
      const details = this.legendBox.querySelector("details") || this.legendBox.appendChild(element("details", ""));
      if (!details.childNodes.length) {
        details.open = this.map.getSize().x > 700;
        details.append(element("summary", ""), element("div", "atlas-legend-rows"));
        L.DomEvent.disableClickPropagation(details);
        L.DomEvent.disableScrollPropagation(details);
      }
      details.querySelector("summary").textContent = this.config.words.legend[lang] || this.config.words.legend.zh;
      details.lastChild.replaceChildren(...rows);
    }

    /* Leagues that a filter hides go under the same veil as what lies outside. */
    dim(hidden) {
      this.dimGroup.clearLayers();
      const leagues = this.layers.get("leagues");
      if (!leagues) return;
      for (const [id, { feature }] of leagues.features) {
        if (hidden.has(id)) this.dimGroup.addLayer(L.geoJSON(feature, { interactive: false, style: { ...veil(), smoothFactor: 0 } }));
      }
    }

    /* Every feature of a place, in whatever layer, shown or not. */
    *of(place) {
      for (const layer of this.layers.values()) {
        for (const entry of layer.features.values()) {
          if (entry.properties.place === place || entry.properties.feature === place) yield { layer, entry };
        }
      }
    }

    boundsOf(view) {
      const bounds = L.latLngBounds([]);
      for (const place of view.places || []) for (const { entry } of this.of(place)) bounds.extend(entry.bounds);
      for (const point of view.points || []) bounds.extend([point[0], point[1]]);
      return bounds.isValid() ? bounds : NO_BOUNDS;
    }

    look(bounds, animate) {
      this.handled = false; // the map moves by itself: nothing to tell
      const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      const wanted = bounds && bounds.isValid() ? bounds.pad(0.06) : L.latLngBounds(this.home);
      const options = { animate: animate && !calm, maxZoom: 9, duration: 0.6 };
      if (options.animate) this.map.flyToBounds(wanted, options);
      else this.map.fitBounds(wanted, options);
    }

    mark() {
      this.markedGroup.clearLayers();
      const { selected, marked, points } = this.state;
      const draw = (place, colour, weight, fill) => {
        const seen = new Set();
        for (const { layer, entry } of this.of(place)) {
          const kind = layer.spec.kind;
          if (kind === "polygon" && seen.has(kind)) continue; // the same unit in two layers
          seen.add(kind);
          for (const [width, tint] of [[weight + 3, tone(HALO)], [weight, colour]]) {
            const style = { pane: "atlas-marked", color: tint, weight: width, opacity: 1, fill: false, smoothFactor: 0 };
            const own = pathOptions(layer.spec, entry.properties, this.config.precisions).options;
            if (own.dashArray && tint === colour) Object.assign(style, { dashArray: own.dashArray, lineCap: "butt" });
            if (fill && tint === colour && kind === "polygon") Object.assign(style, { fill: true, fillColor: tone(MARK_FILL), fillOpacity: 0.42 });
            this.markedGroup.addLayer(
              L.geoJSON(entry.feature, {
                interactive: false, style, pane: "atlas-marked",
                pointToLayer: (_, at) => L.circleMarker(at, { ...style, radius: 9, interactive: false }),
              }),
            );
          }
        }
      };
      marked.filter((place) => place !== selected).forEach((place) => draw(place, tone(MARK), 2, true));
      for (const [lat, lon] of points) {
        this.markedGroup.addLayer(
          L.circleMarker([lat, lon], {
            pane: "atlas-marked", interactive: false, radius: 5, color: tone(MARK), weight: 2, fill: true, fillColor: tone(HALO), fillOpacity: 1,
          }),
        );
      }
      if (selected) draw(selected, tone(INK), 2.4, false);
    }

    label(hidden) {
      const { lang, layers, selected, marked, points } = this.state;
      const lit = new Set(marked);
      const entries = [];
      const obstacles = points.map(([lat, lon]) => [lat, lon, 10]);
      for (const [id, layer] of this.layers) {
        const own = layer.spec.label;
        for (const [feature, { properties, bounds }] of layer.features) {
          const at = properties.label;
          const size = layer.spec.kind === "point" ? symbolOf(layer.spec, properties).size : 0;
          if (size && layers.includes(id) && !hidden.has(feature)) obstacles.push([at[1], at[0], size]);
          const chosen = properties.place === selected || properties.feature === selected;
          const wanted = chosen || lit.has(properties.place);
          if (!wanted && (!own || !layers.includes(id) || hidden.has(feature))) continue;
          const style = own || { colour: INK, size: 12, serif: false, italic: false, spacing: 0, priority: 0, minZoom: 0 };
          entries.push({
            text: (lang === "en" && properties.name_en) || properties.name_zh,
            lat: at[1],
            lon: at[0],
            place: properties.place || feature,
            marker: size,
            style: { ...style, colour: atlasTone(style.colour, dark, true), bold: chosen, spacing: lang === "en" ? 0 : style.spacing },
            priority: style.priority + (chosen ? 1000 : wanted ? 500 : 0),
            extent: extentOf(bounds),
            minZoom: wanted ? 0 : style.minZoom,
          });
        }
      }
      for (const [lat, lon, text] of points) {
        const style = { colour: tone(INK), size: 12, serif: false, italic: false, spacing: 0 };
        entries.push({ text, lat, lon, place: null, marker: 10, style, priority: 400, extent: 0, minZoom: 0 });
      }
      this.labels.set(entries, obstacles);
    }

    tip(properties, point) {
      const box = this.tipBox;
      box.style.display = properties ? "block" : "none";
      if (!properties) return;
      const { lang } = this.state;
      box.textContent = (lang === "en" && properties.name_en) || properties.name_zh;
      box.style.transform = `translate(${Math.round(point.x) + 14}px, ${Math.round(point.y) + 14}px)`;
    }

    /* The places of everything that lies under the mouse, the topmost first. */
    under(event) {
      const hit = new Map();
      for (const layer of this.layers.values()) {
        for (const { parts } of layer.features.values()) {
          for (const part of parts) part.eachLayer((path) => {
            if (path._path && path.atlasProperties) hit.set(path._path, path.atlasProperties);
          });
        }
      }
      const found = document.elementsFromPoint(event.clientX, event.clientY).map((element) => hit.get(element));
      return [...new Set(found.filter(Boolean).map((one) => one.place || one.feature))].slice(0, 8);
    }

    clicked(properties, event, at) {
      this.moved = true;
      this.clicks += 1;
      this.state.selected = properties.place || properties.feature;
      this.state.marked = [];
      this.state.points = [];
      this.mark(); // at once; the answer of the server follows
      if (!window.Streamlit) return;
      const { feature, place } = properties;
      this.tell({ last_active_drawing: { properties: { feature, place } }, under: this.under(event) }, at);
    }

    /* Tell the server of a click: where it was, and how far six pixels reach there. */
    tell(value, at) {
      if (!window.Streamlit) return;
      const here = this.map.latLngToContainerPoint(at);
      const beside = this.map.containerPointToLatLng(here.add([6, 0]));
      const point = { lat: at.lat, lon: at.lng, reach: Math.abs(beside.lng - at.lng) };
      window.Streamlit.setComponentValue({ ...value, at: point, clicks: this.clicks });
    }
  }

  window.atlasMap = {
    view: null,
    start(map, options) {
      this.view = new View(map, options);
      const byHand = () => { this.view.moved = this.view.handled = true; };
      map.on("dragstart", byHand);
      for (const kind of ["wheel", "dblclick", "keydown"]) map.getContainer().addEventListener(kind, byHand, { passive: true });
      // While it comes down: Leaflet stops the click at the button.
      map.getContainer().querySelector(".leaflet-control-zoom").addEventListener("click", byHand, true);
    },
    apply(state) {
      if (this.view) this.view.apply(state);
      return L.featureGroup(); // as a folium element has it that stands for the state
    },
  };
})();
