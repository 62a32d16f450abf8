"""A text as a square code that a telephone reads, as SVG of one path."""

import io
from functools import lru_cache

import segno


@lru_cache(maxsize=8)
def square_code(text: str) -> str:
    """Return a text as a QR code (ISO/IEC 18004), level M, with its quiet zone.

    Args:
        text: What it is to say; empty gives an empty picture.

    Returns:
        One SVG element without a fixed size, dark on light whatever is around it.
    """
    if not text:
        return ""
    out = io.BytesIO()
    segno.make_qr(text, error="m").save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=True,
        nl=False,
        light="#fff",
        dark="#000",
        omitsize=True,
        svgclass=None,
        lineclass=None,
    )
    return out.getvalue().decode()
