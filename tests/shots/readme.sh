#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The four pictures of README.md, below $SHOTS/readme. Look at them; then they belong into resources/screenshots:
#   cp build/shots/readme/*.png resources/screenshots/
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
shots=${SHOTS:-$here/../../build/shots}/readme
rm -rf "$shots"
mkdir -p "$shots"
exec /usr/bin/python3 "$here/readme.py" "$shots"
