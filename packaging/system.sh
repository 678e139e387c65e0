#!/bin/sh
# What the system must bring: OpenBLAS for mlx on the CPU, what Qt loads, and venv itself.
# Debian as root: install what is missing. Elsewhere on Linux: say what may be missing. macOS brings all of it.
set -eu
python=${1:-python3}

[ "$(uname -s)" = Linux ] || exit 0

packages="libopenblas0-pthread libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0"
# The window's screen: what Qt's xcb platform loads.
packages="$packages libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxcb-shape0"
packages="$packages libxcb-xkb1 libxkbcommon-x11-0"
if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "hint: StyleLab needs OpenBLAS, and Qt needs EGL, GL, xkbcommon, D-Bus, fontconfig, GLib and the xcb libraries (xcb-cursor, icccm, keysyms …); install them with your package manager if a command complains." >&2
    exit 0
fi

missing=""
for package in $packages; do
    # Newer Debian and Ubuntu rename some of these (libglib2.0-0t64) and say so in Provides.
    dpkg-query -W -f '${Status} ${Package} ${Provides}\n' 2>/dev/null |
        grep '^install ok installed' | grep -qE "(^|[ ,])$package([ ,]|\$)" || missing="$missing $package"
done
# Debian keeps ensurepip, which venv needs, in a package of its own.
"$python" -c 'import ensurepip' 2>/dev/null || missing="$missing python3-venv"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -q || echo "hint: apt-get update failed; trying with the lists at hand." >&2
    # shellcheck disable=SC2086 # a list of names, to be split
    apt-get install -q -y --no-install-recommends $missing
else
    echo "hint: some system libraries may be missing; as root:  apt-get install$missing" >&2
fi
