"""The served site: Django here and nowhere else."""

from vagvisare.web.server import serve

__all__ = ["serve"]
