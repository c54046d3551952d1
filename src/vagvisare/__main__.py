"""``python -m vagvisare``: the same as the command."""

from vagvisare.cli import main

main()
