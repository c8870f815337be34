/* The map's frame in a view: opens it, or takes over the one that the page opened early (static/early.js), tells it what to
 * show and the server of clicks. It stands in the page itself, not in a shadow tree, so that others find it (`mapOf`).
 */
const stages = new WeakMap();

/* A frame that is moved this way stays as it is; anywhere else it would be loaded again. */
function taken(root, data) {
  const early = window.atlasEarly;
  const wanted = new URL(data.src, document.baseURI).href;
  if (early && early.frame.src === wanted) {
    const { ready, click } = early;
    const frame = early.end();
    root.moveBefore(frame, null);
    frame.removeAttribute("id");
    return { frame, ready, click };
  }
  if (early) early.end().remove();
  const frame = make("iframe", "", null, { src: wanted });
  root.append(frame);
  return { frame, ready: false, click: null };
}

function open(root, data) {
  const stage = { ...taken(root, data), state: null, send: null };
  const listen = (event) => {
    if (event.source !== stage.frame.contentWindow) return;
    if (event.data.atlas === "ready") {
      stage.ready = true;
      tell(stage);
    } else if (event.data.atlas === "clicked") stage.send("clicked", event.data.value);
  };
  window.addEventListener("message", listen);
  stage.end = () => window.removeEventListener("message", listen);
  return stage;
}

function tell(stage) {
  stage.frame.contentWindow.postMessage({ atlas: "show", value: stage.state }, window.location.origin);
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let stage = stages.get(parentElement);
  if (!stage) {
    stage = open(parentElement, data);
    stages.set(parentElement, stage);
  }
  stage.frame.title = data.title;
  stage.state = data.state;
  stage.send = (name, value) => setTriggerValue(name, value);
  if (stage.ready) tell(stage);
  if (stage.click) stage.send("clicked", stage.click);
  stage.click = null;
  return () => { if (!parentElement.isConnected) stage.end(); }; // also asked for when a change overtakes an older one
}
