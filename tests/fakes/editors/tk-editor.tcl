# An editor of Tk with the text of a file. Run as `wish tk-editor.tcl note.txt`.
wm title . note.txt
text .text
pack .text
set file [open [lindex $argv 0]]
fconfigure $file -encoding utf-8
.text insert 1.0 [string trim [read $file]]
bind .text <Control-a> {.text tag add sel 1.0 end-1c; break}
focus .text
