from typing import Any

pdfmetrics: Any
