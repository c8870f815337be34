/* The map in its frame on the page: takes the state that it is told and tells of clicks. The page around it has the same
 * origin (static/early.js, static/stage.js of the page); nobody else is listened to.
 */
(function () {
  "use strict";

  const say = (what, value) => window.parent.postMessage({ atlas: what, value }, window.location.origin);

  window.atlasFrame = {
    open(map) {
      let last = null;
      window.map = map; // for whoever looks into the frame
      window.Streamlit = { setComponentValue: (value) => say("clicked", value) }; // as streamlit-folium has it
      window.addEventListener("message", (event) => {
        if (event.source !== window.parent || event.data.atlas !== "show") return;
        const { value } = event.data;
        if (value === last) return;
        last = value;
        window.atlasMap.apply(JSON.parse(value));
      });
      say("ready");
      window.atlasMap.view.ready.then(() => say("drawn"));
    },
  };
})();
