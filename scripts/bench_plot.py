"""bench_plot.py NAME < points: cost against size as NAME.svg and NAME.png, both scales logarithmic."""
import json
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plot  # noqa: E402
from matplotlib.ticker import NullLocator  # noqa: E402

points = json.load(sys.stdin)
panels = list(dict.fromkeys(point["panel"] for point in points))
# One colour a library in all panels; the mark tells its lines apart.
peers = list(dict.fromkeys(point["line"].split()[0].strip(",.") for point in points))
across = min(2, len(panels))
down = -(-len(panels) // across)
figure, axes = plot.subplots(down, across, figsize=(7 * across, 4.6 * down), squeeze=False, layout="constrained")
for axis in axes.flat[len(panels):]:
    axis.remove()
for axis, panel in zip(axes.flat, panels):
    here = [point for point in points if point["panel"] == panel]
    for place, line in enumerate(dict.fromkeys(point["line"] for point in here)):
        mine = line.startswith("tierscope")
        own = [point for point in here if point["line"] == line]
        colour = "black" if mine else f"C{peers.index(line.split()[0].strip(',.')) % 10}"
        axis.loglog([point["companies"] for point in own], [point["cost"] for point in own], label=line, color=colour,
                    marker="osD^vP*X<>"[place % 10], linewidth=2.6 if mine else 1.2, linestyle="-" if mine else "--")
    axis.set_title(panel, loc="left")
    axis.set_xlabel("companies (five relations each)")
    axis.set_xticks(sorted({point["companies"] for point in here}))
    axis.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axis.xaxis.set_minor_locator(NullLocator())
    axis.grid(alpha=0.3)
    axis.legend(fontsize="small", loc="center left", bbox_to_anchor=(1, 0.5), frameon=False)
for ending in ("svg", "png"):
    figure.savefig(f"{sys.argv[1]}.{ending}", dpi=110)
