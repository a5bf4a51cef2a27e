/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The memory beneath SQLite: locked, kept out of core dumps, and wiped when it is given back. */
#pragma once
#include "kan-types.h"

G_BEGIN_DECLS

/* AddressSanitizer sees an overrun only in memory that libc handed out, and leaks only from there. */
#if defined __SANITIZE_ADDRESS__
#define KAN_MEMORY_IS_LIBC 1
#elif defined __has_feature
#if __has_feature (address_sanitizer)
#define KAN_MEMORY_IS_LIBC 1
#endif
#endif
#ifndef KAN_MEMORY_IS_LIBC
#define KAN_MEMORY_IS_LIBC 0
#endif

gboolean kan_memory_use        (GError **error) G_GNUC_WARN_UNUSED_RESULT;
void     kan_memory_lock_again (void);

/* As SQLite calls them; on any thread. */
gpointer kan_memory_alloc      (int size) G_GNUC_WARN_UNUSED_RESULT;
void     kan_memory_free       (gpointer bytes);
gpointer kan_memory_resize     (gpointer bytes, int size) G_GNUC_WARN_UNUSED_RESULT;
int      kan_memory_size       (gpointer bytes);
int      kan_memory_round      (int size);

G_END_DECLS
