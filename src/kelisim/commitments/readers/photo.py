"""Photographs as they may be kept: upright, of a fair size, without a word of where and by whom.

A photograph is drawn anew on an empty ground, so that nothing but its points passes over. What is
a picture is told by its first bytes: neither its name nor what the browser says is trusted.
"""

from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath

from PIL import Image, ImageOps

from kelisim.refusals import Refusal, Refused

LONGEST = 2400
"""Points of the longer side that are kept."""
SMALL = 640
MOST = {"JPEG": 80_000_000}
MOST_ELSE = 25_000_000
"""Points that are opened at all: a JPEG is read at a fraction of its size, others as a whole."""
QUALITY = 85
DRAWN = ("JPEG", "PNG", "WEBP")


@dataclass(frozen=True, slots=True)
class Given:
    """A file as it is kept, and whether it is a picture."""

    name: str
    content: bytes
    media_type: str
    photo: bool = False


def pictured(head: bytes) -> bool | None:
    """Whether a file is a picture that we draw; None: a picture of another kind."""
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return True
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return True
    others = head.startswith((b"II*\0", b"MM\0*", b"GIF8", b"BM"))
    newer = head[4:8] == b"ftyp" and head[8:12] in {
        *(b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif", b"avis"),
    }
    return None if others or newer else False


def given(name: str, content: bytes, media_type: str) -> Given:
    """A file to keep: any other than a picture as it came. Raises Refused."""
    found = pictured(content[:16])
    if found is None:
        raise Refused(Refusal("commitments.picture_kind", place="file", name=name))
    if not found:
        return Given(name, content, media_type)
    return Given(f"{PurePath(name).stem}.jpg", drawn(content, name), "image/jpeg", photo=True)


def drawn(content: bytes, name: str = "") -> bytes:
    """A picture drawn anew as JPEG. Raises Refused when it cannot be read."""
    try:
        with Image.open(BytesIO(content), formats=DRAWN) as picture:
            if picture.width * picture.height > MOST.get(picture.format or "", MOST_ELSE):
                raise Refused(Refusal("commitments.picture_size", place="file", name=name))
            picture.draft("RGB", (LONGEST, LONGEST))
            upright = ImageOps.exif_transpose(picture)
            return encoded(upright, LONGEST)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as unread:
        refusal = Refusal("commitments.picture_unread", place="file", name=name)
        raise Refused(refusal) from unread


def small(content: bytes) -> bytes:
    """What is shown on a page; the whole one is a press away."""
    with Image.open(BytesIO(content), formats=DRAWN) as picture:
        picture.draft("RGB", (SMALL, SMALL))
        return encoded(picture, SMALL)


def encoded(picture: Image.Image, longest: int) -> bytes:
    """Only the points, on white."""
    plain = picture.mode in {"L", "RGB", "CMYK"}
    shown = picture if plain else picture.convert("RGBA")
    shown.thumbnail((longest, longest))
    picture = Image.new("RGB", shown.size, "white")
    picture.paste(shown.convert("RGB"), mask=None if plain else shown.getchannel("A"))
    kept = BytesIO()
    picture.save(kept, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return kept.getvalue()
