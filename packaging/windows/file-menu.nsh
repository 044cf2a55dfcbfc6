; Has the Explorer offer “Ask Beckon” for files, for whom Beckon is installed. Never run.
!macro customInstall
  WriteRegStr SHCTX "Software\Classes\*\shell\AskBeckon" "" "Ask Beckon"
  WriteRegStr SHCTX "Software\Classes\*\shell\AskBeckon" "Icon" "$INSTDIR\Beckon.exe"
  WriteRegStr SHCTX "Software\Classes\*\shell\AskBeckon\command" "" '"$INSTDIR\Beckon.exe" --ask "%1"'
!macroend

!macro customUnInstall
  DeleteRegKey SHCTX "Software\Classes\*\shell\AskBeckon"
!macroend
