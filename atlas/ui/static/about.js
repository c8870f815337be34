/* The page about the data: facts and tables. */
function table(entry) {
  const isNumber = (value) => typeof value === "number" || /^[\d.]+%$/.test(value);
  const cell = (value, at, tag) => // a head stands over its numbers
    make(tag, entry.rows.length && entry.rows.every((row) => isNumber(row[at])) ? "number" : "", String(value), tag === "th" ? { scope: "col" } : {});
  return [
    make("h2", "", entry.title),
    entry.lead ? make("p", "lead", entry.lead) : null,
    make("div", "wide", [make("table", "", [
      make("thead", "", [make("tr", "", entry.columns.map((title, at) => cell(title, at, "th")))]),
      make("tbody", "", entry.rows.map((row) => make("tr", "", row.map((value, at) => cell(value, at, "td"))))),
    ])]),
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
