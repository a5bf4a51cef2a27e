/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Variant forms (異体字) of the characters that names are written with: whoever searches types the form that the
 * keyboard gives, and the register has the one of the family register. Two forms are the same only where one looks for
 * something; what is told apart by its name stays told apart. */
#include "values/kan-variants.h"

/* Each word is one character in its forms, the usual one first. Left out are those that normalisation already makes
 * one (compatibility ideographs), and characters that are confused though they are two: 渡 and 渉, 阪 and 坂. */
static const char words[] =
  "高髙 吉𠮷 崎﨑嵜碕㟢 辺邊邉 斉齊斎齋 沢澤 浜濱濵 渉涉 島嶋嶌 桜櫻 広廣 国國圀 恵惠 栄榮 柳栁桺 槙槇 滝瀧 竜龍 "
  "瀬瀨 児兒 条條 壮壯 実實 寿壽 峰峯 万萬 円圓 塩鹽 応應 奥奧 横橫 亀龜 関關 巌巖 黒黑 剣劍劔剱 検檢 験驗 顕顯 "
  "権權 厳嚴 鉱鑛 桧檜 藪薮籔 籠篭 曽曾 静靜 浄淨 真眞 慎愼 鎮鎭 頼賴 莱萊 来來 麦麥 聡聰 総總 徳德 稲稻 穂穗 秋穐 "
  "富冨 寛寬 宝寶寳 豊豐 弥彌 祢禰 称稱 珍珎 弁辨辯瓣 参參 双雙 遥遙 瑶瑤 揺搖 謡謠 薫薰 勲勳勛 郷鄕 郎郞 黄黃 間閒 "
  "館舘 鴎鷗 区區 欧歐 枢樞 毎每 戸戶 青靑 清淸 緑綠 録錄 禄祿 縁緣 県縣 尭堯 暁曉 焼燒 粋粹 帯帶 蔵藏 荘莊 桑桒 "
  "芦蘆 鰺鯵 蝉蟬 蛎蠣 砺礪 励勵 灯燈 点點 与與 誉譽 挙擧 学學斈 覚覺 楽樂 薬藥 楼樓 数數 体體 団團 図圖 囲圍 園薗 "
  "芸藝 鶴靏靍鸖 鶏鷄 鴬鶯 諌諫 鉄鐵鐡銕 銭錢 浅淺 船舩 皐皋臯 晃晄 煕熙凞 凛凜 涼凉 準凖 況况 沖冲 峡峽 狭狹 侠俠 "
  "頬頰 争爭 為爲 仏佛 払拂 仮假 価價 乗乘 勧勸 歓歡 観觀 巻卷 単單 弾彈 禅禪 戦戰 収收 叙敍敘 塁壘 壌壤 譲讓 嬢孃 "
  "醸釀 穣穰 壱壹 声聲 売賣 読讀 続續 変變 恋戀 湾灣 卯夘 姉姊 姫姬 枡桝 柏栢 櫟檪 棲栖 梼檮 栃杤 歯齒 歳歲 歴歷 暦曆 "
  "毘毗 気氣 渋澁澀 渓溪 淵渕渊 潅灌 潜潛 済濟 湿濕 満滿 猪豬 狸貍 猫貓 献獻 畳疊 研硏 祷禱 礼禮 窓窗 竪豎 並竝 粛肅 "
  "繍繡 糸絲 経經 径徑 軽輕 茎莖 継繼 絵繪 会會 縄繩 縦縱 従從 群羣 翠翆 聴聽 庁廳 舎舍 舗舖 艶艷 萌萠 蒋蔣 虎乕 処處 "
  "号號 虫蟲 蚕蠶 衛衞 裏裡 装裝 覧覽 触觸 証證 賛贊 転轉 辞辭 迪廸 村邨 釈釋 鈎鉤 鎌鐮 隠隱 険險 随隨 隣鄰 雑雜 霊靈 "
  "穎頴 顔顏 駅驛 駆驅 髪髮 闘鬭鬪 雁鴈 麹麴 麺麵 齢齡 昂昻 橋𣘺 土圡 宮宫 呂吕 内內 両兩 亘亙 亜亞 京亰 仙僊 伝傳 "
  "兎兔 勅敕 効效 労勞 営營 蛍螢 台臺 呉吳 野埜 増增 奨奬 寝寢 対對 専專 将將 尚尙 届屆 属屬 岳嶽 巣巢 帰歸 庵菴 彦彥 "
  "徴徵 恒恆 悪惡 悦悅 懐懷 抜拔 択擇 担擔 拝拜 拠據 拡擴 掲揭 摂攝 撃擊 旧舊 昼晝 晩晚 晋晉 様樣 概槪 歩步 没沒 "
  "涙淚 炉爐 煙烟 焔焰 状狀 独獨 瓶甁 産產 発發 皓皜 穏穩 蓑簑 翻飜 肇肈 胆膽 脱脫 虚虛 訳譯 説說 税稅 鋭銳 閲閱";

/* Each form of a word but the first, and that one. */
static GHashTable *
read_words (void)
{
  GHashTable *usual = g_hash_table_new (NULL, NULL);
  gunichar first = 0;

  for (const char *p = words; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == ' ')
        first = 0;
      else if (first == 0)
        first = c;
      else
        g_hash_table_insert (usual, GUINT_TO_POINTER (c), GUINT_TO_POINTER (first));
    }
  return usual;
}

/**
 * kan_variant_fold:
 * @c: a character
 *
 * Returns: the usual form of it, where it is a variant of another in names; else @c
 */
gunichar
kan_variant_fold (gunichar c)
{
  static GHashTable *usual;
  gpointer found;

  if (c < 0x3400)
    return c;
  if (g_once_init_enter (&usual))
    g_once_init_leave (&usual, read_words ());
  found = g_hash_table_lookup (usual, GUINT_TO_POINTER (c));
  return found != NULL ? GPOINTER_TO_UINT (found) : c;
}
