"""The peer of `bench/app.py`: the same layers in plain folium with streamlit-folium, written as its documentation does.

Checkboxes for layers, a choice of leagues, a click that lists what governs the place. Every run draws the features anew
into the map, which is what makes it the plain way; frames and records are kept between runs, as anybody would.

    streamlit run bench/app_plain.py

`BENCH_CDN` is an address that answers for the public hosts which folium names (a machine without internet has none).
"""

from __future__ import annotations

import os

import folium
import streamlit as st
from streamlit_folium import st_folium

from atlas.layers import Layer, catalogue
from atlas.paths import store_file
from atlas.store import Atlas
from atlas.web.state import FRAME, HOME

COLUMNS = ["feature", "place", "name_zh", "league", "geometry"]
SHOWN = 12  # provisions of one basis, as in the atlas's own pane


def _nearby(links: list[tuple[str, str]]) -> list[tuple[str, str]]:
    near = os.environ.get("BENCH_CDN", "")
    return [(name, f"{near}/{link.rsplit('/', 1)[-1]}" if near else link) for name, link in links]


@st.cache_resource
def opened() -> tuple[Atlas, tuple[Layer, ...], dict[str, object]]:
    atlas = Atlas(store_file())
    layers = tuple(layer for layer in catalogue() if layer.shown)
    frames = {layer.id: atlas.features(layer.id)[COLUMNS] for layer in layers}
    frames["neighbours"] = frames["neighbours"].clip(FRAME)
    return atlas, layers, frames


def main() -> None:
    st.set_page_config(layout="wide")
    atlas, layers, frames = opened()
    left, middle, right = st.columns([1, 2, 2])
    with left:
        on = [layer for layer in layers if st.checkbox(layer.title.zh, value=True, key=f"layer-{layer.id}")]
        leagues = st.multiselect("盟市", list(frames["leagues"]["name_zh"]), key="leagues")
    chart = folium.Map(location=[45, 112], tiles=None, zoom_start=5)
    chart.default_js, chart.default_css = _nearby(folium.Map.default_js), _nearby(folium.Map.default_css)
    for layer in sorted(on, key=lambda layer: layer.id != "leagues"):  # else they would take the clicks on banners
        frame = frames[layer.id]
        if leagues and layer.id != "neighbours":
            inside = [any(name in leagues for name in (held or "").split("|")) for held in frame["league"]]
            frame = frame[[one or name in leagues for one, name in zip(inside, frame["name_zh"], strict=True)]]
        if len(frame):
            tip = folium.GeoJsonTooltip(["name_zh"], labels=False)
            folium.GeoJson(frame, name=layer.title.zh, tooltip=tip, zoom_on_click=False).add_to(chart)
    west, south, east, north = HOME
    chart.fit_bounds([[south, west], [north, east]])
    with middle:
        said = st_folium(
            chart, key="map", height=600, use_container_width=True, returned_objects=["last_active_drawing"]
        )
    with right, st.container(key="articles"):
        place = ((said or {}).get("last_active_drawing") or {}).get("properties", {}).get("place")
        listed: dict[str, int] = {}
        for record in atlas.governing(place) if place else ():
            listed[record.basis] = listed.get(record.basis, 0) + 1
            if listed[record.basis] <= SHOWN and record.basis != "region":
                st.markdown(f"**{record.citation}** {record.why}")
                st.text(record.quotation)


main()
