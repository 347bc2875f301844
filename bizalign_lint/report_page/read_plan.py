"""``schemas/meta/report.yaml`` → the plan of the page."""

from __future__ import annotations

from functools import cache
from typing import Any

from bizalign_lint.core import shipped
from bizalign_lint.parsing.documents import read_document
from bizalign_lint.report_page.plan import (
    Axis,
    Board,
    Carriers,
    Corner,
    Flow,
    Lane,
    Layer,
    Map,
    Matrix,
    Name,
    Outside,
    Plan,
    Quadrant,
    Register,
    Roadmap,
    Row,
    Scale,
    Shares,
    Star,
    Technology,
    Tree,
    Without,
)


@cache
def read_plan() -> Plan:
    """The shipped plan."""
    said: dict[str, Any] = read_document(shipped.report()).value
    map_, quadrant, tree, flow = (said[part] for part in ("map", "quadrant", "tree", "flow"))
    parts = {
        "star": Star(**map_["star"]),
        "carriers": Carriers(**map_["carriers"]),
        "without": Without(**map_["without"]),
        "technology": Technology(
            **{**map_["technology"], "outside": Outside(**map_["technology"]["outside"])}
        ),
    }
    scales = {name: Scale(**quadrant[name]) for name in ("across", "up")}
    corners = {"corners": tuple(Corner(**corner) for corner in quadrant["corners"])}
    matrix = said["matrix"]
    roadmap = said["roadmap"]
    lanes = tuple(Lane(**{**lane, "tones": tuple(lane["tones"])}) for lane in roadmap["lanes"])
    register = said["register"]
    return Plan(
        Name(**said["name"]),
        Map(**{**map_, **parts}),
        {kind: [Row(**row) for row in rows] for kind, rows in said["panels"].items()},
        Matrix(**{**matrix, "rows": Axis(**matrix["rows"]), "columns": Axis(**matrix["columns"])}),
        Quadrant(**{**quadrant, **scales, **corners}),
        Roadmap(**{**roadmap, "lanes": lanes}),
        Tree(**{**tree, "notes": tuple(tree["notes"]), "work": Row("", **tree["work"])}),
        Board(**said["board"]),
        Flow(
            **{
                **flow,
                "shares": Shares(**flow["shares"]),
                "layers": tuple(Layer(**layer) for layer in flow["layers"]),
            }
        ),
        Register(
            **{
                **register,
                "binding": tuple(register["binding"]),
                "columns": tuple(Row(**row) for row in register["columns"]),
            }
        ),
    )
