#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes sqlite3.c, sqlite3.h and shell.c from SQLCipher's sources.
# Usage: amalgamate.sh SOURCE_DIR OUTPUT_DIR WORK_DIR
set -eu

source_dir=$(cd "$1" && pwd)
mkdir -p "$2" "$3"
output_dir=$(cd "$2" && pwd)
work_dir=$(cd "$3" && pwd)

cd "$work_dir"
if ! { "$source_dir/configure" --enable-tempstore=yes && make sqlite3.c shell.c; } > amalgamate.log 2>&1; then
  tail -n 20 amalgamate.log >&2
  echo "sqlcipher: cannot make sqlite3.c; all output is in $work_dir/amalgamate.log" >&2
  exit 1
fi
cp sqlite3.c sqlite3.h shell.c "$output_dir/"
