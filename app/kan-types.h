/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of the types that cross layers, and the one error domain. */
#pragma once
#include <glib.h>

G_BEGIN_DECLS

typedef struct _KanSecret   KanSecret;
typedef struct _KanKeys     KanKeys;
typedef struct _KanDb       KanDb;
typedef struct _KanStmt     KanStmt;
typedef struct _KanProfile  KanProfile;
typedef struct _KanCalendar KanCalendar;
typedef struct _KanVault    KanVault;

/* A label in both languages: paper takes `ja` whatever the screen speaks. */
typedef struct { const char *en, *ja; } KanLabel;

#define KAN_ERROR (kan_error_quark ())

/* What went wrong with the world. A rule's no is a refusal, never one of these. */
typedef enum
{
  KAN_ERROR_USAGE,       /* called with something that cannot be meant */
  KAN_ERROR_LOCKED,      /* wrong passphrase, or none given */
  KAN_ERROR_KEYLESS,     /* unknown login, no longer a holder of the file key, key revoked */
  KAN_ERROR_DAMAGED,     /* ours, but does not hold together */
  KAN_ERROR_FOREIGN,     /* not one of ours */
  KAN_ERROR_TOO_NEW,     /* written by a newer program */
  KAN_ERROR_MISSING,     /* no such file */
  KAN_ERROR_EXISTS,      /* there is a file already */
  KAN_ERROR_BUSY,        /* in use by another process */
  KAN_ERROR_UNREADABLE,  /* the system does not let this user read it */
  KAN_ERROR_READ_ONLY,   /* medium or file cannot be written */
  KAN_ERROR_FULL,        /* no space left */
  KAN_ERROR_IO,          /* the system failed otherwise */
  KAN_ERROR_INVALID,     /* a profile, list or text that does not say what it must */
  KAN_ERROR_REFUSED,     /* a rule wants something else first, which the message names */
  KAN_ERROR_CANCELLED
} KanError;

GQuark kan_error_quark       (void);
int    kan_error_exit_status (const GError *error);
void   kan_error_set_errno   (GError **error, int errnum, const char *doing, const char *path);

G_END_DECLS
