"""The package is the program: the same answers, as objects."""
import doctest
import math
import subprocess
import sys
import threading

import pytest

import tierscope as ts

GRAPH = "graphs/bytedance"
# What a question cannot be asked without.
ASKED = {
    "show": {"company": "runze"}, "exposure": {"to": "bytedance"}, "chokepoints": {"to": "bytedance"},
    "paths": {"from_": "cambricon", "to": "bytedance"}, "owners": {"of": "bytedance"}, "shock": {"fail": "smic"},
}
DOT = 'digraph { runze -> bytedance [kind=supplies, revenue_share="64.38%"] }'


@pytest.fixture(scope="module")
def graph():
    return ts.read(GRAPH)


def command(*words):
    return subprocess.run([sys.executable, "-m", "tierscope", *words], capture_output=True, text=True)


@pytest.mark.parametrize("question", [name for name, _, _ in ts._core.questions()])
def test_json_is_the_commands(graph, question):
    options = ASKED.get(question, {})
    words = [f"--{name.rstrip('_')}={value}" for name, value in options.items()]
    said = command(question, GRAPH, *words, "-f", "json", "-q")
    assert said.returncode == 0, said.stderr
    assert getattr(graph, question)(**options).to_json() == said.stdout


def test_the_examples_run():
    assert doctest.testmod(ts).failed == 0
    assert doctest.testmod(ts).attempted > 3


def test_rows_keep_their_intervals():
    row = ts.read_text(DOT).exposure(to="bytedance").rows[0]
    assert (row.supplier.id, row.direct, row.total) == ("runze", 0.6438, 0.6438)
    share = ts.read_text(DOT).dependence().rows[0].customers[0].share
    assert share == ts.Quantity(0.6438, 0.6438, "64.38%")
    open_end = ts.read_text('digraph { a -> b [kind=supplies, value=">400B USD"] }').relations.rows[0].value
    assert (open_end.low, open_end.high, open_end.currency) == (4e11, math.inf, "USD")
    assert ts.read_text("digraph { a -> b [kind=supplies] }").relations.rows[0].value is None


def test_frames(graph):
    answer = graph.exposure(to="bytedance")
    frame = answer.to_pandas()
    assert list(frame["supplier"]) == [row.supplier.id for row in answer.rows]
    assert answer.to_polars()["total"].to_list() == [row.total for row in answer.rows]
    assert len(graph.relations.to_pandas()) == 82
    assert answer.to_arrow("unquantified").num_rows == answer.tables["unquantified"]
    with pytest.raises(KeyError, match="no table 'x'"):
        answer.to_arrow("x")


def test_what_is_bad_is_told_whole(graph):
    with pytest.raises(ts.DataError, match="no company 'nobody' in the graph"):
        graph.exposure(to="nobody")
    with pytest.raises(ts.DataError, match="too: no such option"):
        graph.exposure(too="x")
    with pytest.raises(ts.DataError, match="to: is missing"):
        graph.exposure()
    with pytest.raises(ts.DataError) as caught:
        ts.read_text("from,to,kind,revenue_share\na,b,supplies,120%\na,b,sells,5%\n", "wrong.csv")
    assert [(p.line, p.attribute) for p in caught.value.problems if not p.warning] == [(2, "revenue_share"), (3, "kind")]
    with pytest.raises(ts.DataError, match="no such file or folder"):
        ts.read("nowhere")
    with pytest.raises(ts.DataError, match="colums: no such option"):
        graph.dependence().to_csv(colums="supplier")
    with pytest.raises(ts.DataError, match="limit: 'x' is no whole number"):
        graph.dependence().to_json(limit="x")
    assert graph.exposure(to="bytedance").rows  # the graph is as good as before


def test_frames_of_others():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"Seller": ["a", "b"], "to": ["t", "t"], "revenue_share": ["40%", None],
                              "since": pandas.to_datetime(["2024-05-01", None])})
    graph = ts.from_pandas(frame, columns={"from": "Seller"}, kind="supplies")
    assert [row.total for row in graph.exposure(to="t").rows] == [0.4]
    assert [row.since for row in graph.relations.rows] == ["2024-05-01", None]
    with pytest.raises(ts.DataError, match="no column 'Vendor'; there are Seller"):
        ts.from_pandas(frame, columns={"from": "Vendor"})
    polars = pytest.importorskip("polars")
    assert ts.from_frame(polars.DataFrame({"from": ["a"], "to": ["t"], "kind": ["owns"]})).owners(of="t").rows


def test_networkx_and_back(graph):
    networkx = pytest.importorskip("networkx")
    there = graph.to_networkx()
    assert (there.number_of_nodes(), there.number_of_edges()) == (53, 82)
    made = networkx.DiGraph()
    made.add_edge("a", "t", revenue_share="30%")
    assert ts.from_networkx(made, kind="supplies").exposure(to="t").rows[0].total == 0.3


def test_pictures_pages_and_files(graph, tmp_path):
    picture = graph.draw(show="exposure:bytedance")
    assert picture._repr_svg_().startswith("<svg") or "<svg" in picture.svg
    picture.save(tmp_path / "x.svg")
    assert (tmp_path / "x.svg").read_text(encoding="utf-8") == picture.svg
    graph.explore(tmp_path / "page.html")
    assert "</html>" in (tmp_path / "page.html").read_text(encoding="utf-8")
    graph.write(tmp_path / "g")
    assert ts.read(tmp_path / "g").relations.rows[0].to == graph.relations.rows[0].to


def test_two_threads_ask_one_graph(graph):
    expected = graph.exposure(to="bytedance").to_json()
    said = []
    threads = [threading.Thread(target=lambda: said.append(graph.exposure(to="bytedance").to_json())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == [expected] * 8


def test_ctrl_c_ends_a_long_question():
    # Loops among 30 companies that all sell to each other: more than anybody counts.
    made = """
import os, signal, threading, warnings, tierscope as ts
warnings.simplefilter("ignore")
rows = [f"c{i} -> c{k} [kind=supplies]" for i in range(30) for k in range(30) if i != k]
g = ts.read_text("digraph {" + ";".join(rows) + "}")
threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
try:
    g.cycles(max_length="all", count=True)
    print("answered")
except KeyboardInterrupt:
    print("stopped", len(g.exposure(to="c1").rows) >= 0)
"""
    said = subprocess.run([sys.executable, "-c", made], capture_output=True, text=True, timeout=120)
    assert said.stdout == "stopped True\n", said.stderr


def test_the_program_is_carried_along():
    assert command("--version").stdout.strip().endswith(ts.__version__)
