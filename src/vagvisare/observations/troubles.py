"""What can be wrong in a store, and the sentence for each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from vagvisare.observations.canonical import Canonical
from vagvisare.observations.shelf import CHECKSUM, InPlace, Label, completed
from vagvisare.observations.vintage import IDENTITY
from vagvisare.sources.contract import FIGURES, Receipt
from vagvisare.terms.errors import VagvisareError
from vagvisare.terms.language import Text


class TroubleKind(StrEnum):
    """What is wrong."""

    UNREADABLE = "unreadable"
    """Receipt, figures, reply or paper cannot be read, or a reply is not what its checksum says."""
    NO_FIGURES = "no_figures"
    NO_RECEIPT = "no_receipt"
    ANOTHER = "another"
    """Figures and receipt are not of the same vintage."""
    ROWS = "rows"
    CHANGED = "changed"
    """The figures are not those that the checksum is of."""
    NO_REPLY = "no_reply"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something in a store that is not as it should be: what, where, and what to do about it."""

    kind: TroubleKind
    where: str
    what: Text
    remedy: Text


_BACK = Text(
    "Lägg tillbaka filen från en säkerhetskopia; annars går det inte att säga vad som var känt då.",
    "Put the file back from a backup; otherwise what was known then cannot be said.",
)


def unreadable(where: str, error: VagvisareError) -> Trouble:
    """Name what cannot be read, in the words of the error."""
    what = Text(
        *(f"{w} {m}".strip() for w, m in ((error.what.sv, error.meaning.sv), (error.what.en, error.meaning.en)))
    )
    return Trouble(TroubleKind.UNREADABLE, where, what, error.remedy)


def orphaned(where: str) -> Trouble:
    """Name figures whose receipt is not there."""
    return Trouble(
        TroubleKind.NO_RECEIPT,
        where,
        Text(
            f"{where} saknar kvitto. Siffrorna syns inte; troligen avbröts en hämtning.",
            f"{where} has no receipt. The figures are not seen; a fetch was probably interrupted.",
        ),
        Text(
            "Har kvittot försvunnit: lägg tillbaka det. Annars städas filen bort av vagvisare store prune.",
            "If the receipt has vanished, put it back. Otherwise vagvisare store prune sweeps the file away.",
        ),
    )


def missing_reply(where: str, sha: str) -> Trouble:
    """Name a receipt that points to a raw reply that is not kept."""
    return Trouble(
        TroubleKind.NO_REPLY,
        where,
        Text(
            f"{where} pekar på originalsvaret {sha[:12]}…, som inte finns. Siffrorna finns kvar.",
            f"{where} points to the original reply {sha[:12]}…, which is not there. The figures remain.",
        ),
        Text(
            "Lägg tillbaka det från en säkerhetskopia om siffrorna ska kunna läsas om.",
            "Put it back from a backup if the figures are to be read anew.",
        ),
    )


def figures_amiss(shelf: InPlace, label: Label, receipt: Receipt, where: str) -> list[Trouble]:
    """Hold a file of figures against its receipt and against its own checksum."""
    try:
        with shelf.file(label) as file:
            said = (file.metadata.metadata or {}).get(CHECKSUM, b"").decode("ascii", "replace")
            rows, ours = file.metadata.num_rows, _is_of(file, receipt)
            checksum = (
                Canonical(
                    completed(file.read([n for n in FIGURES.names if n in file.schema_arrow.names]), FIGURES.names)
                ).sha256()
                if ours
                else ""
            )
    except FileNotFoundError:
        what = Text(f"{where} finns inte, men har ett kvitto.", f"{where} is not there, but has a receipt.")
        return [Trouble(TroubleKind.NO_FIGURES, where, what, _BACK)]
    except (OSError, KeyError, ValueError, pa.ArrowException):
        what = Text(f"{where} går inte att läsa.", f"{where} cannot be read.")
        return [Trouble(TroubleKind.UNREADABLE, where, what, _BACK)]
    if not ours:
        what = Text(
            f"{where} är en annan årgång än kvittot säger.", f"{where} is another vintage than its receipt says."
        )
        return [Trouble(TroubleKind.ANOTHER, where, what, _BACK)]
    found = []
    if rows != receipt.rows:
        what = Text(
            f"{where} har {rows} rader, men kvittot säger {receipt.rows}.",
            f"{where} has {rows} rows, but the receipt says {receipt.rows}.",
        )
        found.append(Trouble(TroubleKind.ROWS, where, what, _BACK))
    if checksum not in {said or checksum, receipt.sha256} or (receipt.fetched and checksum != receipt.sha256):
        what = Text(
            f"Siffrorna i {where} stämmer inte med sin kontrollsumma.",
            f"The figures in {where} do not agree with their checksum.",
        )
        found.append(Trouble(TroubleKind.CHANGED, where, what, _BACK))
    return found


def _is_of(file: pq.ParquetFile, receipt: Receipt) -> bool:
    """Tell whether every row bears the identity of the receipt."""
    expected = (receipt.dataset, receipt.recorded, receipt.sha256)
    return all(
        set(pc.unique(batch.column(name)).to_pylist()) <= {each}
        for batch in file.iter_batches(columns=IDENTITY.names)
        for name, each in zip(IDENTITY.names, expected, strict=True)
    )
