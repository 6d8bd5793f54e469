"""What a report of a quarter or of a team says of itself in each form."""

import csv
import io
import json
import zipfile

import docx
from pypdf import PdfReader

PARTS = {
    "quarter": ("2", "July to September of 2019/20"),
    "team": ("send", "send in the children’s services of "),
}
"""What is asked for, and what must then be read."""


def text_of(form: str, made: bytes) -> str:
    """Everything that somebody reads in a file."""
    if form == "json":
        read = json.loads(made)
        teams = "".join(f"{team} in the children’s services of " for team in read["teams"])
        return "July to September of 2019/20" * (read["quarter"] == 2) + teams
    if form == "html":
        return made.decode()
    if form == "csv":
        archive = zipfile.ZipFile(io.BytesIO(made))
        rows = csv.reader(io.StringIO(archive.read("tables.csv").decode("utf-8-sig")))
        return "\n".join(" ".join(row) for row in list(rows)[1:])
    if form == "docx":
        return "\n".join(one.text for one in docx.Document(io.BytesIO(made)).paragraphs)
    pages = PdfReader(io.BytesIO(made)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())
