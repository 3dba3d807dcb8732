"""bench_esri.py FOLDER ANSWER FIRMS: the economic systemic risk index of the FIRMS largest firms with scipy's sparse
matrices, one failure after the other, as it is written down (src/README.md, shock; every named input is essential).
Says how many indices are those of ANSWER (tierscope's, as CSV) to 1e-8, which must be all."""
import sys

import numpy
import pandas
from scipy import sparse

TOLERANCE = 1e-9


def share(column):
    return column.str.rstrip("%").astype(float).to_numpy() / 100


folder, answer, firms = sys.argv[1], sys.argv[2], int(sys.argv[3])
companies = pandas.read_csv(f"{folder}/companies.csv", usecols=["id", "revenue"], dtype=str)
ids = pandas.Index(companies["id"])
t = pandas.read_csv(f"{folder}/relations.csv", dtype=str,
                    usecols=["from", "to", "kind", "category", "supply_share", "revenue_share", "status"])
t = t[(t["kind"] == "supplies") & (t["status"] == "active")]
seller, buyer = ids.get_indexer(t["from"]), ids.get_indexer(t["to"])
n = len(ids)
million = {"M": 1.0, "B": 1e3, "K": 1e-3}
revenue = numpy.array([float(text.split()[0][:-1]) * million[text.split()[0][-1]] for text in companies["revenue"]])
trades = numpy.zeros(n, bool)
trades[seller] = trades[buyer] = True
weight = numpy.where(trades, revenue, 0) / revenue[trades].sum()

# One row for each category that a company buys, in the order of the companies.
need = buyer.astype(numpy.int64) * 1_000_000 + pandas.factorize(t["category"])[0]
needs, row = numpy.unique(need, return_inverse=True)
bought = sparse.csr_matrix((share(t["supply_share"]), (row, seller)), shape=(len(needs), n))
buys, first = numpy.unique(needs // 1_000_000, return_index=True)
sold = sparse.csr_matrix((share(t["revenue_share"]), (seller, buyer)), shape=(n, n))
total = numpy.asarray(sold.sum(axis=1)).ravel()
sold = sparse.diags(1 / numpy.maximum(1, total)) @ sold


def index(firm):
    down, up = numpy.zeros(n), numpy.zeros(n)
    down[firm] = up[firm] = 1
    ratios, last = [], 0
    while True:
        down_before, up_before = down, up
        down = down.copy()
        down[buys] = numpy.minimum(1, numpy.maximum.reduceat(bought @ down_before, first))
        up = numpy.minimum(1, sold @ up_before)
        down[firm] = up[firm] = 1
        step = max((down - down_before).max(), (up - up_before).max())
        if step == 0:
            break
        ratios = (ratios + [step / last if last else 1])[-8:]
        last, g = step, max(ratios)
        if len(ratios) == 8 and g < 1 and step * g / (1 - g) <= TOLERANCE and step <= TOLERANCE:
            break
    return weight @ numpy.maximum(down, up)


theirs = pandas.read_csv(answer)
column = next(name for name in theirs.columns if name in ("esri_low", "esri"))
told = dict(zip(theirs[next(name for name in theirs.columns if name.startswith("company"))], theirs[column]))
chosen = sorted(numpy.flatnonzero(trades), key=lambda firm: -revenue[firm])[:firms]
print(sum(abs(index(firm) - told.get(ids[firm], -1)) < 1e-8 for firm in chosen))
