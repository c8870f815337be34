/* Light, dark, or as the browser has it. The choice stands on the page's root (`data-scheme`), where the tokens read it
 * (page/a_tokens.css). Streamlit's own widgets ask matchMedia which theme to take: it answers with the choice, and Streamlit
 * asks again after printing, so that is what it is told has happened. Shared by the components that draw in colours.
 */
const SYSTEM_DARK = window.atlasSystemDark || window.matchMedia("(prefers-color-scheme: dark)");

function isDark(scheme) {
  return scheme === "dark" || (scheme !== "light" && SYSTEM_DARK.matches);
}

function takeScheme(scheme) {
  const root = document.documentElement;
  if (!window.atlasSystemDark) answerForStreamlit();
  if (root.dataset.scheme === scheme) return;
  root.dataset.scheme = scheme;
  window.dispatchEvent(new Event("afterprint"));
}

function answerForStreamlit() {
  window.atlasSystemDark = SYSTEM_DARK;
  const ask = window.matchMedia.bind(window);
  window.matchMedia = (query) => {
    const list = ask(query);
    const wanted = /^\(prefers-color-scheme: (light|dark)\)$/.exec(query);
    const { scheme } = document.documentElement.dataset;
    if (wanted && (scheme === "light" || scheme === "dark")) Object.defineProperty(list, "matches", { value: scheme === wanted[1] });
    return list;
  };
}
