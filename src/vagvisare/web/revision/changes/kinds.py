"""What the kinds of main changes are called."""

from __future__ import annotations

from collections.abc import Mapping

from vagvisare.editions.comparison import ChangeKind
from vagvisare.terms.language import Text

KINDS: Mapping[ChangeKind, Text] = {
    ChangeKind.EMPHASIS: Text("betoning", "emphasis"),
    ChangeKind.HEADING: Text("rubrik", "heading"),
    ChangeKind.REFORMULATION: Text("omformulering", "reformulation"),
    ChangeKind.NEW_DIRECTION: Text("ny inriktning", "new direction"),
    ChangeKind.REMOVED_DIRECTION: Text("borttagen inriktning", "removed direction"),
    ChangeKind.NEW_STATE: Text("nytt önskvärt läge", "new desired state"),
    ChangeKind.REMOVED_STATE: Text("borttaget önskvärt läge", "removed desired state"),
    ChangeKind.NEW_PERSPECTIVE: Text("nytt perspektiv", "new perspective"),
    ChangeKind.REMOVED_PERSPECTIVE: Text("borttaget perspektiv", "removed perspective"),
    ChangeKind.ADDED_LINK: Text("nytt samband", "new link"),
    ChangeKind.REMOVED_LINK: Text("borttaget samband", "removed link"),
    ChangeKind.NEW_NODE: Text("ny del", "new part"),
    ChangeKind.REMOVED_NODE: Text("borttagen del", "removed part"),
    ChangeKind.MOVED: Text("flyttad", "moved"),
    ChangeKind.SPLIT: Text("delad", "split"),
    ChangeKind.MERGED: Text("sammanslagen", "merged"),
}
