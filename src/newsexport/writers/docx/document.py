"""A document of Word: its main part, and all the parts that go with it."""

from __future__ import annotations

from typing import Final

from newsexport.model import Document, Edition, FootnoteRef
from newsexport.spi import Context
from newsexport.writers.docx import properties
from newsexport.writers.docx.edition import edition
from newsexport.writers.docx.footnotes import SEPARATORS, Footnotes
from newsexport.writers.docx.markup import HEAD, NAMESPACES, Place, language
from newsexport.writers.docx.numbering import Numbering
from newsexport.writers.docx.options import Page
from newsexport.writers.docx.paragraphs import Manuscript
from newsexport.writers.docx.parts import Part, Relationships, packed, word
from newsexport.writers.docx.pictures import Pictures
from newsexport.writers.docx.running import running as running_parts
from newsexport.writers.docx.story import Story
from newsexport.writers.docx.template import Layout, Plan, Running

_A4: Final = (11906, 16838)
_LETTER: Final = (12240, 15840)
# Unicode CLDR, supplemental data, paper size "US-Letter".
_LETTER_REGIONS: Final = frozenset({"BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"})
_COMPATIBILITY: Final = (
    ("compatibilityMode", 15),
    ("overrideTableStyleFontSizeAndJustification", 1),
    ("enableOpenTypeFeatures", 1),
    ("doNotFlipMirrorIndents", 1),
    ("differentiateMultirowTableHeaders", 1),
)
"""Without the first, Word opens the document in its compatibility mode."""


def written(document: Document, plan: Plan, page: Page, context: Context) -> bytes:
    """Return the file."""
    size = _page_size(plan.layout, page, document.language)
    _, right, _, left, *_ = plan.layout.margins
    relationships, footnotes, pictures = Relationships(), Footnotes(), Pictures()
    numbering = Numbering(plan)

    def footnote(note: FootnoteRef, place: Place) -> int:
        return footnotes.add(manuscript, note, place)

    manuscript = Manuscript(plan, context, document.language, size[0] - left - right, numbering, pictures, footnote)
    for kind, target in plan.relationships:
        relationships.add(kind, target)
    for name in ("styles", "settings", "numbering"):
        relationships.add(name, f"{name}.xml")
    body = _body(document, manuscript, relationships)
    notes = footnotes.part()
    if notes:
        relationships.add("footnotes", "footnotes.xml")
    running = running_parts(document, manuscript)
    section = _section(plan.layout, size, running, relationships)
    main = f"{HEAD}<w:document {NAMESPACES}><w:body>{body}{section}</w:body></w:document>"
    parts = (
        Part("word/document.xml", main.encode(), word("document.main"), relationships.xml()),
        Part("word/styles.xml", language(document.language).join(plan.styles).encode(), word("styles")),
        Part("word/settings.xml", _settings(document.language, plan, bool(notes)).encode(), word("settings")),
        Part("word/numbering.xml", numbering.xml(), word("numbering")),
        *((notes,) if notes else ()),
        *(part for _, part in running if part),
        *plan.parts,
        *pictures.parts(),
        *properties.parts(document),
    )
    return packed(parts, _package_relationships())


def _body(document: Document, manuscript: Manuscript, relationships: Relationships) -> str:
    if isinstance(document, Edition):
        return edition(document, manuscript, relationships)
    return Story(manuscript, relationships, document).write()


def _package_relationships() -> Relationships:
    relationships = Relationships()
    relationships.add("officeDocument", "word/document.xml")
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    relationships.add(core, "docProps/core.xml")
    relationships.add("extended-properties", "docProps/app.xml")
    relationships.add("custom-properties", "docProps/custom.xml")
    return relationships


# Page


def _page_size(layout: Layout, page: Page, tag: str) -> tuple[int, int]:
    if page == "auto" and layout.width and layout.height:
        return layout.width, layout.height
    regions = {part for part in tag.split("-")[1:] if len(part) == 2}
    is_letter = page == "letter" or (page == "auto" and bool(regions & _LETTER_REGIONS))
    return _LETTER if is_letter else _A4


def _section(
    layout: Layout,
    size: tuple[int, int],
    running: tuple[tuple[Running, Part | None], ...],
    relationships: Relationships,
) -> str:
    references = "".join(
        f'<w:{each.kind}Reference w:type="{each.pages}" r:id="{relationships.add(each.kind, each.target)}"/>'
        for each, _ in running
    )
    width, height = size
    turned = ' w:orient="landscape"' if width > height else ""
    names = ("top", "right", "bottom", "left", "header", "footer")
    margins = "".join(f' w:{name}="{length}"' for name, length in zip(names, layout.margins, strict=True))
    return (
        f'<w:sectPr>{references}<w:pgSz w:w="{width}" w:h="{height}"{turned}/><w:pgMar{margins} w:gutter="0"/>'
        f"{'<w:titlePg/>' if layout.first_differs else ''}</w:sectPr>"
    )


def _settings(tag: str, plan: Plan, has_footnotes: bool) -> str:
    """Return the settings.

    Source: ISO/IEC 29500-1, 17.15; MS-DOCX 2.3 (compatibility settings).
    """
    uri = "http://schemas.microsoft.com/office/word"
    compatibility = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="{uri}" w:val="{value}"/>' for name, value in _COMPATIBILITY
    )
    separators = "".join(f'<w:footnote w:id="{number}"/>' for number in SEPARATORS)
    notes = f"<w:footnotePr>{separators}</w:footnotePr>" if has_footnotes else ""
    even = "<w:evenAndOddHeaders/>" if plan.layout.even_differs else ""
    return (
        f'{HEAD}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>{even}'
        f'<w:characterSpacingControl w:val="doNotCompress"/>{notes}<w:compat>{compatibility}</w:compat>'
        f'{language(tag, "themeFontLang")}<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )
