/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one vocabulary of refusals: what scripts know them by, and what each of them means. */
#include "acts/kan-refusal.h"

#include "acts/kan-register.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct { const char *id; KanLabel label; } codes[KAN_N_REFUSAL_CODES] = {
  [KAN_MISSING] = { "missing", L ("An answer is needed", "記入が必要です") },
  [KAN_NOT_ASKED] = { "not_asked", L ("This is not asked here", "この項目はありません") },
  [KAN_UNREADABLE] = { "unreadable", L ("An answer that is not what the question asks for", "読み取れない記入") },
  [KAN_NOT_A_CHOICE] = { "not_a_choice", L ("None of the choices", "選択肢にない記入") },
  [KAN_NO_SUCH_RECORD] = { "no_such_record", L ("No such record", "該当する記録なし") },
  [KAN_NO_SUCH_ENTRY] = { "no_such_entry", L ("No such entry, or no such answer in it", "該当する処理・項目なし") },
  [KAN_WRONG_RECORD] = { "wrong_record", L ("A record that cannot be named here", "ここでは指定できない記録") },
  [KAN_WRONG_PERSON] = { "wrong_person", L ("A person who cannot be named here", "ここでは指定できない者") },
  [KAN_REPEATED] = { "repeated", L ("Named twice", "重複した指定") },
  [KAN_TAKEN] = { "taken", L ("Another record has it already", "他の記録で使用済") },
  [KAN_BAD_CHARACTER] = { "bad_character", L ("A character that cannot be kept", "使用できない文字") },
  [KAN_TOO_LONG] = { "too_long", L ("Too long", "長すぎる記入") },
  [KAN_IDENTITY_NUMBER] = { "identity_number", L ("Looks like an identity number and was not declared to be none",
                                                  "個人番号等に見える記入（申告なし）") },
  [KAN_OUT_OF_RANGE] = { "out_of_range", L ("A number too small or too large", "範囲外の数") },
  [KAN_WRONG_DAY] = { "wrong_day", L ("A day that cannot be answered here", "ここでは指定できない日") },
  [KAN_MISMATCH] = { "mismatch", L ("Not what the registers or the other answers say", "記録又は他の項目との不一致") },
  [KAN_NOTHING_TO_DO] = { "nothing_to_do", L ("Nothing that it could be about", "対象となるものなし") },
  [KAN_IN_USE] = { "in_use", L ("Something else depends on it", "他の記録で使用中") },
  [KAN_WRONG_CLOCK] = { "wrong_clock", L ("The clock does not fit the last entry", "時計の不一致") },
  [KAN_WRONG_KEY] = { "wrong_key", L ("Not signed by whom, or where, it says", "署名の鍵の不一致") },
  [KAN_NOT_IN_FORCE] = { "not_in_force", L ("No act of the rules in force", "現行の規則にない処理") },
};

static char *
with_advice (const char *wrong, const char *advice)
{
  return advice != NULL ? g_strdup_printf (C_("what is the matter, what to do", "%s: %s"), wrong, advice)
                        : g_strdup (wrong);
}

/**
 * kan_refusal_new:
 * @code: why
 * @key: (nullable): beside which answer; %NULL: the act as a whole
 * @why: (transfer full): a translated sentence that says what is the matter, also of what was signed years ago; on a
 *   second line, if any, what its signer can do now; on a third, if any, the same in words of the command line
 *
 * Returns: (transfer full): the refusal
 */
KanRefusal *
kan_refusal_new (KanRefusalCode code, const char *key, char *why)
{
  KanRefusal *self = g_new0 (KanRefusal, 1);
  g_auto(GStrv) lines = g_strsplit (why, "\n", 3);
  gboolean advises = *lines != NULL && lines[1] != NULL;

  self->code = code;
  self->key = g_strdup (key);
  self->wrong = g_strdup (*lines != NULL ? *lines : "");
  self->why = with_advice (self->wrong, advises ? lines[1] : NULL);
  self->typed = with_advice (self->wrong, advises && lines[2] != NULL ? lines[2] : advises ? lines[1] : NULL);
  g_free (why);
  return self;
}

/**
 * kan_refusal_copy:
 * @self: a refusal
 *
 * Returns: (transfer full): the same once more
 */
KanRefusal *
kan_refusal_copy (const KanRefusal *self)
{
  KanRefusal *copy = g_new0 (KanRefusal, 1);

  *copy = *self;
  copy->key = g_strdup (self->key);
  copy->rule = g_strdup (self->rule);
  copy->wrong = g_strdup (self->wrong);
  copy->why = g_strdup (self->why);
  copy->typed = g_strdup (self->typed);
  return copy;
}

/**
 * kan_refusal_free:
 * @self: a refusal
 */
void
kan_refusal_free (KanRefusal *self)
{
  g_free (self->key);
  g_free (self->rule);
  g_free (self->wrong);
  g_free (self->why);
  g_free (self->typed);
  g_free (self);
}

/**
 * kan_refusal_id:
 * @self: a refusal
 *
 * Returns: (transfer none): by what a script knows it: the rule that is not met ("11-3.count"), or the code
 *   ("missing"); never %NULL
 */
const char *
kan_refusal_id (const KanRefusal *self)
{
  return self->rule != NULL ? self->rule : kan_refusal_code_id (self->code);
}

/**
 * kan_refusal_code_id:
 * @code: a code, not %KAN_UNMET: rules have ids of their own
 *
 * Returns: (transfer none): as JSON spells it
 */
const char *
kan_refusal_code_id (KanRefusalCode code)
{
  return codes[code].id;
}

/**
 * kan_refusal_code_label:
 * @code: a code, not %KAN_UNMET
 *
 * Returns: (transfer none): what it means
 */
const KanLabel *
kan_refusal_code_label (KanRefusalCode code)
{
  return &codes[code].label;
}
