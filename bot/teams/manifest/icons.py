"""Draws the two icons of the app package: ``python -m bot.teams.manifest.icons``. They are committed beside it."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

COLOR = (122, 31, 61, 255)
WHITE = (255, 255, 255, 255)
CLEAR = (255, 255, 255, 0)
SMOOTH = 4
"""Each pixel is the mean of so many by so many points."""

Pixel = tuple[int, int, int, int]


def inside(x: float, y: float, scale: float = 1.0) -> bool:
    """Whether a point, from -1 to 1 with y upwards, lies in the heart."""
    x, y = x / (0.62 * scale), (y + 0.06) / (0.62 * scale)
    return (x * x + y * y - 1) ** 3 - x * x * y**3 <= 0


def color(x: float, y: float) -> Pixel:
    """A white heart on the accent colour."""
    return WHITE if inside(x, y) else COLOR


def outline(x: float, y: float) -> Pixel:
    """The line of a heart, white on nothing, as Teams asks for."""
    return WHITE if inside(x, y, 1.25) and not inside(x, y, 0.95) else CLEAR


def png(size: int, paint: Callable[[float, float], Pixel]) -> bytes:
    """A square picture."""
    rows = b"".join(b"\0" + _row(size, row, paint) for row in range(size))
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _row(size: int, row: int, paint: Callable[[float, float], Pixel]) -> bytes:
    return b"".join(bytes(_mean(size, column, row, paint)) for column in range(size))


def _mean(size: int, column: int, row: int, paint: Callable[[float, float], Pixel]) -> list[int]:
    points = [
        paint(2 * (column + (i + 0.5) / SMOOTH) / size - 1, 1 - 2 * (row + (j + 0.5) / SMOOTH) / size)
        for i in range(SMOOTH)
        for j in range(SMOOTH)
    ]
    return [round(sum(point[part] for point in points) / len(points)) for part in range(4)]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


if __name__ == "__main__":
    here = Path(__file__).parent
    (here / "color.png").write_bytes(png(192, color))
    (here / "outline.png").write_bytes(png(32, outline))
