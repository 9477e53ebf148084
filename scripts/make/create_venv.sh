#!/bin/sh
# Creates the virtual environment named by the first argument with the first Python that is new enough.
# An environment whose interpreter is gone or too old is made anew.
set -eu

venv=$1
new_enough='import sys; sys.exit(sys.version_info < (3, 11))'

if [ -x "$venv/bin/python" ] && "$venv/bin/python" -c "$new_enough" 2>/dev/null; then
    exit 0
fi

# The name alone proves nothing: version managers put launchers on PATH for versions that are not there.
for candidate in ${JACKDAW_PYTHON:-} python3 python3.11 python3.12 python3.13 python3.14 python; do
    "$candidate" -c "$new_enough" >/dev/null 2>&1 || continue
    if ! "$candidate" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        lacks_venv=$candidate
        continue
    fi
    echo "Creating $venv with $("$candidate" --version)."
    rm -rf "$venv"
    exec "$candidate" -m venv "$venv"
done

if [ -n "${lacks_venv:-}" ]; then
    echo "$lacks_venv lacks its venv module; on Debian: apt-get install python3-venv." >&2
else
    echo "Python 3.11 or newer is needed and none was found on PATH." >&2
fi
exit 1
