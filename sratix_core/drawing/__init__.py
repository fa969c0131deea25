"""Pages to print: a page description becomes a PDF in a process of its own that can reach nothing.

Owns the caged process, its limits and what a page may carry. How a page looks, and the engine that draws it (WeasyPrint), are the
plugins': the core starts without it.
"""

from sratix_core.drawing.cage import draw_pdf, engine_answers
from sratix_core.drawing.parts import data_address, font_face

__all__ = ["data_address", "draw_pdf", "engine_answers", "font_face"]
