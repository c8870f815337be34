"""Detail by scale: vertices that a picture cannot show are left out (Douglas and Peucker) where it is drawn.

For shapes that share no outline with others: lines, and lakes. Units and areas share theirs and would come apart
(`atlas.web.geometry.simplify_together`). What is stored and exported keeps every vertex.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely


def thinned(shapes: np.ndarray[Any, Any], tolerance: float) -> np.ndarray[Any, Any]:
    """Return the shapes with vertices left out that lie nearer than `tolerance` to the line without them.

    Args:
        shapes: lines and polygons, each by itself, in any plane units.
        tolerance: in the same units.

    Returns:
        As many shapes in the same order; polygons stay valid and keep their rings, lines keep their ends. A closed line
        that is smaller than the tolerance stays as it is: without its vertices it would have no length.
    """
    areas = np.isin(shapely.get_type_id(shapes), (3, 6))
    result = shapely.simplify(shapes, tolerance, preserve_topology=False)
    result[areas] = shapely.simplify(shapes[areas], tolerance)
    gone = (shapely.length(result) == 0) & (shapely.length(shapes) > 0)
    result[gone] = shapes[gone]
    return np.asarray(result, dtype=object)
