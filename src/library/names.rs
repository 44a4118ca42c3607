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
    "aaron", "abby", "abdul", "abdullah", "abel", "abigail", "abraham", "ada", "adam", "adele", "adi",
    "aditi", "aditya", "adolfo", "adrian", "adriana", "adrien", "agata", "agnes", "agnieszka", "ahmad",
    "ahmed", "aidan", "aileen", "aisha", "ajay", "akash", "aki", "akira", "akshay", "alain", "alaina",
    "alan", "alana", "alastair", "alba", "albert", "alberto", "aldo", "alec", "aleix", "alejandra",
    "alejandro", "aleksandar", "aleksandr", "aleksandra", "aleksei", "aleksey", "alena", "alessandra",
    "alessandro", "alessio", "alex", "alexa", "alexander", "alexandra", "alexandre", "alexandru", "alexei",
    "alexey", "alexia", "alexis", "alfonso", "alfred", "alfredo", "ali", "alice", "alicia", "alina",
    "aline", "alisa", "alison", "alistair", "allan", "allen", "allison", "alma", "alok", "alona", "alvaro",
    "alyson", "alyssa", "amanda", "amandine", "amar", "amber", "amelia", "amelie", "amir", "amit",
    "amitabh", "amol", "amos", "amr", "amrita", "amy", "ana", "anais", "anand", "anastasia", "anatoly",
    "anders", "andi", "andrea", "andreas", "andree", "andrei", "andrej", "andres", "andrew", "andrey",
    "andrzej", "andy", "anette", "angel", "angela", "angelica", "angelina", "angelo", "angie", "angus",
    "anil", "anita", "anja", "anjali", "anjana", "anke", "ankit", "ankur", "ann", "anna", "annabel", "anne",
    "annemarie", "annette", "annie", "annika", "anselm", "ansgar", "anthony", "antje", "antoine",
    "antoinette", "anton", "antonia", "antonin", "antonio", "antony", "anu", "anuj", "anupam", "anurag",
    "anya", "aparna", "april", "arash", "archana", "ariane", "ariel", "aris", "arjan", "arjen", "arjun",
    "armand", "armando", "armin", "arnaud", "arne", "arno", "arnold", "art", "artem", "arthur", "artur",
    "arturo", "arun", "aruna", "arvid", "arvind", "asaf", "asha", "ashish", "ashley", "ashok", "ashwin",
    "asim", "asli", "astrid", "atul", "aubrey", "audrey", "august", "augustin", "aurelia", "aurelie",
    "aurelien", "austin", "avi", "avinash", "avital", "axel", "ayesha", "aylin", "ayse", "ayumi", "azam",
    "babak", "balaji", "balazs", "barbara", "barry", "bart", "bartek", "bartosz", "basil", "basile",
    "bastian", "bastien", "bea", "beatrice", "beatriz", "becca", "becky", "ben", "benedetta", "benedict",
    "benedikt", "beng", "bengt", "benjamin", "benji", "benny", "benoit", "bernadette", "bernard",
    "bernardo", "bernd", "bernhard", "bert", "bertrand", "beryl", "bess", "beth", "bethany", "betsy",
    "betty", "bev", "beverly", "bharat", "bharath", "bhaskar", "bhavana", "bianca", "bilal", "bill",
    "billy", "biren", "birgit", "birgitta", "bjarne", "bjoern", "bjorn", "blair", "blaise", "blake", "bo",
    "bob", "bobby", "bogdan", "boris", "boyan", "brad", "bradley", "brady", "brahim", "brandon", "brandy",
    "brenda", "brendan", "brennan", "brent", "brett", "brian", "briana", "brianna", "bridget", "brigitte",
    "brit", "britt", "brittany", "bronwyn", "bruce", "bruno", "bryan", "bryce", "bryn", "burak", "byron",
    "caitlin", "caitlyn", "caleb", "calvin", "cameron", "camila", "camilla", "camille", "candace",
    "candice", "cara", "caren", "carie", "carina", "carl", "carla", "carlo", "carlos", "carlota", "carly",
    "carmel", "carmen", "carol", "carole", "carolin", "carolina", "caroline", "carolyn", "carrie",
    "carsten", "cary", "caryn", "casey", "casper", "cassandra", "cassidy", "catalin", "catalina",
    "catarina", "caterina", "cathal", "catherine", "cathleen", "cathy", "catriona", "cecile", "cecilia",
    "cedric", "celeste", "celia", "celine", "cesar", "chad", "chaim", "chandler", "chandra", "chang",
    "charity", "charlene", "charles", "charley", "charlie", "charlotte", "charly", "chase", "chelsea",
    "chen", "cheng", "cheryl", "chetan", "chiara", "chie", "chinmay", "chip", "chirag", "chloe", "chris",
    "chrissy", "christa", "christel", "christelle", "christian", "christiana", "christiane", "christie",
    "christin", "christina", "christine", "christof", "christoph", "christophe", "christopher", "christy",
    "chuck", "cindy", "claire", "clara", "clare", "clarissa", "clark", "claude", "claudia", "claudine",
    "claudio", "clay", "clayton", "clemence", "clemens", "clement", "cliff", "clifford", "clint", "clinton",
    "clive", "cody", "colette", "colin", "colleen", "collin", "conny", "conor", "conrad", "constance",
    "constantin", "constanze", "cora", "coraline", "corey", "corinna", "corinne", "cormac", "cornelia",
    "cornelius", "corrado", "cory", "courtney", "craig", "cristian", "cristiano", "cristina", "crystal",
    "csaba", "curt", "curtis", "cynthia", "cyril", "cyrille", "cyrus", "dagmar", "daisy", "dale", "dalia",
    "damian", "damiano", "damien", "damon", "dan", "dana", "dane", "daniel", "daniela", "daniele",
    "daniella", "danielle", "danil", "danilo", "danny", "daphne", "dara", "daria", "darian", "darin",
    "dario", "darius", "darja", "darko", "darla", "darragh", "darrell", "darren", "darryl", "darya",
    "daryl", "dave", "david", "davide", "dawid", "dawn", "dean", "deanna", "deb", "debbie", "debora",
    "deborah", "debra", "declan", "deepa", "deepak", "deepti", "deirdre", "delia", "delphine", "demetris",
    "denis", "denisa", "denise", "dennis", "denny", "derek", "derrick", "desiree", "desmond", "detlef",
    "devang", "devon", "dewi", "dhruv", "diana", "diane", "dianne", "didier", "diego", "dieter", "dietmar",
    "dilip", "dillon", "dima", "dimitar", "dimitri", "dimitrios", "dimitris", "dina", "dinesh", "dino",
    "dirk", "divya", "dmitri", "dmitrii", "dmitriy", "dmitry", "dolores", "domenico", "dominic", "dominik",
    "dominique", "don", "donal", "donald", "donna", "donny", "dora", "doreen", "doris", "dorota",
    "dorothea", "dorothy", "doug", "dougal", "douglas", "dov", "drew", "duane", "duncan", "dustin",
    "dwayne", "dylan", "dzmitry", "eamon", "earl", "eben", "ed", "eddie", "eddy", "eden", "edgar", "edith",
    "edmund", "edoardo", "eduard", "eduardo", "edward", "edwin", "edyta", "egon", "egor", "eileen", "einar",
    "ekaterina", "elaine", "eleanor", "elena", "eleni", "eleonora", "elham", "eli", "elia", "eliana",
    "elias", "elijah", "elin", "eliot", "elisa", "elisabeth", "elise", "elissa", "eliza", "elizabeth",
    "elke", "ella", "elle", "ellen", "elliot", "elliott", "ellis", "elmar", "elodie", "elsa", "elvira",
    "emanuel", "emanuele", "emelie", "emil", "emile", "emilia", "emiliano", "emilie", "emilio", "emily",
    "emma", "emmanuel", "emmanuelle", "emmett", "emre", "enno", "enrico", "enrique", "eran", "erez", "eric",
    "erica", "erich", "erick", "erik", "erika", "erin", "erlend", "ernest", "ernesto", "ernst", "erwan",
    "erwin", "esteban", "estelle", "esther", "etienne", "euan", "eugen", "eugene", "eugenia", "eva", "evan",
    "evangelos", "eve", "eveline", "evelyn", "evgeni", "evgenia", "evgenii", "evgeny", "ewa", "ewan",
    "ewelina", "ezequiel", "fabian", "fabiana", "fabien", "fabienne", "fabio", "fabiola", "fabrice",
    "fabrizio", "faith", "farah", "farhad", "faris", "fatima", "fatma", "faye", "federica", "federico",
    "felicia", "felicitas", "felicity", "felipe", "felix", "feng", "ferdinand", "fergal", "fergus",
    "fernanda", "fernando", "filip", "filipe", "filippo", "fiona", "flavia", "flavio", "flora", "florence",
    "florent", "florentin", "florian", "florin", "flynn", "forrest", "fran", "frances", "francesca",
    "francesco", "francis", "francisca", "francisco", "francois", "francoise", "frank", "franka", "frankie",
    "franklin", "franz", "franziska", "fred", "freddie", "freddy", "frederic", "frederick", "frederico",
    "frederik", "fredrik", "freya", "frida", "frieda", "friedrich", "frode", "fumiko", "gabe", "gabi",
    "gabor", "gabriel", "gabriela", "gabriele", "gabriella", "gabrielle", "gael", "gaetan", "gagan", "gail",
    "galen", "galina", "ganesh", "gareth", "garret", "garrett", "garry", "garth", "gary", "gaurav",
    "gautam", "gavin", "gemma", "gene", "genevieve", "geoff", "geoffrey", "geoffroy", "georg", "george",
    "georges", "georgia", "georgina", "georgios", "gerald", "geraldine", "gerard", "gerd", "gergely",
    "gerhard", "german", "gert", "gertrud", "ghislain", "giacomo", "giada", "gian", "giancarlo", "gianluca",
    "gianna", "gianni", "gideon", "gil", "gilad", "gilbert", "gilberto", "gilles", "gillian", "gina",
    "ginger", "ginny", "giorgia", "giorgio", "giovanna", "giovanni", "giselle", "gita", "giulia", "giulio",
    "giuseppe", "gladys", "glen", "glenda", "glenn", "gloria", "goran", "gordon", "grace", "gracie",
    "graeme", "graham", "grant", "greg", "gregg", "gregoire", "gregor", "gregorio", "gregory", "greta",
    "gretchen", "griffin", "grzegorz", "guido", "guilherme", "guillaume", "guillermo", "gunnar", "gunther",
    "guoqiang", "gus", "gustav", "gustavo", "guy", "gwen", "gwendolyn", "gwyneth", "gyorgy", "haben",
    "hadar", "hadley", "hadrien", "hakan", "hal", "haley", "hamid", "hamza", "han", "hana", "hanna",
    "hannah", "hannes", "hans", "hansen", "hao", "hari", "harini", "harish", "harold", "haroon", "harriet",
    "harrison", "harry", "harsh", "harsha", "hartmut", "haruki", "harvey", "hasan", "hassan", "hayden",
    "haydn", "hayley", "hazel", "heath", "heather", "hector", "heidi", "heike", "heiko", "heiner",
    "heinrich", "heinz", "helen", "helena", "helene", "helga", "helge", "helmut", "hemant", "hendrik",
    "henk", "henning", "henri", "henriette", "henrik", "henry", "herbert", "herman", "hermann", "herve",
    "hilary", "hilda", "hillary", "hiro", "hiroki", "hiroko", "hiroshi", "hiroyuki", "holden", "holger",
    "hollie", "holly", "hong", "hope", "horst", "howard", "hristo", "hua", "huda", "hugh", "hugo", "hui",
    "humberto", "humphrey", "hussein", "huw", "hyun", "iain", "ian", "ibrahim", "ida", "idan", "idris",
    "ieva", "ignacio", "ignat", "igor", "ilan", "ilaria", "ildiko", "ilia", "iliana", "ilka", "ilona",
    "ilya", "imran", "imre", "ina", "indira", "ines", "inga", "inge", "ingo", "ingrid", "inna", "ioana",
    "ioannis", "ira", "irena", "irene", "irina", "iris", "irma", "irwin", "isaac", "isabel", "isabela",
    "isabell", "isabella", "isabelle", "isaiah", "ishaan", "ismael", "ismail", "istvan", "itai", "itamar",
    "iva", "ivan", "ivana", "ivo", "ivor", "ivy", "izabela", "jace", "jacek", "jack", "jackie", "jackson",
    "jaclyn", "jacob", "jacopo", "jacqueline", "jacques", "jacqui", "jada", "jade", "jae", "jaime", "jake",
    "jakob", "jakub", "jamal", "james", "jamie", "jamila", "jan", "jana", "jane", "janelle", "janet",
    "janette", "janice", "janina", "janine", "janis", "janna", "janne", "janos", "jared", "jari", "jarno",
    "jaroslav", "jarrod", "jasmin", "jasmine", "jason", "jasper", "javier", "jay", "jayme", "jayne",
    "jayson", "jean", "jeana", "jeanette", "jeanine", "jeanne", "jed", "jeff", "jeffery", "jeffrey",
    "jelena", "jen", "jenifer", "jenna", "jenni", "jennie", "jennifer", "jenny", "jens", "jeremiah",
    "jeremie", "jeremy", "jerome", "jerry", "jesper", "jess", "jesse", "jessica", "jessie", "jesus",
    "jethro", "jignesh", "jill", "jillian", "jim", "jimmy", "jing", "jitka", "jo", "joachim", "joan",
    "joana", "joanie", "joann", "joanna", "joanne", "joao", "joaquin", "jocelyn", "jochen", "jodi", "jodie",
    "jody", "joe", "joel", "joelle", "joerg", "joern", "joey", "johan", "johann", "johanna", "johannes",
    "john", "johnathan", "johnnie", "johnny", "jolene", "jon", "jona", "jonah", "jonas", "jonathan",
    "jonathon", "joni", "jonny", "joost", "jordan", "jordi", "jordy", "jorge", "jorgen", "joris", "jorn",
    "jos", "jose", "josef", "josefin", "josefina", "joseph", "josephine", "josh", "joshua", "josiah",
    "josie", "joy", "joyce", "jozef", "juan", "juanita", "judd", "judit", "judith", "judy", "jules",
    "julia", "julian", "juliana", "juliane", "julianne", "julie", "julien", "juliet", "juliette", "julio",
    "julius", "jun", "june", "jung", "jurgen", "juri", "jurij", "juris", "jussi", "justin", "justina",
    "justine", "justus", "jutta", "kai", "kaitlin", "kaitlyn", "kamal", "kamil", "kamila", "kamran", "kara",
    "karel", "karen", "kari", "karim", "karin", "karina", "karine", "karl", "karla", "karol", "karolina",
    "karoline", "karsten", "karthik", "kartik", "kasia", "kasper", "katarina", "katarzyna", "kate",
    "katelyn", "katerina", "katharina", "katharine", "katherine", "kathleen", "kathrin", "kathryn", "kathy",
    "katia", "katie", "katja", "katrin", "katrina", "katrine", "katy", "katya", "kavita", "kavya", "kay",
    "kayla", "kaylee", "kazuki", "keegan", "kees", "keiko", "keisha", "keith", "kelley", "kelli", "kellie",
    "kelly", "kelsey", "kelvin", "ken", "kendall", "kendra", "kenji", "kenneth", "kenny", "kent", "kenta",
    "kenya", "keren", "kerri", "kerry", "kerstin", "kevin", "khaled", "khalid", "kian", "kiera", "kieran",
    "kiersten", "kim", "kimberley", "kimberly", "kimi", "kimia", "kinga", "kiran", "kirill", "kirk",
    "kirsten", "kirsti", "kirstin", "kirsty", "kishore", "kit", "kjell", "klaas", "klara", "klaus", "koen",
    "koji", "konrad", "konstantin", "konstantinos", "kosta", "kostas", "kresten", "kris", "krishna",
    "krista", "kristen", "kristian", "kristie", "kristin", "kristina", "kristine", "kristo", "kristof",
    "kristoffer", "kristy", "krisztina", "krystal", "krzysztof", "kshitij", "kumar", "kunal", "kurt",
    "kushal", "kwame", "kyle", "kylie", "kyra", "lacey", "lachlan", "laila", "lainey", "lakshmi", "lana",
    "lance", "landon", "lara", "larisa", "larissa", "larry", "lars", "larysa", "laszlo", "laura", "laure",
    "laureen", "laurel", "lauren", "laurence", "laurens", "laurent", "lauri", "laurie", "lavinia",
    "lawrence", "lea", "leah", "leandro", "leanne", "lee", "leen", "leena", "leif", "leigh", "leila",
    "leland", "lena", "leni", "lennart", "lenny", "leo", "leon", "leona", "leonard", "leonardo", "leonhard",
    "leonid", "leonie", "leopold", "leroy", "lesley", "leslie", "leszek", "letizia", "levi", "lewis", "lex",
    "leyla", "li", "lia", "liam", "liana", "libby", "lidia", "lila", "lili", "lilia", "lilian", "liliana",
    "lillian", "lilly", "lily", "lin", "lina", "lincoln", "linda", "lindsay", "lindsey", "ling", "linus",
    "lionel", "lior", "lisa", "lise", "liselotte", "lissa", "liu", "livia", "liz", "liza", "lizzie",
    "lloyd", "loes", "logan", "lois", "lola", "loren", "lorena", "lorenz", "lorenzo", "loretta", "lori",
    "lorna", "lorraine", "lothar", "lou", "louis", "louisa", "louise", "luc", "luca", "lucas", "lucia",
    "luciana", "luciano", "lucie", "lucien", "lucile", "lucinda", "lucy", "ludovic", "ludwig", "luigi",
    "luis", "luisa", "luiz", "luka", "lukas", "lukasz", "luke", "lutz", "lydia", "lyle", "lynda", "lyndon",
    "lynn", "lynne", "lynsey", "mabel", "maciej", "macy", "madeleine", "madelyn", "madhav", "madhu",
    "madison", "mads", "magali", "magda", "magdalena", "maggie", "magnus", "mahesh", "mahmoud", "maia",
    "maike", "maja", "majid", "makoto", "malcolm", "malgorzata", "malik", "malin", "malte", "mandy",
    "manfred", "manish", "manisha", "manoj", "mansi", "manu", "manuel", "manuela", "manuele", "mara",
    "marc", "marcel", "marcela", "marcella", "marcello", "marcelo", "marcia", "marcin", "marco", "marcos",
    "marcus", "marek", "maren", "margaret", "margarita", "margherita", "margit", "margo", "margot",
    "margret", "marguerite", "mari", "maria", "mariam", "marian", "mariana", "marianna", "marianne",
    "mariano", "marie", "marieke", "mariela", "marija", "marijn", "marika", "marilyn", "marina", "mario",
    "marion", "maris", "marisa", "marisol", "marissa", "marit", "marius", "marjan", "mark", "marko",
    "markus", "marla", "marlene", "marlon", "marnie", "marsha", "marta", "marten", "martha", "martijn",
    "martin", "martina", "martine", "marty", "martyn", "marvin", "mary", "maryam", "maryann", "maryvon",
    "masahiro", "masaki", "masha", "massimo", "mateo", "mateus", "mateusz", "mathew", "mathias", "mathieu",
    "mathilde", "matias", "matilda", "mats", "matt", "matteo", "matthew", "matthias", "matthieu",
    "matthijs", "mattia", "mattias", "maud", "maura", "maureen", "maurice", "mauricio", "maurits",
    "maurizio", "mauro", "maverick", "max", "maxim", "maxime", "maximilian", "maximiliano", "maya",
    "mayank", "mayra", "meera", "meg", "megan", "meghan", "mehdi", "mehmet", "mehul", "mei", "meir", "mel",
    "melania", "melanie", "melinda", "melissa", "melody", "menno", "mercedes", "meredith", "merijn",
    "merlin", "merry", "meryl", "mette", "mia", "micah", "micha", "michael", "michaela", "michal", "michel",
    "michela", "michele", "michelle", "mick", "mickey", "miguel", "mihaela", "mihai", "mikael", "mike",
    "mikel", "mikhail", "miki", "mikko", "mila", "milan", "milena", "miles", "milos", "mimi", "min", "mina",
    "mindy", "ming", "minh", "minna", "mira", "miranda", "mircea", "miriam", "mirjam", "mirko", "miroslav",
    "misha", "mitch", "mitchell", "mithun", "mitra", "mitsuru", "moaan", "mohamed", "mohammad", "mohammed",
    "mohan", "mohit", "moira", "molly", "mona", "monica", "monika", "monique", "monty", "morgan", "moritz",
    "morris", "morten", "moses", "moshe", "mostafa", "muhammad", "mukesh", "murat", "murray", "mustafa",
    "mykola", "myles", "myra", "myriam", "myrna", "nada", "nadav", "nadia", "nadine", "nadja", "nagesh",
    "naila", "najma", "namrata", "nan", "nana", "nancy", "nandini", "naomi", "narayan", "narendra",
    "nasser", "nastasja", "nastassia", "nat", "natalia", "natalie", "natalya", "natascha", "natasha",
    "nate", "nathalie", "nathan", "nathaniel", "naveen", "navid", "nawal", "neal", "ned", "neda", "neelam",
    "neeraj", "neha", "neil", "nell", "nelly", "nelson", "nestor", "neville", "niall", "nicholas", "nick",
    "nicki", "nicky", "nico", "nicol", "nicola", "nicolai", "nicolas", "nicole", "nicoletta", "niels",
    "nigel", "nihal", "nik", "nika", "nikhil", "niki", "nikita", "nikki", "niklas", "niko", "nikola",
    "nikolai", "nikolaj", "nikolaos", "nikolas", "nikolaus", "nikolay", "nils", "nima", "nimrod", "nina",
    "nir", "niranjan", "nitin", "noa", "noah", "noam", "noel", "noelle", "noemi", "noga", "nora", "norbert",
    "noreen", "norm", "norma", "norman", "norris", "nour", "nuno", "odd", "ofer", "ofir", "olaf", "oldrich",
    "ole", "oleg", "oleh", "oleksandr", "oleksii", "olga", "oliver", "olivia", "olivier", "olof", "omar",
    "omer", "omri", "ondrej", "onur", "ophelie", "ora", "oren", "ori", "oriana", "oriol", "orla", "orlando",
    "oscar", "oskar", "osman", "oswaldo", "otto", "owen", "ozan", "pablo", "paige", "pal", "paloma", "pam",
    "pamela", "pankaj", "paola", "paolo", "parag", "paris", "parker", "parvathi", "pascal", "pascale",
    "pat", "patric", "patricia", "patricio", "patrick", "patrik", "patrizia", "patrycja", "patti", "patty",
    "paul", "paula", "paulette", "paulina", "pauline", "paulo", "pavan", "pavel", "pavlo", "pawel", "pearl",
    "pedro", "peer", "peggy", "penelope", "penny", "per", "percy", "pernille", "perrin", "perry", "pete",
    "peter", "petr", "petra", "petri", "petros", "petteri", "petya", "phil", "philip", "philipp",
    "philippa", "philippe", "phillip", "phoebe", "phyllis", "pia", "piero", "pierre", "pieter", "pietro",
    "pilar", "ping", "piotr", "poonam", "poppy", "prabhat", "pradeep", "prakash", "pranav", "prasad",
    "prasanna", "prasanth", "prashant", "prashanth", "pratik", "praveen", "preeti", "prem", "preston",
    "priscilla", "pritam", "priya", "priyanka", "purva", "quentin", "quincy", "quinn", "quynh", "raanan",
    "rachael", "rachel", "rachelle", "radek", "radim", "radka", "radomir", "radoslav", "radu", "rafael",
    "rafaela", "rafal", "raffaele", "raghav", "raghu", "rahul", "raimund", "rainer", "raj", "raja", "rajat",
    "rajeev", "rajesh", "rajiv", "raju", "rakesh", "ralf", "ralph", "ram", "rama", "raman", "ramesh",
    "rami", "ramiro", "ramon", "ramona", "ramya", "ran", "rana", "randall", "randi", "randolph", "randy",
    "rani", "ranjan", "raphael", "raquel", "rasheed", "rashid", "rasmus", "raul", "ravi", "ray", "raymond",
    "rebecca", "rebekah", "regina", "reginald", "reid", "reinder", "reiner", "reinhard", "reinhold",
    "rekha", "remco", "remi", "remy", "rena", "renata", "renate", "renato", "rene", "renee", "renu",
    "renuka", "reuben", "reut", "rev", "rex", "reza", "rhea", "rhian", "rhiannon", "rhonda", "rhys", "ria",
    "ricardo", "riccardo", "rich", "richard", "richie", "rick", "ricky", "rico", "rikke", "riley", "rina",
    "rishabh", "rishi", "rita", "ritesh", "ritu", "rivka", "rob", "robbert", "robbie", "robby", "robert",
    "roberta", "roberto", "robin", "robyn", "rocco", "rochelle", "rod", "roderick", "rodney", "rodolfo",
    "rodrigo", "roel", "rogelio", "roger", "rohan", "rohini", "rohit", "roland", "rolando", "rolf",
    "romain", "roman", "romana", "romeo", "ron", "ronald", "ronan", "ronen", "roni", "ronja", "ronnie",
    "ronny", "roopa", "rory", "rosa", "rosalie", "rosalind", "rosanna", "rosario", "roscoe", "rose",
    "roseanne", "rosemarie", "rosemary", "rosie", "rosita", "ross", "rowan", "rowena", "roxana", "roxane",
    "roxanne", "roy", "royce", "ruben", "rubina", "ruby", "rudi", "rudolf", "rudolph", "rudy", "rui",
    "rupert", "ruslan", "russ", "russell", "rusty", "ruta", "rutger", "ruth", "ryan", "ryo", "ryota",
    "sabina", "sabine", "sabrina", "sabu", "sachin", "sadie", "safia", "sahil", "said", "saj", "sakshi",
    "sal", "sally", "salma", "salman", "salome", "salvador", "salvatore", "sam", "samantha", "samar",
    "sameer", "sami", "samir", "sammy", "samson", "samuel", "samy", "sanae", "sandeep", "sander", "sandi",
    "sandip", "sandor", "sandra", "sandro", "sandy", "sangeeta", "sanjay", "sanjeev", "sanjiv", "sanket",
    "santiago", "santosh", "sara", "sarah", "sarai", "sarita", "sasha", "saskia", "satish", "satoshi",
    "satya", "saul", "saurabh", "savannah", "scot", "scott", "sean", "seb", "sebastian", "sebastiano",
    "sebastien", "selena", "selina", "selma", "sepideh", "serena", "serge", "sergei", "sergej", "sergey",
    "sergi", "sergio", "sergiu", "seth", "severin", "severine", "seyed", "shaheen", "shalini", "shan",
    "shane", "shani", "shankar", "shanna", "shannon", "shanshan", "shantanu", "shari", "sharon", "shashank",
    "shashi", "shaun", "shawn", "shawna", "shay", "shayna", "shea", "sheila", "sheldon", "shelley",
    "shelly", "sheri", "sherif", "sherry", "sherwin", "shibu", "shilpa", "shimon", "shin", "shinji",
    "shira", "shirin", "shirley", "shiv", "shiva", "shivam", "shivani", "shlomi", "shlomo", "shoshana",
    "shraddha", "shreya", "shu", "shubham", "shuhei", "shweta", "sibylle", "sid", "siddharth", "sidney",
    "siegfried", "sigrid", "sigurd", "silas", "silke", "silvan", "silvana", "silvia", "silvio", "simon",
    "simona", "simone", "simran", "sindhu", "siobhan", "siri", "sixten", "sjoerd", "slava", "slawomir",
    "smita", "snehal", "sofia", "sofie", "soham", "solange", "solomon", "sonal", "sonali", "sonia", "sonja",
    "sonya", "soo", "sophia", "sophie", "soren", "spencer", "spyros", "sreenivas", "sri", "srikanth",
    "srinivas", "srinivasan", "sriram", "srujana", "stacey", "staci", "stacie", "stacy", "stan",
    "stanislav", "stanislaw", "stanley", "stas", "steen", "stef", "stefan", "stefania", "stefanie",
    "stefano", "steffan", "steffen", "steffi", "stella", "sten", "stepan", "steph", "stephan", "stephane",
    "stephanie", "stephen", "sterling", "steve", "steven", "stevie", "stewart", "stijn", "stina", "storm",
    "stuart", "subhash", "sudhir", "sue", "suhas", "sujata", "suman", "sumit", "sumitra", "sunil", "sunita",
    "suraj", "suresh", "surya", "susan", "susana", "susanna", "susannah", "susanne", "susi", "susie",
    "suzanne", "suzy", "svein", "sven", "svenja", "svetlana", "swapnil", "swarna", "swati", "sydney",
    "sylvain", "sylvester", "sylvia", "sylvie", "tabitha", "tad", "tadeusz", "takahiro", "takashi",
    "takeshi", "takuya", "tal", "tali", "talia", "tam", "tamara", "tamas", "tami", "tammy", "tamsin",
    "tanguy", "tania", "tanja", "tanmay", "tansu", "tanvi", "tanya", "tara", "taras", "tarek", "tariq",
    "tarun", "taryn", "tasha", "tatiana", "tatjana", "tatsuya", "tatyana", "taylor", "ted", "teddy",
    "tejas", "tennessee", "teo", "terence", "teresa", "teri", "terrance", "terrell", "terrence", "terri",
    "terry", "tess", "tessa", "thad", "thaddeus", "thais", "thanos", "thea", "thelma", "theo", "theodor",
    "theodora", "theodore", "theresa", "therese", "thibault", "thibaut", "thierry", "thijs", "thilo",
    "thom", "thomas", "thomi", "thor", "thorben", "thore", "thorsten", "thuy", "tia", "tiago", "tibor",
    "tiffany", "tilman", "tim", "timo", "timothee", "timothy", "timur", "tina", "tino", "tiziana", "tj",
    "tobi", "tobias", "tobin", "toby", "tod", "todd", "tom", "tomas", "tomasz", "tomaz", "tomek", "tomer",
    "tomi", "tomislav", "tommaso", "tommy", "tomoko", "tomoya", "toni", "tony", "tor", "torben", "tore",
    "torsten", "toru", "tracey", "traci", "tracy", "travis", "tre", "trent", "trevor", "trey", "trina",
    "trinh", "trish", "trisha", "tristan", "troels", "troy", "trude", "tuan", "tuomas", "tushar", "ty",
    "tyler", "tyrone", "tyson", "tzvi", "ugo", "uli", "ulla", "ulrich", "ulrika", "ulrike", "uma", "umair",
    "umberto", "umesh", "urs", "ursula", "uwe", "uzma", "vadim", "vadym", "vaibhav", "val", "valentin",
    "valentina", "valentine", "valentino", "valeria", "valerie", "valerio", "valery", "vamsi", "vance",
    "vanessa", "varun", "vasco", "vasilis", "vasiliy", "vasily", "vassilis", "veena", "venkat", "venkata",
    "venkatesh", "vera", "verena", "vernon", "veronica", "veronika", "veronique", "vicki", "vicky",
    "victor", "victoria", "vidya", "viet", "vijay", "vikas", "viki", "vikram", "vikrant", "viktor",
    "viktoria", "ville", "vimal", "vin", "vinay", "vince", "vincent", "vincenzo", "vineet", "vinicius",
    "vinod", "viola", "violet", "violeta", "vipin", "vipul", "virgil", "virginia", "virginie", "vishal",
    "vishnu", "vitali", "vitalii", "vitaliy", "vitaly", "vito", "vittoria", "vittorio", "vivek", "vivian",
    "viviana", "vivien", "vivienne", "vlad", "vladimir", "vladislav", "vlado", "vojta", "vojtech", "volker",
    "volkmar", "volodymyr", "vyacheslav", "wade", "walid", "walker", "wallace", "walter", "wanda", "ward",
    "warren", "wayne", "wei", "wen", "wendell", "wendy", "wenzel", "werner", "wes", "wesley", "whitney",
    "wiebke", "wietse", "wilfred", "wilfried", "wilhelm", "will", "willa", "willem", "william", "willie",
    "willy", "wilma", "wilson", "winfried", "winnie", "winston", "wojciech", "wolf", "wolfgang", "woody",
    "wouter", "wyatt", "xander", "xavier", "xi", "xiang", "xiao", "xiaoyu", "xin", "xu", "xuan", "yael",
    "yair", "yan", "yana", "yang", "yaniv", "yann", "yannick", "yannis", "yara", "yaron", "yaroslav",
    "yash", "yashar", "yasmin", "yasmine", "yasuhiro", "ye", "yehuda", "yen", "yevgeniy", "yi", "yiannis",
    "yichen", "ying", "yitzhak", "yoav", "yogesh", "yohan", "yohann", "yoko", "yolanda", "yonatan", "yong",
    "yoni", "yoshi", "yossi", "yosuke", "yotam", "youssef", "yu", "yuan", "yue", "yuki", "yuko", "yulia",
    "yuliya", "yun", "yuri", "yuriy", "yury", "yusuf", "yuta", "yutaka", "yuval", "yves", "yvette",
    "yvonne", "zac", "zach", "zachary", "zack", "zahra", "zain", "zak", "zane", "zara", "zbigniew",
    "zdenek", "zeb", "zeev", "zeina", "zeke", "zev", "zhang", "zhao", "zhen", "zheng", "zhi", "zhou", "zoe",
    "zoey", "zofia", "zoltan", "zora", "zsolt", "zuzana", "zvi",
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
