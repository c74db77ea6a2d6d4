#!/bin/sh
# Makes or refreshes the virtual environment: infra/setup/venv.sh DIRECTORY. PYTHON=… chooses the interpreter.
set -u
venv=$1
log=.local/setup.log
mkdir -p .local

say() { printf '%s\n' "$*" >&2; }

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

choose() {
    for candidate in ${PYTHON:-python3.13 python3.12 python3.11 python3}; do
        if new_enough "$candidate"; then echo "$candidate"; return; fi
    done
    return 1
}

if ! "$venv/bin/python" -c '' 2>/dev/null || ! new_enough "$venv/bin/python"; then
    if ! python=$(choose); then
        say "Waystation needs Python 3.11 or newer and found none: install it, or name one with PYTHON=/path/to/python3."
        exit 1
    fi
    rm -rf "$venv"
    if ! "$python" -m venv "$venv" >"$log" 2>&1; then
        rm -rf "$venv"
        say "Python could not make a virtual environment: install its venv module (on Debian: apt-get install python3-venv) and try again. Details: $log"
        exit 1
    fi
fi

say "Installing Python packages (a few minutes the first time) …"
if ! "$venv/bin/python" -m pip install --disable-pip-version-check --retries 2 -r requirements-dev.txt >"$log" 2>&1; then
    if grep -qiE 'connection|resolve|timed out|unreachable|no matching distribution' "$log"; then
        say "Python packages could not be fetched: check the network (or pip's index and proxy settings) and run the same command again. Details: $log"
    else
        say "Python packages could not be installed; the reason stands at the end of $log."
    fi
    exit 1
fi
