#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every form of the demo office on paper, empty and filled in, and each page as a picture below $SHOTS/forms.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
kanribo=${KANRIBO:-$here/../../build/ui/kanribo}
shots=${SHOTS:-$here/../../build/shots}/forms

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -rf "$shots"
mkdir -p "$shots"
file=$work/demo.kanribo
export XDG_STATE_HOME=$work/state
python=/usr/bin/python3

# paper NAME ARGUMENT...: prints, and turns each page into NAME-1.png, NAME-2.png, ...
paper ()
{
  local name=$1
  shift
  "$kanribo" print "$@" -o "$work/$name.pdf"
  pdftoppm -png -r 100 "$work/$name.pdf" "$shots/$name"
}

# as LOGIN COMMAND [ARGUMENT]...: upon the demo
as ()
{
  local login=$1 command=$2
  shift 2
  "$kanribo" "$command" "$file" "$@" --as "$login" --passphrase-file "$file.passphrases/$login" --light
}

# of NAME FORM [RECORD]: from the demo
of ()
{
  local name=$1
  shift
  as nagao print "$@" -o "$work/$name.pdf"
  pdftoppm -png -r 100 "$work/$name.pdf" "$shots/$name"
}

# records REGISTER COLUMN[,COLUMN] STATE...: of those in one of these states, the newest of each kind by the columns
records ()
{
  local register=$1
  shift
  as nagao show "$register" --json | "$python" -c '
import json, sys
print(*{(*(r.get(c) for c in sys.argv[1].split(",")), r["state"]): r["id"]
        for r in json.load(sys.stdin)["records"] if r["state"] in sys.argv[2:]}.values())' "$@"
}

# forms [register]: all there are; or those of a whole register only
forms ()
{
  "$kanribo" print --list --json | "$python" -c '
import json, sys
print(*[f["id"] for f in json.load(sys.stdin)["forms"] if not (sys.argv[1:] and f["of_record"])])' "$@"
}

# erased [KIND]: media that were erased, as the answers to "media" and "identified"
erased ()
{
  as nagao show medium --json | "$python" -c '
import json, sys
found = [m for m in json.load(sys.stdin)["records"]
         if m["state"] == "erased" and m["media_kind"] in (sys.argv[1:] or [m["media_kind"]])]
found = found[:2] if sys.argv[1:] else found
print("media=" + ",".join(m["id"] for m in found))
print("identified=" + json.dumps([{"medium": m["id"], "serial": m["serial"]} for m in found]))' "$@"
}

# destroy KIND [ANSWER]...: several media with one certificate
destroy ()
{
  local media subject
  mapfile -t media < <(erased ${1:+"$1"})
  shift
  subject=$(as nagao do media.destroy "${media[@]}" place=統合端末室 executor=nagao witness=mori photographs=2 "$@" --json |
            "$python" -c 'import json, sys; print(json.load(sys.stdin)["subject"])')
  as mori do hand.give "subject=$subject"
  as watanabe do hand.give "subject=$subject"
}

"$kanribo" demo "$file" --light > "$work/founded"
destroy usb method=shred_flash machine=破砕機
destroy '' method=incinerate deviation_reason=溶解炉にて一括して処分したため。

for form in $(forms); do
  paper "blank-$form" "$form" --blank
done
for form in $(forms register); do
  of "register-$form" "$form"
done
for record in $(records destruction method,place certified); do
  of "certificate-$record" destruction_certificate "$record"
done
for record in $(records takeout kind requested approved refused out arrived returned closed); do
  of "application-$record" takeout_application "$record"
done
for record in $(records takeout kind out arriving arrived returning returned closed); do
  of "slip-$record" transport_slip "$record"
done
for record in M1 $(records medium state stored out destroyed handed_over); do
  of "custody-$record" custody "$record"
done
