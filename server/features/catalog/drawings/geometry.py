"""Path data and boxes for the drawings: numbers in, short SVG path strings out. No colours, no markup."""

from __future__ import annotations

import math
from typing import NamedTuple


def short(value: float) -> str:
    """Write a coordinate with at most one decimal and no trailing zero: every byte is sent with each card."""
    rounded = round(value, 1)
    whole = int(rounded)
    if rounded == whole:
        return str(whole)
    return f"{rounded:.1f}"


class Box(NamedTuple):
    """An upright rectangle in drawing units (the canvas is 240 by 240)."""

    x: float
    y: float
    w: float
    h: float

    @property
    def cx(self) -> float:
        """Horizontal centre."""
        return self.x + self.w / 2

    @property
    def cy(self) -> float:
        """Vertical centre."""
        return self.y + self.h / 2

    @property
    def right(self) -> float:
        """Right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.y + self.h

    def inset(self, across: float, down: float | None = None) -> Box:
        """Shrink by ``across`` on left and right and by ``down`` (default the same) above and below."""
        vertical = across if down is None else down
        return Box(self.x + across, self.y + vertical, self.w - 2 * across, self.h - 2 * vertical)

    def moved(self, dx: float, dy: float) -> Box:
        """The same size elsewhere."""
        return Box(self.x + dx, self.y + dy, self.w, self.h)


def centred(cx: float, cy: float, w: float, h: float) -> Box:
    """A box by its centre."""
    return Box(cx - w / 2, cy - h / 2, w, h)


def rounded(box: Box, radius: float) -> str:
    """A rectangle with equal corners."""
    return corners(box, radius, radius, radius, radius)


def corners(box: Box, tl: float, tr: float, br: float, bl: float) -> str:
    """A rectangle with a radius per corner, clockwise from the top left."""
    limit = min(box.w, box.h) / 2
    tl, tr, br, bl = (min(radius, limit) for radius in (tl, tr, br, bl))

    def arc(radius: float, dx: int, dy: int) -> str:
        if radius <= 0:
            return ""
        return f"a{short(radius)} {short(radius)} 0 0 1 {short(dx * radius)} {short(dy * radius)}"

    return (
        f"M{short(box.x + tl)} {short(box.y)}H{short(box.right - tr)}{arc(tr, 1, 1)}"
        f"V{short(box.bottom - br)}{arc(br, -1, 1)}H{short(box.x + bl)}{arc(bl, -1, -1)}"
        f"V{short(box.y + tl)}{arc(tl, 1, -1)}z"
    )


def ring(cx: float, cy: float, rx: float, ry: float | None = None) -> str:
    """A whole circle or ellipse as path data, clockwise as every outline, so that unions leave no holes."""
    ry = rx if ry is None else ry
    sweep = f"a{short(rx)} {short(ry)} 0 1 1 "
    return f"M{short(cx - rx)} {short(cy)}{sweep}{short(2 * rx)} 0{sweep}{short(-2 * rx)} 0z"


def hole(cx: float, cy: float, radius: float) -> str:
    """A circle against the clock: cut out of the outline around it."""
    sweep = f"a{short(radius)} {short(radius)} 0 1 0 "
    return f"M{short(cx - radius)} {short(cy)}{sweep}{short(2 * radius)} 0{sweep}{short(-2 * radius)} 0z"


def polygon(*points: tuple[float, float]) -> str:
    """Straight lines through the points, closed; turned clockwise if they are not."""
    area = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True))
    if area < 0:
        points = points[::-1]
    return "M" + "L".join(f"{short(x)} {short(y)}" for x, y in points) + "z"


def line(*points: tuple[float, float]) -> str:
    """Straight lines through the points, open."""
    return "M" + "L".join(f"{short(x)} {short(y)}" for x, y in points)


def polar(cx: float, cy: float, radius: float, degrees: float) -> tuple[float, float]:
    """The point at an angle; 0 is to the right and angles grow clockwise, as in SVG."""
    angle = math.radians(degrees)
    return cx + radius * math.cos(angle), cy + radius * math.sin(angle)


def regular(cx: float, cy: float, radius: float, sides: int, turn: float = 0.0) -> str:
    """A regular polygon, first corner at ``turn`` degrees."""
    return polygon(*(polar(cx, cy, radius, turn + 360 * side / sides) for side in range(sides)))


def squares(columns: int, rows: int, box: Box, gap: float) -> str:
    """A grid of equal cells that fills the box, as one path."""
    w = (box.w - gap * (columns - 1)) / columns
    h = (box.h - gap * (rows - 1)) / rows
    cell = f"h{short(w)}v{short(h)}h{short(-w)}z"
    return "".join(
        f"M{short(box.x + column * (w + gap))} {short(box.y + row * (h + gap))}{cell}"
        for row in range(rows)
        for column in range(columns)
    )


def dots(columns: int, rows: int, box: Box, radius: float) -> str:
    """A grid of small discs with centres on the box, as one path."""
    across = box.w / max(columns - 1, 1)
    down = box.h / max(rows - 1, 1)
    half_turn = f"a{short(radius)} {short(radius)} 0 1 1 "
    disc = f"{half_turn}{short(2 * radius)} 0{half_turn}{short(-2 * radius)} 0"
    return "".join(
        f"M{short(box.x + column * across - radius)} {short(box.y + row * down)}{disc}"
        for row in range(rows)
        for column in range(columns)
    )
