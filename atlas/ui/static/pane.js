/* The reading pane: a place with what governs it, an article with its places, or the start.
 *
 * Data come as plain values and runs of text. Every word is set by textContent; nothing here makes markup out of data.
 */
const scrolls = new Map(); // pane key -> how far it was read

/* Runs of text: marked ones as <mark>, those that lead somewhere as buttons. */
function text(runs, send) {
  return runs.map((run, index) => {
    if (!run.mark) return document.createTextNode(run.text);
    const mark = make("mark", run.own ? "own" : "", run.text);
    if (!run.place) return mark;
    const link = make("a", "lead", [mark], { role: "button", tabindex: "0", "data-focus": `run:${run.place}:${index}` });
    const act = () => send("place", run.place);
    link.addEventListener("click", act);
    link.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        act();
      }
    });
    return link;
  });
}

function welcome(data, send) {
  return [
    make("h2", "title", data.title),
    make("p", "lead-in", data.lead),
    make("h3", "section", data.examples_title),
    make("div", "chips", data.examples.map((place) =>
      button("chip", place.name, `place:${place.id}`, () => send("place", place.id)))),
    make("h3", "section", data.documents_title),
    make("ul", "documents", data.documents.map((document) =>
      make("li", "", [
        button("document", document.title, `document:${document.id}`, () => { setOut(); send("document", document.id); }),
        make("span", "small", document.note),
      ]))),
    make("p", "disclaimer", data.disclaimer),
  ];
}

function fact(entry, send) {
  const value = entry.place
    ? button("link", entry.value, `place:${entry.place}`, () => send("place", entry.place))
    : make("span", "", entry.value);
  return [make("dt", "", entry.label), make("dd", "", [value])];
}

/* Copies quotation and citation as plain text, and says so. */
function copier(entry) {
  const text = `${entry.quotation.map((run) => run.text).join("")}\n——${entry.citation}`;
  const copy = button("act copy", entry.copy, `copy:${entry.id}`, async () => {
    await writeText(text);
    copy.textContent = entry.copied;
    copy.setAttribute("aria-live", "polite");
    setTimeout(() => { copy.textContent = entry.copy; }, 1600);
  });
  return copy;
}

/* An intranet address without TLS has no clipboard of its own: the older way works there. */
async function writeText(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const field = make("textarea", "", null, { style: "position:fixed;left:-9999px" });
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

function item(entry, send) {
  return make("article", "item", [
    make("header", "", [
      make("span", "number", entry.number || entry.citation),
      entry.number ? make("span", "of", entry.document) : null,
    ]),
    make("blockquote", "law", text(entry.quotation, send)),
    make("p", "why", [
      make("span", "", entry.why),
      make("span", "certainty", entry.certainty),
    ]),
    make("div", "acts", [
      button("open", entry.open, `open:${entry.id}`, () => send("article", entry.id), {
        "aria-label": `${entry.open}: ${entry.citation}`,
      }),
      button("act", entry.read, `read:${entry.id}`, () => { setOut(); send("read", entry.id); }, { "aria-label": `${entry.read}: ${entry.citation}` }),
      copier(entry),
    ]),
  ], { "data-provision": entry.id });
}

function group(entry, send) {
  return make("section", "group", [
    make("h4", `basis basis-${entry.basis}`, [
      make("span", "basis-name", entry.title),
      make("span", "basis-count", entry.count),
      make("span", "basis-hint", entry.hint),
    ]),
    ...entry.items.map((one) => item(one, send)),
    entry.more ? button("more", entry.more, `more:${entry.basis}`, () => send("more", entry.basis)) : null,
  ], { "data-basis": entry.basis });
}

function place(data, send) {
  return [
    make("div", "bar", [
      make("span", "kicker", data.kicker),
      button("close", "×", "close", () => send("close", true), { "aria-label": data.close, title: data.close }),
    ]),
    make("h2", "title", [
      make("span", "", data.title),
      data.subtitle ? make("span", "other", data.subtitle) : null,
    ]),
    data.under.length ? make("div", "chips under", [
      make("span", "small", data.under_title),
      ...data.under.map((other) => button("chip", other.name, `under:${other.id}`, () => send("place", other.id))),
    ]) : null,
    make("dl", "facts", data.facts.flatMap((entry) => fact(entry, send))),
    data.provenance.length ? make("details", "provenance", [
      make("summary", "", data.provenance_title),
      make("dl", "facts", data.provenance.flatMap((entry) => fact(entry, send))),
    ]) : null,
    make("h3", "section", [make("span", "", data.governing_title), make("span", "small", data.total)]),
    narrowed(data.narrowed, send),
    make("nav", "jumps", data.groups.map((entry) =>
      button("jump", `${entry.title} ${entry.total}`, `jump:${entry.basis}`, (event) => {
        const target = event.currentTarget.closest(".pane").querySelector(`[data-basis="${entry.basis}"]`);
        target.scrollIntoView({ block: "start" });
        const head = target.matches("h4") ? target : target.querySelector("h4") || target;
        head.tabIndex = -1;
        head.focus({ preventScroll: true }); // the next Tab goes on from there
      })), { "aria-label": data.governing_title }),
    ...data.groups.map((entry) => group(entry, send)),
    data.groups.length ? null : make("p", "small none", data.governing_none),
    make("p", "disclaimer", data.disclaimer),
  ];
}

function article(data, send) {
  return [
    make("div", "bar", [button("back", `← ${data.back}`, "back", () => send("back", true))]),
    make("p", "kicker", data.kicker),
    make("h2", "title article-title", [
      make("span", "", data.title),
      data.subtitle ? make("span", "other", data.subtitle, { lang: "zh-CN" }) : null,
    ]),
    data.path.length ? make("p", "path", data.path.join(" › ")) : null,
    make("div", "law full", data.paragraphs.map((runs) => make("p", "", text(runs, send)))),
    data.restored ? make("p", "small", data.restored) : null,
    make("div", "acts", [
      button("act", data.read, "read", () => { setOut(); send("read", data.id); }),
      copier({ id: data.id, quotation: data.paragraphs.flatMap((runs) => [...runs, { text: "\n" }]), citation: data.citation,
        copy: data.copy, copied: data.copied }),
    ]),
    make("h3", "section", [make("span", "", data.places_title), make("span", "small", data.places_count)]),
    data.places.length
      ? make("div", "chips", data.places.map((entry) => {
          const className = `chip${entry.named ? "" : " by-scope"}${entry.on_map ? "" : " off"}`;
          const chip = button(className, entry.name, `place:${entry.id}`, () => send("place", entry.id), { title: entry.hint });
          if (!entry.on_map) chip.disabled = true;
          return chip;
        }))
      : make("p", "small", data.places_none),
    data.places_more ? make("p", "small", data.places_more) : null,
    make("p", "citation", data.citation),
    make("p", "disclaimer", data.disclaimer),
  ];
}

/* The same content as the map, to read: a sentence, the units by league, a table for each layer. */
function list(data, send) {
  const cell = (tag, content) => make(tag, "", content, tag === "th" ? { scope: "col" } : {});
  return [
    make("div", "bar", [make("span", ""), button("close", "×", "close", () => send("close", true), { "aria-label": data.close, title: data.close })]),
    make("h2", "title article-title", data.title),
    make("p", "lead-in", data.lead),
    make("h3", "section", data.units_title),
    ...data.leagues.flatMap((league) => [
      button("link league", league.name, `place:${league.id}`, () => send("place", league.id)),
      make("div", "chips", league.units.map((unit) => button("chip", unit.name, `place:${unit.id}`, () => send("place", unit.id)))),
    ]),
    ...data.layers.map((layer) => make("details", "layer-table", [
      make("summary", "", `${layer.title} ${layer.rows.length}`),
      make("table", "", [
        make("thead", "", [make("tr", "", data.columns.map((title) => cell("th", title)))]),
        make("tbody", "", layer.rows.map((row) => make("tr", "", [
          cell("td", [button("link", row.name, `row:${row.feature}`, () => send("place", row.id))]),
          ...row.cells.map((text) => cell("td", text)),
        ]))),
      ]),
    ])),
  ];
}

const KINDS = { welcome, place, article, list };

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement;
  const scrolled = (root.host || root).closest(".st-key-pane");
  const pane = box(root, "pane");
  const before = pane.dataset.key;
  const send = (name, value) => setTriggerValue(name, value);
  const held = pane.contains(root.activeElement);

  pane.lang = langOf(data);
  pane.dataset.key = data.key;
  pane.dataset.kind = data.kind;
  pane.setAttribute("role", "region");
  pane.setAttribute("aria-label", data.title);
  refill(root, pane, KINDS[data.kind](data, send));

  // Whoever pressed something that is gone with the old card goes on at the head of the new one.
  if (before !== data.key && held && !pane.contains(root.activeElement)) setOut();
  if (before !== data.key) arrive(pane.querySelector(".title"));
  if (scrolled && before !== data.key) {
    scrolled.scrollTop = scrolls.get(data.key) || 0;
    scrolled.onscroll = () => scrolls.set(pane.dataset.key, scrolled.scrollTop);
  }
}
