"""The served site and the workspace: Django here and nowhere else."""

from vagvisare.web.server import MaterialFor, Workspace, serve

__all__ = ["MaterialFor", "Workspace", "serve"]
