"""What `atlas.open()` returns: the built atlas with the verbs of the command line that check it or make files.

The store knows nothing of pictures and formats; this class stands above it and loads each room only when it is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from atlas.store import Atlas

if TYPE_CHECKING:
    from atlas.exchange import Edition, Exported
    from atlas.models import Defect


class OpenAtlas(Atlas):
    """A built atlas, with verbs."""

    def check(self) -> tuple[Defect, ...]:
        """Return everything that is wrong in the built atlas."""
        from atlas.checks import check  # noqa: PLC0415

        return check(self)

    def export(
        self,
        out: str | Path,
        *,
        layers: Sequence[str] = (),
        tables: Sequence[str] = (),
        themes: Sequence[str] = (),
        regions: Sequence[str] = (),
        classes: Sequence[str] = (),
        parts: Sequence[str] = (),
        documents: Sequence[str] = (),
        bases: Sequence[str] = (),
        categories: Sequence[str] = (),
        statuses: Sequence[str] = (),
        years: Sequence[int] = (),
        precisions: Sequence[str] = (),
        edition: Edition = "working",
        crs: str = "EPSG:4490",
        encoding: str = "UTF-8",
    ) -> Exported:
        """Write layers and tables for other programs, in the format of the file's ending (docs/exchange.md).

        Args:
            out: a .gpkg, .geojson, .kml, .kmz, .zip (Shapefile), .parquet, .xlsx, .csv or .html file.
            layers: ids; all of them where neither layers, themes nor tables are given.
            tables: of projects, targets, places, ledger, provisions.
            themes: of layers, texts and projects.
            regions: names or codes of leagues, banners or groups of them.
            classes: class ids (`border`).
            parts: ids or names of groups of leagues (`east`, 呼包鄂).
            documents: ids (`plan`).
            bases: why a provision applies: named, group, feature, class, region.
            categories: of projects (`railway`).
            statuses: of projects (`build`).
            years: target years of projects and targets.
            precisions: only features of these.
            edition: `working` or `public`.
            crs: `EPSG:4490`, `EPSG:4326`, `EPSG:4520` to `4530`, `EPSG:4541` to `4551`.
            encoding: of Shapefiles, `UTF-8` or `GBK`.

        Returns:
            What was written: rows by layer and table, what was left out and why.

        Raises:
            InputError: the format cannot hold what is asked for, nothing is left, or the file cannot be written.
            UnknownNameError: a name is unknown.
        """
        from atlas.exchange import export  # noqa: PLC0415
        from atlas.filters import names  # noqa: PLC0415
        from atlas.selection import Selection  # noqa: PLC0415

        selection = Selection(
            layers=tuple(layers),
            themes=tuple(themes),
            regions=tuple(regions),
            classes=tuple(classes),
            parts=tuple(parts),
            documents=tuple(documents),
            bases=names.bases(bases),
            categories=tuple(categories),
            statuses=tuple(statuses),
            years=tuple(years),
            precisions=names.precisions(precisions),
        )
        return export(self, Path(out), selection, tables=tables, edition=edition, crs=crs, encoding=encoding)
