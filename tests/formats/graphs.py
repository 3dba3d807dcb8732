"""Graphs as networkx, igraph and Neo4j's import take them: all companies and relations, names, typed figures."""

import csv
import math
import subprocess
import tempfile
from pathlib import Path

import igraph
import networkx
import pandas

from differs import Differs

FIGURES = ("value", "revenue_share", "supply_share", "stake")


def run(program, *words):
    ran = subprocess.run([program, *map(str, words)], capture_output=True, text=True, check=False)
    if ran.returncode != 0:
        raise Differs(f"{' '.join(map(str, words))}: exit {ran.returncode}: {ran.stderr}")
    return ran.stderr


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def absent(value):
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))


def check_relation(kind, got, want):
    """What a program holds of a relation, beside its row."""
    if got["kind"].lower() != want["kind"] or got["status"] != (want["status"] or "active"):
        raise Differs(f"{kind}: {got} is no {want['kind']}, {want['status']}")
    for column in ("confidence", "category", "since", "until", "as_of"):
        if (got.get(column) or "") != want[column]:
            raise Differs(f"{kind}: {column} is {got.get(column)!r}, the row says {want[column]!r}")
    for figure in FIGURES:
        bounds = [got.get(f"{figure}_{end}") for end in ("low", "high")]
        if absent(bounds[0]) == bool(want[figure]):
            raise Differs(f"{kind}: {figure} is {bounds}, the row says {want[figure]!r}")
        if not want[figure]:
            continue
        if not all(absent(bound) or isinstance(bound, float) for bound in bounds):
            raise Differs(f"{kind}: {figure} is {bounds}: no numbers")
        if bool(got[f"{figure}_approximate"]) != want[figure].startswith("~"):
            raise Differs(f"{kind}: {want[figure]!r} is approximate: {got[f'{figure}_approximate']}")
        plain = want[figure].removeprefix("~")
        if figure != "value" and plain.endswith("%") and plain[:1].isdigit() and ".." not in plain:
            if not all(math.isclose(bound, float(plain[:-1]) / 100) for bound in bounds):
                raise Differs(f"{kind}: {figure} is {bounds}, the row says {want[figure]!r}")
    weight, low = got.get("weight"), got.get("revenue_share_low")
    if absent(weight) != (absent(low) or low == 0) or not (absent(weight) or weight == low):
        raise Differs(f"{kind}: weight is {weight!r}, the low bound of the share {low!r}")


def check_graph(kind, companies, relations, names, edges):
    """names: {id: label}; edges: (from, to, attributes) in the order of the rows."""
    want = {row["id"]: row["name"] or row["id"] for row in companies}
    if names != want:
        raise Differs(f"{kind}: {len(names)} companies are not the {len(want)} that there are")
    if len(edges) != len(relations):
        raise Differs(f"{kind}: {len(edges)} relations of {len(relations)}")
    for (start, end, attributes), row in zip(edges, relations):
        if (start, end) != (row["from"], row["to"]):
            raise Differs(f"{kind}: {start} -> {end} is the row {row['from']} -> {row['to']}")
        check_relation(kind, attributes, row)


def of_networkx(graph):
    names = {node: data["label"] for node, data in graph.nodes(data=True)}
    return names, [(start, end, data) for start, end, data in graph.edges(data=True)]


def of_igraph(graph):
    ids = graph.vs["id"]
    return dict(zip(ids, graph.vs["label"])), [
        (ids[edge.source], ids[edge.target], edge.attributes()) for edge in graph.es
    ]


def of_neo4j(folder):
    nodes = pandas.read_csv(folder / "nodes.csv", keep_default_na=False, na_values=[""])
    edges = pandas.read_csv(folder / "relationships.csv", keep_default_na=False, na_values=[""])
    for frame, first in ((nodes, ["id:ID(Company)", "name"]), (edges, [":START_ID(Company)", ":END_ID(Company)", ":TYPE"])):
        if list(frame.columns[: len(first)]) != first:
            raise Differs(f"neo4j: columns {list(frame.columns)}")
        for column in frame.columns:
            wanted = {"double": "f", "boolean": "bO"}.get(column.rpartition(":")[2])
            if wanted and len(frame[column].dropna()) and frame[column].dtype.kind not in wanted + "i":
                raise Differs(f"neo4j: {column} is {frame[column].dtype}")
    if set(nodes[":LABEL"]) != {"Company"} or not edges[":TYPE"].str.isupper().all():
        raise Differs("neo4j: labels and types")

    def cells(row):
        named = {name.partition(":")[0] or name: value for name, value in row.items()}
        named["kind"] = row[":TYPE"]
        return {name: None if absent(value) else value for name, value in named.items()}

    rows = edges.astype(object).to_dict("records")
    for row in rows:
        for name in row:
            if name.endswith(":double") and not absent(row[name]):
                row[name] = float(row[name])
    return dict(zip(nodes["id:ID(Company)"], nodes["name"])), [
        (row[":START_ID(Company)"], row[":END_ID(Company)"], cells(row)) for row in rows
    ]


def by_pair(edges):
    """networkx lists edges by their first company; those of one company in the order of the rows."""
    return sorted(edges, key=lambda edge: (edge[0], edge[1]))


def check(program, folder):
    """All formats of a graph; the faults. `said`: what convert left out."""
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole"
        run(program, "convert", folder, "--quiet", "-o", f"{whole}/")
        companies, relations = rows_of(whole / "companies.csv"), rows_of(whole / "relations.csv")
        pairs = by_pair([(row["from"], row["to"], row) for row in relations])
        readers = {
            "graphml, networkx": ("g.graphml", lambda path: of_networkx(networkx.read_graphml(path, force_multigraph=True))),
            "graphml, igraph": ("g.graphml", lambda path: of_igraph(igraph.Graph.Read_GraphML(str(path)))),
            "gexf, networkx": ("g.gexf", lambda path: of_networkx(networkx.read_gexf(path))),
            "neo4j": ("neo", of_neo4j),
        }
        for kind, (name, read) in readers.items():
            path = Path(scratch) / name
            said = run(program, "convert", folder, "-o", path, "-f", name.partition(".")[2] or "neo4j")
            sources = len(rows_of(whole / "sources.csv"))
            if sources and f"left out: {sources} source" not in said:
                yield f"{kind}: {said!r} does not say that the sources are left out"
            try:
                names, edges = read(path)
                check_graph(kind, companies, [row for _, _, row in pairs], names, by_pair(edges))
            except Differs as error:
                yield str(error)
