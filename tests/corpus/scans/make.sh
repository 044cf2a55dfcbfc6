#!/bin/sh
# Makes the scanned pages beside this file: LibreOffice sets the texts, poppler draws them at 200 dots an inch.
set -e
cd "$(dirname "$0")"
work=$(mktemp -d)
for language in en zh; do
  soffice --headless --infilter='Text (encoded):UTF8,LF,Noto Serif CJK SC' --convert-to pdf --outdir "$work" "page-$language.txt" > /dev/null
  pdftoppm -jpeg -jpegopt quality=55 -gray -r 200 -f 1 -l 1 -singlefile "$work/page-$language.pdf" "page-$language"
done
cp "$work/page-en.pdf" text-en.pdf
rm -r "$work"
