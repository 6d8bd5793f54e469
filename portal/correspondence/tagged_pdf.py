"""HTML set as a PDF that is tagged for people who cannot see it: PDF/UA-1. The only file that does.

WeasyPrint and the library Pango that it needs may be missing: whoever asks must ask first.
"""

from typing import Any

HEADER_CELL, HEAD_OF_TABLE = "/TH", "/THead"


def is_possible() -> bool:
    """Whether PDFs can be set on this machine."""
    return _weasyprint() is not None


def from_html(page: str) -> bytes:
    """Set a page. Its `lang`, title, headings and captions become those of the PDF.

    Args:
        page: whole HTML that fetches nothing: pictures stand in it as `data:`.

    Raises:
        RuntimeError: `is_possible` says no.
    """
    weasyprint = _weasyprint()
    if weasyprint is None:
        raise RuntimeError("There is no WeasyPrint here: ask is_possible first.")
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=["data"])
    set_page = weasyprint.HTML(string=page, url_fetcher=fetcher)
    pdf: bytes = set_page.write_pdf(pdf_variant="pdf/ua-1", finisher=_give_scopes)
    return pdf


def _give_scopes(_document: Any, pdf: Any) -> None:
    """Say of each header cell whether it heads a column or a row. WeasyPrint names the headers of
    each data cell, which is as good in law and unknown to some readers."""
    for element in pdf.objects:
        if isinstance(element, dict) and element.get("S") == HEADER_CELL:
            in_head = _parent(pdf, _parent(pdf, element)).get("S") == HEAD_OF_TABLE
            element["A"]["Scope"] = "/Column" if in_head else "/Row"


def _parent(pdf: Any, element: dict[str, Any]) -> dict[str, Any]:
    number = int(element["P"].split()[0])
    found: dict[str, Any] = pdf.objects[number]
    return found


def _weasyprint() -> Any:
    try:
        # Imported here, and nowhere else: without Pango the import itself fails.
        import weasyprint
        import weasyprint.urls
    except (ImportError, OSError):
        return None
    return weasyprint
