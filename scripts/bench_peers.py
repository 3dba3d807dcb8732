"""What scripts/bench runs: for each job Tierscope's command, then the peers'. A peer prints how many relations (or
loops) it found, which is compared. Words that begin with { are filled in. The code is each library's own way from a
file to a graph that keeps all columns."""
import pathlib
from typing import NamedTuple

PACKAGES = ["igraph", "matplotlib", "networkx", "pandas", "rustworkx", "scipy"]


class Peer(NamedTuple):
    name: str
    command: list
    target: float = 0  # the most that tierscope / peer may be; 0: nothing was set
    at: int = 0  # companies for which it was set; 0: any size
    most: int = 10**9  # companies: of more it takes longer than anybody waits, or more memory than a laptop has


def python(code, *words):
    return ["{python}", "-c", code, *words]


def debian_python(code, *words):
    return ["/usr/bin/python3", "-c", code, *words]


PANDAS = "import pandas, sys; print(len(pandas.read_csv(sys.argv[1])))"
IGRAPH = """
import igraph, pandas, sys
print(igraph.Graph.DataFrame(pandas.read_csv(sys.argv[1]), use_vids=False).ecount())"""
NETWORKX = """
import networkx, pandas, sys
table = pandas.read_csv(sys.argv[1])
graph = networkx.from_pandas_edgelist(table, 'from', 'to', edge_attr=True, create_using=networkx.MultiDiGraph)
print(graph.number_of_edges())"""
RUSTWORKX = """
import pandas, rustworkx, sys
table = pandas.read_csv(sys.argv[1])
places, ids = pandas.factorize(pandas.concat([table['from'], table['to']]))
graph = rustworkx.PyDiGraph()
graph.add_nodes_from(ids)
rows = table.drop(columns=['from', 'to']).itertuples(index=False, name=None)
graph.add_edges_from(list(zip(places[:len(table)].tolist(), places[len(table):].tolist(), rows)))
print(graph.num_edges())"""
GRAPH_TOOL = """
import graph_tool, sys
print(graph_tool.load_graph_from_csv(sys.argv[1], directed=True, skip_first=True).num_edges())"""

SHOW = ["--company", "c999", "--quiet", "--output", "/dev/null"]
TABLE = "{folder}/relations.csv"
LOAD = [
    Peer("tierscope show", ["{tierscope}", "show", "{folder}", *SHOW]),
    Peer("tierscope check", ["{tierscope}", "check", "{folder}", "--quiet"]),
    Peer("pandas.read_csv", python(PANDAS, TABLE), target=0.6, at=1_000_000),
    Peer("graph-tool load_graph_from_csv", debian_python(GRAPH_TOOL, TABLE), target=0.15, at=100_000),
    Peer("igraph Graph.DataFrame", python(IGRAPH, TABLE)),
    Peer("rustworkx PyDiGraph", python(RUSTWORKX, TABLE)),
    Peer("networkx MultiDiGraph", python(NETWORKX, TABLE), most=100_000),
    Peer("Boost read_graphviz (DOT)", ["{boost_read}", "graphviz", "{folder}.dot"], most=100_000),
    Peer("Boost read_graphml (GraphML)", ["{boost_read}", "graphml", "{folder}.graphml"], most=100_000),
]

XML = "{folder}.graphml"
SHOCK = [
    Peer("tierscope shock", ["{tierscope}", "shock", "{folder}", "--top", "{firms}", "-q", "--limit", "0", "--columns",
                             "company,esri", "-f", "csv"]),
    Peer("scipy, one failure after the other",
         ["{python}", str(pathlib.Path(__file__).resolve().parent / "bench_esri.py"), "{folder}", "{answer}", "{firms}"],
         target=0.1, at=10_000),
]
GRAPHML = [
    Peer("tierscope show", ["{tierscope}", "show", XML, *SHOW]),
    Peer("igraph Read_GraphML",
         python("import igraph, sys; print(igraph.Graph.Read_GraphML(sys.argv[1]).ecount())", XML),
         target=0.5, at=100_000),
    Peer("graph-tool load_graph",
         debian_python("import graph_tool, sys; print(graph_tool.load_graph(sys.argv[1]).num_edges())", XML)),
    Peer("networkx read_graphml",
         python("import networkx, sys; print(networkx.read_graphml(sys.argv[1]).number_of_edges())", XML)),
    Peer("Boost read_graphml", ["{boost_read}", "graphml", XML]),
]

BYTEDANCE = ["{graphs}/bytedance", "--to", "bytedance", "--output", "/dev/null"]
START = [
    Peer("tierscope exposure", ["{tierscope}", "exposure", *BYTEDANCE]),
    Peer("python3 -c 'import networkx'", python("import networkx"), target=0.1),
]

# Loops: an edge a line, {longest} hops at most (0: any number).
IGRAPH_LOOPS = """
import igraph, sys
g = igraph.Graph(edges=[tuple(map(int, l.split())) for l in open(sys.argv[1])], directed=True)
print(len(g.simple_cycles(max=int(sys.argv[2]) or -1, output='vpath')))"""
NETWORKX_LOOPS = """
import networkx, sys
g = networkx.DiGraph(tuple(map(int, l.split())) for l in open(sys.argv[1]))
print(sum(1 for _ in networkx.simple_cycles(g, length_bound=int(sys.argv[2]) or None)))"""
RUSTWORKX_LOOPS = """
import rustworkx, sys
edges = [tuple(map(int, l.split())) for l in open(sys.argv[1])]
g = rustworkx.PyDiGraph()
g.add_nodes_from(range(1 + max(max(e) for e in edges)))
g.add_edges_from_no_data(edges)
print(sum(1 for _ in rustworkx.simple_cycles(g)))"""
EDGES = ["{edges}", "{longest}"]
COUNT = ["{tierscope}", "cycles", "{folder}", "--count", "--quiet", "--format", "csv"]
BOUNDED_LOOPS = [
    Peer("tierscope cycles", [*COUNT, "--max-length", "{longest}"]),
    Peer("igraph simple_cycles", python(IGRAPH_LOOPS, *EDGES)),
    Peer("networkx simple_cycles", python(NETWORKX_LOOPS, *EDGES), most=10_000),
    Peer("Boost tiernan_all_cycles", ["{boost_cycles}", "tiernan", *EDGES], most=100_000),
]
ALL_LOOPS = [
    Peer("tierscope cycles", [*COUNT, "--max-length", "all"]),
    *BOUNDED_LOOPS[1:],
    Peer("rustworkx simple_cycles", python(RUSTWORKX_LOOPS, *EDGES)),
    Peer("Boost hawick_circuits", ["{boost_cycles}", "hawick", *EDGES]),
]

# Who pays whom, each pair once, as `tierscope cycles` sees it: the edges that the peers are given.
PAYMENTS = """
import pandas, sys
t = pandas.read_csv(sys.argv[1], usecols=['from', 'to', 'kind', 'status'])
t = t[t['status'].isin(['active', 'announced', 'planned', 'testing']) & (t['kind'] != 'owns') & (t['from'] != t['to'])]
places, _ = pandas.factorize(pandas.concat([t['from'], t['to']]))
supplier_or_giver, other = places[:len(t)], places[len(t):]
sale = (t['kind'] == 'supplies').to_numpy()
payer = other * sale + supplier_or_giver * ~sale
pairs = pandas.DataFrame({'payer': payer, 'paid': supplier_or_giver + other - payer}).drop_duplicates()
pairs.sort_values(['payer', 'paid']).to_csv(sys.argv[2], sep=' ', header=False, index=False)"""
