"""How much a stranger's file may be and cost, and the plain words with which it is refused, in Chinese and English."""

from __future__ import annotations

from atlas.errors import InputError
from atlas.models import Record

MIB = 1024 * 1024


class Limits(Record):
    """What a file may be and what reading it may cost."""

    size_bytes: int = 50 * MIB
    unpacked_bytes: int = 200 * MIB  # of an archive
    members: int = 64  # of an archive
    features: int = 50_000
    vertices: int = 2_000_000
    columns: int = 40
    text_length: int = 500  # characters of one property
    pixels: int = 100_000_000
    cpu_s: int = 30
    wall_s: int = 60
    memory_bytes: int = 3 * 1024 * MIB  # of address space


REASONS: dict[str, tuple[str, str]] = {
    "empty": ("文件是空的：请另选文件", "the file is empty: choose another"),
    "size": (
        "文件有 {size} MB，上限 {most} MB：请裁剪或拆分",
        "the file has {size} MB, more than {most}: cut or split it",
    ),
    "format": (
        "不支持 {name} 的格式：请用 GeoJSON、GeoPackage、Shapefile（zip）、KML/KMZ、CSV 或 GeoTIFF",
        "{name} is in no format that can be read: give GeoJSON, GeoPackage, Shapefile (zip), KML/KMZ, CSV or GeoTIFF",
    ),
    "content": (
        "{name} 的内容不是 {form}：请用原软件重新导出",
        "{name} does not hold {form}: export it again from the program that made it",
    ),
    "encoding": ("{name} 的文字编码无法识别：请另存为 UTF-8", "{name} is in no known encoding: save it as UTF-8"),
    "archive-path": (
        "压缩包里有不安全的路径或链接：请重新打包，只放 Shapefile 的文件",
        "the archive holds unsafe paths or links: pack it again with the Shapefile's files alone",
    ),
    "archive-size": (
        "压缩包解开后过大或文件过多：请拆分",
        "the archive is too large when unpacked, or holds too many files: split it",
    ),
    "archive-locked": ("压缩包有密码：请去掉密码后再上传", "the archive is locked: pack it without a password"),
    "archive-content": (
        "压缩包里没有完整的 Shapefile：请把同名的 .shp、.shx、.dbf 一起打包",
        "the archive holds no whole Shapefile: pack .shp, .shx and .dbf of one name together",
    ),
    "xml": (
        "KML 含有文档类型声明或实体，可能有害：请重新导出",
        "the KML declares a document type or entities, which may do harm: export it again",
    ),
    "network-link": (
        "KML 指向网络上的数据，不会去取：请把数据保存在文件里",
        "the KML links to data on a network, which is not fetched: save the data in the file itself",
    ),
    "nested": (
        "文件的结构嵌套过深：请用原软件重新导出",
        "the file is nested too deeply: export it again from the program that made it",
    ),
    "features": ("要素超过 {most} 个：请拆分", "more than {most} features: split the file"),
    "vertices": ("顶点超过 {most} 个：请简化或拆分", "more than {most} vertices: simplify or split the file"),
    "pixels": (
        "栅格有 {width} × {height} 个像元，上限 {most}：请裁剪或放大像元",
        "the raster has {width} × {height} cells, more than {most}: cut it or make its cells larger",
    ),
    "no-features": (
        "文件里没有可用的图形：请核对导出的图层和坐标列",
        "the file holds no usable shapes: check the exported layer and the columns of coordinates",
    ),
    "crs": (
        "坐标系 {crs} 无法使用：请给出 EPSG 代码，例如 EPSG:4490",
        "the CRS {crs} cannot be used: give an EPSG code, for example EPSG:4490",
    ),
    "crs-missing": (
        "{name} 没有坐标系：请先指定制作时所用的坐标系",
        "{name} has no CRS: assign the one that it was made in",
    ),
    "coordinates": (
        "坐标不在地球上（{detail}）：请核对坐标系和经纬度次序",
        "coordinates lie nowhere on earth ({detail}): check the CRS and the order of longitude and latitude",
    ),
    "columns": (
        "没有找到经纬度列：列名请用 经度、纬度 或 lon、lat",
        "no columns of coordinates found: name them lon and lat, or 经度 and 纬度",
    ),
    "elsewhere": (
        "栅格不在内蒙古范围内：请检查它的坐标系",
        "the raster lies outside Inner Mongolia: check the CRS that it states",
    ),
    "band": ("没有第 {band} 波段：请在 1–{count} 中选", "there is no band {band}: choose one of 1–{count}"),
    "time": (
        "读取超过时限 {most} 秒，已停止：请简化文件",
        "reading took more than {most} s and was stopped: simplify it",
    ),
    "memory": ("读取所需内存过多，已停止：请简化文件", "reading needs too much memory and was stopped: simplify it"),
    "broken": (
        "{name} 无法读取，可能已损坏：请用原软件重新导出",
        "{name} cannot be read, it may be damaged: export it again from the program that made it",
    ),
}


class RefusedError(InputError):
    """A file that is not read, with the reason in both languages."""

    def __init__(self, reason: str, **values: object) -> None:
        """Take the key of a reason and what its sentence names; names are cut and freed of control characters."""
        shown = {key: _plain(value) for key, value in values.items()}
        self.reason = reason
        self.values = shown
        self.zh, self.en = (text.format_map(shown) for text in REASONS[reason])
        super().__init__(f"{self.zh} / {self.en}", self.zh)


def _plain(value: object) -> str:
    text = "".join(one if one.isprintable() else " " for one in str(value))
    return text if len(text) <= 80 else text[:79] + "…"
