"""Words of the map view: layers, legend, the map's furniture."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "base": ("联网底图（天地图）", "Online base map (Tianditu)"),
    "base_none": ("不用", "None"),
    "base_vec": ("矢量", "Streets"),
    "base_img": ("影像", "Pictures"),
    "base_ter": ("地形", "Terrain"),
    "base_note": (
        "底图由天地图服务器提供：浏览器会向它请求图片，它因此知道您在看哪里。",
        "Tiles come from Tianditu's server: your browser asks it for pictures, so it learns where you look.",
    ),
    "layers": ("图层", "Layers"),
    "legend": ("图例", "Legend"),
    "opacity": ("不透明度", "Opacity"),
    "opacity_of": ("{name}：不透明度", "{name}: opacity"),
    "precision": ("图形精度", "What a shape is"),
    "built": ("数据版本", "Data"),
    "pending": ("暂缺", "pending"),
    "outside": ("此处不在内蒙古自治区内", "This point lies outside Inner Mongolia"),
    "list": ("图上内容列表", "What the map shows, as a list"),
    "list_lead": (
        "图上现有 {units} 个旗县市区、{features} 个要素，分属 {layers} 个图层。选名称与点图效果相同。",
        "The map shows {units} units and {features} features in {layers} layers. Choosing a name equals a click.",
    ),
    "list_filtered": ("已按所选条件筛选。", "Filtered by what is chosen."),
    "list_units": ("旗县市区", "Units"),
    "list_name": ("名称", "Name"),
    "list_where": ("所在盟市", "League or city"),
    "list_kind": ("类型、状态", "Type, status"),
    "list_precision": ("图形精度", "Precision"),
    "map": ("地图", "Map"),
    "map_label": (
        "内蒙古自治区地图，内容同“图上内容”列表",
        "Map of Inner Mongolia; the list of what it shows has the same content",
    ),
}
