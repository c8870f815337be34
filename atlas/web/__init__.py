"""The parts of the web map: files that the browser may ask for, geometry for the screen, styles, folium elements."""
