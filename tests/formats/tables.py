"""The tables that an answer is in CSV, made of its JSON and its JSON Schema: a second way to say what CSV holds.

A company is two columns (id, name), a quantity five or six, a record its fields' columns, a list one cell joined by
semicolons. A list of records is spliced into the rows of its table, or is a table of its own: "position" and the
columns that tell the parent, then its fields.
"""

from differs import Differs

ENVELOPE = ("schema", "command", "graphs", "as_of", "status", "title")


class Shape:
    """Columns and cells of the objects that a part of a JSON Schema describes."""

    def __init__(self, fields, definitions):
        self.fields = fields
        self.definitions = definitions

    def of(self, field):
        """What a field holds: (the schema of its value, the name of its definition)."""
        value = next((option for option in field.get("anyOf", ()) if option.get("type") != "null"), field)
        name = value.get("$ref", "").removeprefix("#/$defs/")
        return (self.definitions[name] if name else value), name

    def lists(self):
        """The fields that are lists of records, with the shape of their records."""
        for name, field in self.fields.items():
            value, _ = self.of(field)
            if value.get("type") == "array" and "properties" in value["items"]:
                yield name, Shape(value["items"]["properties"], self.definitions)

    def cells(self, row, prefix="", splice=None):
        """A row as pairs of column and value; None has the columns alone. `splice` are a list's name and its cells."""
        for name, field in self.fields.items():
            value, definition = self.of(field)
            cell = None if row is None else row[name]
            column = prefix + name
            if splice and name == splice[0]:
                yield from splice[1]
            elif definition == "company":
                yield column, cell and cell["id"]
                yield column + "_name", cell and cell["name"]
            elif value.get("type") == "object":
                yield from Shape(value["properties"], self.definitions).cells(cell, column + "_")
            elif value.get("type") != "array":
                yield column, cell
            elif value["items"].get("$ref"):
                yield column, ";".join(item["id"] for item in cell or ())
                yield column + "_name", ";".join(item["name"] for item in cell or ())
            elif "properties" not in value["items"]:
                yield column, ";".join(str(item) for item in cell or ())


def expected(shape, rows, header):
    """A table with that header, of a list of rows, and the lists that stand in it."""
    for spliced in [(), *shape.lists()]:
        splice = spliced and (spliced[0], list(spliced[1].cells(None)))
        if [column for column, _ in shape.cells(None, splice=splice)] != header:
            continue
        if not spliced:
            return [list(shape.cells(row)) for row in rows], None
        name, inner = spliced
        return [
            list(shape.cells(row, splice=(name, list(inner.cells(item)))))
            for row in rows
            for item in row[name] or [None]
        ], name
    raise Differs(f"columns {header}, of the JSON come {[column for column, _ in shape.cells(None)]}")


def expected_items(shape, rows, name, inner, header):
    """The table of its own that a list in rows is."""
    own = ["position", *(column for column, _ in inner.cells(None))]
    parents = header[: len(header) - len(own)]
    if header[len(parents) :] != own or not set(parents) <= {column for column, _ in shape.cells(None)}:
        raise Differs(f"columns {header}, of the JSON come keys and {own}")
    table = []
    for row in rows:
        keys = [cell for cell in shape.cells(row) if cell[0] in parents]
        for position, item in enumerate(row[name], 1):
            table.append([*keys, ("position", position), *inner.cells(item)])
    return table


def tables_of(schema, answer, headers):
    """{name: rows} of all tables that an answer should be; headers are those of the program's CSV, {name: columns}."""
    definitions = schema["$defs"]
    names = iter(headers)
    made = {}

    def next_table(of):
        name = next(names, None)
        if name is None:
            raise Differs(f"no table holds {of}")
        return name

    # A question about sources has a table of them itself, in front of the answer's row.
    own = list(headers).index("sources") < list(headers).index("answer")
    behind = ("interrupted", "notes", *(() if own else ("sources",)))
    inside = {name: field for name, field in schema["properties"].items() if name not in (*ENVELOPE, *behind)}
    root = Shape(inside, definitions)
    for field, shape in root.lists():
        name = next_table(field)
        made[name], spliced = expected(shape, answer[field], headers[name])
        for inner_field, inner in shape.lists():
            if inner_field != spliced:
                name = next_table(f"{field}.{inner_field}")
                made[name] = expected_items(shape, answer[field], inner_field, inner, headers[name])
    envelope = Shape({name: schema["properties"][name] for name in ENVELOPE}, definitions)
    stopped = [("interrupted", answer.get("interrupted", False))]
    made[next_table("what is no table")] = [[*envelope.cells(answer), *root.cells(answer), *stopped]]
    made[next_table("notes")] = [[("note", note)] for note in answer["notes"]]
    if not own:
        cited = Shape(schema["properties"]["sources"]["items"]["properties"], definitions)
        made[next_table("sources")] = [list(cited.cells(source)) for source in answer["sources"]]
    if left := list(names):
        raise Differs(f"tables {left} are not in the JSON")
    return made
