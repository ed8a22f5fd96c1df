"""Pictures are decoded and drawn anew: what is stored is what was seen, and nothing else.

Turned the right way first; position, camera, captions, and whatever was hidden in or after the file are gone.
"""

from __future__ import annotations

import io
import warnings
from typing import Any

from PIL import Image, ImageCms, ImageOps
from PIL.JpegImagePlugin import get_sampling

from .kinds import GIF, JPEG, PNG, WEBP, Kind
from .packages import Unsafe
from .reasons import Reason

MOST_PIXELS = 50_000_000
"""The largest pictures that common telephones take are about this large."""
MOST_PIXELS_WEBP = 25_000_000
"""Packing a WebP takes several times the memory."""
NAMES = {PNG.key: "PNG", JPEG.key: "JPEG", WEBP.key: "WEBP", GIF.key: "GIF"}
QUALITY = 90
"""Of a picture that cannot be written with its own tables, on Pillow's scale to 95."""


def redraw(source: str, target: str, kind: Kind) -> None:
    """Writes the picture anew in its own format; raises Unsafe where it moves, is too large or cannot be decoded."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Pillow only wonders at is decided below
        try:
            with Image.open(source, formats=[NAMES[kind.key]]) as picture:
                _check(picture, kind)
                picture.load()
                _write(picture, target, kind)
        except Image.DecompressionBombError as error:
            raise Unsafe(Reason.TOO_MANY_PIXELS) from error
        except Unsafe:
            raise
        except MemoryError as error:
            raise Unsafe(Reason.TOO_MANY_PIXELS) from error
        except Exception as error:  # a decoder may raise anything on a broken or hostile picture
            raise Unsafe(Reason.BROKEN) from error


def _check(picture: Image.Image, kind: Kind) -> None:
    if picture.width * picture.height > (MOST_PIXELS_WEBP if kind is WEBP else MOST_PIXELS):
        raise Unsafe(Reason.TOO_MANY_PIXELS)
    # A telephone's JPEG may carry a second picture for depth; it is left behind, and does not make it a film.
    if kind is not JPEG and getattr(picture, "n_frames", 1) > 1:
        raise Unsafe(Reason.MOVING)


def _write(picture: Image.Image, target: str, kind: Kind) -> None:
    options = _options(picture, kind)
    profile = picture.info.get("icc_profile")
    transparency = picture.info.get("transparency")
    turned = ImageOps.exif_transpose(picture)
    clean = _in_common_colours(turned, profile, kind)
    clean.info = {} if transparency is None or clean.mode != turned.mode else {"transparency": transparency}
    clean.save(target, NAMES[kind.key], **options)


def _options(picture: Image.Image, kind: Kind) -> dict[str, Any]:
    """How it was packed, so that it is neither larger nor poorer afterwards."""
    if kind is JPEG:
        if picture.mode in {"L", "RGB"} and (tables := getattr(picture, "quantization", None)):
            return {"qtables": tables, "subsampling": get_sampling(picture)}
        return {"quality": QUALITY}
    if kind is WEBP:
        return {"lossless": picture.info.get("lossless", False), "quality": QUALITY}
    return {}


def _in_common_colours(picture: Image.Image, profile: bytes | None, kind: Kind) -> Image.Image:
    """In sRGB, as everything shows a picture that says nothing of its colours; a colour profile is left behind."""
    if picture.mode == "CMYK" or (kind is JPEG and picture.mode not in {"L", "RGB"}):
        picture = picture.convert("RGB")
        profile = None
    if profile and picture.mode in {"RGB", "RGBA"}:
        try:
            own, common = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
            ImageCms.profileToProfile(picture, own, common, inPlace=True)
        except (ImageCms.PyCMSError, OSError):
            pass
    return picture
