"""Make the bundled catalogue of Kolada's KPIs from a list of them in CSV; the same list always gives the same bytes.

``python tools/kolada_catalogue.py FILE [OUT]``. FILE has the columns id, title, is_divided_by_gender,
municipality_type, operating_area, publication_date and prel_publication_date, named as in Kolada's own interface.
"""

import csv
import gzip
import io
import sys
from pathlib import Path

OUT = Path(__file__).parents[1] / "src" / "vagvisare" / "sources" / "kolada" / "catalogue.csv.gz"
COLUMNS = ("id", "kind", "by_sex", "publication", "preliminary", "area", "title")


def packed(lines: str) -> bytes:
    """Return the catalogue as compressed CSV, by id, without a time or a name in the packing."""
    rows = sorted(csv.DictReader(io.StringIO(lines)), key=lambda row: row["id"])
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow(
            [
                row["id"],
                row["municipality_type"],
                int(row["is_divided_by_gender"].strip().lower() in {"true", "1"}),
                row["publication_date"],
                row["prel_publication_date"],
                row["operating_area"],
                " ".join(row["title"].split()),
            ]
        )
    return gzip.compress(out.getvalue().encode("utf-8"), compresslevel=9, mtime=0)


def main(arguments: list[str]) -> int:
    """Read the list and write the catalogue."""
    if not 1 <= len(arguments) <= 2:
        print(__doc__)
        return 2
    body = packed(Path(arguments[0]).read_text(encoding="utf-8-sig"))
    out = Path(arguments[1]) if len(arguments) == 2 else OUT
    out.write_bytes(body)
    print(f"{out}: {len(body):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
