"""Static files in production."""

from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedGzipStorage(CompressedManifestStaticFilesStorage):
    """Names that hold their hash, and a gzipped copy beside each file.

    Brotli is installed for WeasyPrint's sake, but made `collectstatic` 13 s for a few saved kilobytes.
    """

    def create_compressor(self, **kwargs: Any) -> Compressor:
        return Compressor(use_brotli=False, **kwargs)
