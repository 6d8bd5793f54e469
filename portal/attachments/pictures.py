"""Pictures: opened, turned the right way up, and written anew without where and when."""

import warnings
from io import BytesIO

import pillow_heif
from PIL import Image, ImageOps, ImageSequence

from portal.attachments.kinds import Kind
from portal.attachments.refusals import BROKEN, TOO_MANY_PIXELS, FileRefused

# A photo of the largest usual camera; opened it takes about 200 MB.
MOST_PIXELS = 50_000_000
FORMATS = {Kind.JPG: "JPEG", Kind.HEIC: "JPEG", Kind.PNG: "PNG", Kind.GIF: "GIF", Kind.WEBP: "WEBP"}


def clean_picture(kind: Kind, data: bytes) -> bytes:
    """Write a picture anew from its pixels alone.

    A new file holds no place, no time, no camera, no thumbnail of what was cut off, and nothing
    hidden behind the picture. A photo's turn is applied first, because it is one of those notes.

    Args:
        kind: what it is; HEIC becomes JPEG.
        data: the file.

    Raises:
        FileRefused: it cannot be opened, or has too many pixels.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _rewritten(kind, data)
    except FileRefused:
        raise
    except Image.DecompressionBombError:
        raise FileRefused(TOO_MANY_PIXELS) from None
    # The decoders raise many things on a hostile file; each means that it cannot be opened.
    except Exception:
        raise FileRefused(BROKEN) from None


def _rewritten(kind: Kind, data: bytes) -> bytes:
    picture: Image.Image
    if kind is Kind.HEIC:
        heic = pillow_heif.open_heif(BytesIO(data))
        _refuse_if_huge(heic.size, 1)
        picture = heic.to_pillow()
    else:
        picture = Image.open(BytesIO(data), formats=[FORMATS[kind]])
        _refuse_if_huge(picture.size, getattr(picture, "n_frames", 1))
    frames = [_pixels(frame, FORMATS[kind]) for frame in ImageSequence.Iterator(picture)]
    return _written(frames, FORMATS[kind], picture.info.get("duration", 100))


def _pixels(frame: Image.Image, written_as: str) -> Image.Image:
    upright = ImageOps.exif_transpose(frame)
    see_through = "A" in upright.getbands() or "transparency" in upright.info
    plain = upright.convert("RGBA" if see_through and written_as != "JPEG" else "RGB")
    # The encoders write some notes (comments, profiles) by themselves from here.
    plain.info.clear()
    return plain


def _written(frames: list[Image.Image], written_as: str, duration: object) -> bytes:
    out = BytesIO()
    first, rest = frames[0], frames[1:]
    if written_as == "JPEG":
        first.save(out, "JPEG", quality=90, optimize=True)
    elif rest and written_as in ("GIF", "WEBP"):
        first.save(out, written_as, save_all=True, append_images=rest, duration=duration, loop=0)
    else:
        first.save(out, written_as)
    return out.getvalue()


def _refuse_if_huge(size: tuple[int, int], frames: int) -> None:
    if size[0] * size[1] * frames > MOST_PIXELS:
        raise FileRefused(TOO_MANY_PIXELS)
