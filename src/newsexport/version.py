"""The version of newsexport, below all layers: renditions name it as their generator."""

__version__ = "0.1.0"
