"""Hold line and branch coverage of the numbers half at 95 per cent or more."""

import json
import sys
from pathlib import Path

FLOOR = 95.0
NUMBERS_HALF = (
    "terms",
    "sources",
    "observations",
    "intake",
    "assessment",
    "findings",
    "editions",
    "followups",
    "strategy_folder",
)


def main(report: str) -> int:
    """Print the coverage per stage; return 1 when the whole is below the floor."""
    files = json.loads(Path(report).read_text(encoding="utf-8"))["files"]
    covered = total = 0
    for stage in NUMBERS_HALF:
        own = [f["summary"] for name, f in files.items() if f"/vagvisare/{stage}/" in "/" + name.replace("\\", "/")]
        hit = sum(s["covered_lines"] + s.get("covered_branches", 0) for s in own)
        out_of = sum(s["num_statements"] + s.get("num_branches", 0) for s in own)
        covered, total = covered + hit, total + out_of
        print(f"  {stage:<16}{100 * hit / max(out_of, 1):6.1f} %")
    percent = 100 * covered / max(total, 1)
    print(f"Numbers half, lines and branches: {percent:.1f} % (floor {FLOOR:.0f} %)")
    return percent < FLOOR


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
