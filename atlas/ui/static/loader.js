/* Stands between Streamlit and a component: fetches its script once, takes its style sheet, unpacks the data
 * (atlas/ui/packing.py). A change that comes while an older one is still being unpacked overtakes it.
 */
const get = (address) => fetch(new URL(address, document.baseURI), { cache: "force-cache" });
const turns = new WeakMap();
const bases = new Map();

function unpack(packed) {
  const bytes = Uint8Array.from(atob(packed), (char) => char.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
}

function baseOf(address) {
  if (!bases.has(address)) bases.set(address, get(address).then((answer) => answer.json()));
  return bases.get(address);
}

function changed(old, { v, o }) {
  if (v !== undefined) return v;
  if (!o) return old;
  const made = Array.isArray(old) ? [...old] : { ...old };
  for (const [key, difference] of Object.entries(o)) made[key] = changed(old[key], difference);
  return made;
}

/* Return what draws the component whose script stands at an address. */
export function open(address) {
  const script = get(address)
    .then((answer) => answer.text())
    .then((text) => import(URL.createObjectURL(new Blob([text], { type: "text/javascript" }))));
  return async (component) => {
    const root = component.parentElement;
    const turn = (turns.get(root) || 0) + 1;
    turns.set(root, turn);
    const { packed, base } = component.data;
    const [loaded, sent, old] = await Promise.all([script, unpack(packed), base ? baseOf(base) : null]);
    if (turns.get(root) !== turn) return undefined;
    const sheets = root.adoptedStyleSheets; // none where a component stands in the page itself
    if (sheets && !sheets.includes(loaded.sheet)) sheets.push(loaded.sheet);
    return loaded.default({ ...component, data: base ? changed(old, sent) : sent });
  };
}
