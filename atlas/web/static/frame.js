/* The map in its frame on the page: takes the state that the server sends and tells of clicks, in Streamlit's protocol for
 * frames. The page around it has the same origin; nobody else is listened to.
 */
(function () {
  "use strict";

  const say = (type, more) =>
    window.parent.postMessage({ isStreamlitMessage: true, type: `streamlit:${type}`, ...more }, window.location.origin);

  window.atlasFrame = {
    open(map) {
      let last = null;
      window.map = map; // for whoever looks into the frame
      window.Streamlit = { setComponentValue: (value) => say("setComponentValue", { value, dataType: "json" }) };
      window.addEventListener("message", (event) => {
        if (event.source !== window.parent || event.data.type !== "streamlit:render") return;
        const { state } = event.data.args;
        if (state === last) return;
        last = state;
        window.atlasMap.apply(JSON.parse(state));
      });
      say("componentReady", { apiVersion: 1 });
      say("setFrameHeight", { height: window.innerHeight || 720 }); // the style sheet lets it fill the window
    },
  };
})();
