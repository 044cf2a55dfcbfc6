#!/bin/sh
# Makes the pictures beside this file with ImageMagick 6 and Python: three lines in every form that a PNG or JPEG may have.
set -e
cd "$(dirname "$0")"
font=${FONT:-$(fc-match -f '%{file}' 'Noto Sans CJK SC')}
draw() { convert -size 420x150 "xc:$1" -font "$font" -pointsize 24 -fill "$2" -annotate +20+42 'Boat house key 4471' -annotate +20+86 '船屋钥匙在第三个抽屉' -annotate +20+130 'Ask for Ilse Brandt' "$3"; }
draw white black plain.png
draw '#1b1d21' '#d7dae0' dark.png
draw none white clear-light.png
draw none black clear-dark.png
convert plain.png -depth 16 -define png:bit-depth=16 PNG48:deep.png
convert plain.png -interlace PNG interlaced.png
convert plain.png -monochrome -define png:bit-depth=1 black-white.png
convert plain.png -colors 16 PNG8:palette.png
convert plain.png -quality 85 plain.jpg
convert plain.png -interlace JPEG -quality 85 progressive.jpg
convert plain.png -colorspace CMYK -quality 85 cmyk.jpg
convert plain.png -colorspace Gray -quality 85 grey.jpg
convert plain.png -rotate 270 -quality 85 turned.jpg
# A camera held on its side: EXIF's orientation 6.
python3 - <<'PYTHON'
picture = open('turned.jpg', 'rb').read()
exif = b'Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0'
segment = b'\xff\xe1' + (len(exif) + 2).to_bytes(2, 'big') + exif
open('turned.jpg', 'wb').write(picture[:2] + segment + picture[2:])
PYTHON
convert plain.png -background white -rotate 3 leaning.png
convert plain.png -rotate 180 upside-down.png
convert plain.png -rotate 270 on-its-side.png
for packing in Group4 LZW Zip JPEG; do
  case $packing in Group4) colours="-monochrome";; *) colours="";; esac
  convert plain.png $colours -compress $packing "packed-$(echo $packing | tr '[:upper:]' '[:lower:]').tiff"
done
convert plain.png -define webp:lossless=true lossless.webp
convert plain.png -quality 80 lossy.webp
convert clear-dark.png -define webp:lossless=true clear.webp
convert plain.png -interlace GIF interlaced.gif
convert clear-dark.png -channel A -threshold 50% +channel clear.gif
convert plain.png -delay 10 dark.png -loop 0 moving.gif
convert plain.png -colors 2 -type Palette BMP3:palette.bmp
convert plain.png -crop 40x20+20+20 +repage small.png
for kind in webp gif tiff avif heic; do convert small.png "other.$kind"; done
convert small.png -type TrueColor BMP3:other.bmp
rm small.png
