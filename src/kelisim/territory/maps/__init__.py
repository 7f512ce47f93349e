"""Maps as SVG, drawn at the server: one square a region, or outlines where they were loaded.

Pure: marks in, a string out. No style but classes; every region is a link with its words.
"""

from kelisim.territory.maps.drawing import Mark, State, Words, outline_map, tile_map

__all__ = ["Mark", "State", "Words", "outline_map", "tile_map"]
