/* Opens the map before Streamlit's frontend: the server put what the address asks for into the page (atlas/ui/front.py),
 * in its head, where no style sheet is waited for. The frame stands where the view will have it, and the view takes it over
 * as it is (static/stage.js). The frontend starts when the map is drawn, because both would share one thread and each wait
 * for the other; its files are read meanwhile. A click that comes before is kept for the view. Where a browser cannot move
 * a frame without loading it again, or the columns stand one below the other, the view opens the map itself.
 */
const MOST_MS = 1000; // that the frontend waits for the map
const LOOK_MS = 250;

const asked = JSON.parse(document.getElementById("atlas-early").textContent);
document.documentElement.lang = asked.lang;
takeScheme(asked.scheme);

function startFrontend() {
  const held = document.getElementById("atlas-entry");
  if (!held) return; // started, or never held
  held.removeAttribute("id");
  document.head.append(Object.assign(document.createElement("script"), { type: "module", crossOrigin: "", src: held.href }));
}

function openMap() {
  const frame = document.createElement("iframe");
  frame.id = "atlas-early-map";
  frame.title = asked.title;
  frame.src = new URL(asked.src, document.baseURI).href;
  const early = { frame, ready: false, click: null };
  const listen = (event) => {
    if (event.source !== frame.contentWindow) return;
    if (event.data.atlas === "ready") {
      early.ready = true;
      frame.contentWindow.postMessage({ atlas: "show", value: asked.state }, window.location.origin);
    } else if (event.data.atlas === "drawn") startFrontend();
    else if (event.data.atlas === "clicked") early.click = event.data.value;
  };
  window.addEventListener("message", listen);
  // A view without a map may have come instead: somebody was quicker than the page.
  const looking = setInterval(() => {
    if (document.querySelector(".st-key-frame") && !document.querySelector(".st-key-stage")) early.end().remove();
  }, LOOK_MS);
  early.end = () => {
    clearInterval(looking);
    window.removeEventListener("message", listen);
    delete window.atlasEarly;
    return frame;
  };
  window.atlasEarly = early;
  document.documentElement.append(frame); // there is no body yet
}

const able = "moveBefore" in Element.prototype && !window.matchMedia("(max-width: 900px)").matches;
if (asked.src && able) {
  setTimeout(startFrontend, MOST_MS);
  openMap();
} else document.addEventListener("DOMContentLoaded", startFrontend);
