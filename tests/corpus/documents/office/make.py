"""Makes the office documents beside this file, and facts.json: what stands where in each.

    pip install python-docx openpyxl python-pptx
    python make.py

Needs soffice (LibreOffice 7.4) for the kinds that it writes. Everything in the documents was made up for this project.
"""

import datetime
import json
import pathlib
import subprocess

import docx
import openpyxl
import pptx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.comments import Comment
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

here = pathlib.Path(__file__).parent
facts = {}

WORDS = {
    'en': {
        'title': 'Harbour handbook', 'supply': 'Supplies', 'watch': 'The watch', 'night': 'At night', 'duty': 'Duties',
        'oil': 'The lamp burns 14 litres of oil a night.', 'rope': 'The rope on the north pier is 62 metres long.',
        'bold': 'Marta Lindqvist', 'keeper': 'The keeper is ', 'since': ' since 2019.',
        'items': ['Wind the clock at 06:15', 'Count the gulls on the east wall', 'Ring the bell eleven times'],
        'sub': ['Use the brass key', 'Never use the iron key'],
        'table': [['Region', 'Quarter', 'Boats'], ['North', 'Q1', '318'], ['', 'Q2', '427'], ['South', 'Q1', '95']],
        'wide': 'All figures were checked by Otto Brandt',
        'price': 'The fee for a berth is ', 'gone': '870', 'kept': '940', 'unit': ' crowns.',
        'foot': 'Measured at low tide in 1987.', 'noted': 'The pier stands in 7 metres of water.',
        'comment': 'Ask the council about the fee', 'hidden': 'SECRETWORD', 'night1': 'At night nobody may pass the red buoy.',
        'night2': 'The spare lens lies in box K-17.', 'header': 'Copy for the lighthouse only', 'link': 'chart of the bay',
        'break': 'first line', 'break2': 'second line',
    },
    'zh': {
        'title': '港口手册', 'supply': '物资', 'watch': '值守', 'night': '夜间', 'duty': '职责',
        'oil': '灯每晚要烧十四升油。', 'rope': '北码头的缆绳长六十二米。',
        'bold': '林梅', 'keeper': '看守人是', 'since': '，从2019年起。',
        'items': ['早上六点一刻给钟上弦', '数一数东墙上的海鸥', '敲钟十一下'],
        'sub': ['用铜钥匙', '不要用铁钥匙'],
        'table': [['地区', '季度', '船只'], ['北方', '一季度', '318'], ['', '二季度', '427'], ['南方', '一季度', '95']],
        'wide': '所有数字由白鹭核对',
        'price': '泊位的费用是', 'gone': '870', 'kept': '940', 'unit': '元。',
        'foot': '1987年退潮时测得。', 'noted': '码头立在七米深的水里。',
        'comment': '费用要问镇政府', 'hidden': '秘密词语', 'night1': '夜里谁都不许越过红色浮标。',
        'night2': '备用透镜放在K-17号箱子里。', 'header': '仅供灯塔使用', 'link': '海湾的海图',
        'break': '第一行', 'break2': '第二行',
    },
}

W = nsdecls('w')


def handbook(language):
    w = WORDS[language]
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = w['header']
    document.add_heading(w['title'], 0)
    document.add_heading(w['supply'], 1)
    document.add_paragraph(w['oil'])
    document.add_paragraph(w['rope'])
    keeper = document.add_paragraph(w['keeper'])
    keeper.add_run(w['bold']).bold = True
    keeper.add_run(w['since'])
    lines = document.add_paragraph(w['break'])
    lines.add_run().add_break()
    lines.add_run(w['break2'])
    document.add_heading(w['watch'], 1)
    document.add_heading(w['duty'], 2)
    for item in w['items']:
        document.add_paragraph(item, style='List Number')
    for item in w['sub']:
        document.add_paragraph(item, style='List Bullet')
    table = document.add_table(rows=5, cols=3)
    table.style = 'Table Grid'
    for row, cells in enumerate(w['table']):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0)).text = w['table'][1][0]
    table.cell(4, 0).merge(table.cell(4, 2)).text = w['wide']
    price = document.add_paragraph(w['price'])
    price._p.append(parse_xml(f'<w:del {W} w:id="101" w:author="A" w:date="2026-01-02T03:04:05Z"><w:r><w:delText>{w["gone"]}</w:delText></w:r></w:del>'))
    price._p.append(parse_xml(f'<w:ins {W} w:id="102" w:author="A" w:date="2026-01-02T03:04:05Z"><w:r><w:t>{w["kept"]}</w:t></w:r></w:ins>'))
    price.add_run(w['unit'])
    document.add_comment(runs=price.runs, text=w['comment'], author='Ana', initials='A')
    hidden = document.add_paragraph(w['noted'])
    hidden.add_run(w['hidden']).font.hidden = True
    document.add_heading(w['night'], 2)
    document.add_paragraph(w['night1'])
    document.add_page_break()
    document.add_paragraph(w['night2'])
    name = f'handbook-{language}'
    document.save(here / f'{name}.docx')
    supply, duty = [w['title'], w['supply']], [w['title'], w['watch'], w['duty']]
    night = [w['title'], w['watch'], w['night']]
    # A title and a first heading are of one depth.
    supply, duty, night = supply[1:], duty[1:], night[1:]
    t = w['table']
    places = [
        (w['title'], [w['title']]), (w['oil'], supply), (w['rope'], supply),
        (w['keeper'] + w['bold'] + w['since'], supply), (w['break'], supply), (w['break2'], supply),
        (f"1. {w['items'][0]}", duty), (f"2. {w['items'][1]}", duty), (f"3. {w['items'][2]}", duty),
        (f"- {w['sub'][0]}", duty), (w['sub'][1], duty),
        (' | '.join(t[0]), duty), (' | '.join(t[1]), duty), (f' | {t[2][1]} | {t[2][2]}', duty), (' | '.join(t[3]), duty),
        (w['wide'], duty), (w['price'] + w['kept'] + w['unit'], duty), (f"Ana: {w['comment']}", duty),
        (w['noted'], duty), (w['night1'], night), (w['night2'], night),
    ]
    facts[name] = {
        'facts': [{'text': text, 'place': ' > '.join(path)} for text, path in places],
        'absent': [w['hidden'], w['gone']],
    }


BOOK = {
    'en': ('Stock', 'Prices', 'Archive', ['Item', 'Count', 'Price', 'Share', 'Bought', 'Paid', 'Time'],
           [['Lamp oil', 120, 4.5, 0.125, datetime.date(2026, 1, 5), True, datetime.time(8, 30)],
            ['Brass key', 7, 19.9, 0.5, datetime.date(2025, 11, 23), False, datetime.time(17, 5)],
            ['Rope, 62 m', 3, 88, 0.07, datetime.date(2024, 2, 29), True, datetime.time(0, 45)]],
           'Counted twice', 'Winter prices of the harbour', 'Old stock nobody sees', 'Hidden row here', 'North wall'),
    'zh': ('库存', '价格', '存档', ['物品', '数量', '单价', '比例', '购买日期', '已付', '时间'],
           [['灯油', 120, 4.5, 0.125, datetime.date(2026, 1, 5), True, datetime.time(8, 30)],
            ['铜钥匙', 7, 19.9, 0.5, datetime.date(2025, 11, 23), False, datetime.time(17, 5)],
            ['缆绳', 3, 88, 0.07, datetime.date(2024, 2, 29), True, datetime.time(0, 45)]],
           '数过两遍', '港口冬季价格', '没人看的旧库存', '隐藏的一行', '北墙'),
}


def stock(language):
    first, second, hidden, head, rows, said, title, old, secret, far = BOOK[language]
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = first
    sheet.append(head)
    for row in rows:
        sheet.append(row)
    for row in range(2, 5):
        sheet.cell(row, 3).number_format = '#,##0.00 "€"'
        sheet.cell(row, 4).number_format = '0.0%'
        sheet.cell(row, 5).number_format = 'yyyy"年"m"月"d"日"' if language == 'zh' else 'd mmm yyyy'
        sheet.cell(row, 7).number_format = 'h:mm'
    sheet['A6'] = secret
    sheet.row_dimensions[6].hidden = True
    sheet['A7'] = 1234567.891
    sheet['A7'].number_format = '#,##0.0'
    sheet['B7'] = '=B2+B3+B4'
    sheet['C7'] = 42
    sheet['C7'].number_format = '00000'
    sheet['B3'].comment = Comment(said, 'Ana')
    sheet['D40'] = far
    prices = book.create_sheet(second)
    prices.merge_cells('B2:D2')
    prices['B2'] = title
    for index in range(5):
        prices.cell(3 + index, 2, f'{head[0]} {index + 1}')
        prices.cell(3 + index, 3, 10.25 * (index + 1))
    archive = book.create_sheet(hidden)
    archive.sheet_state = 'hidden'
    archive['A1'] = old
    name = f'stock-{language}'
    book.save(here / f'{name}.xlsx')
    # LibreOffice works the formulas out.
    subprocess.run(['soffice', '--headless', '--convert-to', 'xlsx:Calc MS Excel 2007 XML', '--outdir', str(here / 'worked'), str(here / f'{name}.xlsx')], check=True, capture_output=True)
    dates = {'en': ['5 Jan 2026', '23 Nov 2025', '29 Feb 2024'], 'zh': ['2026年1月5日', '2025年11月23日', '2024年2月29日']}[language]
    a, b = f'{first}!', f'{second}!'
    places = [(' | '.join(head), a + '1'), (rows[0][0], a + '2'), ('4.50 €', a + '2'), ('12.5%', a + '2'), (dates[0], a + '2'),
              ('8:30', a + '2'), (rows[1][0], a + '3'), ('19.90 €', a + '3'), (dates[1], a + '3'), (said, a + '3'), ('17:05', a + '3'),
              (rows[2][0], a + '4'), ('88.00 €', a + '4'), ('7.0%', a + '4'), (dates[2], a + '4'), ('1,234,567.9', a + '7'),
              ('00042', a + '7'), (far, a + '40'), (title, b + '2'), ('10.25', b + '3'), ('41', b + '6'), ('51.25', b + '7')]
    facts[name] = {
        'facts': [{'text': text, 'place': place} for text, place in places],
        'worked': [{'text': '130', 'place': a + '7'}],
        'absent': [old, secret],
    }


TALK = {
    'en': ('Harbour review', 'Spring 2026', 'Plan', ['Paint the tower white', 'Buy 4 new lamps'], ['Ask Ilse for the ladder', 'Done by 12 May'],
           'Figures', [['Month', 'Boats'], ['March', '318'], ['April', '427']], 'Do not mention the broken bell', 'Visitors', ['March', 'April'], (88, 131),
           'Never shown to the council', 'Thanks', 'Next meeting on 3 June', 'A box with the word heron'),
    'zh': ('港口回顾', '2026年春', '计划', ['把塔刷成白色', '买四盏新灯'], ['向伊尔莎借梯子', '五月十二日前完成'],
           '数字', [['月份', '船只'], ['三月', '318'], ['四月', '427']], '不要提坏掉的钟', '访客', ['三月', '四月'], (88, 131),
           '从不给镇政府看', '谢谢', '下次会议六月三日', '写着苍鹭的方框'),
}


def review(language):
    title, sub, plan, points, deeper, figures, table, note, chart, months, values, secret, thanks, meeting, box = TALK[language]
    show = pptx.Presentation()
    one = show.slides.add_slide(show.slide_layouts[0])
    one.shapes.title.text = title
    one.placeholders[1].text = sub
    one.notes_slide.notes_text_frame.text = note
    two = show.slides.add_slide(show.slide_layouts[1])
    two.shapes.title.text = plan
    frame = two.placeholders[1].text_frame
    frame.text = points[0]
    for level, text in ((1, deeper[0]), (1, deeper[1]), (0, points[1])):
        paragraph = frame.add_paragraph()
        paragraph.text = text
        paragraph.level = level
    two.shapes.add_textbox(Inches(6), Inches(6), Inches(2), Inches(1)).text_frame.text = box
    three = show.slides.add_slide(show.slide_layouts[5])
    three.shapes.title.text = figures
    grid = three.shapes.add_table(3, 2, Inches(1), Inches(2), Inches(5), Inches(2)).table
    for row, cells in enumerate(table):
        for column, text in enumerate(cells):
            grid.cell(row, column).text = text
    data = CategoryChartData()
    data.categories = months
    data.add_series(chart, values)
    three.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(4), Inches(5), Inches(3), data)
    four = show.slides.add_slide(show.slide_layouts[1])
    four.shapes.title.text = secret
    four._element.set('show', '0')
    five = show.slides.add_slide(show.slide_layouts[1])
    five.shapes.title.text = thanks
    five.placeholders[1].text = meeting
    name = f'review-{language}'
    show.save(here / f'{name}.pptx')
    places = [(title, 1), (sub, 1), (note, 1), (plan, 2), (points[0], 2), (deeper[0], 2), (deeper[1], 2), (points[1], 2), (box, 2),
              (figures, 3), (' | '.join(table[0]), 3), (' | '.join(table[1]), 3), (' | '.join(table[2]), 3), (thanks, 5), (meeting, 5)]
    facts[name] = {
        'facts': [{'text': text, 'place': str(slide)} for text, slide in places],
        'chart': [{'text': chart, 'place': '3'}, {'text': str(values[0]), 'place': '3'}, {'text': str(values[1]), 'place': '3'}],
        'absent': [secret],
    }


def convert(name, kinds):
    for kind in kinds:
        subprocess.run(['soffice', '--headless', '--convert-to', kind, '--outdir', str(here), str(here / name)], check=True, capture_output=True)


for language in ('en', 'zh'):
    handbook(language)
    stock(language)
    review(language)
    convert(f'handbook-{language}.docx', ['odt', 'rtf', 'doc'])
    convert(f'stock-{language}.xlsx', ['ods', 'xls'])
    convert(f'review-{language}.pptx', ['odp', 'ppt'])
    (here / 'worked' / f'stock-{language}.xlsx').rename(here / f'stock-{language}-libreoffice.xlsx')
(here / 'worked').rmdir()
(here / 'facts.json').write_text(json.dumps(facts, ensure_ascii=False, indent=1) + '\n')
