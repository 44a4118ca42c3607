//! Whether a text reads like one person's name, and how surely.
//!
//! Two things speak for a name: how its words are written (capitals, initials, particles), and
//! words that are known as given names or, in Chinese, Japanese and Korean, as family names. The
//! first alone fits many titles too ("Visual Studio"), so callers ask for [`Strength::Known`]
//! wherever nothing else says that a person stands there.

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

/// Particles inside names, which keep their small letter.
pub(super) const PARTICLES: &[&str] = &[
    "al", "bin", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "e", "el", "la", "le",
    "ten", "ter", "van", "von", "y", "zu",
];

/// Titles and forms of address, which are no part of a name.
const ADDRESSES: &[&str] =
    &["dr", "dr.", "prof", "prof.", "professor", "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "ph.d.", "phd", "sir"];

/// How surely a text is one person's name: two to four words with capitals, initials and
/// particles allowed, no digit, no word that is known for something else. `None` when it is not.
pub fn strength(text: &str) -> Option<Strength> {
    let text = without_address(text);
    if text.is_empty() || text.len() > 60 {
        return None;
    }
    if !text.is_ascii() && text.chars().any(is_east_asian) {
        return east_asian(text).then_some(Strength::Known);
    }
    if text.matches('(').count() != text.matches(')').count() {
        return None;
    }
    let (mut full, mut short, mut known) = (0, 0, false);
    for (at, word) in text.split_whitespace().enumerate() {
        if at > 0 && PARTICLES.contains(&word) {
            continue;
        }
        // "Sarah Young": behind a given name, a word of titles is a family name.
        if at > 0 && known && is_word_of_titles(word) && !is_word_of_programmes(word) {
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
    let fits = full >= 1 && (2..=4).contains(&(full + short));
    fits.then_some(if known { Strength::Known } else { Strength::Written })
}

/// Takes "Professor" and the like off the start.
pub(super) fn without_address(text: &str) -> &str {
    let mut rest = text.trim();
    while let Some((word, behind)) = rest.split_once(' ') {
        if !ADDRESSES.contains(&word.to_ascii_lowercase().as_str()) {
            break;
        }
        rest = behind.trim_start();
    }
    rest
}

/// A word of a name: `Some(true)` when it is written out, `Some(false)` for an initial.
pub(super) fn word_of_name(word: &str) -> Option<bool> {
    // A nickname stands in parentheses or quotes between the names.
    let word = word.trim_matches(['(', ')', '"', '“', '”']);
    let first = word.chars().next()?;
    let small_start = ["d'", "d’", "de", "mc"].iter().any(|p| word.len() > p.len() + 1 && word.starts_with(p));
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
    if letters.len() <= 3 && matches!(letters, "JR" | "CJ" | "AJ" | "TJ" | "DJ" | "BJ" | "PJ" | "RJ" | "KC" | "Jr" | "Sr") {
        return Some(false);
    }
    let clean = letters.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'));
    let shouted = letters.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let ends_in_possession = letters.ends_with("'s") || letters.ends_with("’s");
    let known = super::vocabulary::is_no_name(&fold(letters));
    (clean && !shouted && !known && !ends_in_possession && !line::is_function_word(letters)).then_some(true)
}

/// Whether a word is written with a capital and known for something else than a name.
fn is_word_of_titles(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && super::vocabulary::is_no_name(&fold(word.trim_end_matches(['.', ','])))
}

/// Words of conference programmes, which stand behind a name without being part of it.
fn is_word_of_programmes(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "conference", "day", "demo", "intro", "introduction", "keynote", "lightning", "notes", "panel",
        "presentation", "qa", "session", "slides", "summit", "talk", "talks", "track", "tutorial", "video",
        "workshop",
    ];
    WORDS.contains(&fold(word.trim_matches(|c: char| !c.is_alphanumeric())).as_str())
}

/// Whether a word is known as a given name.
pub fn is_given_name(word: &str) -> bool {
    let folded = fold(word.trim_matches(|c: char| !c.is_alphanumeric()));
    // "Jean-Louis" goes by its first half.
    let first = folded.split('-').next().unwrap_or_default();
    GIVEN_NAMES.binary_search(&folded.as_str()).is_ok() || GIVEN_NAMES.binary_search(&first).is_ok()
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
    '王', '李', '张', '張', '刘', '劉', '陈', '陳', '杨', '楊', '赵', '趙', '黄', '黃', '周', '吴', '吳', '徐', '孙', '孫', '胡', '朱',
    '高', '林', '何', '郭', '马', '馬', '罗', '羅', '梁', '宋', '郑', '鄭', '谢', '謝', '韩', '韓', '唐', '冯', '馮', '于', '董', '萧',
    '蕭', '程', '曹', '袁', '邓', '鄧', '许', '許', '傅', '沈', '曾', '彭', '吕', '呂', '苏', '蘇', '卢', '盧', '蒋', '蔣', '蔡', '贾',
    '賈', '丁', '魏', '薛', '叶', '葉', '阎', '閻', '余', '潘', '杜', '戴', '夏', '钟', '鐘', '鍾', '汪', '田', '任', '姜', '范', '方',
    '石', '姚', '谭', '譚', '廖', '邹', '鄒', '熊', '金', '陆', '陸', '郝', '孔', '白', '崔', '康', '毛', '邱', '秦', '江', '史', '顾',
    '顧', '侯', '邵', '孟', '龙', '龍', '万', '萬', '段', '雷', '钱', '錢', '汤', '湯', '尹', '黎', '易', '常', '武', '乔', '喬', '贺',
    '賀', '赖', '賴', '龚', '龔', '文', '宫', '宮', '翁', '洪', '温', '鲁', '俞', '章', '季', '庄', '莊', '颜', '严', '嚴', '牛', '陶',
    '葛', '聂', '齐', '施', '柳', '裴', '祝', '柯', '霍', '申', '岳', '詹', '關', '关', '游', '費', '费', '左', '鲍', '毕', '樊',
];

const CHINESE_DOUBLE: &[&str] = &["欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "司徒", "夏侯", "东方"];

const JAPANESE_FAMILY: &[&str] = &[
    "佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "渡邊", "山本", "中村", "小林", "加藤", "吉田", "山田", "佐々", "山口", "松本", "井上",
    "木村", "林", "斎藤", "斉藤", "清水", "山崎", "森", "池田", "橋本", "阿部", "石川", "山下", "中島", "石井", "小川", "前田", "岡田",
    "長谷", "藤田", "後藤", "近藤", "村上", "遠藤", "青木", "坂本", "福田", "太田", "西村", "藤井", "金子", "岡本", "藤原", "三浦", "中野",
    "中川", "原田", "松田", "竹内", "小野", "田村", "中山", "和田", "石田", "森田", "上田", "原", "内田", "柴田", "酒井", "宮崎", "横山",
    "高木", "安藤", "宮本", "大野", "小島", "谷口", "工藤", "今井", "高田", "増田", "丸山", "杉山", "村田", "大塚", "新井", "小山", "平野",
    "藤本", "河野", "上野", "野口", "武田", "松井", "千葉", "菅原", "岩崎", "久保", "木下", "佐野", "野村", "松尾", "菊地", "菊池", "杉本",
    "古川", "大西", "島田", "水野", "桜井", "高野", "吉川", "山内", "西田", "飯田", "西川", "小松", "北村", "安田", "五十", "川口", "平田",
    "関", "中田", "久保", "東", "服部", "川崎", "岩田", "土屋", "福島", "本田", "辻", "樋口", "秋山", "田口", "永井", "山中", "中西", "吉村",
    "川上", "石原", "大橋", "松岡", "馬場", "浜田", "森本", "星野", "矢野", "浅野", "大久", "吉岡", "小池", "野田", "荒木", "熊谷", "松浦",
];

const KOREAN_FAMILY: &[char] = &[
    '김', '이', '박', '최', '정', '강', '조', '윤', '장', '임', '한', '오', '서', '신', '권', '황', '안', '송', '전', '홍', '유', '고',
    '문', '양', '손', '배', '백', '허', '남', '심', '노', '하', '곽', '성', '차', '주', '우', '구', '민', '류', '나', '진', '지', '엄',
];

/// Given names of many countries, folded and sorted. Names that are as often a word of titles
/// ("mark", "will", "grace", "rich", "drew") stand here too: they count only where the rest is
/// written like a name.
const GIVEN_NAMES: &[&str] = &[
    "aakash", "aaron", "abby", "abdul", "abdullah", "abeer", "abel", "abhay", "abhijit", "abhishek",
    "abigail", "abraham", "ada", "adam", "adarsh", "ade", "adeel", "adele", "adi", "adina", "aditi",
    "aditya", "adolf", "adolfo", "adrian", "adriana", "adrien", "afshin", "agata", "agnes", "agnieszka",
    "ahmad", "ahmed", "ahsan", "aidan", "aiden", "aileen", "aimee", "aino", "aisha", "aitor", "ajay",
    "ajit", "akash", "akhil", "aki", "akira", "akshat", "akshay", "alaa", "alain", "alaina", "alan",
    "alana", "alaric", "alastair", "alba", "albert", "alberto", "albin", "alden", "aldo", "alec", "aled",
    "aleix", "alejandra", "alejandro", "aleksandar", "aleksandr", "aleksandra", "aleksei", "aleksey",
    "aleksi", "alena", "alessandra", "alessandro", "alessia", "alessio", "alex", "alexa", "alexander",
    "alexandra", "alexandre", "alexandru", "alexei", "alexey", "alexia", "alexis", "alfie", "alfonso",
    "alfred", "alfredo", "alhassan", "ali", "alia", "alice", "alicia", "alina", "aline", "alisa", "alison",
    "alistair", "alistar", "aljoscha", "allan", "allegra", "allen", "allie", "allison", "alma", "alok",
    "alona", "alva", "alvaro", "alvin", "alwin", "alyson", "alyssa", "amanda", "amandeep", "amandine",
    "amani", "amar", "amber", "ambika", "amelia", "amelie", "amina", "amir", "amit", "amitabh", "amol",
    "amos", "amr", "amrita", "amy", "ana", "anahita", "anais", "anand", "anant", "ananya", "anas",
    "anastasia", "anat", "anatoly", "anders", "andi", "andile", "andrea", "andreas", "andree", "andrei",
    "andrej", "andres", "andrew", "andrey", "andrius", "andrzej", "andy", "anete", "anette", "angel",
    "angela", "angelica", "angelina", "angelique", "angelo", "angelos", "angie", "angus", "aniket", "anil",
    "anirudh", "anis", "anish", "anita", "anja", "anjali", "anjana", "anke", "ankit", "ankita", "ankur",
    "ann", "anna", "annabel", "anne", "anneke", "annelies", "annemarie", "annemieke", "annette", "annie",
    "annika", "anouk", "anselm", "ansgar", "ante", "anthea", "anthony", "antje", "antoine", "antoinette",
    "anton", "antonia", "antonin", "antonio", "antony", "antti", "anu", "anuj", "anupam", "anurag", "anya",
    "aoife", "aparna", "apoorv", "april", "arash", "archana", "archie", "ari", "ariana", "ariane", "ariel",
    "aris", "arjan", "arjen", "arjun", "armand", "armando", "armel", "armin", "arnaud", "arndt", "arne",
    "arno", "arnold", "arron", "arsen", "art", "artem", "arthur", "artur", "arturo", "artyom", "arun",
    "aruna", "arvid", "arvin", "arvind", "asad", "asaf", "asha", "ashish", "ashlee", "ashleigh", "ashley",
    "ashlyn", "ashok", "ashton", "ashwin", "ashwini", "asim", "asli", "asma", "assaf", "aster", "astrid",
    "athena", "attila", "atul", "aubrey", "audrey", "audun", "august", "augustin", "aurelia", "aurelie",
    "aurelien", "austin", "avi", "avinash", "avishai", "avital", "avner", "axel", "aya", "ayelet", "ayesha",
    "aylin", "ayse", "ayumi", "azam", "aziz", "babak", "bailey", "bala", "balaji", "balazs", "barak",
    "barbara", "barnaby", "barrett", "barry", "bart", "bartek", "bartolomeo", "bartosz", "baruch", "basil",
    "basile", "basit", "basti", "bastiaan", "bastian", "bastien", "bea", "beata", "beatrice", "beatrix",
    "beatriz", "beau", "becca", "becky", "bela", "bella", "ben", "benedek", "benedetta", "benedict",
    "benedicte", "benedikt", "beng", "bengt", "benjamin", "benji", "benny", "benoit", "berit", "bernadett",
    "bernadette", "bernard", "bernardo", "bernat", "bernd", "bernhard", "bert", "berta", "bertil",
    "bertrand", "beryl", "bess", "beth", "bethany", "betsabe", "betsy", "betty", "bev", "beverly", "bharat",
    "bharath", "bhaskar", "bhavana", "bhavesh", "bhavin", "bianca", "bilal", "bill", "billy", "biren",
    "birgit", "birgitta", "bjarke", "bjarne", "bjoern", "bjorn", "blair", "blaise", "blake", "blanca", "bo",
    "boaz", "bob", "bobbie", "bobby", "bogdan", "bogumil", "bogumila", "bohan", "bojan", "boris", "borja",
    "boyan", "brad", "bradley", "brady", "brahim", "brandon", "brandy", "brant", "breanna", "bree",
    "brenda", "brendan", "brendon", "brennan", "brennen", "brent", "brenton", "brett", "brian", "briana",
    "brianna", "brianne", "bridget", "bridgette", "bridie", "brigitte", "brit", "britney", "britt",
    "brittany", "brittney", "bronagh", "bronwyn", "brooke", "brooks", "bruce", "bruno", "bryan", "bryant",
    "bryce", "bryn", "bryony", "bryson", "buddy", "burak", "burcu", "byron", "cagatay", "caitlin",
    "caitlyn", "caleb", "caleigh", "calvin", "cam", "camden", "camelia", "cameron", "camila", "camilla",
    "camille", "candace", "candice", "candy", "cara", "caren", "carie", "carina", "carl", "carla", "carlo",
    "carlos", "carlota", "carly", "carmel", "carmen", "carol", "carole", "carolin", "carolina", "caroline",
    "carolyn", "carrie", "carson", "carsten", "cary", "caryn", "casey", "caspar", "casper", "cassandra",
    "cassidy", "cassie", "catalin", "catalina", "catarina", "cate", "caterina", "cathal", "catherine",
    "cathleen", "cathryn", "cathy", "catia", "catriona", "cecil", "cecile", "cecilia", "cedric", "celeste",
    "celia", "celina", "celine", "celso", "cem", "cesar", "chad", "chaim", "chaitanya", "chana", "chandler",
    "chandra", "chang", "chantal", "charis", "charity", "charlene", "charles", "charley", "charlie",
    "charline", "charlotta", "charlotte", "charly", "chas", "chase", "chastity", "chauncey", "chelsea",
    "chelsey", "chen", "cheng", "cheryl", "chet", "chetan", "chi", "chiara", "chie", "chika", "chikako",
    "chinmay", "chip", "chirag", "chitra", "chloe", "chris", "chrissy", "christa", "christel", "christelle",
    "christiaan", "christian", "christiana", "christiane", "christie", "christin", "christina", "christine",
    "christof", "christoph", "christophe", "christopher", "christy", "chrystal", "chuck", "chun", "cian",
    "ciara", "cillian", "cin", "cindy", "claas", "claire", "clara", "clare", "clarence", "clarissa",
    "clark", "claude", "claudette", "claudia", "claudine", "claudio", "clay", "clayton", "clemence",
    "clemens", "clement", "clementine", "cliff", "clifford", "clint", "clinton", "clive", "clovis", "cody",
    "cole", "colette", "colin", "colleen", "collin", "conall", "conchita", "connie", "connor", "conny",
    "conor", "conrad", "constance", "constantin", "constanze", "cooper", "cora", "coraline", "corbin",
    "cordelia", "corentin", "corey", "corinna", "corinne", "cormac", "cornelia", "cornelius", "corrado",
    "corrie", "cory", "costin", "courtenay", "courtney", "craig", "cris", "crispin", "cristian",
    "cristiano", "cristina", "cristobal", "cruz", "crystal", "csaba", "curran", "curt", "curtis", "cyndi",
    "cynthia", "cyril", "cyrille", "cyrus", "dacia", "dagmar", "dai", "daiki", "daisuke", "daisy", "dakota",
    "dale", "dalia", "damian", "damiano", "damien", "damir", "damon", "dan", "dana", "danae", "dane",
    "dani", "daniel", "daniela", "daniele", "daniella", "danielle", "danijel", "danika", "danil", "danilo",
    "danish", "danna", "danni", "danny", "dante", "daphne", "dara", "darcy", "daria", "darian", "darin",
    "dario", "darius", "darja", "darko", "darla", "darragh", "darrel", "darrell", "darren", "darrin",
    "darron", "darryl", "darya", "daryl", "daryn", "dasha", "dave", "david", "davide", "davin", "davor",
    "dawid", "dawn", "dayna", "dean", "deana", "deanna", "deanne", "deb", "debasish", "debbie", "debora",
    "deborah", "deborrah", "debra", "declan", "deena", "deepa", "deepak", "deepti", "deirdre", "delaney",
    "delfina", "delia", "delilah", "delphine", "demetris", "demi", "denis", "denisa", "denise", "dennis",
    "denny", "denys", "derek", "derrek", "derrick", "desiree", "desmond", "detlef", "devang", "deven",
    "devin", "devon", "devyn", "dewi", "dexter", "dhruv", "diana", "diane", "dianne", "diarmuid", "didi",
    "didier", "diego", "dieter", "dietmar", "digby", "dilan", "dilip", "dillon", "dima", "dimitar",
    "dimitri", "dimitrios", "dimitris", "dimo", "dimple", "dina", "dinah", "dinesh", "dino", "dipti",
    "dirk", "divij", "divya", "dmitri", "dmitrii", "dmitriy", "dmitry", "dmytro", "dnyaneshwar", "dolores",
    "domenic", "domenico", "dominic", "dominik", "dominika", "dominique", "don", "donal", "donald",
    "donatas", "donatella", "donato", "donna", "donncha", "donnie", "donny", "dora", "doreen", "dorian",
    "dorina", "doris", "dorit", "dorota", "dorothea", "dorothy", "dorottya", "dot", "doug", "dougal",
    "douglas", "dov", "dragan", "drago", "dragos", "drew", "driss", "duane", "duarte", "duc", "dulce",
    "duncan", "dustin", "dwayne", "dwight", "dyan", "dylan", "dzmitry", "eamon", "eamonn", "earl",
    "earnest", "eben", "ebony", "ed", "eddie", "eddy", "eden", "edgar", "edith", "edmund", "edoardo",
    "eduard", "eduardo", "edward", "edwin", "edyta", "efrat", "efren", "egon", "egor", "eileen", "einar",
    "eirik", "eirini", "eitan", "ekaterina", "elad", "elaina", "elaine", "elan", "eldad", "eldar",
    "eleanor", "eleftheria", "elena", "eleni", "eleonora", "elham", "eli", "elia", "elian", "eliana",
    "elias", "elijah", "elin", "elina", "eliot", "elisa", "elisabeth", "elise", "elisha", "eliska",
    "elissa", "eliza", "elizabeth", "elke", "ella", "elle", "ellen", "elliot", "elliott", "ellis", "elmar",
    "elmer", "elnaz", "elodie", "eloise", "elon", "elona", "elsa", "elsbeth", "elsie", "elvira", "elwin",
    "elyse", "emanuel", "emanuela", "emanuele", "emelie", "emeric", "emi", "emiko", "emil", "emile",
    "emilia", "emiliano", "emilie", "emilio", "emily", "emin", "emir", "emma", "emmanuel", "emmanuelle",
    "emmeline", "emmett", "emmy", "emre", "enda", "endre", "enes", "engin", "enis", "enno", "enrico",
    "enrique", "eoin", "ephraim", "eran", "erez", "erhan", "eric", "erica", "erich", "erick", "erik",
    "erika", "erin", "erlend", "ernest", "ernesto", "ernie", "ernst", "errol", "erwan", "erwin", "esben",
    "esin", "esra", "esteban", "estefania", "estelle", "esther", "ethan", "ethel", "etienne", "etta",
    "euan", "eugen", "eugene", "eugenia", "eugenie", "eun", "eva", "evan", "evangelos", "eve", "evelien",
    "evelina", "eveline", "evelyn", "everett", "evert", "evgeni", "evgenia", "evgenii", "evgeny", "ewa",
    "ewald", "ewan", "ewelina", "ezequiel", "fabian", "fabiana", "fabiano", "fabien", "fabienne", "fabio",
    "fabiola", "fabrice", "fabrizia", "fabrizio", "fady", "fahad", "fai", "faisal", "faith", "fakhri",
    "fanny", "farah", "farhad", "farid", "farida", "faris", "farshad", "fatemeh", "fatih", "fatima",
    "fatma", "faustine", "fausto", "fawn", "faye", "federica", "federico", "fedor", "felicia", "felicitas",
    "felicity", "felipe", "felix", "feng", "fennel", "ferdinand", "ferenc", "fergal", "fergus", "fernand",
    "fernanda", "fernando", "ferran", "fidel", "filip", "filipe", "filippo", "finlay", "finley", "finn",
    "fintan", "fiona", "flavia", "flavio", "fletcher", "flo", "flora", "florence", "florent", "florentin",
    "florian", "florianne", "florin", "floris", "flynn", "folkert", "forrest", "fotis", "fran", "frances",
    "francesca", "francesco", "francis", "francisca", "francisco", "francois", "francoise", "frank",
    "franka", "frankie", "franklin", "franz", "franziska", "fraser", "fred", "freddie", "freddy",
    "frederic", "frederick", "frederico", "frederik", "frederique", "fredrick", "fredrik", "freek", "freya",
    "frida", "frieda", "friedrich", "fritz", "frode", "fulvio", "fumiko", "furkan", "gabe", "gabi", "gabor",
    "gabriel", "gabriela", "gabriele", "gabriella", "gabrielle", "gael", "gaelle", "gaetan", "gagan",
    "gaia", "gail", "galen", "galia", "galina", "ganesh", "garance", "gareth", "garret", "garrett", "garry",
    "garth", "gary", "gaspard", "gaurav", "gautam", "gavin", "gavriel", "gayle", "gearoid", "geert", "geir",
    "gemma", "gene", "genevieve", "geoff", "geoffrey", "geoffroy", "geordie", "georg", "george", "georges",
    "georgia", "georgina", "georgios", "georgy", "geraint", "gerald", "geraldine", "gerard", "gerben",
    "gerd", "gerda", "gergely", "gerhard", "german", "gerrit", "gerry", "gert", "gertrud", "ghada",
    "ghislain", "gia", "giacomo", "giada", "gian", "giancarlo", "gianluca", "gianmarco", "gianna", "gianni",
    "giannis", "gideon", "gil", "gilad", "gilbert", "gilberto", "gilda", "giles", "gilles", "gillian",
    "gina", "ginette", "ginevra", "ginger", "ginny", "gino", "giorgia", "giorgio", "giovanna", "giovanni",
    "gisela", "giselle", "gita", "giulia", "giulietta", "giulio", "giuseppe", "gladys", "glauber", "glen",
    "glenda", "glenn", "gloria", "glynn", "godfrey", "godmar", "gokhan", "gonzalo", "goran", "gordon",
    "gorka", "gosia", "gottfried", "govind", "gowtham", "grace", "gracia", "gracie", "graeme", "graham",
    "grainne", "grant", "greer", "greg", "gregg", "gregoire", "gregor", "gregorio", "gregory", "greig",
    "greta", "gretchen", "griet", "griffin", "grigory", "gritta", "grzegorz", "gudrun", "guido", "guilhem",
    "guilherme", "guillaume", "guillem", "guillermo", "gulsen", "gunnar", "gunter", "gunther", "guoqiang",
    "gur", "gus", "gustav", "gustavo", "guus", "guy", "gwen", "gwendolyn", "gwyneth", "gyorgy", "gyula",
    "haben", "habib", "hadar", "hadas", "hadi", "hadley", "hadrien", "haidar", "haifeng", "hailey", "haim",
    "haitham", "hakan", "hakeem", "hal", "haley", "halina", "hamed", "hamid", "hamilton", "hamish", "hamza",
    "han", "hana", "hanan", "haneen", "hania", "hanna", "hannah", "hanne", "hannelore", "hannes", "hans",
    "hansen", "hany", "hanzhi", "hao", "harald", "hardik", "hari", "harini", "harish", "harley", "harman",
    "harmony", "harold", "haroon", "haroun", "harri", "harriet", "harris", "harrison", "harry", "harsh",
    "harsha", "hartmut", "haruka", "haruki", "haruko", "harumi", "harvey", "hasan", "hasnain", "hassan",
    "hasti", "hatice", "havard", "haya", "hayato", "hayden", "haydn", "hayk", "hayley", "hazel", "heath",
    "heather", "hector", "hedda", "hedvig", "heidi", "heidrun", "heike", "heiko", "heiner", "heini",
    "heinrich", "heinz", "heleen", "helen", "helena", "helene", "helga", "helge", "helgi", "helle",
    "helmut", "helmuth", "hemant", "hendrik", "henk", "henning", "henny", "henri", "henriette", "henrik",
    "henry", "herb", "herbert", "herbie", "heribert", "herman", "hermann", "hernan", "hernando", "herve",
    "hesham", "hessel", "hicham", "hideaki", "hideki", "hidemi", "hilary", "hilda", "hilde", "hillary",
    "hinako", "hind", "hira", "hiro", "hirokazu", "hiroki", "hiroko", "hiromi", "hironori", "hiroshi",
    "hiroyuki", "hisham", "hitesh", "hitoshi", "hoang", "holden", "holger", "hollie", "holly", "homer",
    "hong", "hooman", "hope", "horst", "houman", "howard", "hoyt", "hristo", "hua", "huan", "huang",
    "hubert", "huda", "hugh", "hugo", "hui", "huib", "humberto", "humphrey", "hung", "huong", "husam",
    "hussain", "hussein", "huw", "hyejin", "hyun", "hyunjin", "iacopo", "iago", "iain", "ian", "ibai",
    "iben", "ibrahim", "ibtissam", "ida", "idan", "ido", "idris", "ieva", "ifeoma", "iga", "ignacio",
    "ignas", "ignat", "igor", "ihab", "ihor", "ihsan", "ikram", "ilan", "ilana", "ilari", "ilaria",
    "ildiko", "ilia", "iliana", "ilias", "ilja", "ilka", "illya", "ilmari", "ilona", "ilya", "imad",
    "imani", "imelda", "imke", "imran", "imre", "ina", "inaki", "inbal", "indira", "indrek", "ines", "inga",
    "inge", "ingo", "ingrid", "inigo", "inka", "inna", "insa", "ioan", "ioana", "ioannis", "iole", "ione",
    "ionut", "ioseb", "iqbal", "ira", "irem", "irena", "irene", "irfan", "irina", "iris", "irit", "irma",
    "irving", "irwin", "isa", "isaac", "isabel", "isabela", "isabell", "isabella", "isabelle", "isaiah",
    "isaias", "isao", "isha", "ishaan", "isidro", "isis", "ismael", "ismail", "ismet", "isolde", "isra",
    "istvan", "ita", "itai", "itamar", "iva", "ivan", "ivana", "ivar", "ivaylo", "iveta", "ivo", "ivona",
    "ivor", "ivy", "iwona", "iyad", "izaak", "izabela", "izumi", "jaakko", "jaana", "jace", "jacek",
    "jacinta", "jacinto", "jack", "jackie", "jackson", "jaclyn", "jaco", "jacob", "jacopo", "jacqueline",
    "jacquelyn", "jacques", "jacqui", "jad", "jada", "jade", "jaden", "jae", "jagdeep", "jagoda", "jaime",
    "jaimie", "jaka", "jake", "jakob", "jakub", "jalal", "jamaal", "jamal", "jameel", "james", "jami",
    "jamie", "jamil", "jamila", "jamison", "jan", "jana", "jane", "janek", "janelle", "janet", "janette",
    "janez", "janice", "janick", "janie", "janina", "janine", "janis", "janko", "janna", "janne", "jannik",
    "jannis", "janos", "janus", "japheth", "jared", "jarek", "jari", "jarkko", "jarmo", "jarno", "jaroslav",
    "jarrett", "jarrod", "jasmeet", "jasmin", "jasmina", "jasmine", "jason", "jasper", "jaspreet",
    "jaswinder", "javad", "javi", "javid", "javier", "jawad", "jay", "jaya", "jayant", "jayanti", "jayesh",
    "jayme", "jayne", "jayson", "jazmin", "jean", "jeana", "jeanette", "jeanine", "jeanne", "jeannette",
    "jeannie", "jeannine", "jeb", "jed", "jedrzej", "jef", "jeff", "jeffery", "jeffrey", "jeffry", "jelena",
    "jeltje", "jem", "jemima", "jemma", "jen", "jena", "jeni", "jenifer", "jenn", "jenna", "jenni",
    "jennie", "jennifer", "jenny", "jens", "jensen", "jerald", "jeremiah", "jeremie", "jeremy", "jerome",
    "jerry", "jerzy", "jesper", "jess", "jesse", "jessica", "jessie", "jesslyn", "jesus", "jethro", "jetro",
    "jevgeni", "jia", "jian", "jiang", "jianing", "jie", "jignesh", "jihad", "jihye", "jill", "jillian",
    "jim", "jimmy", "jin", "jing", "jinyoung", "jiri", "jirka", "jiro", "jitendra", "jitka", "jitse", "jo",
    "joachim", "joakim", "joan", "joana", "joanie", "joann", "joanna", "joanne", "joao", "joaquin",
    "joceline", "jocelyn", "jochen", "jodi", "jodie", "jody", "joe", "joel", "joelle", "joerg", "joeri",
    "joern", "joey", "johan", "johann", "johanna", "johanne", "johannes", "john", "johnathan", "johnnie",
    "johnny", "jolanda", "jolanta", "jolene", "jolie", "jomar", "jon", "jona", "jonah", "jonas", "jonathan",
    "jonathon", "joni", "jonny", "joos", "joost", "jope", "jordan", "jordi", "jordon", "jordy", "jorge",
    "jorgen", "joris", "jorn", "jos", "jose", "josef", "josefin", "josefina", "josefine", "josep", "joseph",
    "josephine", "josephus", "josh", "joshua", "josiah", "josiane", "josie", "jost", "jouni", "jovan",
    "jovana", "joy", "joyce", "jozef", "jozsef", "juan", "juana", "juanita", "juanjo", "juanma", "judd",
    "jude", "judit", "judith", "judy", "jukka", "jules", "julia", "julian", "juliana", "juliane",
    "julianna", "julianne", "julie", "julien", "juliet", "julieta", "juliette", "julio", "julius",
    "juliusz", "jun", "junaid", "june", "jung", "junichi", "junie", "junji", "junko", "juraj", "jure",
    "jurgen", "jurgis", "juri", "jurij", "juris", "jussi", "justas", "justin", "justina", "justine",
    "justo", "justus", "justyn", "jutta", "juuso", "kaan", "kaarina", "kaci", "kacper", "kadir", "kaho",
    "kai", "kaia", "kaisa", "kaitlin", "kaitlyn", "kaito", "kaja", "kaley", "kali", "kalina", "kalle",
    "kalyan", "kamal", "kamel", "kamiel", "kamil", "kamila", "kamran", "kanako", "kanwal", "kaori", "kara",
    "karan", "karel", "karen", "kari", "karim", "karin", "karina", "karine", "karl", "karla", "karlheinz",
    "karli", "karlijn", "karol", "karolin", "karolina", "karoline", "karri", "karsten", "karthik", "kartik",
    "karyn", "kashif", "kasia", "kasim", "kaspar", "kasper", "kassandra", "kata", "katalin", "katarina",
    "katarzyna", "kate", "katelyn", "katerina", "katharina", "katharine", "katherine", "kathie", "kathleen",
    "kathrin", "kathryn", "kathy", "katia", "katie", "katinka", "katja", "katri", "katriina", "katrin",
    "katrina", "katrine", "katy", "katya", "kaushik", "kavin", "kavita", "kavya", "kay", "kaya", "kayla",
    "kaylee", "kayleigh", "kazimierz", "kazuhiro", "kazuki", "kazuo", "kazuya", "keaton", "keegan", "kees",
    "kei", "keiichi", "keiko", "keiran", "keisha", "keisuke", "keita", "keith", "kele", "kelechi", "kelley",
    "kelli", "kellie", "kelly", "kelsey", "kelvin", "kemal", "ken", "kena", "kendall", "kendra", "keng",
    "kenji", "kennedy", "kenneth", "kenny", "kent", "kenta", "kenya", "keren", "keri", "kerri", "kerrie",
    "kerry", "kerryn", "kerstin", "kesha", "keshav", "keven", "kevin", "kevyn", "khadija", "khaled",
    "khalid", "khan", "khanh", "khushbu", "kian", "kiera", "kieran", "kieron", "kiersten", "kiki", "kiko",
    "kilian", "kim", "kimberley", "kimberly", "kimi", "kimia", "kimmo", "kinga", "kira", "kiran", "kirby",
    "kiril", "kirill", "kirk", "kirsi", "kirsten", "kirsti", "kirstin", "kirsty", "kishore", "kit",
    "kiyoshi", "kj", "kjell", "klaas", "klara", "klaudia", "klaus", "klavs", "klemen", "knut", "kobe",
    "kobi", "koen", "kohei", "koichi", "koji", "kolja", "komal", "konrad", "konstantin", "konstantinos",
    "konstanze", "koos", "koray", "koren", "kosta", "kostas", "kourosh", "kourtney", "kresten", "kris",
    "krishna", "krisjanis", "krissy", "krista", "kristaps", "kristel", "kristen", "kristian", "kristie",
    "kristin", "kristina", "kristine", "kristjan", "kristo", "kristof", "kristoffer", "kristophe", "kristy",
    "krisztina", "krystal", "krzysiek", "krzysztof", "ksenia", "kshitij", "kudzai", "kumar", "kunal",
    "kunihiko", "kuno", "kurt", "kurtis", "kushagra", "kushal", "kwame", "kyle", "kylie", "kyohei", "kyoko",
    "kyoung", "kyra", "kyriakos", "lacey", "lachlan", "laetitia", "laila", "lainey", "laith", "lajos",
    "lakshay", "lakshmi", "lale", "lalit", "lambert", "lamia", "lana", "lance", "landon", "lara", "larisa",
    "larissa", "larry", "lars", "larysa", "lasse", "laszlo", "latha", "latisha", "laura", "laure",
    "laureano", "laureen", "laurel", "lauren", "laurence", "laurens", "laurent", "lauri", "laurie",
    "laurin", "lauryn", "lavanya", "lavinia", "lawrence", "layla", "lazar", "lea", "leah", "leander",
    "leandra", "leandro", "leann", "leanne", "leda", "lee", "leela", "leen", "leena", "lefteris", "leif",
    "leigh", "leigha", "leila", "leilani", "leina", "leire", "leland", "lemuel", "lena", "leni", "lenka",
    "lennard", "lennart", "lenny", "lenore", "leo", "leon", "leona", "leonard", "leonardo", "leonhard",
    "leonhardt", "leonid", "leonidas", "leonie", "leontien", "leopold", "leora", "leroy", "leslaw",
    "leslee", "lesley", "leslie", "leszek", "leta", "leticia", "letizia", "lev", "levente", "levi", "levon",
    "lewin", "lewis", "lex", "lexi", "leyla", "li", "lia", "liam", "lian", "liana", "libby", "libor",
    "lida", "lidia", "lidija", "liene", "lieselot", "lieve", "lila", "lilach", "lili", "lilia", "lilian",
    "liliana", "lilli", "lillian", "lilliana", "lilly", "lily", "lim", "lin", "lina", "lincoln", "linda",
    "lindsay", "lindsey", "lindy", "ling", "linh", "linnea", "lino", "linus", "lionel", "lior", "lisa",
    "lisanne", "lisbeth", "lise", "liselot", "liselotte", "lisette", "lissa", "liu", "liv", "livia",
    "liviu", "liz", "liza", "lizette", "lizzie", "ljubomir", "lloyd", "lluis", "lodewijk", "loes", "logan",
    "loic", "lois", "lokesh", "lola", "london", "lora", "loreen", "loren", "lorena", "lorene", "lorenz",
    "lorenzo", "loretta", "lori", "lorin", "lorinda", "loris", "lorna", "lorraine", "lothar", "lotta",
    "lotte", "lou", "louella", "louie", "louis", "louisa", "louise", "lourdes", "lovisa", "luana",
    "lubomir", "luc", "luca", "lucas", "lucia", "luciana", "luciane", "luciano", "lucie", "lucien",
    "lucila", "lucile", "lucinda", "lucius", "lucjan", "lucy", "ludmila", "ludo", "ludovic", "ludwig",
    "luella", "luigi", "luis", "luisa", "luiz", "luiza", "luka", "lukas", "lukasz", "luke", "lukman",
    "lulu", "luna", "lutfi", "lutz", "luuk", "lyall", "lydia", "lydie", "lyle", "lynda", "lyndon",
    "lynette", "lynn", "lynne", "lynsey", "lyra", "lys", "maarten", "maartje", "maayan", "mabel", "mabry",
    "machiel", "maciej", "maciek", "mackenzie", "macon", "macy", "maddalena", "maddie", "maddy",
    "madelaine", "madeleine", "madelyn", "madhav", "madhu", "madhuri", "madison", "mads", "mae", "magali",
    "magda", "magdalena", "magdy", "maggie", "magne", "magnus", "mahdi", "mahesh", "mahima", "mahmoud",
    "mahmud", "mai", "maia", "maida", "maike", "maira", "maite", "maja", "majid", "makenzie", "mako",
    "makoto", "malachi", "malcolm", "maleeha", "malene", "malgorzata", "malia", "malik", "malin", "malka",
    "mallory", "malou", "malte", "malvika", "manal", "manasi", "manav", "mandeep", "mandy", "manfred",
    "manish", "manisha", "manjula", "manjunath", "manny", "manoj", "manolis", "manon", "mansi", "mansur",
    "manu", "manuel", "manuela", "manuele", "manus", "mao", "maor", "mara", "marat", "marc", "marcel",
    "marcela", "marcella", "marcelle", "marcello", "marcelo", "marcia", "marcin", "marcio", "marco",
    "marcos", "marcus", "marcy", "marek", "maren", "margaret", "margareta", "margarita", "margaux",
    "margherita", "margie", "margit", "margo", "margot", "margret", "margriet", "marguerita", "marguerite",
    "mari", "maria", "mariah", "mariam", "mariama", "marian", "mariana", "marianna", "marianne", "mariano",
    "maribel", "maricel", "marie", "marieke", "mariela", "mariella", "marietta", "mariia", "marija",
    "marijn", "marika", "marilena", "marily", "marilyn", "marin", "marina", "marinella", "marino", "mario",
    "marion", "maris", "marisa", "marisela", "marisol", "marissa", "marit", "marita", "marius", "marjan",
    "marjolein", "marjorie", "marjut", "mark", "marketa", "markku", "marko", "markos", "markus", "marla",
    "marleen", "marlene", "marlies", "marlis", "marlo", "marlon", "marni", "marnie", "maron", "marsha",
    "mart", "marta", "marte", "marten", "martha", "martijn", "martin", "martina", "martine", "martti",
    "marty", "martyn", "marvin", "marwa", "marwan", "mary", "marya", "maryam", "maryann", "marybeth",
    "maryna", "marysia", "maryvon", "masahiro", "masaki", "masatoshi", "masayuki", "masha", "masood",
    "massimiliano", "massimo", "masumi", "mateja", "mateo", "mateus", "mateusz", "mathew", "mathias",
    "mathieu", "mathijs", "mathilda", "mathilde", "matias", "matija", "matilda", "matilde", "matis",
    "matja", "matous", "mats", "matt", "matteo", "matthew", "matthias", "matthieu", "matthijs", "matti",
    "mattia", "mattias", "mattijs", "matus", "maud", "maura", "maureen", "maurice", "mauricio", "maurits",
    "maurizia", "maurizio", "mauro", "maverick", "mavis", "max", "maxence", "maxim", "maxime", "maximilian",
    "maximiliano", "maxwell", "may", "maya", "mayank", "mayra", "maz", "mazen", "mckenna", "mechthild",
    "meenakshi", "meera", "meg", "megan", "megha", "meghan", "mehdi", "mehmet", "mehran", "mehrdad",
    "mehul", "mehwish", "mei", "meike", "meir", "meirav", "mel", "melania", "melanie", "melanija", "melany",
    "melchior", "melina", "melinda", "melissa", "mellissa", "melody", "melvin", "melvyn", "menachem",
    "meng", "menna", "menno", "merce", "mercedes", "meredith", "meri", "merijn", "merle", "merlin", "merry",
    "merve", "meryl", "mesut", "meta", "mette", "meytal", "mia", "miao", "micah", "micha", "michael",
    "michaela", "michail", "michal", "michel", "michela", "michele", "micheline", "michelle", "michiel",
    "michihiro", "mick", "mickael", "mickey", "midori", "mieke", "miguel", "miguelangel", "mihaela",
    "mihai", "mihajlo", "mihir", "mihnea", "mika", "mikael", "mike", "mikel", "mikhail", "miki", "mikkel",
    "mikko", "miklos", "mikolaj", "mila", "milan", "milda", "mildred", "milena", "miles", "milica",
    "miljan", "millie", "milly", "milo", "milos", "milton", "mimi", "min", "mina", "minako", "minal",
    "mindaugas", "mindy", "minerva", "ming", "minh", "minna", "minoru", "mira", "miranda", "mircea",
    "mirek", "mirela", "miri", "miriam", "mirja", "mirjam", "mirko", "mirna", "miroslav", "mirta", "mirza",
    "misa", "misha", "mishka", "mita", "mitch", "mitchell", "miteshkumar", "mithun", "mitra", "mitsuhiro",
    "mitsuru", "mitya", "miyuki", "mladen", "moaan", "modesto", "mohamed", "mohammad", "mohammed", "mohan",
    "mohit", "mohsen", "mohsin", "moira", "moises", "molly", "momoko", "mona", "moni", "monica", "monika",
    "monique", "montana", "montgomery", "monty", "moran", "mordechai", "morgan", "morgane", "moria",
    "moriah", "moritz", "morris", "morten", "moses", "moshe", "mostafa", "mou", "mounir", "moussa", "moyra",
    "muhammad", "muhammed", "mukesh", "mukta", "mukul", "muna", "munir", "murali", "murat", "muriel",
    "murray", "murtaza", "mustafa", "mustapha", "mya", "mykola", "mylene", "myles", "myra", "myriam",
    "myrna", "nabeel", "nabil", "nachiket", "nada", "nadav", "nadezhda", "nadia", "nadim", "nadine",
    "nadir", "nadja", "nagesh", "nahid", "naila", "naim", "najib", "najma", "nakia", "nakul", "nam",
    "namrata", "nan", "nana", "nancy", "nandini", "nanette", "naoki", "naomi", "naomie", "naoto", "narayan",
    "naren", "narendra", "nasim", "nasrin", "nasser", "nastasja", "nastassia", "nastya", "nat", "natalia",
    "natalie", "nataliia", "natalija", "nataly", "natalya", "natasa", "natascha", "natasha", "nate",
    "nathalie", "nathaly", "nathan", "nathanael", "nathaniel", "naval", "naveen", "navid", "nawal", "nawaz",
    "nayan", "nazanin", "nazim", "ndidi", "neal", "ned", "neda", "neel", "neelam", "neema", "neeraj",
    "neeta", "neha", "nehal", "neil", "nell", "nelleke", "nelli", "nellie", "nelly", "nelson", "nemanja",
    "nenad", "neno", "nerea", "nerijus", "neslihan", "nestor", "neta", "netta", "neven", "neville", "ngoc",
    "nguyen", "niall", "niamh", "nichola", "nicholas", "nicholaus", "nick", "nicki", "nicklas", "nicky",
    "nico", "nicol", "nicola", "nicolaas", "nicolae", "nicolai", "nicolas", "nicole", "nicoletta",
    "nicolina", "niek", "niels", "nienke", "nieves", "nigel", "nihal", "nik", "nika", "nikhil", "niki",
    "nikita", "nikki", "niklas", "niko", "nikola", "nikolai", "nikolaj", "nikolaos", "nikolas", "nikolaus",
    "nikolay", "nikolina", "nikos", "nilay", "nilesh", "nils", "nima", "nimrod", "nina", "ninja", "nino",
    "nir", "niraj", "niranjan", "niranjana", "nisha", "nishant", "nissim", "nita", "nitesh", "nithya",
    "nitin", "nizar", "noa", "noah", "noam", "nobuhiro", "noel", "noelia", "noelle", "noemi", "noga",
    "nolan", "nolwenn", "nomi", "nona", "noor", "nooshin", "nora", "norbert", "noreen", "noriko", "norio",
    "norm", "norma", "norman", "norris", "nouha", "nour", "noura", "nuala", "nuno", "nuria", "nurit",
    "nyasha", "nynke", "oana", "obinna", "octavia", "octavio", "odd", "odile", "odin", "ofelia", "ofer",
    "ofir", "ofra", "ohad", "ola", "olaf", "olav", "olavi", "oldrich", "ole", "oleg", "oleh", "oleksandr",
    "oleksandra", "oleksii", "olena", "olesya", "olga", "olimpia", "olive", "oliver", "olivera", "olivia",
    "olivier", "oliwia", "olle", "ollie", "olof", "olu", "oluwaseun", "om", "omair", "omar", "omer", "omid",
    "omri", "ondrej", "onur", "oona", "oonagh", "opal", "ophelie", "ophir", "ora", "oren", "orest", "ori",
    "oriana", "oriol", "orit", "orla", "orlando", "orly", "orna", "orson", "osama", "oscar", "oskar",
    "osman", "osvaldo", "oswald", "oswaldo", "otavio", "otis", "ottavia", "ottilie", "otto", "owen", "oya",
    "ozan", "ozgur", "ozlem", "paavo", "pablo", "padma", "padraig", "paige", "pal", "pallavi", "palle",
    "paloma", "pam", "pamela", "panagiotis", "pancho", "pandora", "pankaj", "paola", "paolo", "parag",
    "paras", "paresh", "paria", "paris", "parker", "parsa", "parth", "parvathi", "parvez", "pascal",
    "pascale", "pasi", "pasquale", "pat", "patric", "patricia", "patricio", "patrick", "patrik", "patrizia",
    "patrycja", "patryk", "patsy", "patti", "patty", "patxi", "pau", "paul", "paula", "paulette", "paulien",
    "paulina", "pauline", "paulius", "paulo", "pavan", "pavel", "pavlo", "pawel", "paxton", "payal",
    "payam", "paz", "pearl", "peder", "pedro", "peer", "peggy", "penelope", "peng", "penny", "pepe",
    "pepijn", "per", "percy", "perla", "pernilla", "pernille", "perrin", "perry", "perttu", "petar", "pete",
    "peter", "petko", "petr", "petra", "petri", "petros", "petru", "petteri", "petya", "peyton", "phaedra",
    "phil", "philip", "philipp", "philippa", "philippe", "phillip", "philomena", "phoebe", "phoenix",
    "phong", "phuong", "phyllis", "pia", "pierluigi", "piero", "pierre", "piers", "pietari", "pieter",
    "pietro", "pilar", "pim", "pinar", "ping", "pini", "piotr", "piper", "pirkko", "pj", "polina", "polly",
    "pooja", "poonam", "poppy", "poul", "pouya", "prabhat", "prachi", "pradeep", "pradip", "pragya",
    "prajakta", "prakash", "pramod", "pranav", "pranay", "praneeth", "prasad", "prasanna", "prasanth",
    "prashan", "prashant", "prashanth", "prateek", "prathamesh", "pratibha", "pratik", "pratyush",
    "praveen", "preetam", "preethi", "preeti", "prem", "prerna", "preston", "priit", "prince", "prisca",
    "priscilla", "pritam", "priya", "priyanka", "przemyslaw", "puja", "puneet", "punit", "purnima", "purva",
    "qasim", "qi", "qian", "qiang", "qing", "quang", "quentin", "quincy", "quinn", "quinten", "quoc",
    "quynh", "raaj", "raanan", "raby", "rachael", "rachel", "rachelle", "radek", "radhika", "radim",
    "radka", "radomir", "radoslav", "radoslaw", "radostin", "radu", "rafael", "rafaela", "rafal", "rafat",
    "raffael", "raffaele", "raffaella", "raffi", "raghav", "raghu", "ragnar", "raheem", "rahel", "rahul",
    "raif", "raila", "raimund", "raina", "rainer", "raissa", "raivo", "raj", "raja", "rajan", "rajani",
    "rajat", "rajeev", "rajendra", "rajesh", "rajiv", "rajkumar", "raju", "rakan", "rakesh", "raketa",
    "ralf", "ralitsa", "ralph", "ram", "rama", "ramakrishna", "raman", "ramesh", "rami", "ramin", "ramiro",
    "ramit", "ramnath", "ramon", "ramona", "ramses", "ramsey", "ramy", "ramya", "ran", "rana", "rand",
    "randall", "randeep", "randi", "randolph", "randy", "ranee", "rangana", "rani", "rania", "ranjan",
    "ranjit", "ranjith", "ransom", "raoul", "raphael", "raphaela", "raphaelle", "raquel", "rasha", "rashad",
    "rasheed", "rashid", "rashida", "rashmi", "rasmus", "ratan", "raul", "raunak", "rauno", "raveena",
    "ravi", "ravindra", "ray", "raymond", "raz", "razvan", "rea", "reagan", "rebeca", "rebecca", "rebekah",
    "reda", "reema", "reena", "regan", "regina", "reginald", "regine", "regis", "rehan", "rei", "reid",
    "reiko", "reina", "reinaldo", "reinder", "reiner", "reinhard", "reinhold", "reinier", "rekha", "remco",
    "remi", "remko", "remus", "remy", "ren", "rena", "renata", "renate", "renato", "renaud", "rene",
    "renee", "reni", "renny", "reno", "renu", "renuka", "reshma", "reto", "reuben", "reuel", "reut",
    "reuven", "rev", "rex", "rey", "reyhan", "reyna", "reza", "rezwan", "rhea", "rhett", "rhian", "rhiana",
    "rhiannon", "rhoda", "rhona", "rhonda", "rhydian", "rhys", "ria", "rian", "ricarda", "ricardo",
    "riccardo", "rich", "richard", "richelle", "richie", "rick", "rickard", "ricki", "ricky", "rico",
    "rida", "rie", "riitta", "rik", "rikard", "riki", "rikke", "riley", "rima", "rimma", "rin", "rina",
    "rio", "rishabh", "rishi", "risto", "rita", "ritesh", "ritu", "riva", "rivka", "riyad", "rizwan",
    "roald", "roan", "rob", "robbert", "robbie", "robbin", "robby", "robert", "roberta", "robertas",
    "roberto", "robi", "robin", "robinson", "robrecht", "robyn", "roc", "rocco", "roch", "rochelle",
    "rocio", "rod", "roderic", "roderick", "rodney", "rodolfo", "rodrigo", "roel", "rogelio", "roger",
    "rohan", "rohini", "rohit", "rok", "roksana", "roland", "rolando", "rolf", "rolland", "roma", "romain",
    "roman", "romana", "romane", "romeo", "romina", "romuald", "ron", "rona", "ronald", "ronalda", "ronan",
    "ronen", "rong", "roni", "ronit", "ronja", "ronnie", "ronny", "roohi", "roopa", "roope", "roos",
    "roozbeh", "ror", "rory", "rosa", "rosalia", "rosalie", "rosalind", "rosalinda", "rosalyn", "rosamund",
    "rosana", "rosanna", "rosario", "roscoe", "rose", "roseann", "roseanne", "roselle", "rosemarie",
    "rosemary", "roshan", "roshni", "rosie", "rosio", "rosita", "roslyn", "ross", "rotem", "rouven",
    "rowan", "rowena", "roxana", "roxane", "roxanne", "roy", "roya", "royce", "royston", "ruairi", "ruben",
    "rubina", "ruby", "ruchi", "ruchir", "rudi", "rudolf", "rudolph", "rudy", "rufus", "rui", "rukmini",
    "rumen", "runa", "rune", "rupa", "rupal", "rupert", "rupesh", "ruslan", "ruslana", "russ", "russel",
    "russell", "rusty", "ruta", "rutger", "ruth", "ruthie", "ruud", "ruya", "ryad", "ryan", "ryo",
    "ryosuke", "ryota", "ryuji", "saad", "saadia", "saar", "sabah", "saber", "sabiha", "sabina", "sabine",
    "sabrina", "sabu", "sacha", "sachin", "sadaf", "sadia", "sadie", "saeed", "safa", "safia", "safiya",
    "sagar", "sagi", "sagnik", "sahar", "sahil", "said", "saif", "saima", "saj", "sajid", "saki", "sakshi",
    "sakura", "sal", "saleem", "saleh", "salim", "sallie", "sally", "salma", "salman", "salome", "salomon",
    "salvador", "salvatore", "sam", "samantha", "samar", "sameer", "sami", "samia", "samir", "samira",
    "sammie", "sammy", "sampath", "samson", "samuel", "samuele", "samuli", "samy", "sana", "sanaa", "sanae",
    "sanchit", "sandeep", "sander", "sandhya", "sandi", "sandie", "sandip", "sandor", "sandra", "sandrine",
    "sandro", "sandy", "sangeeta", "sanja", "sanjana", "sanjay", "sanjeev", "sanjiv", "sanket", "sanna",
    "sanne", "santi", "santiago", "santino", "santosh", "sanya", "sapna", "sara", "sarah", "sarai",
    "sarang", "saravanan", "sarika", "sarit", "sarita", "sarka", "saroj", "sascha", "sasha", "sashank",
    "saskia", "saswata", "sathish", "satish", "satoshi", "satu", "satya", "satyam", "saul", "saulius",
    "saurabh", "savannah", "savita", "savvas", "sayaka", "sayed", "sayuri", "scot", "scott", "sean", "seb",
    "sebastian", "sebastiano", "sebastiao", "sebastien", "seda", "seema", "sefa", "seiji", "seki", "selena",
    "selim", "selina", "selma", "semih", "senthil", "seongmin", "sepideh", "seppo", "seraina", "serap",
    "serdar", "serena", "serene", "serge", "sergei", "sergej", "sergey", "sergi", "sergio", "sergiu",
    "serhat", "serhii", "serina", "serkan", "servane", "seth", "sethu", "severin", "severine", "severino",
    "seyed", "seyma", "shabnam", "shad", "shafiq", "shahar", "shaheen", "shahid", "shahin", "shahram",
    "shai", "shailesh", "shaina", "shakir", "shalini", "shalom", "shama", "shamil", "shamim", "shamin",
    "shan", "shana", "shanda", "shandra", "shane", "shani", "shanice", "shaniqua", "shankar", "shankara",
    "shanna", "shannan", "shannon", "shanshan", "shantanu", "shanti", "sharad", "sharan", "shari", "sharif",
    "sharmila", "sharmin", "sharon", "sharona", "sharyn", "shashank", "shashi", "shashwat", "shaun",
    "shauna", "shaurya", "shaw", "shawn", "shawna", "shay", "shayan", "shaylee", "shayna", "shazia", "shea",
    "sheena", "sheetal", "shefali", "shehan", "sheila", "shelby", "sheldon", "shell", "shelley", "shelli",
    "shelly", "shelton", "shen", "sheng", "shera", "sheree", "sheri", "sherif", "sherman", "sherri",
    "sherry", "sherwin", "sheryl", "shibu", "shigeru", "shihao", "shiho", "shilo", "shilpa", "shimon",
    "shin", "shinichi", "shinji", "shino", "shira", "shiran", "shiri", "shirin", "shirish", "shirley",
    "shishir", "shiv", "shiva", "shivam", "shivani", "shivaram", "shlok", "shlomi", "shlomo", "sho",
    "shohei", "shoko", "shon", "shona", "shosh", "shoshana", "shoshanna", "shota", "shraddha", "shreya",
    "shreyas", "shruti", "shu", "shuai", "shubha", "shubham", "shuhei", "shuhua", "shuichi", "shuji",
    "shula", "shun", "shuntaro", "shuo", "shweta", "shy", "shyam", "shyama", "sibel", "sibylle", "sid",
    "siddhant", "siddharth", "siddhartha", "sidney", "sidra", "sidsel", "siegfried", "siegmund", "siena",
    "sierra", "sigal", "sigi", "signe", "sigrid", "sigurd", "sigurdur", "sigve", "siham", "sikandar",
    "silas", "silja", "silke", "silvan", "silvana", "silvano", "silvester", "silvia", "silvio", "silviu",
    "simeon", "simge", "simo", "simon", "simona", "simonas", "simone", "simonetta", "simran", "sina",
    "sindhu", "sindre", "sinead", "sinem", "sini", "siobhan", "siri", "sirish", "sisko", "siv", "sivan",
    "sixten", "sjoerd", "skye", "skylar", "slava", "slawomir", "smadar", "smita", "smriti", "sneha",
    "snehal", "snezana", "sobhan", "sofia", "sofiane", "sofie", "sofya", "sohail", "soham", "sohini",
    "sohrab", "solange", "solene", "solomon", "solveig", "soma", "sona", "sonal", "sonali", "sonam",
    "sonia", "sonja", "sonny", "sonya", "soo", "soojin", "sooraj", "soos", "sophia", "sophie", "sophus",
    "soraya", "soren", "sorin", "soroush", "soumitra", "soumya", "souvik", "spela", "spencer", "spiro",
    "spyridon", "spyros", "sreejith", "sreenivas", "sri", "sridhar", "srikanth", "srinath", "srini",
    "srinidhi", "srinivas", "srinivasan", "sriram", "srishti", "srujana", "sruthi", "ssu", "stacee",
    "stacey", "staci", "stacie", "stacy", "staffan", "stale", "stamatis", "stan", "stana", "stanislav",
    "stanislaw", "stanka", "stanley", "stanton", "stas", "stavros", "steen", "stef", "stefan", "stefani",
    "stefania", "stefanie", "stefano", "stefanos", "steff", "steffan", "steffen", "steffi", "stela",
    "stella", "sten", "stepan", "steph", "stephan", "stephane", "stephanie", "stephany", "stephen",
    "stephie", "sterling", "stevan", "steve", "steven", "stevie", "steward", "stewart", "stig", "stijn",
    "stina", "stjepan", "storm", "stoyan", "stuart", "styliani", "subhash", "subhasis", "subramanian",
    "suchitra", "sudarshan", "sudeep", "sudha", "sudhanshu", "sudheer", "sudhir", "sue", "sufyan",
    "sugandha", "suhas", "sujata", "sujatha", "sujay", "sujit", "sukanya", "suki", "sukrit", "sulaiman",
    "suleiman", "suleyman", "suma", "sumaiya", "suman", "sumana", "sumanth", "sumedh", "sumi", "sumit",
    "sumitra", "sumona", "suneet", "sunetra", "sungho", "sunil", "sunita", "sunny", "suparna", "supriya",
    "surabhi", "suraj", "surbhi", "surendra", "suresh", "surinder", "surya", "susan", "susana", "susanna",
    "susannah", "susanne", "susanta", "sushant", "sushil", "sushma", "susi", "susie", "susumu", "suvi",
    "suvrat", "suyash", "suzan", "suzana", "suzanna", "suzanne", "suze", "suzette", "suzy", "svante",
    "svein", "sven", "svenja", "sverre", "svetlana", "swapnil", "swarna", "swaroop", "swati", "sweta",
    "sydney", "syed", "sylvain", "sylvana", "sylvester", "sylvi", "sylvia", "sylvie", "sylwester", "sylwia",
    "symeon", "syrine", "taavi", "tabea", "tabish", "tabitha", "tad", "tadas", "tadashi", "tadej",
    "tadeusz", "tae", "taha", "taher", "tahir", "tahira", "tai", "taiki", "taina", "tairo", "taisiya",
    "takahiro", "takanori", "takao", "takashi", "takaya", "takeshi", "takuma", "takumi", "takuo", "takuya",
    "tal", "talal", "talar", "talha", "tali", "talia", "taliesin", "talitha", "talor", "tam", "tamae",
    "tamaki", "tamar", "tamara", "tamas", "tamer", "tami", "tamika", "tamir", "tammi", "tammy", "tamsin",
    "tana", "tanel", "taneli", "tang", "tanguy", "tani", "tania", "tanishq", "tanja", "tanmay", "tansu",
    "tanvi", "tanvir", "tanya", "tao", "tapan", "tapas", "tapio", "tara", "taras", "tarek", "tariku",
    "tariq", "tarja", "tarmo", "taro", "tarun", "taryn", "tasha", "tasneem", "tatia", "tatiana", "tatjana",
    "tatsuya", "tatu", "tatyana", "tauno", "tavi", "tawny", "taya", "tayfun", "taylor", "teagan", "tebogo",
    "ted", "tedd", "teddy", "teemu", "teija", "teja", "tejas", "tejaswini", "tek", "telma", "temi",
    "tengiz", "tennessee", "teo", "teodor", "teodora", "teppo", "terence", "teresa", "teri", "tero",
    "terra", "terrance", "terrell", "terrence", "terri", "terry", "tess", "tessa", "tessie", "tetsuo",
    "tetsuya", "teuta", "thad", "thaddaeus", "thaddeus", "thais", "thaisa", "than", "thanasis", "thandi",
    "thanos", "thao", "tharindu", "tharun", "thea", "theda", "theis", "thelma", "themis", "theo", "theodor",
    "theodora", "theodore", "theodoros", "theodosia", "theofilos", "theophile", "theresa", "therese", "thi",
    "thiago", "thibault", "thibaut", "thiemo", "thierry", "thijmen", "thijs", "thilini", "thilo", "thimo",
    "thirumal", "thom", "thomas", "thomi", "thor", "thoralf", "thorben", "thore", "thorolf", "thorsten",
    "thorvald", "thu", "thuy", "tia", "tiago", "tiana", "tibo", "tibor", "tien", "tiffani", "tiffany",
    "tiina", "tijana", "tijs", "tilda", "tilen", "till", "tilman", "tilo", "tiltfactor", "tim", "timea",
    "timmy", "timo", "timon", "timoteo", "timothee", "timothy", "timur", "tina", "tine", "ting", "tinka",
    "tino", "tioga", "tirso", "tirthankar", "tiziana", "tj", "tobi", "tobias", "tobie", "tobin", "toby",
    "tod", "todd", "todor", "tofig", "tom", "tomas", "tomasz", "tomaz", "tomek", "tomer", "tomeu", "tomi",
    "tomislav", "tomislava", "tommaso", "tommy", "tomo", "tomoaki", "tomohiro", "tomoki", "tomoko",
    "tomoya", "tong", "toni", "tonia", "tonje", "tonny", "tony", "tor", "toralf", "torben", "torbjorn",
    "tord", "tore", "torey", "tori", "torkel", "torstein", "torsten", "toru", "torunn", "toshi", "toshiaki",
    "toshio", "toya", "tracey", "traci", "tracy", "traian", "tran", "trang", "travis", "tre", "trent",
    "tresa", "trevin", "trevor", "trey", "tricia", "trina", "trine", "trinh", "trish", "trisha", "tristan",
    "tristram", "troels", "trond", "troy", "trude", "trudi", "trudy", "tsering", "tsuyoshi", "tuan",
    "tugba", "tullio", "tuomas", "tuomo", "tuong", "tural", "turgut", "tushar", "tuukka", "tuva", "twan",
    "ty", "tyler", "tyra", "tyree", "tyrone", "tyson", "tzu", "tzvetelina", "tzvi", "ubaid", "udai", "uday",
    "udaya", "udo", "ugo", "uju", "ulf", "uli", "ulises", "ulla", "ulrich", "ulrika", "ulrike", "ulysses",
    "uma", "umair", "umang", "umar", "umberto", "umed", "umesh", "umut", "una", "unai", "unni", "upasana",
    "upendra", "urban", "uri", "uriel", "urosh", "urs", "urska", "ursula", "urvashi", "ushma", "usman",
    "uttam", "uwe", "uzair", "uzi", "uzma", "vaclav", "vadim", "vadym", "vaibhav", "vaida", "vaidehi",
    "vaios", "vaishali", "vaishnavi", "val", "valarie", "valentijn", "valentin", "valentina", "valentine",
    "valentino", "valeri", "valeria", "valerie", "valeriia", "valerio", "valeriya", "valery", "valia",
    "valter", "vamsi", "vance", "vandana", "vanessa", "vangelis", "vania", "vanja", "varduhi", "varsha",
    "varun", "vasanth", "vasco", "vashti", "vasil", "vasile", "vasilios", "vasilis", "vasilisa", "vasiliy",
    "vasily", "vassil", "vassilis", "vaughan", "vaughn", "veda", "veena", "veera", "veerle", "veikko",
    "velina", "velizar", "vena", "veneta", "venkat", "venkata", "venkatesh", "venus", "vera", "verena",
    "verity", "verna", "vernita", "vernon", "veronica", "veronika", "veronique", "vesa", "vesela", "vesna",
    "vibha", "vic", "vicent", "vicente", "vicki", "vickie", "vicky", "vico", "victor", "victoria", "vid",
    "vidhi", "vidhya", "vidya", "vidyut", "viet", "vigdis", "vignesh", "vijay", "vijaya", "viji", "vikas",
    "vikash", "viki", "vikram", "vikrant", "viktor", "viktoria", "viktorija", "vilas", "vilde", "vilhelm",
    "vilius", "villads", "ville", "vilma", "vimal", "vimala", "vin", "vinay", "vinayak", "vince", "vincent",
    "vincenza", "vincenzo", "vineet", "vineeta", "vineeth", "vinicius", "vinit", "vinita", "vinnie",
    "vinod", "vinoth", "viola", "violet", "violeta", "viorel", "viorica", "vipin", "vipul", "virag",
    "viren", "virendra", "viresh", "virgil", "virgilio", "virginia", "virginie", "virgo", "virpi",
    "vishakha", "vishal", "vishesh", "vishnu", "vishwa", "vit", "vita", "vitali", "vitalii", "vitaliia",
    "vitaliy", "vitaly", "vito", "vitor", "vittoria", "vittorio", "vitus", "viv", "viva", "viveca", "vivek",
    "vivi", "vivian", "viviana", "vivien", "vivienne", "vlad", "vladan", "vladimir", "vladimira",
    "vladislav", "vlado", "vladyslav", "vlasta", "vojta", "vojtech", "volker", "volkmar", "volodymyr",
    "voula", "vuk", "vyacheslav", "vyas", "vytautas", "wade", "wael", "wahid", "wai", "walda", "waldemar",
    "waleed", "waleria", "wali", "walid", "walker", "wallace", "wallis", "walt", "walter", "waltraud",
    "wanda", "waqar", "waqas", "ward", "warren", "wasim", "wassim", "wayland", "wayne", "wei", "weili",
    "weiwei", "wen", "wenche", "wendell", "wendi", "wendy", "wenjie", "wenqi", "wenzel", "werner",
    "weronika", "wes", "wesley", "weston", "whitney", "wian", "wiebke", "wieslaw", "wietse", "wiktor",
    "wiktoria", "wil", "wilbert", "wilbur", "wilfred", "wilfredo", "wilfried", "wilhelm", "wilhelmina",
    "wilko", "will", "willa", "willard", "willem", "willemijn", "william", "willian", "willie", "willis",
    "willy", "wilma", "wilson", "wim", "winfred", "winfried", "winnie", "winona", "winston", "wioletta",
    "witold", "wladimir", "wojciech", "wojtek", "wolf", "wolfgang", "wolfram", "woo", "woodrow", "woody",
    "wook", "wout", "wouter", "wyatt", "wynn", "wytze", "xabi", "xabier", "xan", "xander", "xandra", "xavi",
    "xavier", "xena", "xenia", "xenon", "xi", "xiang", "xiao", "xiaodong", "xiaolin", "xiaoming", "xiaowei",
    "xiaoyu", "xie", "xime", "ximena", "xin", "xing", "xinyi", "xiomara", "xu", "xuan", "xuefeng",
    "xuesong", "yaakov", "yaara", "yachna", "yadira", "yael", "yafei", "yahia", "yahya", "yair", "yaiza",
    "yakov", "yakup", "yalda", "yam", "yamini", "yan", "yana", "yanai", "yanan", "yancy", "yang", "yanick",
    "yaniss", "yaniv", "yanjun", "yann", "yanna", "yannic", "yannick", "yannis", "yao", "yaosheng", "yara",
    "yarden", "yared", "yariv", "yaron", "yaroslav", "yarrow", "yas", "yasemin", "yaser", "yash", "yashar",
    "yashika", "yasin", "yasir", "yasmin", "yasmine", "yasser", "yasu", "yasuhiro", "yasuko", "yasuo",
    "yasushi", "yavor", "yavuz", "yayoi", "ye", "yee", "yehuda", "yeliz", "yen", "yenny", "yesenia",
    "yeshua", "yesim", "yevgen", "yevgenia", "yevgeniy", "yevhen", "yi", "yianni", "yiannis", "yichen",
    "yifan", "yigal", "yigit", "yiling", "yin", "ying", "yiqun", "yishai", "yitong", "yitzhak", "ylva",
    "ynes", "yngve", "yoav", "yogesh", "yohan", "yohann", "yohei", "yoichi", "yoji", "yoko", "yolanda",
    "yolande", "yonatan", "yong", "yoni", "yoram", "yorick", "yosef", "yosep", "yoshi", "yoshihiro",
    "yoshiko", "yoshinori", "yosra", "yossi", "yosuke", "yotam", "youcef", "yousra", "youssef", "yousuf",
    "ysabel", "yu", "yuan", "yuanyuan", "yue", "yuhan", "yui", "yuji", "yukari", "yuki", "yukihiro",
    "yukio", "yuko", "yulia", "yulian", "yuliana", "yulin", "yuliya", "yuma", "yumi", "yuming", "yun",
    "yung", "yunus", "yuqing", "yuri", "yurii", "yurij", "yuriko", "yuriy", "yury", "yusef", "yusra",
    "yusuf", "yusuke", "yuta", "yutaka", "yutaro", "yuval", "yuwei", "yuxin", "yuya", "yvan", "yves",
    "yvette", "yvo", "yvon", "yvonne", "zac", "zach", "zachariah", "zachary", "zachery", "zack", "zade",
    "zafar", "zahid", "zahra", "zaid", "zaida", "zain", "zainab", "zak", "zakaria", "zaki", "zakir",
    "zalman", "zandra", "zane", "zara", "zarina", "zayd", "zbigniew", "zbynek", "zdenek", "zdenka",
    "zdravko", "zeb", "zeca", "zed", "zeev", "zehra", "zeina", "zeinab", "zeke", "zelda", "zeljko", "zelma",
    "zena", "zenon", "zenonas", "zeph", "zev", "zeynep", "zhaklina", "zhan", "zhang", "zhanna", "zhao",
    "zhe", "zhen", "zheng", "zhenya", "zhi", "zhihao", "zhong", "zhongwei", "zhou", "zhuang", "zia", "ziad",
    "zilvinas", "zina", "zinaida", "zineb", "zion", "zita", "ziv", "zivile", "zlata", "zlatan", "zlatko",
    "zoe", "zoey", "zofia", "zohar", "zohra", "zoi", "zoja", "zoltan", "zora", "zoran", "zorana", "zoya",
    "zsofia", "zsolt", "zsuzsanna", "zubair", "zuhair", "zulfiqar", "zuzana", "zuzanna", "zvi", "zvonimir",
    "zygmunt",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<Strength>) {
        assert_eq!(strength(text), expected, "{text}");
    }

    #[test]
    fn the_tables_are_sorted_for_the_search() {
        assert!(GIVEN_NAMES.is_sorted() && PARTICLES.is_sorted());
    }

    #[test]
    fn known_names() {
        for name in ["Ada Lovelace", "Guido van Rossum", "Łukasz Langa", "Jean-Louis Lanet", "J. Ann Smith", "Prof. Ada Byron"] {
            check(name, Some(Strength::Known));
        }
    }

    #[test]
    fn what_is_only_written_like_one() {
        check("Visual Basic", Some(Strength::Written));
        check("Zbrx Qwerty", Some(Strength::Written));
        for text in ["Ada", "Ada's Engine", "Machine Learning", "Python 3", "the Ada Lovelace", "ACME Corp", ""] {
            check(text, None);
        }
    }

    #[test]
    fn chinese_japanese_and_korean() {
        for name in ["刘磊", "欧阳明", "山田太郎", "佐藤 花子", "김철수", "たなかさん", "李运华"] {
            check(name, Some(Strength::Known));
        }
        for text in ["区块链", "参考資料", "まとめ", "안녕하세요", "架构", "技术管理"] {
            check(text, None);
        }
    }
}
