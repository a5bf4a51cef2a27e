/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One thing and the time: most of what screens ask about takes no more. */
#include "kit/kan-inquiry.h"

/**
 * kan_inquiry_new:
 * @session: whose clock counts
 * @about: (nullable): a record, a register or a list
 *
 * Returns: (transfer full): a copy for the database thread
 */
KanInquiry *
kan_inquiry_new (KanSession *session, const char *about)
{
  KanInquiry *self = g_new0 (KanInquiry, 1);

  self->about = g_strdup (about);
  self->now = kan_session_now (session);
  return self;
}

/**
 * kan_inquiry_free:
 * @self: (nullable): what was asked
 */
void
kan_inquiry_free (KanInquiry *self)
{
  if (self == NULL)
    return;
  g_free (self->about);
  g_free (self);
}
