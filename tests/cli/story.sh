#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The main job from founding to the certificate, and what happens to somebody who alters a row half a year later.
# As a test it speaks TAP; `story.sh --demo` shows each step, in build/demo.
set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=${KAN_SRCDIR:-$here/../..}
demo=false
[ "${1:-}" != --demo ] || demo=true
kanribo=${KANRIBO:-$root/build/ui/kanribo}
sqlcipher=${SQLCIPHER:-}
[ -n "$sqlcipher" ] ||
  sqlcipher=$(find "$(dirname "$kanribo")/../subprojects" -name sqlcipher-shell -type f 2> /dev/null)
[ -n "$sqlcipher" ] || sqlcipher=$(command -v sqlcipher)

[ -x "$kanribo" ] || { printf 'story.sh: there is no %s; run ./dev build first\n' "$kanribo" >&2; exit 1; }

if $demo; then
  dir=$root/build/demo
  rm -rf "$dir"
  mkdir -p "$dir"
  light=()
else
  dir=$(mktemp -d)
  trap 'rm -rf "$dir"' EXIT
  light=(--light)
fi
file=$dir/demo.kanribo
keys=$file.passphrases
mkdir -m 700 -p "$keys"
now=2025-08-18T09:00
tests=0 failed=0 out='' err='' label=''

report ()
{
  tests=$((tests + 1))
  if [ "$1" = 0 ]; then
    $demo || printf 'ok %d - %s\n' "$tests" "$2"
  else
    failed=$((failed + 1))
    printf 'not ok %d - %s\n' "$tests" "$2"
    printf '%s\n' "$out" "$err" | sed 's/^/# /'
  fi
}

# step STATUS DESCRIPTION COMMAND [ARGUMENT]...
step ()
{
  local expected=$1 status
  label=$2
  shift 2
  if $demo; then
    printf '\n%s  %s\n  $ kanribo' "$now" "$label"
    printf ' %q' "$@" | sed "s#$dir/##g"
    printf '\n'
  fi
  out=$("$kanribo" "$@" --at "$now" 2> "$dir/stderr")
  status=$?
  err=$(cat "$dir/stderr")
  if $demo; then
    printf '%s\n' "$out" "$err" | sed '/^$/d; s/^/    /' | sed '20q'
  fi
  [ "$status" = "$expected" ] || err="$err
exit status $status instead of $expected"
  report "$([ "$status" = "$expected" ] && echo 0 || echo 1)" "$label"
}

# says TEXT...: the last step printed it, on either side
says ()
{
  local text
  for text in "$@"; do
    grep -qF -- "$text" <<< "$out$err"
    report $? "$label: says “$text”"
  done
}

# act LOGIN STATUS DESCRIPTION KIND [FIELD=VALUE | OPTION]...
act ()
{
  local who=$1 expected=$2 what=$3
  shift 3
  step "$expected" "$what" do "$file" "$@" --as "$who" --passphrase-file "$keys/$who"
}

look ()
{
  local who=$1 what=$2 command=$3
  shift 3
  step 0 "$what" "$command" "$file" "$@" --as "$who" --passphrase-file "$keys/$who"
}

new_key ()
{
  ( umask 077; head -c 15 /dev/urandom | base64 > "$keys/$1" )
}

# person NUMBER STAFF-NO LOGIN NAME POST
person ()
{
  act chief 0 "$4 is registered" person.register staff_no="$2" name="$4" post="$5"
  new_key "$3"
  cp "$keys/$3" "$dir/$3.once"
  step 0 "$4 is enrolled as $3" person "$file" enroll "P$1" login="$3" --one-time-file "$dir/$3.once" \
    --as chief --passphrase-file "$keys/chief" "${light[@]}"
}

# claim LOGIN OFFICER
claim ()
{
  new_key "$1"
  step 0 "$1 draws a key of their own, before $2" key "$file" claim --as "$1" --passphrase-file "$dir/$1.once" \
    --with "$2:$keys/$2" --new-passphrase-file "$keys/$1" "${light[@]}"
  rm -f "$dir/$1.once"
}

# --- the office ------------------------------------------------------------------------------------------------------

new_key chief
step 0 'The chief founds the file' new "$file" --profile nagasaki --login chief --name '長崎　太郎' \
  --kana 'ながさき　たろう' --staff-no 1001 --passphrase-file "$keys/chief" "${light[@]}"
person 2 1002 soumu '大村　和子' '総務課'
person 3 1003 nenkin '諫早　一郎' '年金課'
person 4 1004 sousa '辻󠄀　葛󠄀彦' '年金課　主任'
person 5 1005 hansou '髙﨑　次郎' '年金課　主事'
person 6 1006 tachiai '島原　花子' '総務課'
act chief 0 'The manager of general affairs is appointed' appointment.make person=P2 office=general_affairs_manager \
  kind=regular since=2025-04-01 ordered_on=2025-04-01
act chief 0 'The manager of pensions is appointed' appointment.make person=P3 office=pension_manager kind=regular \
  since=2025-04-01 ordered_on=2025-04-01
act chief 0 'The witness is head of the general affairs section' appointment.make person=P6 \
  office=general_affairs_head \
  kind=regular since=2025-04-01
claim soumu chief
for login in nenkin sousa hansou tachiai; do
  claim "$login" soumu
done
now=2025-08-19T09:00
act soumu 0 'The information manager designates an operator' operator.designate person=sousa since=2025-08-19
act soumu 0 'The information manager designates another' operator.designate person=hansou since=2025-08-19
act nenkin 0 'The store is appointed' place.establish title='保管庫１' room='電算室' level=3 keeper=nenkin
act nenkin 0 'A rule allows USB memories' rule.enter kind=media_kind title='ＵＳＢメモリの使用の定め' allows=usb \
  in_force_from=2025-08-19 version=1
act sousa 0 'The computing centre is known' outsider.register name='佐世保　次郎' company='電算センター' post='システム課' \
  telephone=095-000-0000
act chief 1 'One person alone cannot make power' appointment.make person=P4 office=pension_head kind=regular \
  since=2025-08-19 --with "chief:$keys/chief"
step 0 'Reminders are switched on' remind "$file" --on --as chief --passphrase-file "$keys/chief"

now=2025-08-20T10:00
for n in 01 02 03 04 05 06 07 08 09 10 11; do
  act sousa 0 "Old hard disk $n is registered" media.register media_kind=hdd label="HDD-旧$n" maker=WD model=WD10 \
    serial="WX-$n" capacity=1TB
  act sousa 0 "Old hard disk $n is shredded before a witness who signs on paper, and certified" media.destroy \
    media="M$((10#$n))" identified="[{\"medium\":\"M$((10#$n))\",\"serial\":\"WX-$n\"}]" method=shred_disk place='書庫' \
    machine='MSD-F31' executor=sousa witness=X1 witness_paper=yes photographs=1 --with "nenkin:$keys/nenkin"
done

# --- recording -------------------------------------------------------------------------------------------------------

now=2025-09-10T10:00
act sousa 0 'A USB memory is registered' media.register media_kind=usb label=U-0012 maker='東芝' \
  model='TransMemory U365' \
  serial=21TSA0098812 capacity=32GB
act nenkin 1 'Nobody but an operator records' media.record medium=M12 purpose=purpose_4 count=1234
says 'Only for'
act sousa 1 'An individual number is refused' media.record medium=M12 purpose=purpose_4 count=1234 copies=0 \
  source='123456789018'
says 'source:'
act sousa 0 'Identity information is recorded for the October payment' media.record medium=M12 purpose=purpose_4 \
  serves=2025-10 count=1234 copies=0 source='住基ネット端末'
act sousa 0 'The medium is stored' media.store subject=M12 place=L1
now=2025-10-01T09:00
act sousa 0 'It is checked, and the check confirmed' media.check subject=M12 checked_on=2025-10-01 condition=sound \
  --with "nenkin:$keys/nenkin"
look sousa 'Before the payment day it is coming' status
says 'B1'

# --- taking out ------------------------------------------------------------------------------------------------------

now=2025-10-16T09:00
look sousa 'The payment day has passed: it is due' status --json
says '"kind" : "due"'
request=(takeout.request kind=round_trip media=M12 counterpart=X1 destination='電算センター'
  reason='年金受給権者の現況確認に係る突合処理を行うため' transport=own_car route='事務所から国道34号を経て電算センター（立寄りなし）'
  carrier=hansou container=locked_container)
act sousa 0 'The operator asks to take it out' "${request[@]}" since=2025-10-16 until=2025-10-17
says 'Information manager, System manager'
act sousa 1 'The requester alone cannot approve' hand.give subject=T1
act sousa 1 'Nothing leaves before the consent' takeout.dispatch subject=T1 quantity=1 count=1234 \
  container=locked_container seal=S-000231 carrier=hansou --with "hansou:$keys/hansou"
act chief 0 'For a day the manager of general affairs acts for the manager of pensions' appointment.make person=P2 \
  office=pension_manager kind=acting since=2025-10-16 until=2025-10-16 --with "nenkin:$keys/nenkin"
act soumu 0 'One person consents in both capacities' hand.give subject=T1
look soumu 'One person for both is not enough: the chief is awaited' pending
says 'T1' 'Chief'
act sousa 1 'Nothing leaves without the chief' takeout.dispatch subject=T1 quantity=1 count=1234 \
  container=locked_container seal=S-000231 carrier=hansou --with "hansou:$keys/hansou"
act sousa 0 'The operator withdraws' hand.withdraw subject=T1
now=2025-10-17T09:00
act sousa 0 'The operator asks again' "${request[@]}" since=2025-10-20 until=2025-10-21
act soumu 0 'The information manager consents' hand.give subject=T2 remark='封印番号を搬出の際に記録すること。'
says 'Consent'
now=2025-10-17T11:00
act nenkin 0 'The system manager consents' hand.give subject=T2
look sousa 'Both have consented' show T2
says 'Approved'
now=2025-10-20T09:00
act sousa 1 'Another count than was consented to does not leave' takeout.dispatch subject=T2 quantity=1 count=1233 \
  container=locked_container seal=S-000231 carrier=hansou --with "hansou:$keys/hansou"
says 'count:'
act sousa 0 'It is dispatched, sealed, from hand to hand' takeout.dispatch subject=T2 quantity=1 count=1234 \
  container=locked_container seal=S-000231 carrier=hansou --with "hansou:$keys/hansou"
look sousa 'The transport slip' print transport_slip T2 -o "$dir/slip.pdf"
now=2025-10-20T10:10
act hansou 1 'Another seal is not recorded without a reason' takeout.arrive subject=T2 arrived_seal=S-000232 \
  arrival=sound \
  receiver=X1 receiver_paper=yes receipt=R-7
says 'deviation_reason:'
act hansou 0 'It arrives as it left' takeout.arrive subject=T2 arrived_seal=S-000231 arrival=sound receiver=X1 \
  receiver_paper=yes receipt=R-7
look nenkin 'It is outside' status
says 'T2' 'M12 U-0012, 電算センター' '髙﨑'
now=2025-10-21T15:00
act sousa 0 'It returns, counted' takeout.return subject=T2 returned_quantity=1 returned_count=1234 \
  returned_state=sound \
  returner=hansou taken_back_by=sousa place=L1 --with "hansou:$keys/hansou"
look sousa 'The application with its decisions' print takeout_application T2 -o "$dir/application.pdf"

# --- overdue, erased, destroyed --------------------------------------------------------------------------------------

now=2025-10-22T17:00
look sousa 'On the last day of grace it is due' status --json
says '"kind" : "due"'
now=2025-10-23T09:00
look sousa 'The grace has passed: overdue' status
says 'Overdue (1)' 'M12 U-0012' '2025-10-22'
look sousa 'A script reads the same' status --json
says '"kind" : "overdue"' '"B1"' '"name" : "M12 U-0012"'
step 1 'The reminder tells without a passphrase' remind "$file" --json
says '"kind" : "overdue"'
now=2025-10-24T13:30
act sousa 1 'A wrong count does not add up' media.erase subject=M12 erasure=overwrite erasure_tool='nwipe 0.34' \
  erased_count=1233 erasure_verified=yes erasure_place='電算室'
says 'erased_count:'
act sousa 0 'The batch is erased' media.erase subject=M12 erasure=overwrite erasure_tool='nwipe 0.34' \
  erased_count=1234 \
  erasure_verified=yes erasure_place='電算室'
destroy=(media.destroy media=M12 identified='[{"medium":"M12","serial":"21TSA0098812"}]' method=shred_flash place='書庫'
  machine='MSD-F31' executor=sousa photographs=3)
act sousa 1 'The executor is no witness' "${destroy[@]}" witness=sousa
says 'witness:'
act sousa 0 'The medium is shredded before a witness' "${destroy[@]}" witness=tachiai --with "tachiai:$keys/tachiai"
says 'System manager'
step 1 'Nothing is certified before the system manager signs' print "$file" destruction_certificate D12 -o \
  "$dir/none.pdf" \
  --as sousa --passphrase-file "$keys/sousa"
now=2025-10-24T16:40
act nenkin 0 'The system manager confirms' hand.give subject=D12
look nenkin 'It is the twelfth of the fiscal year' show D12 --json
says '"certificate_no" : 12' '"certificate_fy" : 2025'
look nenkin 'The certificate is printed' print destruction_certificate D12 -o "$dir/certificate.pdf"
text=$(pdftotext "$dir/certificate.pdf" - 2> /dev/null | tr -d ' \n')
out=$text err='' label='The certificate'
says '第12号' '記録媒体廃棄証明書' '21TSA0098812' '1,234件' '島原' '諫早'
code=$(pdftoppm -r 150 -png -singlefile "$dir/certificate.pdf" 2> /dev/null | zbarimg -q --raw - 2> /dev/null)
out=$code label='Its code'
says 'KANRIBO1:' ':destruction_certificate:D12'
look nenkin 'The medium and what became of it' show M12
look chief 'The file holds' verify --json
anchor=$(sed -n 's/.*"anchor" : "\(.*\)".*/\1/p' <<< "$out")
look chief 'A verified copy is kept' backup "$dir/backup.kanribo"
mkdir -p "$dir/backups"
look chief 'Another goes into the folder of backups, under its day' backup "$dir/backups"

# --- half a year later -----------------------------------------------------------------------------------------------

# alter SQL: what a holder of the file key could do with a database tool
alter ()
{
  local pragma
  pragma=$("$kanribo" raw-key "$file" --as sousa --passphrase-file "$keys/sousa")
  tail -c +65537 "$file" > "$dir/part.db"
  "$sqlcipher" "$dir/part.db" "$pragma" "$1" > /dev/null
  { head -c 65536 "$file"; cat "$dir/part.db"; } > "$altered"
  rm -f "$dir/part.db"
}

now=2026-04-24T09:00
altered=$dir/altered.kanribo
if [ -n "$sqlcipher" ]; then
  alter 'UPDATE batch SET count = 34 WHERE id = 1;'
  step 1 'Somebody altered a row with a database tool: verify names it' verify "$altered" --as chief \
    --passphrase-file "$keys/chief"
  says 'B1' '34' '1,234'
elif $demo; then
  printf '\nNo SQLCipher shell here: the step in which somebody alters a row is left out.\n'
else
  report 1 'There is a SQLCipher shell to alter a row with'
fi
step 0 'The file itself still holds, as the certificate says' verify "$file" --anchor "$anchor" --as chief \
  --passphrase-file "$keys/chief"

if $demo; then
  now=2025-10-24T17:00
  look nenkin 'What is left to do' status
  rm -f "$dir/stderr" "$altered"
  printf '\n%s\n' "$tests steps and checks, $failed failed"
  printf '%s\n' "The file:        $file" "Passphrases:     $keys/LOGIN" "The certificate: $dir/certificate.pdf"
else
  printf '1..%d\n' "$tests"
fi
[ "$failed" = 0 ]
