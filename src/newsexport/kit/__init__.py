"""What several readers or writers share: one module for each thing known."""
