"""Small deliveries, data sets and shapes for the tests of what is checked. All figures here are made up."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
