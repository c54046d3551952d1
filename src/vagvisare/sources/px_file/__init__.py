"""PX files: tables in the format of PC-Axis, which most Swedish authorities can deliver.

Written after the format's published description (Statistics Sweden, "PX file format", AXIS-VERSION 2010 and 2013).
"""

from vagvisare.sources.px_file.delivered import read_px

__all__ = ["read_px"]
