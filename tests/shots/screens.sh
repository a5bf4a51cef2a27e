#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every screen, dialog and wizard page of the demo office, below $SHOTS/screens: Japanese and English, light and dark,
# at 1024x600 and 1280x800, two sets at a time. KAN_SHOTS names one set only, e.g. "ja light 1024x600".
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
shots=${SHOTS:-$here/../../build/shots}/screens
sets=()
for language in ja en; do
  for scheme in light dark; do
    for size in 1024x600 1280x800; do
      sets+=("$language $scheme $size")
    done
  done
done
[ -z "${KAN_SHOTS:-}" ] || sets=("$KAN_SHOTS")

shoot ()
{
  local language=$1 scheme=$2 size=$3 folder
  folder=$shots/$language-$scheme-$size
  rm -rf "$folder"
  mkdir -p "$folder"
  /usr/bin/python3 "$here/screens.py" "$language" "$scheme" "$size" "$folder"
}

failed=0
running=0
for set in "${sets[@]}"; do
  read -r language scheme size <<< "$set"
  if [ "$running" -eq 2 ]; then
    wait -n || failed=1
    running=1
  fi
  shoot "$language" "$scheme" "$size" &
  running=$((running + 1))
done
while [ "$running" -gt 0 ]; do
  wait -n || failed=1
  running=$((running - 1))
done
exit "$failed"
