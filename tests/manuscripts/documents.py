"""Documents made from the seed's own text, slide by slide and paragraph by paragraph, as a region would have them."""

import io
import re
import zlib

AREA = re.compile(r"5\.\d+ .*")


def lines_of(pieces):
    """Return (kind, depth, text) of what a presentation shows."""
    return [(piece.kind.value, piece.depth, piece.text) for piece in pieces]


def presentation(told, furniture="", pictures=0):
    """Make a presentation of (kind, depth, text): each heading begins a slide; ``furniture`` stands on every slide."""
    from pptx import Presentation
    from pptx.util import Inches

    made = Presentation()
    slide, frame = None, None
    for kind, depth, text in told:
        if kind == "heading" or slide is None:
            slide = made.slides.add_slide(made.slide_layouts[1])
            slide.shapes.title.text = text if kind == "heading" else ""
            frame = slide.placeholders[1].text_frame
            if furniture:
                box = slide.shapes.add_textbox(Inches(0), Inches(7), Inches(3), Inches(0.3))
                box.text_frame.text = furniture
            if kind == "heading":
                continue
        paragraph = frame.paragraphs[0] if not frame.text else frame.add_paragraph()
        paragraph.text, paragraph.level = text, max(0, depth - 1)
    for _ in range(pictures):
        slide = made.slides.add_slide(made.slide_layouts[6])
        slide.shapes.add_picture(io.BytesIO(png()), Inches(1), Inches(1))
    return made


def saved(made):
    """Return a document's bytes."""
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def png():
    """Return the smallest picture: one white point."""

    def chunk(name, data):
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    head = (1).to_bytes(4, "big") * 2 + bytes([8, 0, 0, 0, 0])
    body = zlib.compress(b"\x00\xff")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def word_document(told):
    """Make a Word document of (kind, depth, text)."""
    import docx

    made = docx.Document()
    for kind, depth, text in told:
        if kind == "heading":
            made.add_heading(text, min(depth, 6))
        else:
            made.add_paragraph(text, style="List Bullet" if kind == "bullet" else None)
    return made


def pdf(pages):
    """Make a PDF of pages, each a list of (size, text, left, top) with top counted from the upper edge."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"",
               b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]  # fmt: skip
    kids = []
    for page in pages:
        drawn = "\n".join(
            f"BT /F1 {size} Tf {left} {842 - top} Td ({_escaped(text)}) Tj ET" for size, text, left, top in page
        ).encode("cp1252")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(len(objects))
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (listed, len(kids))
    return _put_together(objects)


def _put_together(objects):
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table) + tail


def _escaped(text):
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def laid_out(told, header="", footer="", width=80):
    """Lay (kind, depth, text) out on pages: headings larger, points marked, long lines broken."""
    pages, page, top = [], [], 100
    for kind, depth, text in told:
        size = 20 - 2 * depth if kind == "heading" else 11
        first = "• " if kind == "bullet" else ""
        top += 22 if kind == "heading" else 10
        for number, line in enumerate(_broken(first + text, width)):
            if top > 760:
                pages.append(page)
                page, top = [], 100
            page.append((size, line, 60 if number == 0 else 70, top))
            top += round(size * 1.25)
    pages.append(page)
    for number, each in enumerate(pages, 1):
        if header:
            each.insert(0, (9, header, 60, 40))
        if footer:
            each.append((9, f"{footer} {number} ({len(pages)})", 60, 810))
    return pages


def _broken(text, width):
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def commented(told, remarks):
    """Make a Word document of (kind, depth, text) with comments: (number of the text, who, day, what) for each."""
    from datetime import UTC, datetime

    made = word_document(told)
    for at, by, day, text in remarks:
        comment = made.add_comment(made.paragraphs[at].runs[0], text=text, author=by)
        comment._comment_elm.date = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return made


def in_columns(lines, top=120, size=11, leading=14, places=(60, 310)):
    """Lay lines out in two columns, as many in the left as in the right or one more; returns the drawn lines."""
    half = -(-len(lines) // 2)
    columns = (lines[:half], lines[half:])
    return [
        (size, line, left, top + leading * number)
        for left, column in zip(places, columns, strict=True)
        for number, line in enumerate(column)
    ]
