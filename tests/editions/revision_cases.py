"""Two made-up editions of a made-up strategy, in which everything that can happen to a node happens once."""

from dataclasses import replace

from vagvisare.editions.document import Edition, LevelName, Lineage, Link, Node, Source
from vagvisare.editions.registers import Theme
from vagvisare.terms.language import Text

S = Source("påhittat")
LEVELS = tuple(
    LevelName(key, Text(sv, en), Text(sv_plural, en_plural))
    for key, sv, en, sv_plural, en_plural in (
        ("chapter", "kapitel", "chapter", "kapitel", "chapters"),
        ("passage", "textavsnitt", "passage", "textavsnitt", "passages"),
        ("overarching_goal", "övergripande mål", "overarching goal", "övergripande mål", "overarching goals"),
        ("effect_goal", "effektmål", "effect goal", "effektmål", "effect goals"),
        ("perspective", "viktigt perspektiv", "cross-cutting perspective", "viktiga perspektiv", "perspectives"),
        ("area", "prioriterat område", "priority area", "prioriterade områden", "priority areas"),
        ("desired_state", "önskvärt läge", "desired state", "önskvärda lägen", "desired states"),
        ("direction", "strategisk inriktning", "strategic direction", "strategiska inriktningar", "directions"),
    )
)
THEMES = (Theme("hallbarhet", "hållbarhet", "sustainability", ("hållbar",)),)


def node(address, level, text, parent="", english="", **more):
    return Node(address, level, text, S, parent, english=english, **more)


def edition(*nodes, key="ny", **more):
    return Edition(key, key, "x", None, S, False, nodes, **more)


def link(origin, target, rationale="så är det", kind="contributes_to", denied=False):
    return Link(kind, origin, target, rationale, S, denied=denied)


LONG = (
    "Stärk skogens roll i länet genom att bygga ut vägnätet mellan byarna, samla in kunskap om de gamla gränserna och"
    " se till att alla som äger skog får veta vad som väntar, i god tid innan besluten fattas."
)
BEFORE = edition(
    node("mal/ett", "overarching_goal", "God ekonomi", english="A good economy"),
    node("effekt/jobb", "effect_goal", "Fler jobb", "mal/ett", "More jobs"),
    node("mal/tva", "overarching_goal", "Frisk natur", english="Healthy nature"),
    node("effekt/luft", "effect_goal", "Ren luft", "mal/tva", "Clean air"),
    node("effekt/vatten", "effect_goal", "Rent vatten", "mal/tva", "Clean water"),
    node("perspektiv/barn", "perspective", "Barn", english="Children"),
    node("skog", "area", "Skog", english="Forest"),
    node("skog/lage/ett", "desired_state", "Skogen växer", "skog"),
    node("skog/lage/tva", "desired_state", "Alla hittar ut", "skog", "Everyone finds their way out"),
    node("skog/inr/foretag", "direction", "Locka fler etableringar.", "skog", "Attract more businesses."),
    node("skog/inr/vagar", "direction", LONG, "skog"),
    node("skog/inr/jakt", "direction", "Värna jakten.", "skog", "Protect hunting."),
    node("skog/inr/stigar", "direction", "Märk stigar och broar", "skog"),
    node("sjo", "area", "Sjöar", english="Lakes"),
    node("sjo/inr/fiske", "direction", "Öka fisket", "sjo"),
    node("sjo/inr/bad", "direction", "Öka badandet", "sjo"),
    node("sjo/inr/is", "direction", "Bygg på isen", "sjo"),
    node("stad", "area", "Städer", working_name=True),
    key="gammal",
    links=(
        link("skog", "effekt/jobb"),
        link("sjo", "effekt/vatten"),
        link("sjo", "effekt/jobb"),
        link("stad", "effekt/luft", denied=True),
        link("skog/inr/jakt", "sjo/inr/fiske", kind="conflicts_with"),
    ),
)
SUSTAINABLE = Text("Locka fler hållbara etableringar.", "Attract more sustainable businesses.")
AFTER = edition(
    *BEFORE.nodes[:5],
    node("perspektiv/tillit", "perspective", "Tillit", english="Trust"),
    node("skog", "area", "Skog och klimat", english="Forest and climate"),
    node("skog/lage/ett", "desired_state", "Skogen mår bra", "skog"),
    node("skog/lage/ny", "desired_state", "Alla vill dit", "skog"),
    node(
        "skog/inr/foretag",
        "direction",
        "Locka fler hållbara etableringar.",
        "skog",
        "Attract more sustainable businesses.",
    ),
    node("skog/inr/vagar", "direction", LONG.replace("vägnätet", "cykelvägarna").replace(", i god tid", ""), "skog"),
    node("skog/inr/stigar", "direction", "Märk stigar", "skog"),
    node("skog/inr/broar", "direction", "Märk broar", "skog"),
    node("skog/inr/ny", "direction", "Ta vara på stormfälld skog", "skog", "Make use of storm-felled forest"),
    node("sjo", "area", "Sjöar", english="Lakes"),
    node("sjo/inr/vatten", "direction", "Öka fisket och badandet", "sjo"),
    node("sjo/inr/is", "passage", "Bygg inte på isen", "stad"),
    node("stad", "area", "Städer och byar"),
    links=(
        link("skog", "effekt/jobb"),
        link("skog/inr/ny", "effekt/luft"),
        link("skog/inr/foretag", "effekt/luft"),
        link("sjo", "effekt/vatten", denied=True),
        link("stad", "effekt/luft"),
        link("skog/inr/ny", "sjo/inr/vatten", kind="aligned_with"),
    ),
    lineage=(
        Lineage("split", "skog/inr/stigar", "skog/inr/stigar"),
        Lineage("split", "skog/inr/stigar", "skog/inr/broar"),
        Lineage("merged", "sjo/inr/fiske", "sjo/inr/vatten"),
        Lineage("merged", "sjo/inr/bad", "sjo/inr/vatten"),
    ),
)


def partial(edition):
    return replace(edition, partial=True)
