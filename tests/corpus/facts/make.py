"""
Makes the files of this folder and expected.json, which says where each fact stands. Run once, with Python 3.11, python-docx,
openpyxl, XlsxWriter, xlwt, python-pptx, odfpy, EbookLib, reportlab, LibreOffice 7.4 (for `soffice` in `made_by`) and, in the folder that OXMSG names, @tutao/oxmsg 0.2.3:

    python3 make.py
"""

import json
import os
import shutil
import subprocess
import tempfile
from email.message import EmailMessage
from pathlib import Path

from worlds import CLINIC, DIG, HARBOUR, METRO, ORBIT, TEA, section

HERE = Path(__file__).parent
expected = []


def parts(world):
    return [section(world, index) for index in range(20)]


def note(name, made_by, world, places):
    assert len(places) == 20
    facts = [
        {"fact": fact, "answer": answer, "question": question, "place": place}
        for (_, fact, answer, question), place in zip(world[2], places)
    ]
    expected.append({"file": name, "madeBy": made_by, "language": world[0], "facts": facts})


def headed(world):
    return [{"unit": "heading", "path": [world[1], heading]} for heading, _ in parts(world)]


def docx(world, name):
    import docx

    document = docx.Document()
    document.add_heading(world[1], 1)
    for index, (heading, paragraphs) in enumerate(parts(world)):
        document.add_heading(heading, 2)
        for at, text in enumerate(paragraphs):
            # Every fourth fact stands in a table.
            if at == 1 and index % 4 == 3:
                document.add_table(1, 2).rows[0].cells[1].text = text
            else:
                document.add_paragraph(text)
    document.save(HERE / name)
    note(name, "python-docx", world, headed(world))


def odt(world, name):
    from odf.opendocument import OpenDocumentText
    from odf.text import H, P

    document = OpenDocumentText()
    document.text.addElement(H(outlinelevel=1, text=world[1]))
    for heading, paragraphs in parts(world):
        document.text.addElement(H(outlinelevel=2, text=heading))
        for text in paragraphs:
            document.text.addElement(P(text=text))
    document.save(str(HERE / name))
    note(name, "odfpy", world, headed(world))


def paged(world, name):
    """Two sections a page."""
    import docx

    document = docx.Document()
    for index, (heading, paragraphs) in enumerate(parts(world)):
        if index % 2 == 0 and index > 0:
            document.add_page_break()
        document.add_heading(heading, 2)
        for text in paragraphs:
            document.add_paragraph(text)
    document.save(name)


def on_pages():
    return [{"unit": "page", "first": index // 2 + 1, "last": index // 2 + 1} for index in range(20)]


def drawn_pdf(world, name):
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

    font = "Helvetica"
    if world[0] == "zh":
        font = "STSong-Light"
        registerFont(UnicodeCIDFont(font))
    style = ParagraphStyle("p", fontName=font, fontSize=11, leading=16, wordWrap="CJK" if world[0] == "zh" else None)
    flow = []
    for index, (heading, paragraphs) in enumerate(parts(world)):
        if index % 2 == 0 and index > 0:
            flow.append(PageBreak())
        flow += [Paragraph(text, style) for text in [heading, *paragraphs]]
    SimpleDocTemplate(str(HERE / name), invariant=1).build(flow)
    note(name, "reportlab", world, on_pages())


def rows(world):
    head = ["编号", "项目", "内容", "备注"] if world[0] == "zh" else ["No.", "Subject", "Statement", "Remark"]
    body = [[index + 1, heading, texts[1], texts[0]] for index, (heading, texts) in enumerate(parts(world))]
    return head, body


SHEETS = {"en": ["First half", "Second half"], "zh": ["上半部", "下半部"]}


def in_cells(world):
    names = SHEETS[world[0]]
    return [
        {"unit": "cells", "sheet": names[index // 10], "row": index % 10 + 2, "column": 3} for index in range(20)
    ]


def xlsx_openpyxl(world, name):
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    head, body = rows(world)
    for half, sheet_name in enumerate(SHEETS[world[0]]):
        sheet = book.create_sheet(sheet_name)
        for row in [head, *body[half * 10 : half * 10 + 10]]:
            sheet.append(row)
    book.save(HERE / name)
    note(name, "openpyxl", world, in_cells(world))


def xlsx_writer(world, name):
    import xlsxwriter

    book = xlsxwriter.Workbook(str(HERE / name))
    head, body = rows(world)
    for half, sheet_name in enumerate(SHEETS[world[0]]):
        sheet = book.add_worksheet(sheet_name)
        for at, row in enumerate([head, *body[half * 10 : half * 10 + 10]]):
            sheet.write_row(at, 0, row)
    book.close()
    note(name, "XlsxWriter", world, in_cells(world))


def xls(world, name):
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    head, body = rows(world)
    for half, sheet_name in enumerate(SHEETS[world[0]]):
        sheet = book.add_sheet(sheet_name)
        for at, row in enumerate([head, *body[half * 10 : half * 10 + 10]]):
            for column, value in enumerate(row):
                sheet.write(at, column, value)
    book.save(str(HERE / name))
    note(name, "xlwt", world, in_cells(world))


def on_slides():
    return [{"unit": "slide", "first": index + 1, "last": index + 1} for index in range(20)]


def pptx(world, name):
    from pptx import Presentation

    show = Presentation()
    for index, (heading, paragraphs) in enumerate(parts(world)):
        slide = show.slides.add_slide(show.slide_layouts[1])
        slide.shapes.title.text = heading
        # Every fifth fact is said and not shown.
        said = index % 5 == 4
        slide.placeholders[1].text = paragraphs[0] if said else paragraphs[1]
        slide.notes_slide.notes_text_frame.text = paragraphs[1] if said else paragraphs[0]
    show.save(HERE / name)
    note(name, "python-pptx", world, on_slides())


def epub(world, name):
    from ebooklib import epub as book_maker

    book = book_maker.EpubBook()
    book.set_identifier("beckon-facts-" + world[0])
    book.set_title(world[1])
    book.set_language(world[0])
    chapters = []
    for index, (heading, paragraphs) in enumerate(parts(world)):
        chapter = book_maker.EpubHtml(title=heading, file_name=f"c{index}.xhtml", lang=world[0])
        chapter.content = f"<h1>{world[1]}</h1><h2>{heading}</h2>" + "".join(f"<p>{text}</p>" for text in paragraphs)
        chapters.append(chapter)
        book.add_item(chapter)
    book.toc = chapters
    book.spine = chapters
    book.add_item(book_maker.EpubNcx())
    book_maker.write_epub(str(HERE / name), book)
    note(name, "EbookLib", world, headed(world))


def html(world, name):
    body = "".join(f"<h2>{heading}</h2>\n" + "\n".join(f"<p>{text}</p>" for text in texts) for heading, texts in parts(world))
    page = (
        f'<!doctype html><html lang="{world[0]}"><head><meta charset="utf-8"><title>{world[1]}</title></head><body>'
        f"<nav><a href='/'>Home</a> <a href='/all'>All</a></nav><main><h1>{world[1]}</h1>\n{body}</main>"
        "<footer>Imprint</footer></body></html>\n"
    )
    (HERE / name).write_text(page, encoding="utf-8")
    note(name, "by hand", world, headed(world))


def markdown(world, name):
    lines = [f"# {world[1]}", ""]
    for heading, paragraphs in parts(world):
        lines += [f"## {heading}", ""]
        for text in paragraphs:
            lines += [text, ""]
    (HERE / name).write_text("\n".join(lines), encoding="utf-8")
    note(name, "by hand", world, headed(world))


def text(world, name):
    lines, places = [], []
    for heading, paragraphs in parts(world):
        lines += [heading, *paragraphs, ""]
        places.append({"unit": "line", "first": len(lines) - 2, "last": len(lines) - 2})
    (HERE / name).write_text("\n".join(lines), encoding="gb18030" if world[0] == "zh" else "utf-8")
    note(name, "by hand, GB 18030" if world[0] == "zh" else "by hand", world, places)


def json_file(world, name):
    items = [{"subject": heading, "statement": texts[1], "remark": texts[0]} for heading, texts in parts(world)]
    written = json.dumps({"title": world[1], "items": items}, ensure_ascii=False, indent=1)
    (HERE / name).write_text(written, encoding="utf-8")
    lines = written.split("\n")
    places = []
    for _, fact, _, _ in world[2]:
        at = next(number for number, line in enumerate(lines, 1) if fact in line)
        places.append({"unit": "line", "first": at, "last": at})
    note(name, "Python's json", world, places)


def table(world, name, delimiter):
    import csv

    head, body = rows(world)
    with open(HERE / name, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([head, *body])
    places = [{"unit": "cells", "sheet": None, "row": index + 2, "column": 3} for index in range(20)]
    note(name, "Python's csv", world, places)


def subtitles(world, name, is_vtt):
    def clock(ms):
        return f"{ms // 3600000:02}:{ms // 60000 % 60:02}:{ms // 1000 % 60:02}{'.' if is_vtt else ','}{ms % 1000:03}"

    out, places, number = ["WEBVTT", ""] if is_vtt else [], [], 0
    for index, (_, paragraphs) in enumerate(parts(world)):
        for at, said in enumerate(paragraphs):
            start = index * 60000 + at * 20000
            number += 1
            out += [] if is_vtt else [str(number)]
            out += [f"{clock(start)} --> {clock(start + 15000)}", said, ""]
        places.append({"unit": "time", "startMs": index * 60000 + 20000})
    (HERE / name).write_text("\n".join(out), encoding="utf-8")
    note(name, "by hand", world, places)


def mail(world, name):
    message = EmailMessage()
    message["From"], message["To"] = "Ada <ada@example.org>", "bo@example.org"
    message["Subject"], message["Date"] = world[1], "Mon, 02 Nov 2026 10:00:00 +0000"
    said = ["\n".join([heading, *texts]) for heading, texts in parts(world)]
    message.set_content("\n\n".join(said[:10]), cte="base64" if world[0] == "zh" else "quoted-printable")
    attached = "附件.txt" if world[0] == "zh" else "annex.txt"
    message.add_attachment("\n\n".join(said[10:]).encode(), maintype="text", subtype="plain", filename=attached)
    message.set_boundary("=-beckon-facts")
    (HERE / name).write_bytes(message.as_bytes())
    note(name, "Python's email", world, [{"unit": "message", "part": None if index < 10 else attached} for index in range(20)])


def outlook(world, name):
    said = ["\n".join([heading, *texts]) for heading, texts in parts(world)]
    attached = "附件.txt" if world[0] == "zh" else "annex.txt"
    told = {"subject": world[1], "body": "\n\n".join(said[:10]), "attached": attached, "annex": "\n\n".join(said[10:])}
    command = ["node", str(HERE / "make-msg.mjs"), os.environ["OXMSG"], str(HERE / name)]
    subprocess.run(command, input=json.dumps(told), text=True, check=True)
    note(name, "oxmsg", world, [{"unit": "message", "part": None if index < 10 else attached} for index in range(20)])


def soffice(kind, sources):
    """Has LibreOffice write each source as another kind: {source: name of the new file}."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        command = ["soffice", f"-env:UserInstallation=file://{home}", "--headless", "--convert-to", kind, "--outdir", folder]
        subprocess.run([*command, *sources], check=True, stdout=subprocess.DEVNULL)
        for source, name in sources.items():
            shutil.move(Path(folder) / f"{Path(source).stem}.{kind.split(':')[0]}", HERE / name)


def counted():
    """Paragraphs of a kind that tells no headings: the title, then four a section."""
    return [{"unit": "paragraph", "first": index * 4 + 4} for index in range(20)]


def converted():
    for kind, en, zh in [("rtf", CLINIC, DIG), ("doc", ORBIT, TEA), ("odt", HARBOUR, METRO), ("docx", CLINIC, TEA)]:
        made = {}
        with tempfile.TemporaryDirectory() as folder:
            for world in (en, zh):
                from odf.opendocument import OpenDocumentText

                name = f"{kind}-libreoffice-{world[0]}.{kind}"
                source = HERE / f"source-{world[0]}-{kind}.fodt"
                source.write_text(flat(world), encoding="utf-8")
                made[str(source)] = name
                note(name, "LibreOffice", world, counted() if kind == "doc" else headed(world))
            soffice(kind, made)
            for source in made:
                os.remove(source)
    for kind, source_kind, en, zh in [
        ("ods", "xlsx", ORBIT, DIG),
        ("xls", "xlsx", HARBOUR, TEA),
        ("odp", "pptx", CLINIC, METRO),
        ("ppt", "pptx", ORBIT, DIG),
    ]:
        made = {}
        before = len(expected)
        for world in (en, zh):
            source = f"source-{world[0]}-{kind}.{source_kind}"
            (xlsx_openpyxl if source_kind == "xlsx" else pptx)(world, source)
            made[str(HERE / source)] = f"{kind}-libreoffice-{world[0]}.{kind}"
        soffice(kind, made)
        for (source, name), entry in zip(made.items(), expected[before:]):
            entry["file"], entry["madeBy"] = name, "LibreOffice"
            os.remove(source)
    made = {}
    for world in (HARBOUR, TEA):
        source = HERE / f"source-{world[0]}-pdf.docx"
        paged(world, source)
        made[str(source)] = f"pdf-libreoffice-{world[0]}.pdf"
        note(made[str(source)], "LibreOffice", world, on_pages())
    soffice("pdf", made)
    for source in made:
        os.remove(source)


def flat(world):
    body = f'<text:h text:style-name="Heading_20_1" text:outline-level="1">{world[1]}</text:h>'
    for heading, paragraphs in parts(world):
        body += f'<text:h text:style-name="Heading_20_2" text:outline-level="2">{heading}</text:h>'
        body += "".join(f"<text:p>{said}</text:p>" for said in paragraphs)
    styles = "".join(
        f'<style:style style:name="Heading_20_{depth}" style:display-name="Heading {depth}" style:family="paragraph" '
        f'style:default-outline-level="{depth}"/>'
        for depth in (1, 2)
    )
    names = " ".join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"' for short, long in [("office", "office"), ("text", "text"), ("style", "style")])
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {names} office:version="1.3" '
        f'office:mimetype="application/vnd.oasis.opendocument.text"><office:styles>{styles}</office:styles><office:body><office:text>{body}</office:text></office:body></office:document>'
    )


def main():
    docx(HARBOUR, "docx-python-en.docx")
    docx(DIG, "docx-python-zh.docx")
    odt(ORBIT, "odt-odfpy-en.odt")
    odt(TEA, "odt-odfpy-zh.odt")
    drawn_pdf(CLINIC, "pdf-reportlab-en.pdf")
    drawn_pdf(METRO, "pdf-reportlab-zh.pdf")
    xlsx_openpyxl(HARBOUR, "xlsx-openpyxl-en.xlsx")
    xlsx_openpyxl(METRO, "xlsx-openpyxl-zh.xlsx")
    xlsx_writer(ORBIT, "xlsx-writer-en.xlsx")
    xlsx_writer(TEA, "xlsx-writer-zh.xlsx")
    xls(CLINIC, "xls-xlwt-en.xls")
    xls(METRO, "xls-xlwt-zh.xls")
    pptx(HARBOUR, "pptx-python-en.pptx")
    pptx(TEA, "pptx-python-zh.pptx")
    pptx(ORBIT, "pptx-python-en-2.pptx")
    pptx(DIG, "pptx-python-zh-2.pptx")
    epub(CLINIC, "epub-ebooklib-en.epub")
    epub(TEA, "epub-ebooklib-zh.epub")
    html(ORBIT, "html-hand-en.html")
    html(METRO, "html-hand-zh.html")
    markdown(CLINIC, "markdown-hand-en.md")
    markdown(DIG, "markdown-hand-zh.md")
    text(HARBOUR, "text-hand-en.txt")
    text(TEA, "text-hand-zh.txt")
    json_file(ORBIT, "json-python-en.json")
    json_file(METRO, "json-python-zh.json")
    table(CLINIC, "csv-python-en.csv", ",")
    table(DIG, "csv-python-zh.csv", ";")
    table(HARBOUR, "tsv-python-en.tsv", "\t")
    table(TEA, "tsv-python-zh.tsv", "\t")
    subtitles(ORBIT, "srt-hand-en.srt", False)
    subtitles(METRO, "srt-hand-zh.srt", False)
    subtitles(CLINIC, "vtt-hand-en.vtt", True)
    subtitles(DIG, "vtt-hand-zh.vtt", True)
    mail(HARBOUR, "eml-python-en.eml")
    mail(TEA, "eml-python-zh.eml")
    outlook(CLINIC, "msg-oxmsg-en.msg")
    outlook(METRO, "msg-oxmsg-zh.msg")
    converted()
    written = json.dumps(expected, ensure_ascii=False, indent=1)
    (HERE / "expected.json").write_text(written + "\n", encoding="utf-8")


main()
