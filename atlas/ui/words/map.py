"""Words of the map view: layers, legend, the map's furniture."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "layers": ("图层", "Layers"),
    "legend": ("图例", "Legend"),
    "opacity": ("不透明度", "Opacity"),
    "opacity_of": ("{name}：不透明度", "{name}: opacity"),
    "precision": ("图形精度", "What a shape is"),
    "built": ("数据版本", "Data"),
    "pending": ("暂缺", "pending"),
    "map": ("地图", "Map"),
    "map_label": (
        "内蒙古自治区地图，内容同“图上内容”列表",
        "Map of Inner Mongolia; the list of what it shows has the same content",
    ),
}
