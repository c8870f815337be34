/* Where the map looks goes into the address: the map's frame tells of each move, the address is replaced (no entry of the
 * history for each pan), and the server is told so that links made later hold it. Draws nothing.
 */
const QUIET = 400; // ms without a move
let timer = 0;
let tell = null;

function moved(event) {
  clearTimeout(timer);
  const { lat, lon, zoom } = event.detail;
  const text = `${lat.toFixed(4)},${lon.toFixed(4)},${Math.round(zoom * 100) / 100}`;
  timer = setTimeout(() => {
    const address = new URL(window.location.href);
    if (address.searchParams.get("at") === text) return;
    address.searchParams.set("at", text);
    window.history.replaceState(window.history.state, "", address.href.replaceAll("%2C", ","));
    if (tell) tell("camera", text);
  }, QUIET);
}

export default function (component) {
  tell = (name, value) => component.setTriggerValue(name, value);
  window.removeEventListener("atlas-camera", moved);
  window.addEventListener("atlas-camera", moved);
  return () => window.removeEventListener("atlas-camera", moved);
}
