"""The calls of the library: read, prepare, export, convert."""
