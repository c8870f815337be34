"""What can be computed from the built atlas: the matrix of units, co-location, rasters and zonal statistics."""
