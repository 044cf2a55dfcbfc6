# What python-docx reads of a DOCX: paragraphs and tables in their order, notes and comments it has no names for left out.
import sys

from docx import Document
from docx.table import Table

seen = set()


def tell(block):
    if isinstance(block, Table):
        for row in block.rows:
            for cell in row.cells:
                # A merged cell is told for each of the places that it takes.
                if cell._tc in seen:
                    continue
                seen.add(cell._tc)
                for inner in cell.iter_inner_content():
                    tell(inner)
    else:
        print(block.text)


for block in Document(sys.argv[1]).iter_inner_content():
    tell(block)
