/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fixed-width little-endian fields one after the other: what header and status are written in. */
#pragma once
#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

static inline void
put_bytes (guint8 **at, gconstpointer bytes, gsize size)
{
  memcpy (*at, bytes, size);
  *at += size;
}

static inline void
put_16 (guint8 **at, guint16 value)
{
  value = GUINT16_TO_LE (value);
  put_bytes (at, &value, sizeof value);
}

static inline void
put_32 (guint8 **at, guint32 value)
{
  value = GUINT32_TO_LE (value);
  put_bytes (at, &value, sizeof value);
}

static inline void
put_64 (guint8 **at, guint64 value)
{
  value = GUINT64_TO_LE (value);
  put_bytes (at, &value, sizeof value);
}

static inline void
get_bytes (const guint8 **at, gpointer bytes, gsize size)
{
  memcpy (bytes, *at, size);
  *at += size;
}

static inline guint16
get_16 (const guint8 **at)
{
  guint16 value = 0;

  get_bytes (at, &value, sizeof value);
  return GUINT16_FROM_LE (value);
}

static inline guint32
get_32 (const guint8 **at)
{
  guint32 value = 0;

  get_bytes (at, &value, sizeof value);
  return GUINT32_FROM_LE (value);
}

static inline guint64
get_64 (const guint8 **at)
{
  guint64 value = 0;

  get_bytes (at, &value, sizeof value);
  return GUINT64_FROM_LE (value);
}

/* Whether nothing but zeros lies from `from` to before `to`. */
static inline gboolean
all_zero (const guint8 *from, const guint8 *to)
{
  while (from < to && *from == 0)
    from++;
  return from >= to;
}

G_END_DECLS
