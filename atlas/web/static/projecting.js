/* Leaflet projects every vertex anew at every zoom, through four objects each, and keeps those that fall on the same
 * pixel. Here a vertex is put on the Mercator square once, a zoom multiplies and rounds it as Leaflet would, and of
 * vertices that follow each other on one pixel the first is drawn: the same picture from a tenth of the points.
 */
(function () {
  "use strict";
  const TILE = 256; // CSS pixels of the world at zoom 0
  const MAX_LAT = L.Projection.SphericalMercator.MAX_LATITUDE;

  /* x and y of each vertex, 0 to 1 from the north-western corner of the world. */
  function onSquare(latlngs) {
    const square = new Float64Array(latlngs.length * 2);
    for (let i = 0; i < latlngs.length; i += 1) {
      const { lat, lng } = latlngs[i];
      const sine = Math.sin((Math.max(Math.min(MAX_LAT, lat), -MAX_LAT) * Math.PI) / 180);
      square[2 * i] = lng / 360 + 0.5;
      square[2 * i + 1] = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
    }
    return square;
  }

  L.Polyline.include({
    _projectLatlngs(latlngs, result, bounds) {
      if (!(latlngs[0] instanceof L.LatLng)) {
        for (const part of latlngs) this._projectLatlngs(part, result, bounds);
        return;
      }
      if (!latlngs.square) latlngs.square = onSquare(latlngs);
      const { square } = latlngs;
      const size = TILE * 2 ** this._map.getZoom();
      const origin = this._map.getPixelOrigin();
      const ring = [];
      let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity, lastX = NaN, lastY = NaN;
      for (let i = 0; i < square.length; i += 2) {
        const x = Math.round(square[i] * size) - origin.x;
        const y = Math.round(square[i + 1] * size) - origin.y;
        if (x === lastX && y === lastY && !(ring.length === 1 && i === square.length - 2)) continue; // a dot stays a dot
        ring.push(new L.Point(x, y));
        lastX = x;
        lastY = y;
        if (x < left) left = x;
        if (x > right) right = x;
        if (y < top) top = y;
        if (y > bottom) bottom = y;
      }
      if (ring.length) bounds.extend(new L.Point(left, top)).extend(new L.Point(right, bottom));
      result.push(ring);
    },
  });
})();
