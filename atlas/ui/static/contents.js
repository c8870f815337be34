/* The documents and the contents of the one that is read. */
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const contents = box(parentElement, "contents");
  contents.lang = langOf(data);
  const select = make("select", "document", data.documents.map((entry) => {
    const option = make("option", "", entry.title, { value: entry.id, title: entry.whole });
    option.selected = entry.current;
    return option;
  }), { "aria-label": data.document_title, "data-focus": "document" });
  select.title = (data.documents.find((entry) => entry.current) || { whole: "" }).whole;
  select.addEventListener("change", () => setTriggerValue("document", select.value));
  let part = "";
  const rows = [];
  for (const chapter of data.chapters) {
    if (chapter.part && chapter.part !== part) rows.push(make("li", "part", chapter.part, { lang: "zh-CN" }));
    part = chapter.part;
    rows.push(make("li", "", [button(
      `chapter${chapter.current ? " current" : ""}${chapter.count === "0" ? " none" : ""}`,
      [make("span", "", chapter.title, { lang: "zh-CN" }), chapter.count ? make("span", "count", chapter.count) : null],
      `chapter:${chapter.id}`, () => setTriggerValue("chapter", chapter.id),
      { ...(chapter.label ? { "aria-label": chapter.label } : {}), ...(chapter.current ? { "aria-current": "true" } : {}) })]));
  }
  refill(parentElement, contents, [
    make("p", "small", data.document_title), select,
    make("nav", "", [make("p", "small", data.contents_title), make("ol", "chapters", rows)], { "aria-label": data.contents_title }),
  ]);
}
