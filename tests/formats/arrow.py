"""An answer in Arrow's IPC format says what its JSON says, to whoever reads it.

It is read by pyarrow (which validates it fully), polars and duckdb, and goes through Parquet; every cell is compared
with the rows of the JSON, names of fields and their order included.
"""

import math
import tempfile
from pathlib import Path

import duckdb
import polars
import pyarrow
import pyarrow.ipc
import pyarrow.parquet

from differs import Differs


def compare(got, want, place):
    """JSON writes numbers with 15 digits or more."""
    if isinstance(want, dict) and isinstance(got, dict):
        if list(got) != list(want):
            raise Differs(f"{place}: fields {list(got)}, JSON has {list(want)}")
        for name in want:
            compare(got[name], want[name], f"{place}.{name}")
    elif isinstance(want, list) and isinstance(got, list):
        if len(got) != len(want):
            raise Differs(f"{place}: {len(got)} items, JSON has {len(want)}")
        for i, (one, other) in enumerate(zip(got, want)):
            compare(one, other, f"{place}[{i}]")
    elif type(got) is float and type(want) in (int, float):
        if not math.isclose(got, want, rel_tol=1e-14):
            raise Differs(f"{place}: {got!r}, JSON has {want!r}")
    elif type(got) is not type(want) or got != want:
        raise Differs(f"{place}: {str(got)[:80]!r} ({type(got).__name__}), JSON has {str(want)[:80]!r}")


def check_metadata(fields, place=""):
    """Every field says what it means; units are words of a closed list."""
    for field in fields:
        words = {key.decode(): value.decode() for key, value in (field.metadata or {}).items()}
        if not words.get("help"):
            raise Differs(f"{place}{field.name}: no help")
        if words.keys() - {"help", "unit"} or words.get("unit", "share") not in (
            "share", "money", "hhi", "count", "sources", "address",
        ):
            raise Differs(f"{place}{field.name}: metadata {words}")


def read_pyarrow(path, _):
    with pyarrow.ipc.open_stream(path) as stream:
        batches = list(stream)
        for batch in batches:
            batch.validate(full=True)
        check_metadata(stream.schema)
        table = pyarrow.Table.from_batches(batches, stream.schema)
    table.validate(full=True)
    return table


def read_parquet(path, folder):
    table = read_pyarrow(path, folder)
    pyarrow.parquet.write_table(table, folder / "table.parquet")
    back = pyarrow.parquet.read_table(folder / "table.parquet")
    back.validate(full=True)
    if [field.type for field in back.schema] != [field.type for field in table.schema]:
        raise Differs("types changed on the way through Parquet")
    return back


def read_polars(path, _):
    return polars.read_ipc_stream(path)


def read_duckdb(path, _):
    """A table of its own, made from the stream's batches as they come."""
    with pyarrow.ipc.open_stream(path) as stream, duckdb.connect() as database:
        database.register("answer", stream)
        database.execute("create table kept as select * from answer")
        return database.sql("select * from kept").to_arrow_table()


def check_cut(path, folder):
    """What lacks its end, as when the user stopped it, is refused: a message begins and does not go on."""
    cut = folder / "cut.arrow"
    cut.write_bytes(Path(path).read_bytes()[:-4])
    for read in (lambda: pyarrow.ipc.open_stream(cut).read_all(), lambda: polars.read_ipc_stream(cut)):
        try:
            read()
        except (pyarrow.ArrowException, polars.exceptions.PolarsError, OSError):
            continue
        raise Differs("a stream without its end was read as a whole one")


READERS = {
    "pyarrow": (read_pyarrow, lambda table: table.to_pylist()),
    "parquet": (read_parquet, lambda table: table.to_pylist()),
    "polars": (read_polars, lambda frame: frame.to_dicts()),
    "duckdb": (read_duckdb, lambda table: table.to_pylist()),
}


def check(path, want):
    """The faults of an Arrow file that should say `want`, one at most for each reader."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            check_cut(path, Path(folder))
        except Differs as error:
            yield str(error)
        for name, (read, rows_of) in READERS.items():
            try:
                compare(rows_of(read(path, Path(folder))), want, "results")
            except (Differs, pyarrow.ArrowException, polars.exceptions.PolarsError, duckdb.Error) as error:
                yield f"{name}: {error}"
