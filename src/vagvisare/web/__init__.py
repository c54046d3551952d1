"""The served site and the workspace: Django here and nowhere else."""
