"""A workbook as openpyxl and pandas read it: a sheet for each table, and one for what is no table."""

import io
import math
from urllib.parse import unquote

import openpyxl
import pandas

from differs import Differs

LONGEST = 32_000  # characters of a cell


def same_cell(got, want):
    """A cell beside a value of the JSON: numbers are numbers, nothing is an empty cell, texts are as they are."""
    if want is None or want == "":
        return got is None
    if isinstance(want, bool):
        return got is want
    if isinstance(want, (int, float)):
        # Excel keeps 15 digits.
        return type(got) in (int, float) and math.isclose(got, want, rel_tol=1e-14, abs_tol=0)
    return isinstance(got, str) and (got == want or (len(want) > LONGEST and got == want[:LONGEST] + "…"))


def check_formats(name, header, cells):
    for column, cell in zip(header, cells):
        if cell.data_type == "f":
            raise Differs(f"xlsx: {name}: {cell.coordinate} is a formula")
        if cell.data_type != "n" or cell.value is None or not column.endswith(("_low", "_high")):
            continue
        money = column.rpartition("_")[0] + "_currency" in header
        if money != (cell.number_format == "#,##0"):
            raise Differs(f"xlsx: {name}: {cell.coordinate}, {column}, is shown as {cell.number_format}")


def check_table(name, sheet, want):
    """want: rows of pairs of column and value. Returns how many cells were compared."""
    rows = list(sheet.iter_rows())
    header = [cell.value for cell in rows[0]]
    if not all(cell.font.b for cell in rows[0]) or sheet.freeze_panes != "A2":
        raise Differs(f"xlsx: {name}: the header is not bold, or not frozen")
    if len(rows) - 1 != len(want):
        raise Differs(f"xlsx: {name}: {len(rows) - 1} rows, of the JSON come {len(want)}")
    for cells, pairs in zip(rows[1:], want):
        if [column for column, _ in pairs] != header:
            raise Differs(f"xlsx: {name}: columns {header}")
        check_formats(name, header, cells)
        for cell, (column, value) in zip(cells, pairs, strict=True):
            if not same_cell(cell.value, value):
                raise Differs(f"xlsx: {name}: {cell.coordinate}: {column} is {cell.value!r}, JSON has {value!r}")
    return len(want) * len(header)


def check_links(name, sheet, addresses):
    """Each cell that is an address of http leads there."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value in addresses and cell.hyperlink is None:
                raise Differs(f"xlsx: {name}: {cell.coordinate} is no link")
            if cell.hyperlink is not None:
                anchor = "#" + cell.hyperlink.location if cell.hyperlink.location else ""
                if unquote((cell.hyperlink.target or "") + anchor) != unquote(cell.value):
                    raise Differs(f"xlsx: {name}: {cell.coordinate} leads to {cell.hyperlink.target}{anchor}")


def check_answer(sheet, answer, whole, sources):
    """The finding, what is no table, the notes and the sources, one below the other."""
    rows = [[cell for cell in row] for row in sheet.iter_rows(values_only=True)]
    if rows[0][:2] != ["title", answer["title"]]:
        raise Differs(f"xlsx: the answer begins with {rows[0]}")
    want = [pair for pair in whole if pair[0] == "title"] + [pair for pair in whole if pair[0] != "title"]
    want += [("note", note) for note in answer["notes"]]
    for row, (name, value) in zip(rows, want):
        if row[0] != name or not same_cell(row[1], value):
            raise Differs(f"xlsx: answer: {row[:2]}, JSON has {name}: {value!r}")
    below = rows[len(want) :]
    if not sources:
        if below:
            raise Differs(f"xlsx: answer: {below[0]} behind the notes")
        return
    if any(below[0]) or [name for name, _ in sources[0]] != below[1][:5] or len(below) - 2 != len(sources):
        raise Differs(f"xlsx: answer: {len(below) - 2} sources, JSON has {len(sources)}")
    for row, source in zip(below[2:], sources, strict=True):
        if not all(same_cell(got, value) for got, (_, value) in zip(row, source)):
            raise Differs(f"xlsx: answer: the source {row}, JSON has {source}")


def check(data, answer, want):
    """data: the bytes of a workbook; want: {table: rows of pairs}, as CSV has them. Returns how many cells."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    own_sources = "sources" not in answer or list(want).index("sources") < list(want).index("answer")
    inside = {"answer", "notes"} if own_sources else {"answer", "notes", "sources"}
    names = [name for name in want if name not in inside] + ["answer"]
    if book.sheetnames != names:
        raise Differs(f"xlsx: sheets {book.sheetnames}, tables {names}")
    addresses = {source["url"] for source in answer["sources"] if (source["url"] or "").startswith(("http://", "https://"))}
    cells = 0
    for name in names[:-1]:
        cells += check_table(name, book[name], want[name])
        check_links(name, book[name], addresses)
    check_answer(book["answer"], answer, want["answer"][0], [] if own_sources else want["sources"])
    check_links("answer", book["answer"], addresses)
    frames = pandas.read_excel(io.BytesIO(data), sheet_name=None)
    for name in names[:-1]:
        if len(frames[name]) != len(want[name]):
            raise Differs(f"xlsx: {name}: pandas reads {len(frames[name])} rows of {len(want[name])}")
    return cells
