/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vocabularies that no profile changes. Ids are signed: they are never renamed, and none is reused. */
#include "registers/kan-choices.h"

const KanFixedChoice kan_fixed_choices[] = {
  { "appointment_kind", "regular",    L ("Regular post", "本務") },
  { "appointment_kind", "concurrent", L ("Concurrent post", "兼務") },
  { "appointment_kind", "superior",   L ("Superior holds post", "事務取扱") },
  { "appointment_kind", "acting",     L ("Acting", "職務代理") },

  { "rule_kind", "regulation",        L ("Regulation", "規程") },
  { "rule_kind", "user_id_method",    L ("Management of user IDs", "ユーザＩＤ管理方法") },
  { "rule_kind", "credential_method", L ("Management of matching data", "照合情報管理方法") },
  { "rule_kind", "asset_method",      L ("Management of information assets", "情報資産管理方法") },
  { "rule_kind", "emergency_plan",    L ("Emergency plan", "緊急時対応計画書") },
  { "rule_kind", "president_order",   L ("Order of the president", "理事長の定め") },
  { "rule_kind", "media_kind",        L ("Media allowed", "使用を認める記録媒体") },
  { "rule_kind", "procedure",         L ("Procedure", "要領・手順") },

  { "takeout_kind", "round_trip",     L ("Round trip", "往復") },
  { "takeout_kind", "hand_over",      L ("Hand over", "引渡し（返却なし）") },
  { "takeout_kind", "disposal",       L ("To be destroyed by a contractor", "廃棄委託") },

  { "payment_kind", "off_cycle",      L ("Off-cycle payment", "随時払") },
  { "payment_kind", "override",       L ("Payment day moved", "支給日の変更") },

  { "condition", "sound",             L ("Nothing unusual", "異状なし") },
  { "condition", "faulty",            L ("Faulty", "障害あり") },

  { "arrival", "sound",               L ("Nothing unusual", "異状なし") },
  { "arrival", "damaged",             L ("Damaged or opened", "破損・開封あり") },

  { "hold_reason", "evidence",        L ("Kept as evidence", "証拠保全") },
  { "hold_reason", "incident",        L ("Incident under inquiry", "事故調査") },
  { "hold_reason", "request",         L ("Asked for by an authority", "関係機関の求め") },

  /* Rules that a fact may break and be marked with: the article, and what is wrong. */
  { "breach", "overtakes", L ("Happened before it was decided", "決裁前の実施") },
  { "breach", "not_entitled",         L ("By somebody not entitled", "権限のない者による処理") },
  { "breach", "wrong_state",          L ("Out of order", "手順の不一致") },
  { "breach", "role_vacant",          L ("A role that must decide is vacant", "決裁者の欠員") },
  { "breach", "nobody_independent",   L ("Nobody independent decided", "独立した決裁者の不在") },
  { "breach", "not_requester",        L ("By somebody else than who applied", "申請者以外による処理") },
  { "breach", "2.media_kind",         L ("Medium allowed by no rule", "使用の認められていない記録媒体") },
  { "breach", "9-1.operator",         L ("Handled by no operator", "システム操作者以外による取扱い") },
  { "breach", "11-1.count",           L ("Counts do not add up", "件数の不一致") },
  { "breach", "11-1.hold",            L ("Destroyed or given away while on hold", "廃棄保留中の処理") },
  { "breach", "11-1.not_due",         L ("Before its time without approval", "承認のない期限前の消去・廃棄") },
  { "breach", "11-1.medium_state",    L ("Recorded on a medium not at hand", "手元にない記録媒体への記録") },
  { "breach", "11-2.place",           L ("Outside the appointed places", "所定の場所以外での保管") },
  { "breach", "11-3.unapproved",      L ("Taken out without consent", "承諾のない持出し") },
  { "breach", "11-3.expired",         L ("Consent expired", "承諾の有効期間経過") },
  { "breach", "11-3.valid_until",     L ("Consent asked for too long", "承諾の有効期間の超過") },
  { "breach", "11-3.elsewhere",       L ("In two take-outs at once", "持出しの重複") },
  { "breach", "11-3.not_stored",      L ("Taken out from elsewhere than the store", "保管場所以外からの持出し") },
  { "breach", "11-3.quantity",        L ("Quantity differs", "数量の不一致") },
  { "breach", "11-3.count",           L ("Count differs", "持出件数の不一致") },
  { "breach", "11-3.two_persons",     L ("Giver and taker are one person", "受渡しが同一人") },
  { "breach", "11-3.seal",            L ("Another seal", "封印番号の不一致") },
  { "breach", "11-3.damage",          L ("Arrived damaged or opened", "破損・開封") },
  { "breach", "11-3.missing",         L ("Did not come back", "未返却") },
  { "breach", "11-3.late_return",     L ("Came back late", "返却遅延") },
  { "breach", "11-3.not_returned",    L ("Closed instead of returned", "返却のない完了") },
  { "breach", "11-3.erasure_proof",   L ("No proof of erasure", "消去証明書なし") },
  { "breach", "11-4.method",          L ("Method of erasure not fit", "不適切な消去方法") },
  { "breach", "11-4.not_erased",      L ("Destroyed without erasing", "消去を経ない廃棄") },
  { "breach", "11-4.reuse",           L ("Reused although it is not reusable", "再使用できない記録媒体の使用") },
  { "breach", "11-5.identity",        L ("Number not confirmed", "番号の不一致・未確認") },
  { "breach", "11-5.sheets",          L ("Sheets differ", "枚数の不一致") },
  { "breach", "11-5.method",          L ("Method of destruction not fit", "不適切な廃棄方法") },
  { "breach", "11-5.witness",         L ("No independent witness", "立会者が実施者と同一") },
  { "breach", "11-5.contractor",      L ("Contractor not named", "委託先の記載なし") },
  { "breach", "11-5.contractor_certificate", L ("No certificate of the contractor", "委託先の証明書なし") },
  { "breach", "11-5.not_here",        L ("Destroyed elsewhere than recorded", "所在と異なる廃棄") },
  { "breach", "11-5.not_destroyed",   L ("No destruction recorded", "廃棄の記録なし") },
  { "breach", "20.incident_number",   L ("Incident number missing", "事故番号の未記入") },
  { 0 }
};
