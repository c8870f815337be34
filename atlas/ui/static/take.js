/* The address of what the map shows: to copy, and as a QR code. */
export default function (component) {
  const { data, parentElement } = component;
  const root = parentElement;
  const card = box(root, "address");
  card.lang = langOf(data);

  const field = make("input", "link", "", { type: "text", readonly: "", "aria-label": data.label, "data-focus": "link" });
  field.value = data.link;
  field.addEventListener("focus", () => field.select());
  const said = make("span", "said", "", { role: "status" });

  /* Browsers give the clipboard only to pages of this computer or over HTTPS; an intranet has neither. */
  const copy = async () => {
    let done = false;
    if (navigator.clipboard && window.isSecureContext) {
      done = await navigator.clipboard.writeText(data.link).then(() => true, () => false);
    }
    if (!done) {
      field.focus();
      field.select();
      done = document.execCommand("copy");
    }
    said.textContent = done ? data.copied : data.by_hand;
  };

  refill(root, card, [
    make("div", "row", [field, button("copy", data.copy, "copy", copy), said]),
    data.here ? make("p", "here", data.here) : null,
    data.qr ? make("img", "qr", "", { src: data.qr, alt: data.qr_label, title: data.qr_label }) : make("p", "here", data.note),
  ]);
}
