//! Whether a text reads like one person's name, and how surely.
//!
//! Two things speak for a name: how its words are written (capitals, initials, particles), and
//! words that are known as given names or, in Chinese, Japanese and Korean, as family names. The
//! first alone fits many titles too ("Visual Studio"), so callers ask for [`Strength::Known`]
//! wherever nothing else says that a person stands there.

use crate::library::vocabulary;
use crate::text::word_table::WordTable;

use crate::text::fold::fold;
use crate::text::line;

/// How surely a text is a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// It is written like one.
    Written,
    /// It is written like one, and holds a word that is known as a name.
    Known,
}

/// Whether a word is a particle inside names, which keeps its small letter.
pub(super) fn is_particle(word: &[u8]) -> bool {
    match word.len() {
        1 => matches!(word, b"e" | b"y"),
        2 => matches!(word, b"al" | b"da" | b"de" | b"di" | b"do" | b"du" | b"el" | b"la" | b"le" | b"zu"),
        3 => matches!(word, b"bin" | b"del" | b"den" | b"der" | b"dos" | b"ten" | b"ter" | b"van" | b"von"),
        5 => word == b"della",
        _ => false,
    }
}

/// Titles and forms of address, which are no part of a name.
pub(super) const ADDRESSES: &[&str] = &[
    "dr", "dr.", "prof", "prof.", "professor", "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "ph.d.", "phd", "sir",
];

/// No name is longer, in bytes.
const LONGEST: usize = 60;

/// How surely a text is one person's name: two to four words with capitals, initials and
/// particles allowed, no digit, no word that is known for something else. `None` when it is not.
pub fn strength(text: &str) -> Option<Strength> {
    let text = without_address(text);
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    if !text.is_ascii() && text.chars().any(is_east_asian) {
        return east_asian(text).then_some(Strength::Known);
    }
    if text.contains(['(', ')']) && text.matches('(').count() != text.matches(')').count() {
        return None;
    }
    // Most texts are words with one blank between them, which are found at once.
    if line::is_bare(text) {
        return of_words(text.split_ascii_whitespace());
    }
    of_words(text.split_whitespace())
}

/// As [`strength`], for words of letters of ASCII with single blanks between them, of which the first is no form of address.
pub(super) fn strength_of_bare(text: &str) -> Option<Strength> {
    if text.len() > LONGEST { None } else { of_words(text.split_ascii_whitespace()) }
}

/// As [`strength`], for the words of a text.
fn of_words<'w>(words: impl Iterator<Item = &'w str>) -> Option<Strength> {
    // Most texts have too many words; each of them counts but for particles.
    const MOST: usize = 4;
    let (mut counted, mut count, mut all) = ([(0, ""); MOST], 0, 0);
    for (at, word) in words.enumerate() {
        all = at + 1;
        if at > 0 && is_particle(word.as_bytes()) {
            continue;
        }
        *counted.get_mut(count)? = (at, word);
        count += 1;
    }
    if count < 2 {
        return None;
    }
    let (mut full, mut short, mut known) = (0, 0, false);
    for (at, word) in counted.into_iter().take(count) {
        // "Sarah Young": behind a given name, a word of titles is a family name.
        if at > 0 && known && is_word_of_titles(word) && !is_word_of_programmes(word) {
            full += 1;
            continue;
        }
        // "Olivier ALEXANDRE": a family name that is set in capitals.
        let small = word.as_bytes().get(1).is_some_and(u8::is_ascii_lowercase);
        let last = !small && known && at == 1 && all == 2;
        if last && word.chars().count() >= 4 && word.chars().all(|c| c.is_uppercase() || c == '-') {
            full += 1;
            continue;
        }
        match word_of_name(word) {
            Some(true) => {
                full += 1;
                known |= full + short <= 2 && is_given_name(word);
            }
            Some(false) => short += 1,
            None => return None,
        }
    }
    // "Ines M" is somebody; "A. B." is not enough to go by.
    let fits = full >= 1 && (2..=MOST).contains(&(full + short));
    fits.then_some(if known { Strength::Known } else { Strength::Written })
}

/// The quick look that nearly every text fails: a name has at least two words, and the second is
/// written with a capital too, or is a particle or a nickname. Scripts without capitals are looked at
/// whole.
pub(super) fn opens_like_a_name(text: &str) -> bool {
    let mut words = text.split_whitespace().map(|w| w.trim_start_matches(['*', '_', '(', '"', '“', '[']));
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    match words.next() {
        Some(first) if first.starts_with(|c: char| c >= '\u{3041}' || c == '@') => true,
        Some(first) if capital(first) || first.len() > 2 && first.ends_with(char::is_uppercase) => words
            .next()
            .is_some_and(|w| capital(w) || is_particle(w.as_bytes()) || w.contains('\'') || w.contains('’')),
        _ => false,
    }
}

/// Takes "Professor" and the like off the start.
pub(super) fn without_address(text: &str) -> &str {
    // With one of these letters all of them begin, and few other words do.
    let may_open = |text: &str| text.starts_with(['D', 'M', 'P', 'S', 'd', 'm', 'p', 's']);
    let mut rest = text.trim();
    while let Some((word, behind)) =
        Some(rest).filter(|rest| may_open(rest)).and_then(|rest| rest.split_once(' '))
    {
        if !ADDRESSES.iter().any(|address| address.eq_ignore_ascii_case(word)) {
            break;
        }
        rest = behind.trim_start();
    }
    rest
}

/// A word of a name: `Some(true)` when it is written out, `Some(false)` for an initial.
pub(super) fn word_of_name(word: &str) -> Option<bool> {
    // What nearly every word of a name is.
    let plain = |bytes: &[u8]| bytes[0].is_ascii_uppercase() && bytes[1..].iter().all(u8::is_ascii_lowercase);
    if word.len() > 3 && plain(word.as_bytes()) {
        let means = vocabulary::is_no_name(word) || line::is_function_word(word) && !is_given_name(word);
        return (!means).then_some(true);
    }
    // A nickname stands in parentheses or quotes between the names.
    let bare = word.trim_matches(['(', ')', '"', '“', '”']);
    if bare.len() < word.len() {
        return word_of_name(bare);
    }
    let first = word.chars().next()?;
    let small_start =
        ["d'", "d’", "de", "mc"].iter().any(|p| word.len() > p.len() + 1 && word.starts_with(p));
    let camel = small_start && word.chars().nth(2).is_some_and(char::is_uppercase);
    if !first.is_uppercase() && !camel {
        return None;
    }
    let letters = word.trim_end_matches('.');
    // "C.H."
    if word.ends_with('.') && letters.split('.').all(|l| l.chars().count() == 1) {
        return Some(false);
    }
    if letters.chars().count() == 1 || (word.ends_with('.') && letters.chars().count() <= 2) {
        return Some(false);
    }
    if letters.len() <= 3
        && matches!(letters, "JR" | "CJ" | "AJ" | "TJ" | "DJ" | "BJ" | "PJ" | "RJ" | "KC" | "Jr" | "Sr")
    {
        return Some(false);
    }
    let clean = letters.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'));
    let shouted = letters.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let ends_in_possession = letters.ends_with("'s") || letters.ends_with("’s");
    let known = vocabulary::is_no_name(letters);
    (clean
        && !shouted
        && !known
        && !ends_in_possession
        && (!line::is_function_word(letters) || is_given_name(letters)))
    .then_some(true)
}

/// Whether a word is written with a capital and known for something else than a name.
fn is_word_of_titles(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && vocabulary::is_no_name(word.trim_end_matches(['.', ',']))
}

/// Words of conference programmes, which stand behind a name without being part of it.
fn is_word_of_programmes(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "auditorium", "ballroom", "conference", "day", "demo", "foundation", "institute", "intro",
        "introduction", "keynote", "lightning", "notes", "panel", "presentation", "qa", "room", "session",
        "slides", "stage", "summit", "talk", "talks", "theater", "theatre", "track", "tutorial",
        "university", "video", "workshop",
    ];
    WORDS.contains(&fold(word.trim_matches(|c: char| !c.is_alphanumeric())).as_str())
}

/// "Jean-Louis" goes by its first half.
fn first_half(name: &str) -> &str {
    name.split('-').next().unwrap_or_default()
}

/// Whether a word is known as a given name.
pub fn is_given_name(word: &str) -> bool {
    if word.bytes().all(|b| b.is_ascii_alphabetic()) {
        return GIVEN_NAMES.has_ascii(word.as_bytes());
    }
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    if !bare.is_ascii() {
        let folded = fold(bare);
        return GIVEN_NAMES.has(&folded) || GIVEN_NAMES.has(first_half(&folded));
    }
    GIVEN_NAMES.has_folded(bare) || bare.contains('-') && GIVEN_NAMES.has_folded(first_half(bare))
}

fn is_east_asian(c: char) -> bool {
    is_han(c) || matches!(c, '\u{3041}'..='\u{30ff}' | '\u{ac00}'..='\u{d7a3}')
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '々')
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

/// Forms of address behind a name in Japanese, Chinese and Korean.
const BEHIND: &[&str] = &["さん", "氏", "様", "先生", "老师", "老師", "님", "씨", "教授", "博士", "女士"];

/// Takes "さん" and the like off the end.
pub(super) fn without_address_behind(text: &str) -> &str {
    if text.is_ascii() {
        return text;
    }
    let bare = BEHIND.iter().find_map(|address| text.strip_suffix(address)).map(str::trim_end);
    bare.filter(|name| name.chars().count() >= 2).unwrap_or(text)
}

/// A name in Chinese, Japanese or Korean: a family name of the usual ones and one to three signs
/// behind it, or any two to five signs that a form of address follows.
fn east_asian(text: &str) -> bool {
    let bare = BEHIND.iter().find_map(|b| text.strip_suffix(b));
    let addressed = bare.is_some();
    let name = bare.unwrap_or(text).trim();
    let solid: Vec<char> = name.chars().filter(|c| !matches!(c, ' ' | '　' | '·' | '・')).collect();
    let spaces = name.chars().filter(|c| matches!(c, ' ' | '　')).count();
    if spaces > 1 || solid.is_empty() {
        return false;
    }
    if solid.iter().all(|c| is_hangul(*c)) {
        let family = KOREAN_FAMILY.contains(&solid[0]);
        return (2..=4).contains(&solid.len()) && (family && solid.len() == 3 || addressed);
    }
    if solid.iter().all(|c| is_han(*c)) {
        let one: String = solid[..1].iter().collect();
        let two: String = solid[..solid.len().min(2)].iter().collect();
        let chinese = CHINESE_FAMILY.contains(&solid[0]) && (2..=3).contains(&solid.len());
        let double = CHINESE_DOUBLE.contains(&two.as_str()) && (3..=4).contains(&solid.len());
        let japanese = JAPANESE_FAMILY.iter().any(|f| *f == two || *f == one && solid.len() == 2)
            && (3..=5).contains(&solid.len());
        return addressed && (1..=5).contains(&solid.len()) || chinese || double || japanese;
    }
    let kana = |c: &char| is_han(*c) || matches!(c, '\u{3041}'..='\u{30ff}');
    addressed && solid.len() <= 8 && solid.iter().all(kana)
}

const CHINESE_FAMILY: &[char] = &[
    '王', '李', '张', '張', '刘', '劉', '陈', '陳', '杨', '楊', '赵', '趙', '黄', '黃', '周', '吴', '吳',
    '徐', '孙', '孫', '胡', '朱', '高', '林', '何', '郭', '马', '馬', '罗', '羅', '梁', '宋', '郑', '鄭',
    '谢', '謝', '韩', '韓', '唐', '冯', '馮', '于', '董', '萧', '蕭', '程', '曹', '袁', '邓', '鄧', '许',
    '許', '傅', '沈', '曾', '彭', '吕', '呂', '苏', '蘇', '卢', '盧', '蒋', '蔣', '蔡', '贾', '賈', '丁',
    '魏', '薛', '叶', '葉', '阎', '閻', '余', '潘', '杜', '戴', '夏', '钟', '鐘', '鍾', '汪', '田', '任',
    '姜', '范', '方', '石', '姚', '谭', '譚', '廖', '邹', '鄒', '熊', '金', '陆', '陸', '郝', '孔', '白',
    '崔', '康', '毛', '邱', '秦', '江', '史', '顾', '顧', '侯', '邵', '孟', '龙', '龍', '万', '萬', '段',
    '雷', '钱', '錢', '汤', '湯', '尹', '黎', '易', '常', '武', '乔', '喬', '贺', '賀', '赖', '賴', '龚',
    '龔', '文', '宫', '宮', '翁', '洪', '温', '鲁', '俞', '章', '季', '庄', '莊', '颜', '严', '嚴', '牛',
    '陶', '葛', '聂', '齐', '施', '柳', '裴', '祝', '柯', '霍', '申', '岳', '詹', '關', '关', '游', '費',
    '费', '左', '鲍', '毕', '樊',
];

const CHINESE_DOUBLE: &[&str] =
    &["欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "司徒", "夏侯", "东方"];

const JAPANESE_FAMILY: &[&str] = &[
    "佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "渡邊", "山本", "中村", "小林", "加藤", "吉田", "山田",
    "佐々", "山口", "松本", "井上", "木村", "林", "斎藤", "斉藤", "清水", "山崎", "森", "池田", "橋本",
    "阿部", "石川", "山下", "中島", "石井", "小川", "前田", "岡田", "長谷", "藤田", "後藤", "近藤", "村上",
    "遠藤", "青木", "坂本", "福田", "太田", "西村", "藤井", "金子", "岡本", "藤原", "三浦", "中野", "中川",
    "原田", "松田", "竹内", "小野", "田村", "中山", "和田", "石田", "森田", "上田", "原", "内田", "柴田",
    "酒井", "宮崎", "横山", "高木", "安藤", "宮本", "大野", "小島", "谷口", "工藤", "今井", "高田", "増田",
    "丸山", "杉山", "村田", "大塚", "新井", "小山", "平野", "藤本", "河野", "上野", "野口", "武田", "松井",
    "千葉", "菅原", "岩崎", "久保", "木下", "佐野", "野村", "松尾", "菊地", "菊池", "杉本", "古川", "大西",
    "島田", "水野", "桜井", "高野", "吉川", "山内", "西田", "飯田", "西川", "小松", "北村", "安田", "五十",
    "川口", "平田", "関", "中田", "久保", "東", "服部", "川崎", "岩田", "土屋", "福島", "本田", "辻", "樋口",
    "秋山", "田口", "永井", "山中", "中西", "吉村", "川上", "石原", "大橋", "松岡", "馬場", "浜田", "森本",
    "星野", "矢野", "浅野", "大久", "吉岡", "小池", "野田", "荒木", "熊谷", "松浦",
];

const KOREAN_FAMILY: &[char] = &[
    '김', '이', '박', '최', '정', '강', '조', '윤', '장', '임', '한', '오', '서', '신', '권', '황', '안',
    '송', '전', '홍', '유', '고', '문', '양', '손', '배', '백', '허', '남', '심', '노', '하', '곽', '성',
    '차', '주', '우', '구', '민', '류', '나', '진', '지', '엄',
];

/// Given names of many countries, folded and sorted. Names that are as often a word of titles
/// ("mark", "will", "grace") stand there too: they count only where the rest is written like a name.
pub(super) static GIVEN_NAMES: WordTable<16384> = WordTable::new(include_str!("vocabulary/given_names.txt"));

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<Strength>) {
        assert_eq!(strength(text), expected, "{text}");
    }

    #[test]
    fn known_names() {
        for name in [
            "Ada Lovelace", "Guido van Rossum", "Łukasz Langa", "Jean-Louis Lanet", "J. Ann Smith",
            "Prof. Ada Byron",
        ] {
            check(name, Some(Strength::Known));
        }
    }

    #[test]
    fn forms_of_address_go() {
        for address in ADDRESSES {
            let text = format!("{address} {} Ada Lovelace", address.to_uppercase());
            assert_eq!(without_address(&text), "Ada Lovelace");
        }
        assert_eq!(without_address("Mister Ada"), "Mister Ada");
    }

    #[test]
    fn what_is_only_written_like_one() {
        check("Weill Cornell", Some(Strength::Written));
        check("Zbrx Qwerty", Some(Strength::Written));
        for text in
            ["Ada", "Ada's Engine", "Machine Learning", "Python 3", "the Ada Lovelace", "ACME Corp", ""]
        {
            check(text, None);
        }
    }

    #[test]
    fn chinese_japanese_and_korean() {
        for name in ["刘磊", "欧阳明", "山田太郎", "佐藤 花子", "김철수", "たなかさん", "李运华"]
        {
            check(name, Some(Strength::Known));
        }
        for text in ["区块链", "参考資料", "まとめ", "안녕하세요", "架构", "技术管理"] {
            check(text, None);
        }
    }
}
