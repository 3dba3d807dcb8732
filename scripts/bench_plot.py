"""bench_plot.py NAME < points: cost against size as NAME.svg and NAME.png, both scales logarithmic."""
import json
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plot  # noqa: E402

points = json.load(sys.stdin)
panels = list(dict.fromkeys(point["panel"] for point in points))
lines = list(dict.fromkeys(point["line"] for point in points))
across = min(2, len(panels))
down = -(-len(panels) // across)
figure, axes = plot.subplots(down, across, figsize=(7 * across, 4.6 * down), squeeze=False, layout="constrained")
for axis in axes.flat[len(panels):]:
    axis.remove()
for axis, panel in zip(axes.flat, panels):
    here = [point for point in points if point["panel"] == panel]
    for line in dict.fromkeys(point["line"] for point in here):
        mine = line.startswith("tierscope")
        own = [point for point in here if point["line"] == line]
        # A colour and a mark of its own in all panels.
        place = lines.index(line)
        axis.loglog([point["companies"] for point in own], [point["cost"] for point in own], label=line,
                    color=f"C{place % 10}", marker="osD^vP*X<>"[place % 10], linewidth=2.6 if mine else 1.2,
                    linestyle="-" if mine else "--")
    axis.set_title(panel, loc="left")
    axis.set_xlabel("companies (five relations each)")
    axis.set_xticks(sorted({point["companies"] for point in here}))
    axis.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axis.minorticks_off()
    axis.grid(alpha=0.3)
    axis.legend(fontsize="small", loc="center left", bbox_to_anchor=(1, 0.5), frameon=False)
for ending in ("svg", "png"):
    figure.savefig(f"{sys.argv[1]}.{ending}", dpi=110)
