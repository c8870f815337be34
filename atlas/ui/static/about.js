/* The page about the data: facts and tables. */
function table(entry) {
  const cell = (value, tag) => make(tag, typeof value === "number" || /^[\d.]+%$/.test(value) ? "number" : "", String(value), tag === "th" ? { scope: "col" } : {});
  return [
    make("h2", "", entry.title),
    entry.lead ? make("p", "lead", entry.lead) : null,
    make("table", "", [
      make("thead", "", [make("tr", "", entry.columns.map((title) => cell(title, "th")))]),
      make("tbody", "", entry.rows.map((row) => make("tr", "", row.map((value) => cell(value, "td"))))),
    ]),
  ];
}

export default function (component) {
  const { data, parentElement } = component;
  const about = box(parentElement, "about");
  about.lang = langOf(data);
  refill(parentElement, about, [
    make("h1", "", data.title),
    make("p", "lead", data.lead),
    make("dl", "facts", data.facts.flatMap(([label, value]) => [make("dt", "", label), make("dd", "", value)])),
    make("p", "lead", data.note),
    ...data.tables.flatMap(table),
  ]);
}
