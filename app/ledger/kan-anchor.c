/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The anchor (確認符号): what paper remembers of the chain. Crockford's base 32, in groups of four. */
#include "ledger/kan-ledger.h"

#include <string.h>

/* What paper's QR codes begin with. */
#define QR_PREFIX "KANRIBO1:"

static const char SYMBOLS[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * kan_anchor_format:
 * @seq: the act's place in the chain
 * @hash: its hash
 *
 * Returns: (transfer full): "1234-AB3D-…": seq and 160 bits of the hash as 32 symbols in groups of four
 */
char *
kan_anchor_format (gint64 seq, const KanHash *hash)
{
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "%" G_GINT64_FORMAT, seq);
  for (guint i = 0; i < KAN_ANCHOR_SYMBOLS; i++)
    {
      guint bit = i * 5, byte = bit / 8, shift = bit % 8;
      guint window = (guint) hash->bytes[byte] << 8 | hash->bytes[byte + 1];

      if (i % 4 == 0)
        g_string_append_c (out, '-');
      g_string_append_c (out, SYMBOLS[window >> (11 - shift) & 31]);
    }
  return g_string_free (out, FALSE);
}

/* As a tired person types it: small letters, O for 0, I and L for 1. */
static int
symbol_value (char c)
{
  const char *at;

  c = g_ascii_toupper (c);
  if (c == 'O')
    c = '0';
  if (c == 'I' || c == 'L')
    c = '1';
  at = c != '\0' ? strchr (SYMBOLS, c) : NULL;
  return at != NULL ? (int) (at - SYMBOLS) : -1;
}

/* Signs that keyboards and fonts give for a hyphen and that NFKC leaves as they are. */
static gboolean
is_hyphen (gunichar c)
{
  return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x30fc;
}

/* In plain letters and digits; of what a QR code says (QR_PREFIX seq:symbols:form:record) the first two. */
static char *
normalise (const char *text)
{
  g_autofree char *plain = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  const char *at = plain != NULL ? g_strstrip (plain) : "";
  gboolean coded = g_ascii_strncasecmp (at, QR_PREFIX, strlen (QR_PREFIX)) == 0;
  GString *out = g_string_new (NULL);
  guint colons = 0;

  for (at += coded ? strlen (QR_PREFIX) : 0; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (coded && c == ':' && ++colons == 2)
        break;
      g_string_append_unichar (out, (coded && c == ':') || is_hyphen (c) ? '-' : c);
    }
  return g_string_free (out, FALSE);
}

/**
 * kan_anchor_parse:
 * @text: an anchor as printed or typed, also in full width; hyphens and spaces after seq do not matter; or what the QR
 *   code beside it says
 * @seq: (out): the act's place in the chain
 * @bits: (out): the first 160 bits of its hash
 *
 * Returns: whether it is one
 */
gboolean
kan_anchor_parse (const char *text, gint64 *seq, guint8 bits[20])
{
  g_autofree char *plain = normalise (text);
  char *end = NULL;
  guint n = 0;

  *seq = g_ascii_strtoll (plain, &end, 10);
  if (end == plain || *seq < 1 || *end != '-')
    return FALSE;
  memset (bits, 0, 20);
  for (; *end != '\0'; end++)
    {
      int value = symbol_value (*end);

      if (*end == '-' || *end == ' ')
        continue;
      if (value < 0 || n == KAN_ANCHOR_SYMBOLS)
        return FALSE;
      for (guint b = 0; b < 5; b++)
        if (value >> (4 - b) & 1)
          bits[(n * 5 + b) / 8] |= (guint8) (0x80 >> ((n * 5 + b) % 8));
      n++;
    }
  return n == KAN_ANCHOR_SYMBOLS;
}

/**
 * kan_anchor_holds:
 * @bits: as kan_anchor_parse() gives them
 * @hash: the hash of the act at that seq
 *
 * Returns: whether the chain is the one that the paper remembers
 */
gboolean
kan_anchor_holds (const guint8 bits[20], const KanHash *hash)
{
  return memcmp (bits, hash->bytes, 20) == 0;
}
