/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which forms there are, of which records, and who makes them. */
#include "forms/kan-forms-private.h"

#include "acts/kan-record-check.h"
#include "forms/kan-form-application.h"
#include "forms/kan-form-certificate.h"
#include "forms/kan-form-custody.h"
#include "forms/kan-form-labels.h"
#include "forms/kan-form-slip.h"
#include "registers/kan-registers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const char        *id;
  KanLabel           title;
  const KanRegister *reg;
  KanPaper        *(*make)  (KanMaker *maker, GError **error);
  gboolean           of_many;      /* of all records at hand, where none is named */
} FormMaker;

static const FormMaker makers[] = {
  { "destruction_certificate", L ("Destruction certificate", "記録媒体廃棄証明書"), &kan_destruction_register,
    kan_maker_certificate },
  { "takeout_application", L ("Application to take media out", "記録媒体持出承諾申請書"), &kan_takeout_register,
    kan_maker_application },
  { "transport_slip", L ("Transport slip", "搬送票"), &kan_takeout_register, kan_maker_slip },
  { "custody", L ("Custody of a medium", "記録媒体所在推移表"), &kan_medium_register, kan_maker_custody },
  { "labels", L ("Labels for media", "記録媒体ラベル"), &kan_medium_register, kan_maker_labels, TRUE },
};

static const FormMaker *
find_maker (const char *form)
{
  for (guint i = 0; i < G_N_ELEMENTS (makers); i++)
    if (strcmp (makers[i].id, form) == 0)
      return &makers[i];
  return NULL;
}

static const KanRegister *
find_register (const char *id)
{
  for (const KanRegister **reg = kan_registers ()->registers; *reg != NULL; reg++)
    if ((*reg)->prefix != NULL && strcmp ((*reg)->id, id) == 0)
      return *reg;
  return NULL;
}

static void
set_unknown (GError **error, const char *form)
{
  g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("there is no form “%s”: see `kanribo print --list`"), form);
}

/**
 * kan_forms_list:
 *
 * Returns: (transfer none): the ids of the forms of one record, %NULL-terminated
 */
const char *const *
kan_forms_list (void)
{
  static const char *ids[G_N_ELEMENTS (makers) + 1] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (makers); i++)
    ids[i] = makers[i].id;
  return ids;
}

/**
 * kan_forms_get_title:
 * @form: a form's or a register's id
 *
 * Returns: (transfer none) (nullable): what it is called; %NULL: there is none
 */
const KanLabel *
kan_forms_get_title (const char *form)
{
  const FormMaker *maker = find_maker (form);
  const KanRegister *reg = maker == NULL ? find_register (form) : NULL;

  return maker != NULL ? &maker->title : reg != NULL ? &reg->title : NULL;
}

/**
 * kan_forms_get_register:
 * @form: a form's id
 *
 * Returns: (transfer none) (nullable): whose records it is of; %NULL: no form of one record
 */
const KanRegister *
kan_forms_get_register (const char *form)
{
  const FormMaker *maker = find_maker (form);

  return maker != NULL ? maker->reg : NULL;
}

/**
 * kan_forms_is_of_many:
 * @form: a form's id
 *
 * Returns: %TRUE where kan_forms_make() takes no record for all that are at hand
 */
gboolean
kan_forms_is_of_many (const char *form)
{
  const FormMaker *maker = find_maker (form);

  return maker != NULL && maker->of_many;
}

typedef struct
{
  const FormMaker *maker;
  KanBook         *book;
  const char      *anchor;
  char           **records;        /* none: all at hand */
  guint            n_used;
  KanPaper        *paper;
} Making;

static gboolean
make (KanDb *db, gpointer data, GError **error)
{
  Making *self = data;
  g_auto(KanMaker) maker = { 0 };

  (void) db;
  if (!kan_book_check_shown (self->book, error))
    return FALSE;
  if (*self->records == NULL)
    {
      maker.book = self->book;
      maker.pool = g_ptr_array_new_with_free_func (g_free);
    }
  if (*self->records == NULL || kan_maker_init (&maker, self->book, self->records[0], self->anchor, error))
    {
      maker.n_used = self->n_used;
      maker.subjects = self->records[0] != NULL && self->records[1] != NULL ? self->records : NULL;
      self->paper = self->maker->make (&maker, error);
    }
  if (maker.failed == NULL)
    return self->paper != NULL;
  g_clear_pointer (&self->paper, kan_paper_free);
  g_clear_error (error);
  g_propagate_error (error, g_steal_pointer (&maker.failed));
  return FALSE;
}

/* Each of them is there, and of the form's register. */
static gboolean
check_records (KanBook *book, const FormMaker *maker, char **records, GError **error)
{
  for (char **record = records; *record != NULL; record++)
    {
      g_autoptr(KanRecord) found = NULL;

      if (kan_book_register_of (book, g_strstrip (*record)) != maker->reg)
        {
          g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("%s is of records like %s1, not of %s: name such a record"),
                       maker->id, maker->reg->prefix, **record != '\0' ? *record : _("none"));
          return FALSE;
        }
      found = records[1] != NULL ? kan_record_get (book, *record, error) : NULL;
      if (records[1] != NULL && found == NULL)
        {
          if (error != NULL && *error == NULL)
            g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("there is no record %s"), *record);
          return FALSE;
        }
    }
  return TRUE;
}

/* @record: where the form is of many, several with commas between */
static KanPaper *
make_of (KanBook *book, const char *form, const char *record, guint n_used, const char *anchor, GError **error)
{
  const FormMaker *maker = find_maker (form);
  g_auto(GStrv) records = g_strsplit (record != NULL ? record : "", maker != NULL && maker->of_many ? "," : "\n", -1);
  Making making = { maker, book, anchor, records, n_used, NULL };

  if (maker == NULL)
    {
      set_unknown (error, form);
      return NULL;
    }
  if (*records == NULL && (record != NULL || !maker->of_many))
    {
      g_set_error (error, KAN_ERROR, KAN_ERROR_USAGE, _("%s is of records like %s1, not of %s: name such a record"),
                   form, maker->reg->prefix, record != NULL ? record : _("none"));
      return NULL;
    }
  if (!check_records (book, maker, records, error))
    return NULL;
  /* what it says is proven and read of one state of the file */
  return kan_db_read (kan_book_get_db (book), make, &making, error) ? making.paper : NULL;
}

/**
 * kan_forms_make_labels:
 * @book: a book whose today is set
 * @media: (nullable): the medium, "M1", or several, "M1,M3"; %NULL: all at hand
 * @n_used: how many stickers of the first sheet are no longer there
 * @anchor: the chain's head (確認符号)
 * @error: as kan_forms_make()
 *
 * Returns: (transfer full): stickers from the first that is left on the sheet on
 */
KanPaper *
kan_forms_make_labels (KanBook *book, const char *media, guint n_used, const char *anchor, GError **error)
{
  return make_of (book, "labels", media, n_used, anchor, error);
}

/**
 * kan_forms_make:
 * @book: a book whose today is set
 * @form: a form's id
 * @record: (nullable): the record, "D1"; %NULL: all at hand, see kan_forms_is_of_many()
 * @anchor: the chain's head (確認符号)
 * @error: %KAN_ERROR_USAGE where there is no such form or record; %KAN_ERROR_REFUSED where it has not come so far;
 *   %KAN_ERROR_DAMAGED where something that the paper would say is not what was signed (kan_record_holds())
 *
 * Returns: (transfer full): the paper
 */
KanPaper *
kan_forms_make (KanBook *book, const char *form, const char *record, const char *anchor, GError **error)
{
  return make_of (book, form, record, 0, anchor, error);
}

/**
 * kan_forms_make_blank:
 * @form: a form's or a register's id
 * @error: %KAN_ERROR_USAGE where there is none
 *
 * Returns: (transfer full): the empty form, for when there is no power
 */
KanPaper *
kan_forms_make_blank (const char *form, GError **error)
{
  const KanRegister *reg = find_register (form);

  if (strcmp (form, "destruction_certificate") == 0)
    return kan_form_certificate_new (NULL);
  if (strcmp (form, "takeout_application") == 0)
    return kan_form_application_new (NULL);
  if (strcmp (form, "transport_slip") == 0)
    return kan_form_slip_new (NULL);
  if (strcmp (form, "custody") == 0)
    return kan_form_custody_new (NULL);
  if (strcmp (form, "labels") == 0)
    return kan_form_labels_new (NULL);
  if (reg != NULL)
    return kan_maker_blank_register (kan_registers (), reg);
  set_unknown (error, form);
  return NULL;
}
