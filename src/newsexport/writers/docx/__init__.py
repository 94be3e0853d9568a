"""Word documents: real styles, lists, footnotes and tables in an Office Open XML package.

Source: ISO/IEC 29500 (Office Open XML), transitional.
"""

from __future__ import annotations

from newsexport.errors import Kind
from newsexport.model import Document
from newsexport.spi import Context, Format, Request
from newsexport.writers.docx.document import written
from newsexport.writers.docx.options import DocxOptions
from newsexport.writers.docx.template import Plan, built_in

__all__ = ["DocxOptions", "DocxWriter"]


class DocxWriter:
    """Writes documents of Word."""

    format = Format(
        name="docx",
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        suffix=".docx",
        title="Word document",
        audience="client",
    )
    options_type = DocxOptions

    def requires(self, document: Document, options: DocxOptions) -> tuple[Request, ...]:
        """Return nothing: it needs no other rendition."""
        return ()

    def write(self, document: Document, options: DocxOptions, context: Context) -> bytes:
        """Return the document as a .docx file.

        Raises:
            UsageError: the template is no Word document that can be used.
        """
        plan = _plan(options, context)
        return written(document, plan, options.page, context)


def _plan(options: DocxOptions, context: Context) -> Plan:
    if options.template is None:
        return built_in()
    # python-docx, which reads templates, takes 100 ms to import.
    from newsexport.writers.docx.house import house

    plan = house(options.template.data)
    if plan.added:
        names = ", ".join(plan.added)
        context.notice("docx.style-injected", Kind.INFO, f"styles added to those of the template: {names}")
    return plan
