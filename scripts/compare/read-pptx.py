# What python-pptx reads of a PPTX: the text of each slide's shapes, tables and groups in their order, then its notes.
import sys

from pptx import Presentation


def tell(shapes):
    for shape in shapes:
        if shape.shape_type == 6:
            tell(shape.shapes)
        elif getattr(shape, "has_table", False) and shape.has_table:
            for cell in shape.table.iter_cells():
                if not cell.is_spanned:
                    print(cell.text)
        elif shape.has_text_frame:
            print(shape.text_frame.text)


for slide in Presentation(sys.argv[1]).slides:
    if slide._element.get("show") == "0":
        continue
    tell(slide.shapes)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        print(slide.notes_slide.notes_text_frame.text)
