/* Making elements: every word that comes from data is set by textContent, never as markup. Shared by all components. */
function make(tag, className, content, attributes) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (typeof content === "string") element.textContent = content;
  else if (content) element.append(...content.filter(Boolean));
  for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
  return element;
}

/* A button that finds its focus again (`refocus`) when the component is drawn anew. */
function button(className, content, focus, act, attributes) {
  const element = make("button", className, content, { type: "button", "data-focus": focus, ...attributes });
  element.addEventListener("click", act);
  return element;
}

/* Draw anew what stands in a box, and give the focus back to what had it. */
function refill(root, box, children) {
  const last = root.activeElement;
  const focused = last ? last.dataset.focus : null;
  box.replaceChildren(...children.filter(Boolean));
  if (!focused) return;
  if (focused === ARRIVED) { // a heading that somebody arrived at, drawn again
    const same = [...box.querySelectorAll(last.tagName)].find((one) => one.className === last.className && one.textContent === last.textContent);
    if (same) takeFocus(same);
    return;
  }
  const again = [...box.querySelectorAll("[data-focus]")].find((element) => element.dataset.focus === focused);
  if (again) again.focus({ preventScroll: true });
}

/* Whoever goes somewhere by a search or a link goes on reading there: the next heading that `arrive` is told of takes the
 * focus, if it comes soon; and so does the same one when it is drawn again right away, until a key or a button is pressed. */
const ARRIVES_MS = 30000; // a server that was just started, on a busy machine
const SETTLED_MS = 1500;
const ARRIVED = "arrived";

function takeFocus(heading) {
  heading.tabIndex = -1;
  heading.dataset.focus = ARRIVED;
  heading.focus({ preventScroll: true });
}

function setOut() {
  document.documentElement.dataset.setOut = String(Date.now());
}

function arrive(heading) {
  const { dataset } = document.documentElement;
  if (!heading || Date.now() - Number(dataset.setOut || 0) > ARRIVES_MS) return;
  const { setOut: since } = dataset;
  const there = () => { if (dataset.setOut === since) delete dataset.setOut; };
  for (const kind of ["keydown", "pointerdown"]) window.addEventListener(kind, there, { capture: true, once: true });
  setTimeout(there, SETTLED_MS);
  takeFocus(heading);
}

/* The element of a component that is drawn once and kept. */
function box(root, className) {
  let found = root.querySelector(`.${className}`);
  if (!found) {
    found = make("div", className);
    root.append(found);
  }
  return found;
}

/* What the filter leaves of a list, with the button that shows all of it or narrows it again. */
function narrowed(entry, send) {
  return entry && entry.line ? make("p", "narrowed", [
    make("span", "", entry.line, { role: "status" }),
    button("all", entry.act, "all", () => send("all", true)),
  ]) : null;
}

function langOf(data) {
  return data.lang === "en" ? "en" : "zh-CN";
}

/* The map's window, if there is a map on the page: it lies in a frame of the same origin. */
function mapOf() {
  const frame = document.querySelector(".st-key-stage iframe");
  const map = frame && frame.contentWindow && frame.contentWindow.atlasMap;
  return map && map.view ? map.view : null;
}
