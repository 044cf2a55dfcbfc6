# What openpyxl reads of an XLSX and xlrd of an XLS: the texts of the cells that are shown, row by row. Numbers and dates are left
# out, since both tell what is kept and not what is shown of them.
import sys

path = sys.argv[1]
if path.lower().endswith(".xls"):
    import xlrd

    for sheet in xlrd.open_workbook(path, formatting_info=True, logfile=sys.stderr).sheets():
        if sheet.visibility != 0:
            continue
        for y in range(sheet.nrows):
            if y in sheet.rowinfo_map and sheet.rowinfo_map[y].hidden:
                continue
            cells = [
                sheet.cell(y, x)
                for x in range(sheet.row_len(y))
                if not (x in sheet.colinfo_map and sheet.colinfo_map[x].hidden)
            ]
            print(" ".join(cell.value for cell in cells if cell.ctype == xlrd.XL_CELL_TEXT))
else:
    from openpyxl import load_workbook

    for sheet in load_workbook(path, data_only=True).worksheets:
        if sheet.sheet_state != "visible":
            continue
        hidden = set()
        for letter, column in sheet.column_dimensions.items():
            if column.hidden:
                hidden.update(range(column.min, column.max + 1))
        for row in sheet.iter_rows():
            if row and sheet.row_dimensions[row[0].row].hidden:
                continue
            print(" ".join(c.value for c in row if isinstance(c.value, str) and c.data_type == "s" and c.column not in hidden))
