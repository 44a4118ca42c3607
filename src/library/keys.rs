//! The keys of fields: the words that people state something with, in many languages, and how they are known.

use std::borrow::Cow;

use crate::text::fold::fold;

/// What a line may state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// The talk's title.
    Title,
    /// The conference, with its year.
    Conference,
    /// The track, room or session.
    Track,
    /// The speakers.
    Speaker,
    /// Where the speakers work.
    Affiliation,
    /// When it was given.
    Date,
    /// A link: video, slides, code, schedule.
    Link,
    /// The note-taker's tags.
    Tags,
    /// The note-taker's star.
    Starred,
    /// Something else that is known to be about the talk.
    About,
}

const KEYS: &[(&str, Key)] = &[
    ("abstract", Key::About),
    ("abstract link", Key::Link),
    ("affiliation", Key::Affiliation),
    ("attendees", Key::About),
    ("audience", Key::About),
    ("auteur", Key::Speaker),
    ("auteurs", Key::Speaker),
    ("author", Key::Speaker),
    ("author(s)", Key::Speaker),
    ("authors", Key::Speaker),
    ("bio", Key::About),
    ("by", Key::Speaker),
    ("categories", Key::About),
    ("category", Key::About),
    ("chair", Key::About),
    ("chaired by", Key::About),
    ("chairman", Key::About),
    ("chairs", Key::About),
    ("code", Key::Link),
    ("company", Key::Affiliation),
    ("conf", Key::Conference),
    ("conference", Key::Conference),
    ("conferencier", Key::Speaker),
    ("conferenciers", Key::Speaker),
    ("date", Key::Date),
    ("date and time", Key::Date),
    ("dated", Key::Date),
    ("datum", Key::Date),
    ("day", Key::Track),
    ("deck", Key::Link),
    ("delivered by", Key::Speaker),
    ("demo", Key::Link),
    ("description", Key::About),
    ("duration", Key::About),
    ("eloado", Key::Speaker),
    ("employer", Key::Affiliation),
    ("event", Key::Conference),
    ("event name", Key::Conference),
    ("facilitator", Key::Speaker),
    ("facilitators", Key::Speaker),
    ("featuring", Key::Speaker),
    ("filetags", Key::Tags),
    ("foredragsholder", Key::Speaker),
    ("format", Key::About),
    ("github", Key::Link),
    ("given by", Key::Speaker),
    ("guest", Key::Speaker),
    ("guests", Key::Speaker),
    ("held by", Key::Speaker),
    ("homepage", Key::Link),
    ("host", Key::About),
    ("hosted by", Key::About),
    ("hosts", Key::About),
    ("instructor", Key::Speaker),
    ("instructors", Key::Speaker),
    ("intervenant", Key::Speaker),
    ("intervenante", Key::Speaker),
    ("intervenantes", Key::Speaker),
    ("intervenants", Key::Speaker),
    ("keynote speaker", Key::Speaker),
    ("keynote speakers", Key::Speaker),
    ("keywords", Key::Tags),
    ("konusmaci", Key::Speaker),
    ("labels", Key::Tags),
    ("language", Key::About),
    ("layout", Key::About),
    ("lecturer", Key::Speaker),
    ("led by", Key::Speaker),
    ("length", Key::About),
    ("level", Key::About),
    ("link", Key::Link),
    ("links", Key::Link),
    ("location", Key::About),
    ("meetup", Key::Conference),
    ("moderated by", Key::About),
    ("moderator", Key::About),
    ("moderators", Key::About),
    ("name", Key::About),
    ("name of talk", Key::Title),
    ("notes", Key::Link),
    ("orador", Key::Speaker),
    ("oradora", Key::Speaker),
    ("oradores", Key::Speaker),
    ("orateur", Key::Speaker),
    ("orateurs", Key::Speaker),
    ("oratrice", Key::Speaker),
    ("org", Key::Affiliation),
    ("organisation", Key::Affiliation),
    ("organization", Key::Affiliation),
    ("organizer", Key::About),
    ("palestra", Key::Title),
    ("palestrante", Key::Speaker),
    ("palestrantes", Key::Speaker),
    ("panelist", Key::Speaker),
    ("panelists", Key::Speaker),
    ("panellists", Key::Speaker),
    ("paper", Key::Link),
    ("par", Key::Speaker),
    ("permalink", Key::About),
    ("ponente", Key::Speaker),
    ("ponentes", Key::Speaker),
    ("prednasejici", Key::Speaker),
    ("prelegenci", Key::Speaker),
    ("prelegent", Key::Speaker),
    ("presentation", Key::Link),
    ("presentation by", Key::Speaker),
    ("presented by", Key::Speaker),
    ("presenter", Key::Speaker),
    ("presenter(s)", Key::Speaker),
    ("presenters", Key::Speaker),
    ("published", Key::About),
    ("puhuja", Key::Speaker),
    ("rating", Key::About),
    ("raum", Key::Track),
    ("recording", Key::Link),
    ("recording link", Key::Link),
    ("redner", Key::Speaker),
    ("referent", Key::Speaker),
    ("referentin", Key::Speaker),
    ("relatore", Key::Speaker),
    ("relatori", Key::Speaker),
    ("relatrice", Key::Speaker),
    ("repo", Key::Link),
    ("repository", Key::Link),
    ("room", Key::Track),
    ("saal", Key::Track),
    ("salle", Key::Track),
    ("schedule", Key::Link),
    ("session", Key::Track),
    ("session link", Key::Link),
    ("session title", Key::Title),
    ("slide deck", Key::Link),
    ("slides", Key::Link),
    ("slides link", Key::Link),
    ("source", Key::Link),
    ("speaker", Key::Speaker),
    ("speaker bio", Key::About),
    ("speaker name", Key::Speaker),
    ("speaker(s)", Key::Speaker),
    ("speakers", Key::Speaker),
    ("speakers name", Key::Speaker),
    ("sprecher", Key::Speaker),
    ("spreker", Key::Speaker),
    ("sprekers", Key::Speaker),
    ("stage", Key::Track),
    ("starred", Key::Starred),
    ("status", Key::About),
    ("summary", Key::About),
    ("tag", Key::Tags),
    ("tags", Key::Tags),
    ("talare", Key::Speaker),
    ("talk", Key::Title),
    ("talk by", Key::Speaker),
    ("talk link", Key::Link),
    ("talk title", Key::Title),
    ("time", Key::About),
    ("time slot", Key::About),
    ("title", Key::Title),
    ("titre", Key::Title),
    ("topic", Key::Track),
    ("track", Key::Track),
    ("track name", Key::Track),
    ("trainer", Key::Speaker),
    ("trainers", Key::Speaker),
    ("transcript", Key::Link),
    ("twitter", Key::About),
    ("type", Key::About),
    ("url", Key::Link),
    ("venue", Key::About),
    ("video", Key::Link),
    ("video link", Key::Link),
    ("von", Key::Speaker),
    ("vorbitor", Key::Speaker),
    ("vortragende", Key::Speaker),
    ("vortragender", Key::Speaker),
    ("vortragstitel", Key::Title),
    ("website", Key::Link),
    ("when", Key::Date),
    ("where", Key::About),
    ("who", Key::Speaker),
    ("with", Key::Speaker),
    ("workshop by", Key::Speaker),
    ("youtube", Key::Link),
    ("дата", Key::Date),
    ("докладчик", Key::Speaker),
    ("докладчики", Key::Speaker),
    ("конференция", Key::Conference),
    ("спикер", Key::Speaker),
    ("спикеры", Key::Speaker),
    ("тема", Key::Title),
    ("イヘント", Key::Conference),
    ("スヒーカー", Key::Speaker),
    ("スライト", Key::Link),
    ("タイトル", Key::Title),
    ("ヒテオ", Key::Link),
    ("主讲", Key::Speaker),
    ("主讲人", Key::Speaker),
    ("主题", Key::Title),
    ("会場", Key::Track),
    ("会议", Key::Conference),
    ("作者", Key::Speaker),
    ("公司", Key::Affiliation),
    ("分享人", Key::Speaker),
    ("分享嘉宾", Key::Speaker),
    ("動画", Key::Link),
    ("发言人", Key::Speaker),
    ("嘉宾", Key::Speaker),
    ("幻灯片", Key::Link),
    ("所属", Key::Affiliation),
    ("日付", Key::Date),
    ("日時", Key::Date),
    ("日期", Key::Date),
    ("標題", Key::Title),
    ("演講者", Key::Speaker),
    ("演讲人", Key::Speaker),
    ("演讲嘉宾", Key::Speaker),
    ("演讲者", Key::Speaker),
    ("発表", Key::Speaker),
    ("発表者", Key::Speaker),
    ("登壇者", Key::Speaker),
    ("视频", Key::Link),
    ("話者", Key::Speaker),
    ("講師", Key::Speaker),
    ("講者", Key::Speaker),
    ("讲师", Key::Speaker),
    ("讲者", Key::Speaker),
    ("資料", Key::Link),
    ("题目", Key::Title),
    ("강연자", Key::Speaker),
    ("날짜", Key::Date),
    ("대회", Key::Conference),
    ("발표", Key::Speaker),
    ("발표자", Key::Speaker),
    ("소속", Key::Affiliation),
    ("스피커", Key::Speaker),
    ("연사", Key::Speaker),
    ("영상", Key::Link),
    ("자료", Key::Link),
    ("제목", Key::Title),
];

/// The longest key of the table, in bytes, with room for the marks around it.
pub(super) const LONGEST_KEY: usize = 40;

/// The most words of a key of the table.
const MOST_WORDS: usize = 3;

/// Whether a text is a key that asks for people, and no more than that.
pub(super) fn asks_for_people(text: &str) -> bool {
    const LONGEST: usize = 24;
    text.len() <= LONGEST && known(text) == Some(Key::Speaker)
}

/// Which lengths, as bits, the keys have that begin with a letter, told apart by five bits of it.
const KEY_LENGTHS: [u64; 32] = {
    let mut lengths = [0; 32];
    let mut at = 0;
    while at < KEYS.len() {
        let key = KEYS[at].0.as_bytes();
        lengths[(key[0] & 31) as usize] |= 1 << key.len();
        at += 1;
    }
    lengths
};

/// Where in the table the keys begin whose first byte is this one or a higher one.
const KEYS_FROM: [u16; 257] = {
    let mut from = [0; 257];
    let mut at = 0;
    let mut byte = 0;
    while byte < from.len() {
        while at < KEYS.len() && (KEYS[at].0.as_bytes()[0] as usize) < byte {
            at += 1;
        }
        from[byte] = at as u16;
        byte += 1;
    }
    from
};

/// What a folded key stands for; its capitals do not matter.
fn of_table(folded: &str) -> Option<Key> {
    let first = usize::from(folded.bytes().next()?.to_ascii_lowercase());
    let alike = &KEYS[usize::from(KEYS_FROM[first])..usize::from(KEYS_FROM[first + 1])];
    let same = |(key, _): &&(&str, Key)| key.len() == folded.len() && key.eq_ignore_ascii_case(folded);
    alike.iter().find(same).map(|(_, key)| *key)
}

/// The key that a word or two stand for.
pub(super) fn known(key: &str) -> Option<Key> {
    let marks = |byte: Option<&u8>| !byte.is_some_and(u8::is_ascii_alphabetic);
    let bytes = key.as_bytes();
    let key = match marks(bytes.first()) || marks(bytes.last()) {
        true => key.trim().trim_matches(['*', '_', '`', '[', ']', '#']).trim(),
        false => key,
    };
    let first = key.bytes().next()?;
    // The quick look: no key is as long as that, or so long with that letter. (A fold may change both.)
    let fits = key.len() < 64 && KEY_LENGTHS[usize::from(first & 31)] & 1 << key.len() != 0;
    let long = matches!(first | 0x20, b'p' | b's') && key.len() >= 7;
    if !fits && !long && key.is_ascii() && !key.contains('.')
        || key.len() > LONGEST_KEY
        || key.bytes().filter(|b| *b == b' ').count() > MOST_WORDS
    {
        return None;
    }
    // Inclusive spelling: "intervenant·e·s".
    let plain = key.is_ascii() && !key.contains('.');
    let folded = if plain { Cow::Borrowed(key) } else { Cow::Owned(fold(key).replace(['·', '.'], "")) };
    if let Some(key) = of_table(&folded) {
        return Some(key);
    }
    // Words that are long enough to be known by most of their letters: no more of these are missing than may be wrong.
    const LONG: &[&str] = &["presenter", "presenters", "speakers", "presented by"];
    let near = |word: &&&str| {
        let most = 1 + word.len() / 10;
        folded.as_bytes().first().map(u8::to_ascii_lowercase) == word.bytes().next()
            && (letters_of(word) & !letters_of(&folded)).count_ones() as usize <= most
            && strsim::osa_distance(&folded.to_ascii_lowercase(), word) <= most
    };
    (folded.len() >= 7 && LONG.iter().any(|word| near(&word))).then_some(Key::Speaker)
}

/// Which letters of ASCII stand in a text, a bit for each, whatever their case.
pub(super) fn letters_of(text: &str) -> u32 {
    text.bytes().filter(u8::is_ascii_alphabetic).fold(0, |letters, byte| letters | 1 << (byte & 31))
}

/// The keys that ask for people.
#[cfg(test)]
pub(super) fn keys_for_people() -> impl Iterator<Item = &'static str> {
    KEYS.iter().filter(|(_, kind)| *kind == Key::Speaker).map(|(key, _)| *key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_found_whatever_its_case() {
        assert!(KEYS.is_sorted_by_key(|(key, _)| *key));
        for (key, kind) in KEYS {
            assert!(key.len() <= LONGEST_KEY && key.split(' ').count() <= MOST_WORDS, "{key}");
            assert_eq!(
                (known(key), known(&format!("**{}**", key.to_uppercase()))),
                (Some(*kind), Some(*kind))
            );
        }
        assert_eq!(
            (known("Speakr's"), known("Presentrs"), known("Programs")),
            (None, Some(Key::Speaker), None)
        );
    }
}
