#!/bin/sh
# The command "beckon": its cli on the Node that came with it, found from wherever the command is linked to.
# Variables meant for other people's Node programs (an editor's debugger, for one) are not for this one.
unset NODE_OPTIONS NODE_PATH NODE_REPL_EXTERNAL_MODULE NODE_V8_COVERAGE
self=$(readlink -f -- "$0")
resources=${self%/*/*}/resources
exec "$resources/node" "$resources/out/node/cli.mjs" "$@"
