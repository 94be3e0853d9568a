"""One module or package for each format that is written; they never import each other."""
