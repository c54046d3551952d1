"""The deck as a file: real titles, native charts, notes, languages, the same bytes every time. Synthetic figures."""

import io
import re
import runpy
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.util import Emu

from vagvisare.publications import pptx
from vagvisare.publications.deck_package import settle
from vagvisare.terms.errors import OutputError
from vagvisare.terms.language import Language, Text

made = runpy.run_path(str(Path(__file__).parents[1] / "web" / "synthetic.py"))["material"]


@pytest.fixture(scope="module", params=list(Language), ids=str)
def language(request):
    return request.param


@pytest.fixture(scope="module")
def content(language):
    return pptx.deck(made(), language=language)


@pytest.fixture(scope="module")
def deck(content):
    return Presentation(io.BytesIO(content))


def texts(slide):
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def charts(deck):
    return [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart]


def test_wide_format(deck):
    assert Emu(deck.slide_width) / Emu(deck.slide_height) == pytest.approx(16 / 9, rel=1e-3)


def test_every_slide_has_one_real_title_that_comes_first_and_is_not_repeated(deck):
    titles = []
    for slide in deck.slides:
        assert slide.shapes.title is not None
        assert slide.shapes.title.text_frame.text.strip()
        assert slide.shapes[0].shape_id == slide.shapes.title.shape_id
        titles.append(slide.shapes.title.text_frame.text)
    assert len(set(titles)) == len(titles)


def test_the_order_of_the_seed(deck, language):
    titles = " | ".join(slide.shapes.title.text_frame.text for slide in deck.slides)
    wanted = {
        Language.SV: [
            "En påhittad strategi",
            "Två kraftsamlingar",
            "Provandelen i Örebro län",
            "påståenden från 2022: ",
            "Påhittad kraftsamling: resultat",
            "Provutsläppen",
            "Ett påstående från 2022",
            "cirkulär ekonomi: resultat",
            "Omvärldstrender",
            "Behov av förflyttningar",
            "Insikter",
            "Frågor att samtala om",
            "Så har vi räknat",
            "Källor",
        ],
        Language.EN: [
            "An invented strategy",
            "Two concerted efforts",
            "statements from 2022",
            "Shifts needed",
            "Sources",
        ],
    }[language]
    places = [titles.find(text) for text in wanted]
    assert -1 not in places, titles
    assert places == sorted(places)


def test_every_chart_is_native_editable_and_has_an_alternative_text(deck):
    found = charts(deck)
    assert len(found) == 4
    for shape in found:
        assert len(shape._element.nvGraphicFramePr.cNvPr.get("descr")) > 40
        workbook = shape.chart.part.chart_workbook.xlsx_part
        assert workbook.blob[:2] == b"PK"
        assert not shape.chart.has_legend


def test_a_chart_holds_the_figures_of_the_series(deck):
    material = made()
    lines = [shape.chart for shape in charts(deck) if shape.chart.plots[0].categories]
    share = next(chart for chart in lines if len(list(chart.plots[0].series)[-1].values) == 20)
    own = next(s for k, s in material.outcome.panel.items() if (k.indicator, k.territory) == ("share", "18"))
    assert list(list(share.plots[0].series)[-1].values) == pytest.approx(own.values)


def test_tables_have_an_alternative_text_and_a_header_row(deck):
    tables = [shape for slide in deck.slides for shape in slide.shapes if shape.has_table]
    assert tables
    for shape in tables:
        assert shape._element.nvGraphicFramePr.cNvPr.get("descr")
        assert shape.table.first_row


def test_finding_slides_carry_source_vintage_and_the_computation(deck, language):
    for slide in deck.slides:
        if any(shape.has_chart for shape in slide.shapes):
            notes = slide.notes_slide.notes_text_frame.text
            assert "vagvisare explain " in notes
            assert len(notes) > 200
            source = " ".join(texts(slide))
            assert "Provmyndigheten, PROV-" in source
            assert ("Hämtat 21" if language is Language.SV else "Read 21") in source


def test_what_was_known_earlier_says_reconstructed_on_every_finding():
    as_of = datetime(2022, 6, 17).date()  # noqa: DTZ001  a day has no zone
    deck = Presentation(io.BytesIO(pptx.deck(made(as_of=as_of))))
    drawn = [slide for slide in deck.slides if any(shape.has_chart for shape in slide.shapes)]
    assert drawn
    for slide in drawn:
        assert "rekonstruerat" in " ".join(texts(slide))
    assert "rekonstruerat" in " ".join(texts(deck.slides[0]))


def test_the_regions_own_words_are_quoted_sourced_and_kept_in_swedish(deck):
    slide = next(s for s in deck.slides if any("”Påhittad insikt”" in text for text in texts(s)))
    assert any("Påhittad uppföljning 2022" in text for text in texts(slide))
    runs = [run for shape in slide.placeholders for p in shape.text_frame.paragraphs for run in p.runs]
    quoted = next(run for run in runs if "Påhittad insikt" in run.text)
    assert quoted._r.rPr.get("lang") == "sv-SE"


def test_every_run_says_its_language(content, language):
    tag = {Language.SV: "sv-SE", Language.EN: "en-GB"}[language]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if re.match(r"ppt/(slides|notesSlides|charts)/[^/]+\.xml$", name):
                text = package.read(name).decode()
                for properties in re.findall(r"<a:r>(<a:rPr[^>]*>|<a:t>)", text):
                    assert 'lang="sv-SE"' in properties or f'lang="{tag}"' in properties, (name, properties)


def test_text_read_aloud_is_28_points_or_more(deck):
    for slide in deck.slides:
        sizes = [run.font.size.pt for p in slide.shapes.title.text_frame.paragraphs for run in p.runs]
        assert max(sizes) >= 28
        for shape in slide.placeholders:
            if shape.placeholder_format.type is not None and "OBJECT" in str(shape.placeholder_format.type):
                runs = [run for p in shape.text_frame.paragraphs for run in p.runs if run.text.startswith("”")]
                assert all(run.font.size.pt >= 28 for run in runs)


def test_nothing_leaves_the_slide_and_no_boxes_overlap(deck):
    for number, slide in enumerate(deck.slides, start=1):
        boxes = []
        for shape in slide.shapes:
            box = (shape.left, shape.top, shape.left + shape.width, shape.top + shape.height)
            assert box[0] >= 0, number
            assert box[1] >= 0, number
            assert box[2] <= deck.slide_width, (number, shape.name)
            assert box[3] <= deck.slide_height, (number, shape.name)
            boxes.append((shape.name, box))
        for index, (name, a) in enumerate(boxes):
            for other, b in boxes[index + 1 :]:
                apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
                assert apart, (number, name, other)


def test_no_two_shapes_on_a_slide_share_an_id(deck):
    for slide in deck.slides:
        ids = [shape.shape_id for shape in slide.shapes]
        assert len(set(ids)) == len(ids)


def test_every_slide_but_the_first_has_its_number(deck):
    for slide in list(deck.slides)[1:]:
        assert 'type="slidenum"' in slide._element.xml


def test_axis_parts_stand_in_the_order_the_format_asks_for(deck):
    order = ["crosses", "auto", "lblAlgn", "lblOffset", "baseTimeUnit", "majorUnit", "majorTimeUnit", "tickLblSkip"]
    order += ["tickMarkSkip", "noMultiLvlLbl"]
    for shape in charts(deck):
        for axis in shape.chart._chartSpace.iter("{*}dateAx", "{*}catAx"):
            names = [child.tag.rpartition("}")[2] for child in axis]
            known = [name for name in names if name in order]
            assert known == sorted(known, key=order.index)
            assert len(set(names)) == len(names)


def test_the_document_says_what_it_is(deck, language):
    about = deck.core_properties
    assert about.title == {Language.SV: "En påhittad strategi", Language.EN: "An invented strategy"}[language]
    assert about.author
    assert about.language == {Language.SV: "sv-SE", Language.EN: "en-GB"}[language]
    assert about.created == about.modified == datetime(2026, 11, 21)  # noqa: DTZ001  office files have no zone


def test_the_same_material_gives_the_same_bytes(content, language):
    assert pptx.deck(made(), language=language) == content


def test_no_clock_is_left_in_any_archive(content):
    def walk(archive):
        with zipfile.ZipFile(io.BytesIO(archive)) as package:
            for entry in package.infolist():
                assert entry.date_time == (1980, 1, 1, 0, 0, 0), entry.filename
                inside = package.read(entry)
                if entry.filename.endswith(".xlsx"):
                    walk(inside)
                if entry.filename.endswith("core.xml"):
                    assert inside.count(b"2026-11-21T00:00:00Z") == 2

    walk(content)
    assert settle(content, made().outcome.as_of) == content


def test_without_a_follow_up_findings_come_goal_by_goal():
    deck = Presentation(io.BytesIO(pptx.deck(made(with_follow_up=False))))
    assert len([s for s in deck.slides if any(shape.has_chart for shape in s.shapes)]) == 4
    assert any("Påhittat övergripande mål" in text for text in texts(deck.slides[1]))


def test_a_county_without_findings_gets_a_deck_that_says_so():
    material = made(with_follow_up=False)
    bare = replace(material, outcome=replace(material.outcome, findings=(), panel={}, judgements={}))
    deck = Presentation(io.BytesIO(pptx.deck(bare)))
    assert any("Inga siffror visades" in text for text in texts(deck.slides[1]))


def test_a_very_long_sentence_is_wrapped_and_leaves_room_for_the_chart():
    material = made()
    first = material.outcome.findings[0]
    endless = replace(first, sentence=Text("Påhittad mening. " * 18, "Invented sentence. " * 18))
    longer = replace(material, outcome=replace(material.outcome, findings=(endless,)))
    deck = Presentation(io.BytesIO(pptx.deck(longer)))
    shape = charts(deck)[0]
    assert shape.height > Emu(914400)
    assert shape.top + shape.height <= deck.slide_height


def test_no_picture_or_thumbnail_of_somebody_else_is_left(deck, content):
    assert not any(shape.shape_type == MSO_SHAPE_TYPE.PICTURE for slide in deck.slides for shape in slide.shapes)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert not [name for name in package.namelist() if "thumbnail" in name]


def test_write_deck_writes_the_same_bytes_and_counts_the_slides(tmp_path):
    path = tmp_path / "a" / "deck.pptx"
    count = pptx.write_deck(made(), path)
    assert path.read_bytes() == pptx.deck(made())
    assert count == len(Presentation(str(path)).slides)
    assert [p.name for p in path.parent.iterdir()] == ["deck.pptx"]


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="Bildspelet kunde inte skrivas"):
        pptx.write_deck(made(), tmp_path / "file" / "deck.pptx")
