"""Words of the view of a visitor's own data."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "own_title": ("自有数据", "Own data"),
    "own_privacy": (
        "数据只留在这次会话里：不写入图集，不进入链接，别人看不到；移除或关闭页面后即不存在。",
        "Your data stay in this session: not in the atlas, not in any link, seen by nobody else. Remove them or "
        "close the page, and they are gone.",
    ),
    "own_file": ("选择文件", "Choose a file"),
    "own_limits": (
        "GeoJSON、GeoPackage、Shapefile（zip）、KML/KMZ、CSV：至多 {vectors} MB、{features} 个要素；"
        "GeoTIFF：至多 {rasters} MB。",
        "GeoJSON, GeoPackage, Shapefile (zip), KML/KMZ, CSV: up to {vectors} MB and {features} features; GeoTIFF: "
        "up to {rasters} MB.",
    ),
    "own_reading": ("正在隔离进程中读取并对应到旗县……", "Reading in a guarded process, joining to banners…"),
    "own_read": ("已读取", "Read"),
    "own_refused": ("未读取", "Not read"),
    "own_question": ("还差一步：请指定坐标系", "One more step: say the CRS"),
    "own_remove": ("移除数据", "Remove the data"),
    "own_crs": ("文件没有说明坐标系：请选择", "The file does not state its CRS: choose"),
    "own_crs_hint": (
        "原始坐标范围：{west}–{east}，{south}–{north}。取自高德、腾讯等网络地图的坐标选 GCJ-02。",
        "Raw coordinates: {west}–{east}, {south}–{north}. Choose GCJ-02 for coordinates from Chinese web "
        "maps (Amap, Tencent).",
    ),
    "own_crs_gcj": ("GCJ-02（高德、腾讯等网络地图，自动换算）", "GCJ-02 (Amap, Tencent …; converted)"),
    "own_choose": ("请选择……", "Choose…"),
    "own_lon": ("经度（东坐标）列", "Column of longitude (easting)"),
    "own_lat": ("纬度（北坐标）列", "Column of latitude (northing)"),
    "own_use": ("按此读取", "Read with this"),
    "own_layer": ("图层", "Layer"),
    "own_layer_title": ("{name}（{count} 个要素，{crs}）", "{name} ({count} features, {crs})"),
    "own_empty": (
        "选择左侧的文件：叠加在图集上，逐个要素对应到旗县，统计并可下载；栅格按旗县统计。",
        "Choose a file on the left: it is laid over the atlas, each feature is joined to its banner, counted, and can "
        "be downloaded; rasters are measured by banner.",
    ),
    "own_where": ("要素所在旗县", "The banner of each feature"),
    "own_where_lead": (
        "{count} 个要素，{inside} 个在区内。跨界要素归入面积（长度、点数）最大的一个，比例见“占比”。",
        "{count} features, {inside} in the region. One that crosses borders counts where most of it lies (share).",
    ),
    "own_not_drawn": (
        "图上未画 {count} 个要素（数量或顶点过多），表格和统计为全部。",
        "{count} features are not drawn (too many); tables hold all.",
    ),
    "own_counts": ("按旗县计数", "Count by banner"),
    "own_outside": ("区外", "outside the region"),
    "own_csv": ("下载 CSV", "Download CSV"),
    "own_xlsx": ("下载 Excel", "Download Excel"),
    "own_raster": ("栅格按旗县统计", "The raster by banner"),
    "own_raster_lead": (
        "{width} × {height} 个像元，{crs}，{bands} 个波段（统计第 1 波段）；只覆盖一部分的像元按比例计。",
        "{width} × {height} cells, {crs}, {bands} bands (the first is measured); cells that a banner covers in part "
        "are weighed.",
    ),
    "own_show": ("图上显示", "On the map"),
    "own_show_picture": ("栅格本身", "the raster itself"),
    "own_show_statistic": ("各旗县：{name}", "banners by {name}"),
    "own_overlay": ("叠加的自有数据", "Own data on the map"),
    "own_stat_mean": ("平均值", "mean"),
    "own_stat_min": ("最小值", "minimum"),
    "own_stat_max": ("最大值", "maximum"),
    "own_stat_sum": ("总和", "sum"),
    "own_stat_coverage": ("覆盖比例", "coverage"),
    "own_col_unit_name": ("旗县市区", "banner in Chinese"),
    "own_col_unit_name_en": ("旗县市区（英文）", "banner"),
    "own_col_league": ("盟市", "league in Chinese"),
    "own_col_league_en": ("盟市（英文）", "league"),
    "own_col_unit": ("代码", "code"),
    "own_col_share": ("占比", "share"),
    "own_col_units": ("涉及旗县", "all banners"),
    "own_col_features": ("要素数", "features"),
    "own_col_place": ("代码", "code"),
    "own_col_name": ("旗县市区", "banner"),
    "own_col_name_en": ("英文名", "English name"),
    "own_about": ("自有数据对应到旗县", "own data joined to banners"),
    "own_about_source": ("境界：天地图；数据：用户自有文件", "boundaries: Tianditu; data: the user's own file"),
}
