"""One module or package for each format that is read; they never import each other."""
