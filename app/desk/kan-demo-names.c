/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whom and what the demo is about: invented people, companies and things in a pension office of Nagasaki. Names carry
 * what names carry: variation selectors, compatibility ideographs, a character beyond the basic plane. */
#include "desk/kan-demo-private.h"

const KanDemoStaff kan_demo_staff[DEMO_N_STAFF] = {
  [DEMO_CHIEF] = { "1001", "松尾　隆志", "まつお　たかし", "事務局長", "matsuo", "secretary_general", FALSE },
  [DEMO_VICE] = { "1004", "浦川　誠", "うらかわ　まこと", "事務局次長", "urakawa", "deputy_secretary_general", FALSE },
  [DEMO_GENERAL] = { "1007", "宮\uFA11　由美子", "みやざき　ゆみこ", "総務課長", "miyazaki", "general_affairs_manager", FALSE },
  [DEMO_GENERAL_ASSISTANT] = { "1012", "\U00020BB7田　健太郎", "よしだ　けんたろう", "総務課　課長補佐", "yoshida",
                               "general_affairs_assistant", FALSE },
  [DEMO_GENERAL_HEAD] = { "1018", "前田　千尋", "まえだ　ちひろ", "総務課　総務係長", "maeda", "general_affairs_head", FALSE },
  [DEMO_PENSION] = { "1009", "渡邉\U000E0102　浩一", "わたなべ　こういち", "年金課長", "watanabe", "pension_manager", FALSE },
  [DEMO_PENSION_ASSISTANT] = { "1014", "辻\U000E0100　恵子", "つじ　けいこ", "年金課　課長補佐", "tsuji", "pension_assistant",
                               FALSE },
  [DEMO_PENSION_HEAD] = { "1021", "髙橋　亮", "たかはし　りょう", "年金課　年金係長", "takahashi", "pension_head", TRUE },
  [DEMO_CLERK_A] = { "1026", "森　真由美", "もり　まゆみ", "年金課　年金係", "mori", NULL, TRUE },
  [DEMO_CLERK_B] = { "1031", "永尾　翔太", "ながお　しょうた", "年金課　年金係", "nagao", NULL, TRUE },
  [DEMO_CLERK_C] = { "1033", "一ノ瀬　彩", "いちのせ　あや", "年金課　年金係", "ichinose", NULL, TRUE },
  [DEMO_AUDITOR] = { "1016", "林田　和子", "はやしだ　かずこ", "監査室", "hayashida", "audit_clerk", FALSE },
};

const KanDemoStranger kan_demo_outsiders[DEMO_N_OUTSIDERS] = {
  [DEMO_LASA] = { "小倉　智子", "住基情報提供センター", "送達担当", "03-0000-1182", NULL },
  [DEMO_FEDERATION] = { "大塚　裕介", "全国共済年金連合会", "年金部　情報係長", "03-0000-2240", NULL },
  [DEMO_CENTRE] = { "久保　さやか", "県央電算センター", "運用課", "0957-00-3310", "委5-014" },
  [DEMO_COURIER] = { "松永　拓也", "西海セキュリティ輸送", "諫早営業所", "0957-00-4415", "委5-015" },
  [DEMO_SHREDDER] = { "平山　勝", "ながさき破砕リサイクル", "処理工場　主任", "095-000-5521", "委5-021" },
  [DEMO_PULPER] = { "川原　みどり", "大村製紙原料", "溶解工場", "0957-00-6630", "委5-022" },
};

const KanDemoRoom kan_demo_rooms[DEMO_N_PLACES] = {
  [DEMO_VAULT] = { "媒体保管庫", "電算室", "3" },
  [DEMO_SAFE] = { "耐火金庫", "電算室", "3" },
  [DEMO_TERMINAL_ROOM] = { "統合端末室", "年金課　統合端末室", "1" },
};

const KanDemoRule kan_demo_rules[] = {
  { "regulation", "本人確認情報の保護に関する規程", "4", "規程第18号", NULL, NULL, TRUE },
  { "user_id_method", "ユーザＩＤ管理方法", "2", "総-42", NULL, "ＩＤの発行、停止及び棚卸しの手順を定める。", TRUE },
  { "credential_method", "照合情報管理方法", "3", "年-17", NULL, "照合情報の登録、保管及び削除の手順を定める。", TRUE },
  { "asset_method", "情報資産管理方法", "2", "総-43", NULL, NULL, FALSE },
  { "emergency_plan", "緊急時対応計画書", "5", "総-44", NULL, "連絡順序、初動及び報告の期限を定める。", TRUE },
  { "media_kind", "ＵＳＢメモリの使用に関する定め", "1", "年-20", "usb", "暗号化機能を持つ登録済みのものに限る。", TRUE },
  { "media_kind", "ＤＶＤの使用に関する定め", "1", "年-21", "dvd", "関係機関との授受に限り、追記型を用いる。", TRUE },
  { 0 }
};

/* In the order of KanDemoMedia. */
const KanDemoModel kan_demo_models[] = {
  [DEMO_USB] = { "usb", "九十九電子", "TK-USB32S", "32GB", "ＵＳＢ", "TK7" },
  [DEMO_HDD] = { "hdd", "有明ストレージ", "AR-HD1000", "1TB", "ＨＤＤ", "ARH" },
  [DEMO_TAPE] = { "tape", "壱岐磁気工業", "IK-LTO6", "2.5TB", "テープ", "IKT" },
  [DEMO_MO] = { "mo", "平戸光学", "HR-MO640", "640MB", "ＭＯ", NULL },
  [DEMO_DVD] = { "dvd", "平戸光学", "HR-DR47", "4.7GB", "ＤＶＤ", NULL },
  [DEMO_PAPER] = { "paper", NULL, NULL, NULL, "紙束", NULL },
  { 0 }
};

const char *const kan_demo_uses[] = {
  "現況届の照合", "年金請求書の審査", "住所変更の確認", "加給年金対象者の確認", "遺族年金請求の審査", "未支給年金の確認",
  "支給停止事由の確認", "受給者原票の更新", NULL
};

const char *const kan_demo_sources[] = {
  "住民基本台帳ネットワーク（一括照会）", "住民基本台帳ネットワーク（即時照会）", "生存確認一括処理", "異動情報の一括提供", NULL
};

/* What passphrases are made of. */
const char *const kan_demo_words[] = {
  "ajisai", "akari", "amagumo", "asagao", "biwa", "chanpon", "dejima", "fukurou", "glover", "hamabe", "hanabi",
  "hatoba", "hikari", "hoshizora", "ichigo", "inasayama", "isaribi", "kakiwa", "kamome", "karasumi", "kasutera",
  "kawase", "kazaguruma", "kingyo", "kisaragi", "kujira", "kumonosu", "megane", "mikan", "minato", "momiji",
  "natsumikan", "nishikaze", "omura", "oranda", "ponzu", "ramune", "sakana", "sasebo", "satsuki", "shamisen",
  "shiokaze", "sorairo", "sunahama", "tako", "tanpopo", "tobiuo", "tomoshibi", "toriniku", "tsubaki", "tsukimi",
  "umibe", "unzen", "urakami", "wakame", "yamabiko", "yosakura", "yukige", "yunomi", "yuuhi", "zabon", "zakuro",
  "zatou", "zouri", NULL
};
