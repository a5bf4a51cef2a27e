/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strength of passphrases. Any copy of the file lets a colleague attack every slot without being seen (FILE.md), so a
 * weak one is not taken. */
#include "vault/kan-strength.h"

#include <glib/gi18n-lib.h>
#include <pwquality.h>
#include <string.h>

/* Where Debian's cracklib-runtime puts its words. */
#define DICTIONARY "/var/cache/cracklib/cracklib_dict.pwd"

/* A login shorter than LOGIN_MIN stands in many a word by chance. */
enum { LENGTH_MIN = 12, LOGIN_MIN = 4 };

static const char *
telling (const char *login)
{
  return login != NULL && g_utf8_strlen (login, -1) >= LOGIN_MIN ? login : NULL;
}

/**
 * kan_strength_score:
 * @passphrase: a new one
 * @login: (nullable): whose
 *
 * The dictionary is the distribution's and may not be installed.
 *
 * Returns: 0 to 100; 0: not to be taken
 */
int
kan_strength_score (const char *passphrase, const char *login)
{
  pwquality_settings_t *settings = pwquality_default_settings ();
  int result;

  if (settings == NULL)
    return KAN_STRENGTH_FAIR;
  (void) pwquality_set_int_value (settings, PWQ_SETTING_MIN_LENGTH, LENGTH_MIN);
  /* cracklib says on the standard error at each key that it has no words */
  if (!g_file_test (DICTIONARY, G_FILE_TEST_EXISTS))
    (void) pwquality_set_int_value (settings, PWQ_SETTING_DICT_CHECK, 0);
  result = pwquality_check (settings, passphrase, NULL, telling (login), NULL);
  if (result == PWQ_ERROR_CRACKLIB_CHECK)
    {
      (void) pwquality_set_int_value (settings, PWQ_SETTING_DICT_CHECK, 0);
      result = MIN (pwquality_check (settings, passphrase, NULL, telling (login), NULL), KAN_STRENGTH_FAIR);
    }
  pwquality_free_settings (settings);
  return MAX (result, 0);
}

/**
 * kan_strength_judge:
 * @passphrase: a new one
 * @login: (nullable): whose
 *
 * Returns: (transfer none) (nullable): why it is not taken; %NULL where it is
 */
const char *
kan_strength_judge (const char *passphrase, const char *login)
{
  if (g_utf8_strlen (passphrase, -1) < LENGTH_MIN)
    return _("At least 12 characters: several words that do not belong together are best.");
  if (telling (login) != NULL && strstr (passphrase, login) != NULL)
    return _("The user name may not be part of it.");
  if (kan_strength_score (passphrase, login) == 0)
    return _("Too easily guessed: use several words that do not belong together.");
  return NULL;
}

/**
 * kan_strength_check:
 * @passphrase: a new one
 * @login: (nullable): whose
 * @error: %KAN_ERROR_USAGE: why it is not taken
 *
 * Returns: whether it is taken
 */
gboolean
kan_strength_check (const KanSecret *passphrase, const char *login, GError **error)
{
  gsize size = kan_secret_get_size (passphrase);
  g_autoptr(KanSecret) text = kan_secret_new (size + 1);
  const char *why;

  memcpy (kan_secret_get_bytes (text), kan_secret_peek_bytes (passphrase), size);
  why = kan_strength_judge ((const char *) kan_secret_peek_bytes (text), login);
  if (why != NULL)
    g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("this passphrase is not taken: %s"), why);
  return why == NULL;
}
