from typing import TypeVar

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.flowables import Flowable

_F = TypeVar("_F", bound=Flowable)

class Frame:
    def __init__(
        self,
        x1: float,
        y1: float,
        width: float,
        height: float,
        leftPadding: float = 6,
        bottomPadding: float = 6,
        rightPadding: float = 6,
        topPadding: float = 6,
        *,
        showBoundary: int = 0,
        overlapAttachedSpace: int | None = None,
    ) -> None: ...
    def add(self, flowable: Flowable, canv: Canvas, trySplit: int = 0) -> int: ...
    def split(self, flowable: _F, canv: Canvas) -> list[_F]: ...
