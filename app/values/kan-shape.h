/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads JSON into C structs by a table that says what may stand where; every problem is told with its path. */
#pragma once
#include "kan-types.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  KAN_SHAPE_ID,       /* const char *: lower-case letters, digits, "_" and "." */
  KAN_SHAPE_LINE,     /* const char *: one line of text */
  KAN_SHAPE_ONE_OF,   /* const char *: one of `choices` */
  KAN_SHAPE_ARTICLE,  /* const char *: "11" or "11-3" */
  KAN_SHAPE_LABEL,    /* KanLabel: an object of "en" and "ja" */
  KAN_SHAPE_INT,      /* gint64 between `min` and `max` */
  KAN_SHAPE_FLAG,     /* gboolean */
  KAN_SHAPE_CLOCK,    /* gint64: minutes of the day, from "08:30" */
  KAN_SHAPE_IDS,      /* const char *const *, at least `min`; where it is absent: NULL, or empty if `min` is 0 */
  KAN_SHAPE_INTS,     /* KanItems of int, at least one, each between `min` and `max` */
  KAN_SHAPE_OBJECT,   /* members `of`, offsets counted from the outer struct */
  KAN_SHAPE_LIST,     /* KanItems of structs of `size` bytes with members `of`, at least `min` */
  KAN_SHAPE_MAP       /* the same from an object: the member's name is the struct's first field */
} KanShapeType;

typedef struct { gpointer items; gsize n; } KanItems;

/* One member. Tables end with { 0 }. A single member named "" describes the value itself instead of an object. */
typedef struct _KanShape KanShape;
struct _KanShape
{
  const char        *name;
  KanShapeType       type;
  gsize              offset;
  gboolean           may_lack;
  gint64             min, max;
  const KanShape    *of;
  gsize              size;
  const char *const *choices;
};

/* Where what was read is kept, and what was wrong with it. */
typedef struct
{
  GPtrArray    *problems;    /* of char *: "path: what" */
  GString      *path;
  GStringChunk *strings;
  GPtrArray    *blocks;
} KanShapeReader;

KanShapeReader *kan_shape_reader_new     (void);
void            kan_shape_reader_free    (KanShapeReader *reader);
void            kan_shape_problem        (KanShapeReader *reader, const char *what, ...) G_GNUC_PRINTF (2, 3);
void            kan_shape_problem_at     (KanShapeReader *reader, const char *path, const char *what, ...)
                                          G_GNUC_PRINTF (3, 4);
gpointer        kan_shape_alloc          (KanShapeReader *reader, gsize n, gsize size);
gboolean        kan_shape_read_text      (KanShapeReader *reader, const KanShape *shape, const char *json, gsize len,
                                          gpointer into);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KanShapeReader, kan_shape_reader_free)

G_END_DECLS
