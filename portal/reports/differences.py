"""What a supplement changes of a published report, each change in a sentence. Nothing is changed
that does not stand here."""

from collections.abc import Iterator

from portal.reports.annual.table import AnnualReport, ReportTable, TextBlock


def differences(before: AnnualReport, after: AnnualReport) -> tuple[str, ...]:
    """List what differs between two reports of the same year.

    Args:
        before: what stands published.
        after: what is to stand.

    Returns:
        A sentence for each figure, row, table, note or text; empty where nothing differs but the
        day on which it was counted.
    """
    return tuple(_differences(before, after))


def _differences(before: AnnualReport, after: AnnualReport) -> Iterator[str]:
    old = {table.id: table for table in before.tables}
    new = {table.id: table for table in after.tables}
    for key, table in old.items():
        if key not in new:
            yield f"{key} ({table.title}) is left out."
    for key, table in new.items():
        if key in old:
            yield from _of_table(old[key], table)
        else:
            yield f"{key} ({table.title}) is new."
    yield from _of_texts(before, after)


def _of_table(old: ReportTable, new: ReportTable) -> Iterator[str]:
    if (old.title, old.columns) != (new.title, new.columns):
        yield f"{new.id} ({new.title}) has another title or other columns."
        return
    was, is_now = _rows(old), _rows(new)
    for head, cells in is_now.items():
        if head not in was:
            yield f"{new.id} ({new.title}): “{head[0]}” is new, {_listed(cells)}."
            continue
        pairs = zip(new.columns[1:], was[head], cells, strict=True)
        for column, first, then in pairs:
            if first != then:
                yield (
                    f"{new.id} ({new.title}): {head[0]}, {column}, was {first or 'empty'} and is"
                    f" {then or 'empty'}."
                )
    for head in was:
        if head not in is_now:
            yield f"{new.id} ({new.title}): “{head[0]}” is left out, {_listed(was[head])}."
    if old.base_count != new.base_count:
        yield f"{new.id} ({new.title}): the base was {old.base_count} and is {new.base_count}."
    if _under(old) != _under(new):
        yield f"{new.id} ({new.title}): what is said under the table has changed."


def _under(table: ReportTable) -> tuple[object, ...]:
    return table.notes, table.definition, table.filter, table.base


def _rows(table: ReportTable) -> dict[tuple[str, int], tuple[str, ...]]:
    """Rows by their heading; of equal headings the first, the second and so on."""
    found: dict[tuple[str, int], tuple[str, ...]] = {}
    for row in table.rows:
        number = 0
        while (row[0].text, number) in found:
            number += 1
        found[row[0].text, number] = tuple(cell.text for cell in row[1:])
    return found


def _listed(cells: tuple[str, ...]) -> str:
    return ", ".join(words or "empty" for words in cells) or "without figures"


def _of_texts(before: AnnualReport, after: AnnualReport) -> Iterator[str]:
    old, new = _texts(before), _texts(after)
    for key in {**old, **new}:
        first, then = old.get(key), new.get(key)
        if first is None and then is not None:
            yield f"The text “{then.title}” is new."
        elif then is None and first is not None:
            yield f"The text “{first.title}” is left out."
        elif first and then and first.paragraphs != then.paragraphs:
            yield f"The text “{then.title}” has changed."


def _texts(report: AnnualReport) -> dict[str, TextBlock]:
    return {
        block.id: block
        for chapter in report.chapters
        for block in chapter.blocks
        if isinstance(block, TextBlock) and block.paragraphs
    }
