"""The text form of a strategy: the only door between text on disk and values.

``read`` gives the whole folder as one value, or every mistake in it; ``write`` gives the same bytes for the same value.
"""

from vagvisare.strategy_folder.bundled import bundled_folder
from vagvisare.strategy_folder.calibration import outdated, write_calibration
from vagvisare.strategy_folder.figures import figure_bytes, seal
from vagvisare.strategy_folder.folder import Folder
from vagvisare.strategy_folder.reading import read
from vagvisare.strategy_folder.writing import write

__all__ = ["Folder", "bundled_folder", "figure_bytes", "outdated", "read", "seal", "write", "write_calibration"]
