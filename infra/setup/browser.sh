#!/bin/sh
# Sees to a Chromium, a font with Chinese characters and a reader of QR codes for the browser tests:
# infra/setup/browser.sh VENV.
set -u
venv=$1
log=.local/setup.log
mkdir -p .local

say() { printf '%s\n' "$*" >&2; }

has_browser() { command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; }
has_chinese() { command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh-cn 2>/dev/null)" ]; }
has_reader() { command -v zbarimg >/dev/null 2>&1; }

if has_browser && has_chinese && has_reader; then exit 0; fi

if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    say "Installing Chromium, Chinese fonts and a reader of QR codes from the system's packages …"
    export DEBIAN_FRONTEND=noninteractive
    if apt-get update >"$log" 2>&1 && apt-get install -y --no-install-recommends chromium fontconfig fonts-noto-cjk zbar-tools >>"$log" 2>&1; then exit 0; fi
    say "Chromium and zbar-tools could not be installed: check the network and run the same command again. Details: $log"
    exit 1
fi

if ! has_reader; then
    say "No zbarimg found: install it (on Debian: apt-get install zbar-tools; elsewhere: zbar), or the tests that read QR codes fail."
fi
if has_browser && has_chinese; then exit 0; fi
if has_browser; then
    say "No font with Chinese characters found: install one (on Debian: apt-get install fonts-noto-cjk), or screenshots show boxes."
    exit 0
fi
say "Installing Playwright's Chromium …"
if ! "$venv/bin/python" -m playwright install chromium >"$log" 2>&1; then
    say "Chromium could not be fetched: check the network and run the same command again, or install Chromium (on Debian: apt-get install chromium fonts-noto-cjk). Details: $log"
    exit 1
fi
