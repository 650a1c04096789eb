"""Many files in one: the same bytes for the same files, whenever and wherever it is made."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping


def packed(files: Mapping[str, bytes]) -> bytes:
    """Files, by their path in it, as a zip.

    >>> zipfile.ZipFile(io.BytesIO(packed({"pages/index.html": b"<p>"}))).namelist()
    ['pages/index.html']
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name)  # in 1980, as by default
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # readable, whatever system made it
            archive.writestr(entry, files[name])
    return made.getvalue()
