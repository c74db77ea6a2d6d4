"""Pictures of pages side by side on sheets that can be looked at whole: a long page goes on in the next column."""

import html
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

WIDTH, HEIGHT, GAP = 1568, 1500, 12
"""Pixels of a sheet's inside; what is larger is shrunk where it is shown."""
LONGEST = 4
"""Columns that one page may take; a form's middle tells nothing new."""
STYLE = """body { margin: 0; padding: 12px; background: #777; display: flex; gap: 12px; align-items: flex-start; }
figure { margin: 0; } figcaption { font: 700 15px sans-serif; color: #fff; padding-block-end: 4px; }
div { background-repeat: no-repeat; }"""


@dataclass(frozen=True)
class Column:
    """One stretch of a picture: ``top`` and ``height`` in pixels of the picture, shown ``scale`` times as large."""

    picture: Path
    top: int
    height: int
    scale: float


def bind(browser: Browser, pictures: Iterable[Path], target: Path, width: int) -> Iterator[Path]:
    """Sheets ``<target>-01.png`` and so on of pictures that are ``width`` wide; answers each once it is written."""
    across = max(1, min(4, WIDTH // min(width, 780)))
    scale = min(1.0, (WIDTH - GAP * (across - 1)) / across / width)
    columns = [column for picture in pictures for column in _columns(picture, scale)]
    for number, first in enumerate(range(0, len(columns), across), 1):
        some = columns[first : first + across]
        yield _draw(browser, some, target.with_name(f"{target.name}-{number:02}.png"), width)


def _columns(picture: Path, scale: float) -> list[Column]:
    tall, step = _height(picture), round(HEIGHT / scale)
    tops = range(0, tall, step)[:LONGEST]
    return [Column(picture, top, min(step, tall - top), scale) for top in tops]


def _height(picture: Path) -> int:
    """Read off the PNG's header."""
    with picture.open("rb") as file:
        return int.from_bytes(file.read(24)[20:24])


def _draw(browser: Browser, columns: Iterable[Column], target: Path, width: int) -> Path:
    page = browser.new_page(viewport={"width": WIDTH + 24, "height": 100})
    sheet = target.with_suffix(".html")
    sheet.write_text(f"<!doctype html><style>{STYLE}</style>" + "".join(_figure(one, width) for one in columns))
    page.goto(sheet.as_uri())
    page.screenshot(path=target, full_page=True)
    page.close()
    sheet.unlink()
    return target


def _figure(one: Column, width: int) -> str:
    name = one.picture.stem + (f" +{one.top}" if one.top else "")
    shown = width * one.scale
    style = (
        f"width: {shown}px; height: {one.height * one.scale}px; background-size: {shown}px auto; "
        f"background-image: url('{one.picture.as_uri()}'); background-position: 0 {-one.top * one.scale}px"
    )
    return f'<figure><figcaption>{html.escape(name)}</figcaption><div style="{html.escape(style)}"></div></figure>'
