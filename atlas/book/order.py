"""The order of the book: `layers/book/order.toml` names its chapters and the plates in each; other plates follow."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import Field, ValidationError, model_validator

from atlas.errors import SourceError
from atlas.layers import Bilingual
from atlas.models import Record
from atlas.paths import layer_definitions
from atlas.plate.definition import plate_ids

REST = Bilingual(zh="其他图", en="Further plates")


class Part(Record):
    """A chapter of the book."""

    title: Bilingual
    plates: tuple[str, ...] = Field(min_length=1)


class Order(Record):
    """All chapters, each plate in one of them."""

    parts: tuple[Part, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_plate_once(self) -> Order:
        plates = [plate for part in self.parts for plate in part.plates]
        twice = sorted({plate for plate in plates if plates.count(plate) > 1})
        if twice:
            raise ValueError(f"a plate stands twice in the book: {', '.join(twice)}")
        return self

    @property
    def plates(self) -> tuple[str, ...]:
        """The plates from the first to the last."""
        return tuple(plate for part in self.parts for plate in part.plates)


def load_order(path: Path | None = None) -> Order:
    """Read the order of the book; plates that it does not name stand in a last chapter, by id, so that none is lost.

    Raises:
        SourceError: names what is wrong with the file, or a plate in it that there is not.
    """
    path = path or layer_definitions() / "book" / "order.toml"
    try:
        order = Order.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise SourceError(f"order of the book {path.name}: {error}") from error
    known = plate_ids()
    if strange := [plate for plate in order.plates if plate not in known]:
        raise SourceError(f"order of the book {path.name}: no such plate: {', '.join(strange)}; see layers/plates")
    rest = tuple(sorted(set(known) - set(order.plates)))
    return Order(parts=(*order.parts, Part(title=REST, plates=rest))) if rest else order
