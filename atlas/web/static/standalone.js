/* The map as one file: layers, legend, search and cards around atlas-map.js, from data that stand in the page itself.
 *
 * Nothing is asked of any host: what atlas-map.js fetches is answered from the page (`answers`), and the page's policy
 * forbids every connection. Every word of data is set by textContent.
 */
(function () {
  "use strict";

  const data = JSON.parse(document.getElementById("atlas-data").textContent);
  const WORDS = {
    zh: {
      title: "北疆图集", subtitle: "内蒙古自治区条例与规划", find: "查找地方", hint: "名称、英文名或代码", precision: "图形精度", close: "关闭",
      about: "关于这张图", scheme: "明暗", schemes: { system: "随浏览器", light: "浅色", dark: "深色" }, governs: "管这里的条文", quotes: "直接点名的条文", more: (n) => `另有 ${n} 条点名，见北疆图集`, region: "全区",
      under: "此处还有", code: "代码", kind: "类型", league: "所属盟市", status: "状态", shape: "图形", source: "来源", note: "说明", none: "没有更具体的条文。",
      disclaimer: "条文与地方的关系由程序从文本中找出，不是法律意见。", feature: "要素编号",
      note_of: { version: "版本", sources_as_of: "资料截至", licence: "许可", boundaries: "境界", attribution: "图层来源", left_out: "未收", notes: "注意" },
      bases: { named: "点名", group: "群组", feature: "要素", class: "类别" },
    },
    en: {
      title: "Beijiang Atlas", subtitle: "Regulations and plan of Inner Mongolia", find: "Find a place", hint: "name or code", precision: "What a shape is",
      scheme: "Light or dark", schemes: { system: "System", light: "Light", dark: "Dark" }, close: "Close", about: "About this map", governs: "Provisions that govern it", quotes: "Provisions that name it",
      more: (n) => `${n} more name it; see the atlas`, region: "Region-wide", under: "Also here", code: "Code", kind: "Type", league: "League", status: "Status",
      shape: "Shape", source: "Source", note: "Note", none: "No narrower provision.", feature: "Feature",
      disclaimer: "Relations are found in the text by program; this is no legal advice.",
      note_of: { version: "Version", sources_as_of: "Sources as of", licence: "Licence", boundaries: "Boundaries",
        attribution: "Sources of the layers", left_out: "Left out", notes: "Mind" },
      bases: { named: "Named", group: "In a group", feature: "By a feature", class: "Of a class" },
    },
  };
  const state = { lang: data.lang === "en" ? "en" : "zh", scheme: "system", on: new Set(data.shown), selected: data.selected, looks: 0 };
  const words = () => WORDS[state.lang];
  const say = (text) => (text && text[state.lang]) || (text && text.zh) || "";

  /* atlas-map.js asks for files by address: they are here. */
  window.fetch = (address) => {
    const name = String(address).split("/").pop();
    const found = Object.prototype.hasOwnProperty.call(data.files, name) ? data.files[name] : null;
    return Promise.resolve({ ok: found !== null, status: found === null ? 404 : 200, json: () => Promise.resolve(found) });
  };

  function make(tag, className, content, attributes) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (Array.isArray(content)) element.append(...content.filter(Boolean));
    else if (content !== null && content !== undefined) element.textContent = String(content);
    for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
    return element;
  }

  /* ---- light and dark -------------------------------------------------------------------------------------------- */

  const SYSTEM_DARK = window.matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => state.scheme === "dark" || (state.scheme === "system" && SYSTEM_DARK.matches);

  function scheme(chosen) {
    state.scheme = chosen;
    document.documentElement.classList.toggle("dark", isDark());
  }

  SYSTEM_DARK.addEventListener("change", () => { scheme(state.scheme); rail(); });

  function schemes() {
    return make("div", "schemes", Object.entries(words().schemes).map(([key, text]) => {
      const button = make("button", "", text, { type: "button", "aria-pressed": String(state.scheme === key) });
      button.addEventListener("click", () => { scheme(key); rail(); apply(); });
      return button;
    }), { role: "group", "aria-label": words().scheme });
  }

  /* ---- swatches ------------------------------------------------------------------------------------------------- */

  const swatch = (symbol, kind, look) => atlasSwatch(symbol, kind, look, isDark());

  /* ---- the places of the map ------------------------------------------------------------------------------------ */

  const config = data.files[data.config];
  const places = new Map(); // place id -> {properties, layer}; the first layer that draws it speaks for it
  for (const layer of config.layers) {
    if (layer.deaf) continue;
    for (const feature of data.files[layer.url].features) {
      const own = feature.properties;
      const key = own.place || own.feature;
      if (own.name_zh && !places.has(key)) places.set(key, { properties: own, layer });
    }
  }
  const nameOf = (own) => (state.lang === "en" && own.name_en) || own.name_zh;

  /* ---- the rail ------------------------------------------------------------------------------------------------- */

  const plainLook = { dash: [] };

  function lookOf(layer) {
    const kinds = new Set(data.files[layer.url].features.map((feature) => feature.properties.precision));
    return kinds.size === 1 ? config.precisions[[...kinds][0]] || plainLook : plainLook;
  }

  function entry(layer) {
    const input = make("input", "", null, { type: "checkbox", "data-layer": layer.id });
    input.checked = state.on.has(layer.id);
    const look = lookOf(layer);
    const row = make("label", "layer", [
      input,
      layer.cases.length ? make("span") : swatch(layer.symbol, layer.kind, look),
      make("span", "", say(layer.title)),
      make("span", "count", layer.count),
    ]);
    const cases = layer.cases.map((one) => make("div", "case", [swatch(one.symbol, layer.kind, look), make("span", "", say(one.title))]));
    const box = make("div", input.checked ? "entry" : "entry off", [row, ...cases]);
    input.addEventListener("change", () => {
      if (input.checked) state.on.add(layer.id);
      else state.on.delete(layer.id);
      box.classList.toggle("off", !input.checked);
      apply();
    });
    return box;
  }

  function finder() {
    const list = make("ul", "found");
    const input = make("input", "", null, { type: "search", id: "find", placeholder: words().hint, autocomplete: "off" });
    input.addEventListener("input", () => {
      const typed = input.value.trim().toLowerCase();
      const fits = ({ properties: own }) =>
        [own.name_zh, own.name_en, own.adcode, own.place].some((text) => text && text.toLowerCase().includes(typed));
      const hits = typed ? [...places].filter(([, place]) => fits(place)).slice(0, 12) : [];
      list.replaceChildren(...hits.map(([key, { properties, layer }]) => {
        const button = make("button", "", [make("span", "", nameOf(properties)), make("span", "hint", say(layer.title))], { type: "button" });
        button.addEventListener("click", () => { list.replaceChildren(); input.value = nameOf(properties); select(key, [], true); });
        return make("li", "", [button]);
      }));
    });
    return make("div", "find", [make("label", "", words().find, { for: "find" }), input, list]);
  }

  function languages() {
    return make("div", "languages", [["zh", "中文"], ["en", "English"]].map(([lang, text]) => {
      const button = make("button", "", text, { type: "button", "aria-pressed": String(state.lang === lang) });
      button.addEventListener("click", () => { state.lang = lang; rail(); apply(); card(); });
      return button;
    }));
  }

  function rail() {
    document.documentElement.lang = state.lang === "en" ? "en" : "zh-CN";
    const box = document.querySelector(".rail");
    const themes = data.themes.map((theme) => {
      const layers = config.layers.filter((layer) => layer.theme === theme.id);
      return layers.length ? make("fieldset", "theme", [make("legend", "", say(theme.title)), ...layers.map(entry)]) : null;
    });
    const used = new Set([...config.layers].flatMap((layer) => data.files[layer.url].features.map((one) => one.properties.precision)));
    const sample = { polygon: { stroke: "#6f685f", width: 1.4, dash: [], fill: null, fillOpacity: 1 },
      point: { stroke: null, width: 1, dash: [], fill: "#3d317a", fillOpacity: 1, marker: "circle", size: 9 } };
    const precisions = Object.entries(config.precisions).filter(([key]) => used.has(key)).map(([key, look]) => {
      const kind = key === "site" || key === "seat" ? "point" : "polygon";
      return make("div", "case", [swatch(sample[kind], kind, look), make("span", "", say(look.title))]);
    });
    const note = Object.entries(words().note_of).filter(([key]) => data.about[key]).flatMap(([key, title]) => [
      make("dt", "", title),
      // The note joins the layers by `；`: a line each is read more easily.
      ...data.about[key].split(key === "attribution" || key === "left_out" ? "；" : "\n").map((line) => make("dd", "", line)),
    ]);
    box.replaceChildren(...[
      make("h1", "masthead", words().title), make("p", "subtitle", words().subtitle), make("span", "edition", say(data.edition)),
      languages(), schemes(), finder(), ...themes,
      make("div", "precisions", [make("div", "small-head", words().precision), ...precisions]),
      make("details", "note", [make("summary", "", words().about), make("dl", "", note)]),
    ].filter(Boolean));
  }

  /* ---- the card ------------------------------------------------------------------------------------------------- */

  function law(quote) {
    const box = make("p", "law", null);
    let at = 0;
    for (const [start, end] of quote.marks) {
      box.append(quote.text.slice(at, start), make("mark", "", quote.text.slice(start, end)));
      at = end;
    }
    box.append(quote.text.slice(at));
    return make("div", "quote", [make("div", "of", quote.citation), box]);
  }

  function card() {
    const box = document.querySelector(".card");
    const place = places.get(state.selected);
    box.hidden = !place;
    document.body.classList.toggle("reading", Boolean(place));
    if (!place) return;
    const { properties: own, layer } = place;
    const close = make("button", "close", "×", { type: "button", "aria-label": words().close });
    close.addEventListener("click", () => select(null, [], false));
    const precision = config.precisions[own.precision];
    const status = layer.cases.find((one) => one.property === "status" && one.value === own.status);
    const facts = [
      [words().code, own.adcode], [words().league, own.league], [words().status, status ? say(status.title) : own.status],
      [words().shape, precision ? say(precision.title) : own.precision], [words().source, own.source], [words().note, state.lang === "en" ? own.note_en : own.note],
    ].filter(([, value]) => value);
    const governing = data.governing[state.selected];
    const parts = [
      make("div", "bar", [make("span", "", say(layer.title)), close]),
      make("h2", "", nameOf(own)),
      make("div", "other", state.lang === "en" ? own.name_zh : own.name_en),
      make("dl", "facts", facts.flatMap(([name, value]) => [make("dt", "", name), make("dd", "", value)])),
    ];
    const others = (state.under || []).filter((key) => key !== state.selected && places.has(key));
    if (others.length) {
      parts.push(make("div", "under", [make("span", "other", words().under), ...others.map((key) => {
        const button = make("button", "", nameOf(places.get(key).properties), { type: "button" });
        button.addEventListener("click", () => select(key, state.under, false));
        return button;
      })]));
    }
    if (governing) {
      const total = Object.values(governing.counts).reduce((sum, one) => sum + one, 0) + governing.region;
      parts.push(make("h3", "", [document.createTextNode(words().governs), make("span", "", total)]));
      parts.push(make("div", "counts", [
        ...Object.entries(governing.counts).map(([basis, count]) => make("span", "", `${words().bases[basis] || basis} ${count}`)),
        governing.region ? make("span", "", `${words().region} ${governing.region}`) : null,
      ]));
      if (governing.quotes.length) {
        parts.push(make("h3", "", [document.createTextNode(words().quotes), make("span", "", governing.counts.named)]));
        parts.push(...governing.quotes.map((index) => law(data.quotes[index])));
        const rest = governing.counts.named - governing.quotes.length;
        if (rest > 0) parts.push(make("p", "quiet", words().more(rest)));
      }
      parts.push(make("p", "quiet", words().disclaimer));
    }
    box.replaceChildren(...parts);
    box.scrollTop = 0;
  }

  /* ---- the map -------------------------------------------------------------------------------------------------- */

  function apply(look) {
    if (look) state.looks += 1;
    const view = { key: `${state.looks}`, places: look || [], points: [] };
    window.atlasMap.apply({ lang: state.lang, scheme: state.scheme, layers: [...state.on], hidden: [], selected: state.selected, marked: [], points: [], view });
  }

  function select(key, under, zoom) {
    state.selected = key;
    state.under = under;
    if (key && places.has(key) && zoom) state.on.add(places.get(key).layer.id);
    if (zoom) rail();
    apply(zoom && key ? [key] : null);
    card();
  }

  window.Streamlit = {
    setComponentValue(value) {
      if (!value.last_active_drawing) return; // beside every feature
      const { feature, place } = value.last_active_drawing.properties;
      select(place || feature, value.under || [], false);
    },
  };

  const [[south, west], [north, east]] = data.options.home;
  const map = L.map("map", {
    center: [(south + north) / 2, (west + east) / 2], zoom: 4, attributionControl: false,
    zoomSnap: 0.25, zoomDelta: 0.5, wheelPxPerZoomLevel: 120, maxBoundsViscosity: 0.6,
  });
  window.atlasMap.start(map, { config: data.config, ...data.options });
  scheme(state.scheme);
  rail();
  apply(data.look_at.length ? data.look_at : null);
  card();
})();
