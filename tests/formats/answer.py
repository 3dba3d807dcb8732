"""One question asked in every format: all say what its JSON says, to the programs that people read them with."""

import io
import json
import re
import subprocess
import tempfile
from pathlib import Path

import duckdb
import jsonschema
import pandas

import arrow
import pages
import sheets
import tables
from differs import Differs

DIGITS = 15


def check_digits(text):
    """A number of more digits than a double keeps is noise."""
    digits = text.lstrip("-").lower().partition("e")[0].replace(".", "").lstrip("0")
    if "." not in text:
        digits = digits.rstrip("0")
    if len(digits) > DIGITS:
        raise Differs(f"{text} has {len(digits)} digits")
    return text


def same_cell(got, want):
    """CSV has no null and no types: nothing, true, and numbers as text of the same double."""
    if want is None:
        return got == ""
    if isinstance(want, bool):
        return got == str(want).lower()
    if isinstance(want, (int, float)):
        return re.fullmatch(r"-?\d[\d.eE+-]*", got) is not None and float(check_digits(got)) == want
    # What a spreadsheet would run has an apostrophe in front.
    return got == ("'" + want if re.match(r"'*[=+\-@\t\r]", want) else want)


class Answer:
    def __init__(self, program, question):
        self.program = program
        self.question = question
        self.text = self.ask("-f", "json").decode()
        self.json = json.loads(self.text)
        self.results = self.json["results"]
        self.schema = json.loads(self.run("schema", self.json["command"]))

    def run(self, *words):
        ran = subprocess.run([self.program, *words], capture_output=True, check=False)
        if ran.returncode != 0:
            raise Differs(f"{' '.join(words)}: exit {ran.returncode}: {ran.stderr.decode()}")
        return ran.stdout

    def ask(self, *options):
        return self.run(*self.question, "--quiet", *options)

    def table_names(self):
        """Those that the program names when it is asked for one that is not there."""
        words = [self.program, *self.question, "--table", "?"]
        said = subprocess.run(words, capture_output=True, text=True, check=False).stderr
        return re.search(r"'\?' is none of ([\w, ]+)", said)[1].split(", ")

    def check_json(self):
        numbers = {"parse_int": check_digits, "parse_float": check_digits}
        json.loads(self.text, **numbers)
        validator = jsonschema.validators.validator_for(self.schema)
        validator.check_schema(self.schema)
        if error := jsonschema.exceptions.best_match(validator(self.schema).iter_errors(self.json)):
            raise Differs(f"json: {error.json_path}: {error.message[:200]}")
        if lost := pages.cited(self.json) - {source["id"] for source in self.json["sources"]}:
            raise Differs(f"json: {sorted(lost)} are cited and not listed")
        lines = self.ask("-f", "jsonl").decode()
        if [json.loads(line) for line in lines.splitlines()] != self.results:
            raise Differs("jsonl: other than the results of the JSON")
        json.loads(f"[{','.join(lines.splitlines())}]", **numbers)
        self.check_json_readers(lines)

    def check_json_readers(self, lines):
        rows = {
            "pandas.DataFrame": len(pandas.DataFrame(self.results)),
            "pandas.json_normalize": len(pandas.json_normalize(self.results)),
        }
        with tempfile.TemporaryDirectory() as folder:
            whole, by_line = Path(folder) / "answer.json", Path(folder) / "answer.jsonl"
            whole.write_text(self.text, encoding="utf-8")
            by_line.write_text(lines, encoding="utf-8")
            count = "select coalesce(sum(len(results)), 0) from read_json_auto(?)"
            rows["duckdb, json"] = asked(count, whole)
            if self.results:  # no line tells no type
                rows["pandas, jsonl"] = len(pandas.read_json(io.StringIO(lines), lines=True))
                count = "select count(*) from read_json_auto(?)"
                rows["duckdb, jsonl"] = asked(count, by_line)
        for reader, got in rows.items():
            if got != len(self.results):
                raise Differs(f"{reader}: {got} rows, JSON has {len(self.results)}")

    def check_csv(self):
        """Returns how many cells were compared."""
        with tempfile.TemporaryDirectory() as folder:
            self.ask("-f", "csv", "-o", folder + "/", "--force")
            files = {path.stem: path for path in Path(folder).iterdir()}
            names = self.table_names()
            if set(files) != set(names):
                raise Differs(f"csv: --output FOLDER/ wrote {sorted(files)}, --table knows {sorted(names)}")
            texts = {name: self.ask("-f", "csv", "--table", name) for name in names}
            texts_in_files = {name: files[name].read_bytes() for name in names}
            if wrong := [name for name in names if texts[name] != texts_in_files[name]]:
                raise Differs(f"csv: the files {wrong} are not what --table prints")
            if self.ask("-f", "csv") != texts[names[0]]:
                raise Differs(f"csv: not the table {names[0]}")
            frames = {name: read_text(texts[name]) for name in names}
            want = tables.tables_of(self.schema, self.json, {name: list(frames[name].columns) for name in names})
            for name in names:
                check_table(name, frames[name], want[name])
                self.check_csv_readers(name, files[name], frames[name])
        return sum(frame.size for frame in frames.values())

    def check_csv_readers(self, name, path, frame):
        shape = (len(frame), list(frame.columns))
        typed = pandas.read_csv(path)
        if (len(typed), list(typed.columns)) != shape:
            raise Differs(f"csv: {name}: pandas reads {len(typed)} rows of {list(typed.columns)}")
        # Where all cells are text, nothing tells the first line from the others.
        for header in ("", ", header = true") if name == self.table_names()[0] else (", header = true",):
            with duckdb.connect() as database:
                read = database.sql(f"select * from read_csv_auto('{path}'{header})").to_arrow_table()
            if (len(read), read.column_names) != shape:
                raise Differs(f"csv: {name}: duckdb{header} reads {len(read)} rows of {read.column_names}")
        marked = self.ask("-f", "csv", "--bom", "--table", name)
        if not marked.startswith(b"\xef\xbb\xbf") or not read_text(marked, "utf-8-sig").equals(frame):
            raise Differs(f"csv: {name}: other cells with --bom")

    def check_xlsx(self):
        """Returns how many cells were compared."""
        data = self.ask("-f", "xlsx")
        if data != self.ask("-f", "xlsx"):
            raise Differs("xlsx: other bytes the second time")
        texts = {name: self.ask("-f", "csv", "--table", name) for name in self.table_names()}
        headers = {name: list(read_text(text).columns) for name, text in texts.items()}
        return sheets.check(data, self.json, tables.tables_of(self.schema, self.json, headers))

    def check_arrow(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "answer.arrow"
            for name in (None, *self.table_names()):
                table = ("--table", name) if name else ()
                path.write_bytes(self.ask("-f", "arrow", *table))
                want = json.loads(self.ask("-f", "json", *table))[name] if name else self.results
                for fault in arrow.check(path, want):
                    raise Differs(f"arrow: {name or 'results'}: {fault}")

    def check_pages(self):
        for table, want in (((), pages.links_of), (("--table", "sources"), pages.links_of_sources)):
            words = ("--limit", "0", *table)
            pages.check_markdown(self.ask("-f", "markdown", *words).decode(), want(self.json))
            pages.check_html(self.ask("-f", "html", *words).decode(), want(self.json), self.json["title"])


def asked(query, path):
    with duckdb.connect() as database:
        return database.execute(query, [str(path)]).fetchone()[0]


def read_text(data, encoding="utf-8"):
    return pandas.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False, encoding=encoding)


def check_table(name, frame, want):
    if len(frame) != len(want):
        raise Differs(f"csv: {name}: {len(frame)} rows, of the JSON come {len(want)}")
    for row, (got, cells) in enumerate(zip(frame.itertuples(index=False, name=None), want), 1):
        for cell, (column, value) in zip(got, cells, strict=True):
            if not same_cell(cell, value):
                raise Differs(f"csv: {name}: row {row}: {column} is {cell!r}, JSON has {value!r}")
