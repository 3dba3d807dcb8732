"""Supply-chain graphs: who depends on whom, where there is only one supplier, which deals go round in a circle.

>>> import tierscope as ts
>>> g = ts.read_text('digraph { runze -> bytedance [kind=supplies, revenue_share="64.38%"] }')
>>> e = g.exposure(to="bytedance")
>>> e.rows[0].supplier.id, e.rows[0].total
('runze', 0.6438)
>>> e.title
'Suppliers of bytedance, over all tiers: 1 with figures, 0 recorded without'
>>> g.dependence().rows[0].customers[0].share.reported
'64.38%'
"""
from __future__ import annotations

import os
import pathlib
import warnings
from collections.abc import Iterable, Mapping
from typing import Any

from . import _core
from ._errors import DataError, DataWarning, Problem

__version__ = _core.version()
__all__ = ["Answer", "DataError", "DataWarning", "Graph", "Picture", "Problem", "Quantity", "Row", "from_frame",
           "from_networkx", "from_pandas", "import_", "read", "read_text"]

_plugins = pathlib.Path(__file__).parent / "graphviz"
if _plugins.is_dir():
    os.environ.setdefault("TIERSCOPE_GRAPHVIZ", str(_plugins))


def _texts(value: Any) -> list[str]:
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, (list, tuple, set, frozenset)):
        return [str(item) for item in value]
    return [str(value)]


def _options(given: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """Options by their names on the command line; None is the default."""
    return [(name.rstrip("_").replace("_", "-"), _texts(value)) for name, value in given.items() if value is not None]


def _warn(problems: Iterable[tuple]) -> None:
    for problem in problems:
        if problem[1]:
            warnings.warn(problem[0], DataWarning, stacklevel=4)


class Quantity:
    """A closed interval: fractions of 1, or an amount in whole units of `currency` (`high` may be infinite)."""

    __slots__ = ("approximate", "confidence", "currency", "high", "low", "reported")

    def __init__(self, low, high, reported=None, approximate=False, confidence=None, currency=None):
        self.low, self.high, self.reported = low, high, reported
        self.approximate, self.confidence, self.currency = approximate, confidence, currency

    def __eq__(self, other):
        return isinstance(other, Quantity) and all(getattr(self, s) == getattr(other, s) for s in self.__slots__)

    def __repr__(self) -> str:
        interval = f"{self.low:g}" if self.low == self.high else f"{self.low:g}..{self.high:g}"
        mark = "~" if self.approximate else ""
        return f"Quantity({mark}{interval}{' ' + self.currency if self.currency else ''})"


class Row:
    """One row of an answer; its fields are attributes. None is unknown, never 0."""

    def __init__(self, fields: dict):
        self.__dict__.update({name: _wrapped(value) for name, value in fields.items()})

    def __repr__(self) -> str:
        return "Row(" + ", ".join(f"{name}={value!r}" for name, value in self.__dict__.items()) + ")"

    def __eq__(self, other):
        return isinstance(other, Row) and self.__dict__ == other.__dict__


def _wrapped(value):
    if isinstance(value, dict):
        return Quantity(**value) if "low" in value else Row(value)
    if isinstance(value, list):
        return [_wrapped(item) for item in value]
    return value


class Answer:
    """The answer to a question: a finding, tables of rows, and what they rest on."""

    def __init__(self, core: _core.Answer):
        self._core = core
        _warn(core.problems)

    @property
    def title(self) -> str:
        """The finding, no stronger than the rows it rests on."""
        return self._core.title

    @property
    def notes(self) -> list[str]:
        return self._core.notes

    @property
    def tables(self) -> dict[str, int]:
        """The names of its tables, with their numbers of rows."""
        return {called or name: size for name, called, _, size in self._core.tables}

    def _place(self, table: str | None) -> int:
        for name, called, place, _ in self._core.tables:
            if table is None or table in (name, called):
                return place
        raise KeyError(f"no table {table!r}; there are {', '.join(self.tables)}")

    @property
    def rows(self) -> list[Row]:
        return self.table()

    def table(self, name: str | None = None) -> list[Row]:
        return [Row(row) for row in self._core.rows(self._place(name))]

    @property
    def values(self) -> Row:
        """What the answer says beside its tables."""
        return Row(self._core.values())

    def to_text(self, format: str = "table", **options) -> str:
        return self._core.write(format, _options(options)).decode()

    def to_json(self, **options) -> str:
        """Byte by byte what the command prints under `--format json`."""
        return self.to_text("json", **options)

    def to_csv(self, **options) -> str:
        return self.to_text("csv", **options)

    def __arrow_c_stream__(self, requested_schema=None):
        return self._core.stream(self._place(None))

    def to_arrow(self, table: str | None = None):
        """A pyarrow.Table; intervals are structs."""
        import pyarrow

        place = self._place(table)

        class Stream:
            def __arrow_c_stream__(_, requested_schema=None):  # noqa: N805
                return self._core.stream(place)

        return pyarrow.table(Stream())

    def to_pandas(self, table: str | None = None):
        """A DataFrame with a column for each end of an interval: `total`, `share_low`, `share_high`, `share_reported`."""
        return _flat(self.to_arrow(table)).to_pandas()

    def to_polars(self, table: str | None = None):
        import polars

        return polars.from_arrow(_flat(self.to_arrow(table)))

    def __repr__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return self.to_text("html")


def _flat(table):
    """Structs as columns of their own: `supplier`, `supplier_name`, `share_low` … as in CSV; lists stay."""
    import pyarrow

    names, columns = [], []
    for field, column in zip(table.schema, table.columns):
        if not pyarrow.types.is_struct(field.type):
            names.append(field.name)
            columns.append(column)
            continue
        for k, inner in enumerate(field.type):
            name = field.name if inner.name == "id" else f"{field.name}_{inner.name}"
            names.append(name)
            columns.append(pyarrow.chunked_array([chunk.flatten()[k] for chunk in column.chunks], inner.type))
    return pyarrow.table(columns, names=names)


class Picture:
    """An SVG picture; a notebook shows it."""

    def __init__(self, graph: _core.Graph, options: Mapping[str, Any], force: bool):
        self._graph, self._given, self._force = graph, _options(options), force
        self.svg, self.left_out = self._drawn("svg")

    def _drawn(self, format: str):
        data, left_out, said = self._graph.draw(format, self._given, self._force)
        for sentence in said:
            warnings.warn(sentence, DataWarning, stacklevel=4)
        return (data.decode() if format == "svg" else data), left_out

    def _repr_svg_(self) -> str:
        return self.svg

    def save(self, path: str | os.PathLike) -> None:
        """As SVG, PNG, PDF or DOT, by the ending of the file."""
        path = pathlib.Path(path)
        data, _ = (self.svg, None) if path.suffix == ".svg" else self._drawn(path.suffix.lstrip("."))
        path.write_bytes(data.encode() if isinstance(data, str) else data)


class Graph:
    """Companies and the relations between them: immutable, for any number of threads. Each question is a method."""

    def __init__(self, core: _core.Graph):
        self._core = core
        _warn(core.problems)

    def ask(self, question: str, **options) -> Answer:
        return Answer(self._core.ask(question, _options(options)))

    @property
    def companies(self) -> Answer:
        return Answer(self._core.companies())

    @property
    def relations(self) -> Answer:
        return Answer(self._core.relations())

    @property
    def sources(self) -> Answer:
        return Answer(self._core.sources())

    def draw(self, *, force: bool = False, **options) -> Picture:
        return Picture(self._core, options, force)

    def explore(self, path: str | os.PathLike, **options) -> None:
        """One HTML page of the graph and all answers."""
        pathlib.Path(path).write_text(self._core.explore(_options(options)), encoding="utf-8")

    def write(self, path: str | os.PathLike) -> None:
        """The whole graph: `.dot`, `.graphml`, else a folder of CSV tables."""
        self._core.save(os.fspath(path))

    def to_networkx(self):
        """A MultiDiGraph: companies by id, relations by row, with the cells of each."""
        import networkx

        graph = networkx.MultiDiGraph()
        for row in self.companies.to_arrow().to_pylist():
            company = row.pop("company")
            graph.add_node(company["id"], name=company["name"], **{k: v for k, v in row.items() if v not in (None, [])})
        for number, row in enumerate(self.relations.to_arrow().to_pylist()):
            ends = row.pop("from")["id"], row.pop("to")["id"]
            graph.add_edge(*ends, key=number, **{k: v for k, v in row.items() if v not in (None, [])})
        return graph

    def __repr__(self) -> str:
        core = self._core
        return f"Graph({', '.join(core.graphs)}: {core.company_count} companies, {core.relation_count} relations)"


def _question(name: str, summary: str, options: list[tuple]):
    def ask(self: Graph, **given) -> Answer:
        return self.ask(name, **given)

    ask.__name__ = name
    ask.__doc__ = summary + "\n\n" + "\n".join(f"{o[0].replace('-', '_')}: {o[1]}" for o in options)
    return ask


for _name, _summary, _given in _core.questions():
    setattr(Graph, _name, _question(_name, _summary, _given))


def read(graphs: str | os.PathLike | Iterable[str | os.PathLike], **reading) -> Graph:
    """Any graph or list of graphs that the program reads, merged; options as on the command line (`as_kind`, `map`, …)."""
    paths = [graphs] if isinstance(graphs, (str, os.PathLike)) else list(graphs)
    return Graph(_core.load([os.fspath(path) for path in paths], _options(reading)))


def read_text(text: str, name: str = "text.dot", **reading) -> Graph:
    """A graph in memory; the ending of `name` says of what format."""
    return Graph(_core.parse(text, name, _options(reading)))


def from_frame(relations, companies=None, columns: Mapping[str, str] | None = None, kind: str | None = None) -> Graph:
    """Rows of any frame: pandas, polars, pyarrow, or what has `__arrow_c_stream__`. `columns`: ours to the frame's
    names; `kind`: of all relations. Missing values are unknown. Numbers are read as they print."""
    tables = [_table("relations", relations, columns or {}, kind)]
    if companies is not None:
        tables.insert(0, _table("companies", companies, {}, None))
    return Graph(_core.build(tables))


from_pandas = from_frame


def _table(name: str, frame, columns: Mapping[str, str], kind: str | None):
    theirs = {written: ours for ours, written in columns.items()}
    if hasattr(frame, "iloc"):  # pandas
        header = [str(column) for column in frame.columns]
        series = [frame[column].tolist() for column in frame.columns]
    else:
        import pyarrow

        table = pyarrow.table(frame)
        header, series = table.column_names, [column.to_pylist() for column in table.columns]
    missing = [written for written in theirs if written not in header]
    if missing:
        raise DataError([(f"no column {written!r}; there are {', '.join(header)}", False, name, 0, theirs[written],
                          "no such column", "") for written in missing])
    rows = [[_cell(value) for value in row] for row in zip(*series)]
    header = [theirs.get(column, column) for column in header]
    if kind is not None and "kind" not in header:
        header.append("kind")
        for row in rows:
            row.append(kind)
    return name, header, rows


def _cell(value) -> str:
    if value is None or value != value or str(value) in ("<NA>", "NaT"):  # NaN is not itself
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    return str(value)


def from_networkx(graph, kind: str | None = None) -> Graph:
    """Nodes as companies, edges as relations, their data as cells."""
    nodes = [{"id": str(node), **data} for node, data in graph.nodes(data=True)]
    edges = [{"from": str(a), "to": str(b), **data} for a, b, data in graph.edges(data=True)]

    def table(name: str, rows: list[dict], extra: str | None):
        header = list(dict.fromkeys(key for row in rows for key in row))
        if extra is not None and "kind" not in header:
            header.append("kind")
        return name, [str(key) for key in header], [
            [_cell(extra if key == "kind" and key not in row else row.get(key)) for key in header] for row in rows]

    return Graph(_core.build([table("companies", nodes, None), table("relations", edges, kind)]))


def import_(format: str, inputs, into: str | os.PathLike, **options) -> Graph:
    """Files of other trades (`sec-notes`, `gleif`, `bods`, …) as a folder of tables, which is then read."""
    paths = [inputs] if isinstance(inputs, (str, os.PathLike)) else list(inputs)
    _core.import_files(format, [os.fspath(path) for path in paths], os.fspath(into), _options(options))
    return read(into)
