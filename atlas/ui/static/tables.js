/* A register as a real table: heads that sort, cells that lead to the map or to the text, pages; or a bare table without
 * tabs and search. Every word of data is set by textContent; a reader's keyboard reaches every head and link in the order
 * in which they are read.
 */
const WAIT_MS = 250; // after the last letter before the table is searched

function filled(template, name) {
  return template.replace("{name}", () => name);
}

function leads(className, text, focus, act, label) {
  return button(className, text, focus, act, { "aria-label": label, title: label });
}

function cell(entry, column, words, row, send) {
  const focus = `${row}:${column.id}`;
  if (entry.places.length) {
    return entry.places.flatMap((place, index) => [
      index ? document.createTextNode(langOf(words) === "en" ? ", " : "、") : null,
      place.id
        ? leads("link quiet", place.name, `${focus}:${index}`, () => send("place", place.id), filled(words.to_map, place.name))
        : document.createTextNode(place.name),
    ]);
  }
  if (entry.place) return [leads("link", entry.text, focus, () => { setOut(); send("place", entry.place); }, filled(words.to_map, entry.text))];
  if (entry.provision) {
    return [leads("link", entry.text, focus, () => { setOut(); send("provision", entry.provision); }, filled(words.to_text, entry.text))];
  }
  return [document.createTextNode(entry.text)];
}

function head(column, send) {
  const mark = { ascending: "▲", descending: "▼", none: "" }[column.sort];
  return make("th", `${column.numeric ? "number " : ""}c-${column.id}`, [
    button("sort", [make("span", "", column.title), make("span", "mark", mark, { "aria-hidden": "true" })], `sort:${column.id}`,
      () => send("sort", column.id), { title: column.hint }),
  ], { scope: "col", "aria-sort": column.sort });
}

function line(row, data, send) {
  return make("tr", "", row.cells.map((entry, index) => {
    const column = data.columns[index];
    const className = `${column.numeric ? "number " : ""}c-${column.id}`;
    const parts = cell(entry, column, data, row.id, send);
    const whole = data.bare && entry.text.length > 12 ? { title: entry.text } : {}; // where the row stays in one line
    return index ? make("td", className, parts, whole) : make("th", className, parts, { scope: "row", ...whole });
  }));
}

function pager(data, send) {
  const turn = (className, title, page, focus) => {
    const turner = button(className, title, focus, () => send("page", page));
    turner.disabled = page < 1 || page > data.pages || page === data.page;
    return turner;
  };
  return make("nav", "pager", [
    turn("turn", data.first, 1, "page:first"),
    turn("turn", data.previous, data.page - 1, "page:previous"),
    make("span", "at", data.page_of, { role: "status" }),
    turn("turn", data.next, data.page + 1, "page:next"),
    turn("turn", data.last, data.pages, "page:last"),
  ], { "aria-label": data.page_title });
}

/* The field is made once and never taken out, so that it keeps the cursor while somebody types in it. */
function finder(tools) {
  let field = tools.querySelector(".find");
  if (field) return field;
  field = make("input", "find", null, { type: "search" });
  const typed = (event) => {
    if (event.isComposing) return; // letters of an unfinished Chinese word
    clearTimeout(field.waiting);
    field.waiting = setTimeout(() => {
      field.waiting = null;
      field.send("find", { text: field.value });
    }, WAIT_MS);
  };
  field.addEventListener("input", typed);
  field.addEventListener("compositionend", typed);
  tools.append(field, make("span", "status", "", { role: "status" }));
  return field;
}

function tools(root, tables, data, send) {
  const row = box(tables, "tools");
  const field = finder(row);
  field.send = send;
  field.placeholder = data.find_label;
  field.setAttribute("aria-label", data.find_label);
  const other = field.dataset.table !== data.title;
  if (!field.waiting && (other || root.activeElement !== field)) field.value = data.find;
  field.dataset.table = data.title;
  row.querySelector(".status").textContent = data.status;
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement;
  const tables = box(root, "tables");
  const send = (name, value) => setTriggerValue(name, value);
  const key = [data.title, data.page, data.columns.map((column) => column.sort)].join();
  const turned = tables.dataset.key !== undefined && tables.dataset.key !== key;
  tables.dataset.key = key;
  tables.lang = langOf(data);
  const [top, , body] = ["top", "tools", "body"].map((name) => box(tables, name));
  tables.classList.toggle("bare", Boolean(data.bare));
  if (data.bare) refill(root, box(tables, "tools"), data.status ? [make("span", "status", data.status, { role: "status" })] : []);
  else {
    refill(root, top, [
      make("nav", "tabs", data.tabs.map((tab) => button(`tab${tab.current ? " current" : ""}`, [
        make("span", "", tab.title), make("span", "count", tab.count),
      ], `tab:${tab.id}`, () => send("tab", tab.id), tab.current ? { "aria-current": "true" } : {})), { "aria-label": data.tabs_title }),
      make("p", "lead", data.lead),
    ]);
    tools(root, tables, data, send);
  }
  refill(root, body, [
    data.empty ? make("p", "empty", data.empty, { role: "status" }) : make("table", "", [
      make("caption", "said", data.title),
      make("thead", "", [make("tr", "", data.columns.map((column) => head(column, send)))]),
      make("tbody", "", data.rows.map((row) => line(row, data, send))),
    ]),
    data.pages > 1 ? pager(data, send) : null,
  ]);
  if (turned) {
    const scrolled = (root.host || root).closest(".st-key-content");
    if (scrolled && !data.bare) scrolled.scrollTop = 0;
  }
}
