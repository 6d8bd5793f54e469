"""Charts for the report: bars that say their value, told apart by hatching as well as by colour.

Each category stands above its bars over the whole width, so that a long name of a service is read
on a phone and on paper. The same chart gives the same bytes: no date, no random ids.
"""

import io
import textwrap
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 5.4
LINE = 0.25
LETTERS_A_LINE = 50
# On a phone a chart is about two thirds as wide: its letters must still be read there.
FONT_SIZE = 12
INK = "#0b0c0c"
# Fill and hatching of each series. Strokes only: dots are thousands of points in an SVG.
LOOKS = (
    ("#1d4f73", ""),
    ("#ffffff", "////"),
    ("#b9cfdf", ""),
    ("#ffffff", "xxxx"),
    ("#7fa3bf", "||||"),
    ("#ffffff", "----"),
    ("#808b94", ""),
    ("#ffffff", "\\\\\\\\"),
    ("#ffffff", "++++"),
)
PIXELS_AN_INCH = 200
# Of the widest bar, so much is left free at its end for the value.
ROOM_FOR_VALUE = 0.2


@dataclass(frozen=True)
class Series:
    """One set of bars: a value for each category, and the words that the table has for it. Without
    a value there is no bar, only its words."""

    name: str
    values: tuple[float | None, ...]
    shown: tuple[str, ...]


@dataclass(frozen=True)
class Chart:
    """What is drawn: a group of bars for each category."""

    categories: tuple[str, ...]
    series: tuple[Series, ...]


@lru_cache(maxsize=128)
def as_svg(chart: Chart) -> bytes:
    """Draw for pages and PDF; letters are shapes, so that no font can be missing.

    Args:
        chart: at least one category and one series.
    """
    return _saved(chart, "svg", metadata={"Date": None, "Creator": None})


def as_png(chart: Chart) -> bytes:
    """Draw for Word, which older versions of cannot show SVG."""
    return _saved(chart, "png", dpi=PIXELS_AN_INCH, metadata={"Software": None})


def _saved(chart: Chart, form: str, **how: Any) -> bytes:
    figure = _drawn(chart)
    into = io.BytesIO()
    figure.savefig(into, format=form, **how)
    return into.getvalue()


def _drawn(chart: Chart) -> "Figure":
    # Imported here: only whoever makes a report waits for matplotlib. No pyplot, which would keep
    # every figure and want a screen.
    import matplotlib
    from matplotlib.figure import Figure

    matplotlib.rcParams.update({
        "svg.fonttype": "path",
        "svg.hashsalt": "report",
        "font.family": "DejaVu Sans",
        "font.size": FONT_SIZE,
        "hatch.linewidth": 0.8,
        "hatch.color": INK,
    })  # fmt: skip
    labels = [textwrap.wrap(name, LETTERS_A_LINE) or [""] for name in chart.categories]
    of_legend = len(chart.series) if len(chart.series) > 1 else 0
    lines = sum(len(label) + len(chart.series) + 0.7 for label in labels) + of_legend
    height = (lines + 0.4) * LINE
    figure = Figure(figsize=(WIDTH, height), facecolor="#ffffff")
    axes = figure.add_axes((0.01, 0, 0.98, 1))
    axes.set_axis_off()
    axes.set_ylim(lines + 0.2, -0.2)
    largest = max((v for one in chart.series for v in one.values if v is not None), default=0)
    axes.set_xlim(0, (largest or 1) * (1 + ROOM_FOR_VALUE))
    below = _legend(axes, chart) if of_legend else 0.0
    for at, label in enumerate(labels):
        below = _group(axes, chart, at, label, below)
    return figure


def _legend(axes: "Axes", chart: Chart) -> float:
    """What each look means, above the bars; gives the line below it."""
    _left, right = axes.get_xlim()
    for at, one in enumerate(chart.series):
        _bar(axes, at, at, right * 0.06)
        axes.text(right * 0.075, at + 0.5, one.name, va="center", ha="left", color=INK)
    return len(chart.series) + 0.5


def _group(axes: "Axes", chart: Chart, at: int, label: list[str], top: float) -> float:
    """A category's name and its bars; gives the line below them."""
    axes.text(
        0, top + len(label) / 2, "\n".join(label), va="center", ha="left", color=INK,
        fontweight="bold" if len(chart.series) > 1 else "normal", linespacing=1.15,
    )  # fmt: skip
    line = top + len(label)
    _left, right = axes.get_xlim()
    for look, one in enumerate(chart.series):
        value = one.values[at] or 0
        if value:
            _bar(axes, look, line, value)
        axes.text(value + right * 0.012, line + 0.5, one.shown[at], va="center", color=INK)
        line += 1
    # A quiet line from which all bars begin.
    axes.plot([0, 0], [top + len(label), line], color=INK, linewidth=1.2, clip_on=False)
    return line + 0.7


def _bar(axes: "Axes", look: int, line: float, value: float) -> None:
    fill, hatch = LOOKS[look % len(LOOKS)]
    axes.barh(
        line + 0.5, value, height=0.8, facecolor=fill, hatch=hatch, edgecolor=INK, linewidth=0.8
    )
