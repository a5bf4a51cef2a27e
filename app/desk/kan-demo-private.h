/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the demo share: its staff, its media, the clock, and the act as a line of script. */
#pragma once
#include "desk/kan-demo.h"

G_BEGIN_DECLS

/* The staff, by how they started; the person's number is one more. */
typedef enum
{
  DEMO_CHIEF, DEMO_VICE, DEMO_GENERAL, DEMO_GENERAL_ASSISTANT, DEMO_GENERAL_HEAD, DEMO_PENSION, DEMO_PENSION_ASSISTANT,
  DEMO_PENSION_HEAD, DEMO_CLERK_A, DEMO_CLERK_B, DEMO_CLERK_C, DEMO_AUDITOR, DEMO_N_STAFF, DEMO_NOBODY = -1
} KanDemoPerson;

typedef enum
{
  DEMO_LASA, DEMO_FEDERATION, DEMO_CENTRE, DEMO_COURIER, DEMO_SHREDDER, DEMO_PULPER, DEMO_N_OUTSIDERS
} KanDemoOutsider;

typedef enum { DEMO_VAULT, DEMO_SAFE, DEMO_TERMINAL_ROOM, DEMO_N_PLACES } KanDemoPlace;

typedef struct { const char *staff_no, *name, *kana, *post, *login, *office; gboolean is_operator; } KanDemoStaff;
typedef struct { const char *name, *company, *post, *telephone, *contract_no; } KanDemoStranger;
typedef struct { const char *title, *room, *level; } KanDemoRoom;
typedef struct { const char *kind, *title, *version, *document_no, *allows, *text; gboolean reviewed; } KanDemoRule;
typedef struct { const char *media_kind, *maker, *model, *capacity, *label, *serial; } KanDemoModel;

extern const KanDemoStaff    kan_demo_staff[DEMO_N_STAFF];
extern const KanDemoStranger kan_demo_outsiders[DEMO_N_OUTSIDERS];
extern const KanDemoRoom     kan_demo_rooms[DEMO_N_PLACES];
extern const KanDemoRule     kan_demo_rules[];         /* ends with { 0 } */
extern const KanDemoModel    kan_demo_models[];        /* ends with { 0 } */
extern const char *const     kan_demo_uses[];          /* ends with NULL, as those below */
extern const char *const     kan_demo_sources[];
extern const char *const     kan_demo_words[];

typedef enum { DEMO_USB, DEMO_HDD, DEMO_TAPE, DEMO_MO, DEMO_DVD, DEMO_PAPER } KanDemoMedia;

/* A medium as the script knows it; what it holds and where it is, the registers know. */
typedef struct { KanDemoMedia of; char subject[16], label[64], serial[24]; gint64 sheets; } KanDemoMedium;

/* One payment, and the media recorded for it. */
typedef struct
{
  KanDay        payment;
  char          serves[8];
  KanDemoMedium *usb[2], *hdd, *tape;
  KanDemoMedium paper, dvd, delivery;
  char          round_trip[16], hand_over[16], disposal[16], other[16];   /* take-outs */
} KanDemoCycle;

typedef struct _KanDemo KanDemo;
typedef void (*KanDemoDeed) (KanDemo *demo, gint64 what);

struct _KanDemo
{
  KanDesk      *desk;
  KanBook      *book;
  KanKeys      *keys[DEMO_N_STAFF];
  KanSecret    *passphrases[DEMO_N_STAFF];
  guint64       random;
  KanDay        first, today, last;     /* the first day, the one being played, the last business day */
  gint64        clock;                  /* seconds of UTC */
  gint64        acts_wanted, n_acts;
  KanDemoPerson cosigner;               /* signs along with the next act */
  GHashTable   *jobs;                   /* KanDay → GArray of jobs */
  GArray       *cycles;                 /* KanDemoCycle */
  int           overdue;                /* which of them ended with something forgotten; -1: none */
  KanDay        transfer;               /* 1 April on which offices change */
  KanDay        acting_since, acting_until;   /* the pension manager's sick leave */
  KanDemoMedium usb[6], hdd[3], tape[3], spare[3];
  GArray       *pool;                   /* KanDemoMedium: what grows the file */
  guint         n_serials[DEMO_PAPER + 1];
  guint         n_seals, n_receipts;
  char          subject[16];            /* what the last act was about */
  char          batch[16];              /* what was recorded last */
  char          last_out[16], last_asked[16];   /* the take-outs that are open in the end */
  gint64        seq;                    /* the last act */
  GError       *failed;
};

/* kan-demo-script.c: the clock, chance, and an act as one line */
guint         kan_demo_chance        (KanDemo *self, guint below);
const char   *kan_demo_pick          (KanDemo *self, const char *const *words);
void          kan_demo_play_day      (KanDemo *self);
void          kan_demo_wait          (KanDemo *self, gint64 seconds);
void          kan_demo_open_day      (KanDemo *self, KanDay day);
KanDay        kan_demo_business_day  (KanDemo *self, KanDay day, int n);
void          kan_demo_plan          (KanDemo *self, KanDay day, KanDemoDeed deed, gint64 what);
void          kan_demo_act           (KanDemo *self, KanDemoPerson who, const char *kind, const char *subject,
                                      ...) G_GNUC_NULL_TERMINATED;
gint64        kan_demo_ask           (KanDemo *self, const char *sql, const char *subject);
gboolean      kan_demo_is_in         (KanDemo *self, const KanDemoMedium *medium, const char *state);
const char   *kan_demo_person        (KanDemoPerson person);
const char   *kan_demo_outsider      (KanDemoOutsider outsider);
const char   *kan_demo_place         (KanDemoPlace place);
KanDemoPerson kan_demo_information_manager (KanDemo *self);
KanDemoPerson kan_demo_deputy        (KanDemo *self);
KanDemoPerson kan_demo_system_manager (KanDemo *self);
KanDemoPerson kan_demo_operator      (KanDemo *self);
KanDemoCycle *kan_demo_cycle         (KanDemo *self, gint64 index);

/* kan-demo-office.c: founding, staff, rules, places, changes of office */
void          kan_demo_set_up        (KanDemo *self, gint64 what);
void          kan_demo_plan_office   (KanDemo *self);

/* kan-demo-media.c: from registration to destruction */
void          kan_demo_acquire       (KanDemo *self, KanDemoMedium *medium, KanDemoMedia of);
void          kan_demo_record        (KanDemo *self, const KanDemoMedium *medium, const char *serves,
                                      const char *copy_of, gint64 count);
gint64        kan_demo_open_count    (KanDemo *self, const KanDemoMedium *medium);
void          kan_demo_erase         (KanDemo *self, const KanDemoMedium *medium);
void          kan_demo_destroy       (KanDemo *self, const KanDemoMedium *medium, KanDemoOutsider contractor);
void          kan_demo_plan_cycle    (KanDemo *self, int index);
void          kan_demo_buy_media     (KanDemo *self, gint64 what);

/* kan-demo-incidents.c: what goes wrong, and what stays open at the end */
void          kan_demo_plan_incidents (KanDemo *self);
void          kan_demo_plan_routine   (KanDemo *self);
void          kan_demo_grow           (KanDemo *self, gint64 n_acts);

/* kan-demo-takeout.c: taking media outside */
void          kan_demo_plan_takeouts  (KanDemo *self, int index);
void          kan_demo_plan_last_takeouts (KanDemo *self);

G_END_DECLS
