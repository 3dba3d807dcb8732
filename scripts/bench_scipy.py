"""bench_scipy.py FOLDER ANSWER RUNS: what scipy's BiCGSTAB takes for `tierscope exposure FOLDER --to c0`, as JSON.

The equations are made from the tables alone, so that ANSWER (tierscope's, as CSV) is checked too. scipy gets the
loosest tolerance (a power of ten) with which no share is more than 1e-10 off: what tierscope stops at. What is off is
told by repeating x := W x + b, which rises to the solution, until x stands still."""
import json
import statistics
import sys
import time

import numpy
import pandas
from scipy import sparse
from scipy.sparse.linalg import bicgstab

PROMISED = 1e-10


def equations(folder):
    """W between companies other than the target (which is c0), what each sells to it, and the two leaks."""
    ids = pandas.Index(pandas.read_csv(f"{folder}/companies.csv", usecols=["id"])["id"])
    t = pandas.read_csv(f"{folder}/relations.csv", usecols=["from", "to", "kind", "revenue_share", "status"], dtype=str)
    t = t[(t["kind"] == "supplies") & (t["status"] == "active")]
    supplier, customer = ids.get_indexer(t["from"]), ids.get_indexer(t["to"])
    share = t["revenue_share"].str.rstrip("%").astype(float).to_numpy() / 100
    n, target = len(ids), ids.get_loc("c0")
    sold = numpy.bincount(supplier, weights=share, minlength=n)
    other = numpy.bincount(supplier, minlength=n) == 0
    unattributed = numpy.where(other, 0, numpy.maximum(1 - sold, 0))
    other = other.astype(float)
    other[target] = unattributed[target] = 0
    supplier, customer, share = (column[supplier != target] for column in (supplier, customer, share))
    to_target = customer == target
    total = numpy.bincount(supplier[to_target], weights=share[to_target], minlength=n)
    inner = (share[~to_target], (supplier[~to_target], customer[~to_target]))
    return sparse.csr_matrix(inner, shape=(n, n)), {"total": total, "other": other, "unattributed": unattributed}


def solution(w, b):
    x = b
    for _ in range(100_000):
        before, x = x, w @ x + b
        if numpy.abs(x - before).max() < 1e-17:
            break
    return x


def solved(a, b, start, exact, runs):
    """Median seconds of both clocks, the tolerance, the worst error; None where no tolerance is enough."""
    for digits in range(4, 16):
        x, failed = bicgstab(a, b, x0=start, rtol=10.0**-digits, atol=0)
        error = numpy.abs(x - exact).max()
        if not failed and error <= PROMISED:
            break
    else:
        return None
    took = []
    for _ in range(runs):
        began = time.perf_counter(), time.process_time()
        x, _ = bicgstab(a, b, x0=start, rtol=10.0**-digits, atol=0)
        took.append((time.perf_counter() - began[0], time.process_time() - began[1]))
    wall, cpu = (statistics.median(column) for column in zip(*took))
    return {"wall": wall, "cpu": cpu, "tolerance": 10.0**-digits, "error": error, "x": x}


def main(folder, answer, runs):
    w, sides = equations(folder)
    a = (sparse.identity(w.shape[0], format="csr") - w).tocsr()
    exact = {part: solution(w, b) for part, b in sides.items()}
    theirs = {part: solved(a, b, b + w @ b, exact[part], int(runs)) for part, b in sides.items()}
    names = pandas.Index(pandas.read_csv(f"{folder}/companies.csv", usecols=["name"])["name"])
    ours = pandas.read_csv(answer)
    rows = names.get_indexer(ours["supplier"])
    told = {"our error": max(numpy.abs(exact[part][rows] - ours[part]).max() for part in sides)}
    if theirs["total"]:
        told["difference"] = numpy.abs(theirs["total"]["x"][rows] - ours["total"]).max()
    told["parts"] = {part: one and {k: v for k, v in one.items() if k != "x"} for part, one in theirs.items()}
    print(json.dumps(told))


main(*sys.argv[1:])
