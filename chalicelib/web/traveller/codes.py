"""QR codes as inline SVG: drawn by us, loaded from nowhere, sharp on every screen and on paper."""

LARGEST = 8
"""Version of a pass's code that an old phone still reads off a cracked screen (facts.md)."""


def pass_code(public_base: str, token: str) -> str:
    """The code of a pass: alphanumeric mode, which is why hosts, path and token are in capitals."""
    return _drawn(_parts(public_base, "P", token), error="m")


def certificate_code(public_base: str, token: str) -> str:
    """The code of a certificate; it opens the check and never the pass."""
    return _drawn(_parts(public_base, "VERIFY", token), error="m")


def poster_code(link: str) -> str:
    """The code of a poster, with the strongest correction: it hangs in a hall and gets crumpled."""
    return _drawn((link,), error="h")


def address(public_base: str, folder: str, token: str) -> str:
    """The link inside a code. A path before ours, such as a stage, keeps its case: only hosts do not care."""
    return "".join(_parts(public_base, folder, token))


def _parts(public_base: str, folder: str, token: str) -> tuple[str, ...]:
    """The link, cut where its letters change: small ones take half as much room again, and so would all beside them."""
    scheme, _, rest = public_base.rstrip("/").partition("://")
    host, _, prefix = rest.partition("/")
    front, back = f"{scheme}://{host}".upper(), f"/{folder}/{token}"
    return (f"{front}/", prefix, back) if prefix else (f"{front}{back}",)


def _drawn(parts: tuple[str, ...], error: str) -> str:
    import segno  # with the first code: most requests draw none

    # Parts are spelled each in its own mode, which its annotations leave out.
    made = segno.make(parts, error=error, micro=False)  # type: ignore[arg-type]
    # Four modules of quiet zone, as the standard wants; CSS gives the size.
    svg = made.svg_inline(border=4, omitsize=True, svgclass=None, lineclass=None)
    return svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" shape-rendering="crispEdges" ', 1)
