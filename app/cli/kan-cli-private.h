/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the subcommands share: options that all have, opening with a passphrase, tables, JSON, refusals. */
#pragma once
#include "cli/kan-cli.h"
#include "desk/kan-desk.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _KanCli KanCli;

/* Who somebody is, and who signs along: of the options that all commands know, those that this one takes. */
typedef enum
{
  KAN_CLI_PASSPHRASE = 1 << 0,
  KAN_CLI_AS         = 1 << 1,
  KAN_CLI_WITH       = 1 << 2,
  KAN_CLI_PERSON     = KAN_CLI_PASSPHRASE | KAN_CLI_AS,
  KAN_CLI_SIGNS      = KAN_CLI_PERSON | KAN_CLI_WITH
} KanCliOptions;

/* A subcommand. `run` gives the exit status; where it sets an error, that decides. */
typedef struct
{
  const char *name, *synopsis, *summary;    /* summary NULL: not told of */
  int (*run) (KanCli *cli, GError **error);
  KanCliOptions takes;
} KanCommand;

struct _KanCli
{
  const KanCommand *command;
  char    **argv;                 /* what was typed after the command's name */
  char    **args;                 /* of that, what is no option */
  guint     n_args;
  char     *as, *passphrase_file;
  char    **with;                 /* "LOGIN:F" */
  gboolean  json;
  gboolean  claims;               /* a key: asked before the passphrase whether there is one to claim */
  gboolean  verifies;             /* a damaged file is told of as far as it can be read */
  char     *at;
  gboolean  light;
  gint64    now;                  /* seconds of UTC */
  gint64    made;                 /* the entry that this command made; 0: none */
  gboolean  japanese;
};

/* kan-cli.c */
gboolean   kan_cli_parse       (KanCli *self, const GOptionEntry *entries, guint at_least, guint at_most,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
int        kan_cli_usage       (GError **error, const char *why, ...) G_GNUC_PRINTF (2, 3);
int        kan_cli_report      (const GError *error);
void       kan_cli_note        (const char *format, ...) G_GNUC_PRINTF (1, 2);

char      *kan_cli_read_day    (const char *typed, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* kan-cli-open.c */
KanSecret *kan_cli_read_passphrase (const char *file, const char *option, const char *prompt,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
KanSecret *kan_cli_new_passphrase  (const char *file, const char *option, const char *prompt,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   kan_cli_has_terminal    (void);
char      *kan_cli_ask             (const char *prompt, GError **error);
KanDesk   *kan_cli_open_keeping    (KanCli *self, KanVaultMode mode, KanSecret **passphrase,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
KanDesk   *kan_cli_open            (KanCli *self, KanVaultMode mode, GError **error) G_GNUC_WARN_UNUSED_RESULT;
KanProfile *kan_cli_load_profile   (const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char      *kan_cli_load_file       (const char *path, gsize *size, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* kan-cli-damage.c */
void       kan_cli_name_damage (KanCli *self, KanVault *vault, GError **error);

/* kan-cli-names.c */
const KanRegister *kan_cli_find_register (const char *typed);
int        kan_cli_refuse_register (const char *typed, GError **error);
int        kan_cli_refuse_form (const char *typed, GError **error);
int        kan_cli_refuse_record (KanBook *book, const char *subject, GError **error);
gboolean   kan_cli_read_record (KanBook *book, const KanRegister *reg, char **typed, GError **error);

/* kan-cli-terminal.c */
void       kan_cli_guard_output (void);
char      *kan_cli_dup_line    (const char *text);

/* kan-cli-text.c */
typedef struct _KanGrid KanGrid;

KanGrid   *kan_grid_new        (guint n_columns);
void       kan_grid_add        (KanGrid *self, const char *cell);
void       kan_grid_add_take   (KanGrid *self, char *cell);
void       kan_grid_print      (KanGrid *self, const char *indent, guint64 right);
void       kan_grid_free       (KanGrid *self);
guint      kan_cli_width       (const char *text);
void       kan_cli_print_field (const char *label, guint width, const char *value);
char      *kan_cli_show_utc    (const char *utc, gboolean japanese);
char      *kan_cli_show_day    (const char *day, gboolean japanese);
char      *kan_cli_show_minute (const char *minute, gboolean japanese);
char      *kan_cli_dup_key     (const guint8 *key);
char      *kan_cli_join_capacities (KanBook *book, const char *kind, GPtrArray *capacities, gboolean japanese);
char      *kan_cli_person_name (KanBook *book, gint64 person);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanGrid, kan_grid_free)

/* kan-cli-json.c */
typedef void (*KanJsonFill) (JsonBuilder *json, gconstpointer item, gpointer data);      /* within its object */

void       kan_json_text       (JsonBuilder *json, const char *name, const char *value);
void       kan_json_int        (JsonBuilder *json, const char *name, gint64 value);
void       kan_json_person     (JsonBuilder *json, const char *name, gint64 person);
void       kan_json_yes        (JsonBuilder *json, const char *name, gboolean value);
void       kan_json_label      (JsonBuilder *json, const char *name, const KanLabel *label);
void       kan_json_texts      (JsonBuilder *json, const char *name, const char *const *values);
void       kan_json_split      (JsonBuilder *json, const char *name, const char *joined);
void       kan_json_array      (JsonBuilder *json, const char *name, GPtrArray *texts);
void       kan_json_objects    (JsonBuilder *json, const char *name, const GPtrArray *items, KanJsonFill fill,
                                gpointer data);
void       kan_json_stored     (JsonBuilder *json, KanBook *book, const KanField *field, const char *stored);
void       kan_json_member     (JsonBuilder *json, const KanBody *body, const char *key);
void       kan_json_body       (JsonBuilder *json, const char *name, const KanBody *body);
void       kan_json_refusals   (JsonBuilder *json, GPtrArray *refusals);
char      *kan_json_to_text    (JsonBuilder *json, gboolean pretty);
void       kan_json_print      (JsonBuilder *json);
void       kan_json_pages      (JsonBuilder *json, const GArray *bad);
void       kan_cli_end_list    (KanCli *self, JsonBuilder *json, KanGrid *grid);

/* kan-cli-entry.c */
char      *kan_cli_entry_words (KanCli *self, KanBook *book, const KanAct *act, const char *subject);
void       kan_cli_entry_json  (JsonBuilder *json, KanBook *book, const KanAct *act, const char *subject);

/* kan-cli-status.c */
void       kan_cli_warn_of_clock (KanCli *self, KanDesk *desk);

/* kan-cli-rows.c */
char      *kan_cli_spell_rows  (const KanRegister *reg, const char *typed);

/* kan-cli-acts-json.c */
gboolean   kan_cli_may_ask_back (const KanProfile *profile, const KanKind *kind);

/* kan-cli-do.c */
void       kan_cli_print_refusals (KanCli *self, GPtrArray *refusals);
int        kan_cli_print_outcome  (KanCli *self, KanBook *book, const char *kind, KanOutcome *outcome,
                                   GPtrArray *told);

/* kan-cli-changes.c */
void       kan_cli_print_changes (KanBook *book, KanRecord *record, guint width);
void       kan_cli_json_changes (JsonBuilder *json, KanBook *book, KanRecord *record);
void       kan_cli_print_draft_changes (KanBook *book, KanDraft *draft);
void       kan_cli_json_draft_changes (JsonBuilder *json, KanBook *book, KanDraft *draft);
void       kan_cli_print_pending_changes (KanBook *book, const GPtrArray *pending);

/* kan-cli-record.c */
int        kan_cli_show_record (KanCli *self, KanBook *book, const char *subject, GError **error);
void       kan_cli_json_altered (JsonBuilder *json, KanBook *book, const char *subject);
void       kan_cli_print_altered (KanBook *book, const GPtrArray *pending);

/* The subcommands. */
int kan_cli_acts     (KanCli *self, GError **error);
int kan_cli_backup   (KanCli *self, GError **error);
int kan_cli_calendar (KanCli *self, GError **error);
int kan_cli_demo     (KanCli *self, GError **error);
int kan_cli_do       (KanCli *self, GError **error);
int kan_cli_key      (KanCli *self, GError **error);
int kan_cli_log      (KanCli *self, GError **error);
int kan_cli_new      (KanCli *self, GError **error);
int kan_cli_passwd   (KanCli *self, GError **error);
int kan_cli_pending  (KanCli *self, GError **error);
int kan_cli_person   (KanCli *self, GError **error);
int kan_cli_print    (KanCli *self, GError **error);
int kan_cli_profile  (KanCli *self, GError **error);
int kan_cli_remind   (KanCli *self, GError **error);
int kan_cli_show     (KanCli *self, GError **error);
int kan_cli_status   (KanCli *self, GError **error);
int kan_cli_verify   (KanCli *self, GError **error);
#ifdef KAN_TEST_BUILD
int kan_cli_raw_key  (KanCli *self, GError **error);
#endif

G_END_DECLS
