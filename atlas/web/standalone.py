"""One HTML file that is the whole map: Leaflet, our scripts and the data inside it, nothing asked of any host.

Data stand in the page as JSON in which no character of HTML is left, and are read by `JSON.parse`; scripts and styles
are allowed by the hash of their content alone, and the page's policy forbids every connection. What atlas-map.js
fetches in the app is answered from the page (static/standalone.js).
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from atlas.web.files import LEAFLET_SCRIPT, LEAFLET_STYLE, SCRIPTS, STATIC, STYLES, leaflet_folder
from atlas.web.inline import script, style

OWN_SCRIPT, OWN_STYLE = "standalone.js", "standalone.css"
_ESCAPES = {one: f"\\u{ord(one):04x}" for one in "<>&\u2028\u2029"}
_ACTIVE = re.compile("[<>&\u2028\u2029]")


def page(data: Mapping[str, Any], title: str) -> str:
    """Return the page.

    Args:
        data: what static/standalone.js reads: `files` (name -> parsed JSON, what atlas-map.js asks for), `config` (the
            name of the configuration among them), `options` (`home`, `frame`, `zooms`), `themes`, `shown`, `selected`,
            `look_at`, `lang`, `edition`, `about`, `governing`, `quotes`.
        title: of the page; text.

    Raises:
        SourceError: a script or style of ours or Leaflet's is missing or cannot stand inside a page.
    """
    styles = [style(leaflet_folder() / LEAFLET_STYLE), *(style(STATIC / name) for name in (*STYLES, OWN_STYLE))]
    scripts = [script(leaflet_folder() / LEAFLET_SCRIPT), *(script(STATIC / name) for name in (*SCRIPTS, OWN_SCRIPT))]
    policy = "; ".join(
        [
            "default-src 'none'",
            f"script-src {_hashes(scripts)}",
            f"style-src {_hashes(styles)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    parts = [
        "<!doctype html>",
        '<html lang="zh-CN">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{escape(title)}</title>",
        *(f"<style>{text}</style>" for text in styles),
        "</head>",
        "<body>",
        '<nav class="rail" aria-label="图层 Layers"></nav>',
        '<main class="stage"><div id="map"></div></main><aside class="card" aria-live="polite" hidden></aside>',
        "<noscript>这张地图要用浏览器的脚本绘制。This map is drawn by the browser's scripts.</noscript>",
        f'<script type="application/json" id="atlas-data">{json_text(data)}</script>',
        *(f"<script>{text}</script>" for text in scripts),
        "</body>",
        "</html>",
    ]
    return "\n".join(parts) + "\n"


def json_text(value: Any) -> str:
    """Return a value as JSON that no HTML parser can take for anything else."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _ACTIVE.sub(lambda found: _ESCAPES[found[0]], text)


def data_uri(content: bytes, kind: str = "image/jpeg") -> str:
    """Return bytes as a data URI."""
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"


def escape(text: str) -> str:
    """Return a text for an element's content."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _hashes(texts: Sequence[str]) -> str:
    digests = (hashlib.sha256(text.encode("utf-8")).digest() for text in texts)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode('ascii')}'" for digest in digests)
