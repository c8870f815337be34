/* One chapter to read: article numbers hang in the margin, every place is a link, every paragraph shows its reach. */
function words(runs, send) {
  return runs.map((run, index) => {
    if (!run.mark) return document.createTextNode(run.text);
    if (!run.place) return make("span", "named", run.text);
    // A button cannot break over two lines; names of places must.
    const link = make("a", run.own ? "place own" : "place", run.text, { role: "button", tabindex: "0", "data-focus": `run:${run.place}:${index}` });
    link.addEventListener("click", () => send("place", run.place));
    link.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      send("place", run.place);
    });
    return link;
  });
}

function paragraph(entry, article, send, focus, words_of_reach) {
  const parts = words(entry.runs, send);
  if (entry.named) {
    parts.push(button("reach", words_of_reach, `${focus}:${entry.number}`, () => send("paragraph", { article, number: entry.number }),
      { "aria-label": entry.label, title: entry.label }));
  }
  const rows = [make("p", "", parts)];
  if (entry.reach.places) {
    rows.push(make("div", "reached", [
      make("span", "small", entry.reach.count),
      ...entry.reach.places.map((place) => {
        const chip = button("chip", place.name, `reach:${place.id}`, () => send("place", place.id));
        chip.disabled = !place.on_map;
        return chip;
      }),
      entry.reach.more ? make("span", "small", entry.reach.more) : null,
    ], { role: "group", "aria-label": entry.label }));
  }
  return rows;
}

function provision(entry, send) {
  const boxed = entry.kind === "box" || entry.kind === "box-item";
  return make("article", `provision ${entry.kind}${entry.current ? " current" : ""}${boxed ? " boxed" : ""}`, [
    entry.above ? make("p", "above", entry.above) : null,
    make("h3", "number", [make("span", "", [entry.number, entry.title].filter(Boolean).join("　"))]),
    make("div", "law", entry.paragraphs.flatMap((one) => paragraph(one, entry.id, send, `p:${entry.id}`, entry.open))),
    button("open", entry.open, `open:${entry.id}`, () => send("article", entry.id), { "aria-label": entry.open_label }),
  ], { "data-provision": entry.id, lang: "zh-CN", ...(entry.current ? { "aria-current": "true" } : {}) });
}

function neighbour(entry, className, send) {
  return entry.id ? button(`turn ${className}`, [make("span", "small", entry.label), make("span", "", entry.title, { lang: "zh-CN" })],
    `turn:${entry.id}`, () => send("chapter", entry.id)) : make("span", "");
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const reader = box(parentElement, "reader");
  const before = reader.dataset.key;
  const opened = reader.dataset.open;
  const send = (name, value) => setTriggerValue(name, value);
  reader.lang = langOf(data);
  reader.dataset.key = data.key;
  reader.dataset.open = data.open;
  refill(parentElement, reader, [
    make("p", "kicker", data.document, { lang: "zh-CN" }),
    data.document_en ? make("p", "kicker", data.document_en) : null,
    data.part ? make("p", "kicker", data.part, { lang: "zh-CN" }) : null,
    make("h2", "title", data.title, { lang: "zh-CN" }),
    data.authentic ? make("p", "small", data.authentic) : null,
    narrowed(data.narrowed, send),
    data.empty ? make("p", "empty", data.empty) : null,
    ...data.provisions.map((entry) => provision(entry, send)),
    make("nav", "turns", [neighbour(data.before, "before", send), neighbour(data.after, "after", send)]),
  ]);
  arrive(reader.querySelector(".provision.current .number") || reader.querySelector(".title"));
  if (before === data.key && opened === data.open) return;
  const scrolled = (parentElement.host || parentElement).closest(".st-key-content");
  const current = reader.querySelector(".provision.current");
  if (current && (before !== data.key || !opened)) current.scrollIntoView({ block: "start" });
  else if (scrolled && before !== data.key) scrolled.scrollTop = 0;
}
