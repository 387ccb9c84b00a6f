"""Draws QR codes."""

from io import BytesIO


def draw(text: str) -> str:
    """The text as a QR code: an SVG element to put into a page, black on white."""
    import segno

    drawn = BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="svg", scale=4, light="white", xmldecl=False)
    return drawn.getvalue().decode().strip()
