//! Finding a county as one types: by name, by pinyin, by the first letters of its syllables.

/// Begins the pinyin among the names of a place; the other names stand before and after it.
pub const BETWEEN: char = '|';

/// Whether what was typed means a place with these names, [`BETWEEN`] them, the syllables of its pinyin apart. Nothing
/// typed means every place.
///
/// ```
/// use canbao_app::search::matches;
/// let names = "闻喜县|wen xi|运城市|山西省";
/// for typed in ["闻喜", "wenxi", "wx", "WEN X", "ｗｅｎ", "运城"] {
///     assert!(matches(typed, names), "{typed}");
/// }
/// assert!(!matches("enx", names));
/// ```
pub fn matches(typed: &str, names: &str) -> bool {
    let typed = plain(typed);
    if typed.is_ascii() {
        return names.split(BETWEEN).any(|name| spells(&typed, &plain_syllables(name)));
    }
    names.split(BETWEEN).any(|name| name.contains(&typed))
}

/// As it would be typed at its shortest: half-width small letters, without what input methods put between syllables.
fn plain(text: &str) -> String {
    let half_width = |c| match c {
        '\u{ff01}'..='\u{ff5e}' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c),
        c => c,
    };
    let letter = |c: char| match c.to_ascii_lowercase() {
        'v' | 'ü' | 'Ü' => 'u',
        c => c,
    };
    let between = |c: &char| c.is_whitespace() || matches!(c, '\'' | '’' | '-' | '·');
    text.chars().map(half_width).filter(|c| !between(c)).map(letter).collect()
}

fn plain_syllables(name: &str) -> Vec<String> {
    name.split(' ').map(plain).collect()
}

/// Whether it spells some of the syllables, from any of them on: each by its first letters or whole.
fn spells(typed: &str, syllables: &[String]) -> bool {
    typed.is_empty() || (0..syllables.len()).any(|at| spells_from(typed, &syllables[at..]))
}

fn spells_from(typed: &str, syllables: &[String]) -> bool {
    let Some((first, rest)) = syllables.split_first() else { return typed.is_empty() };
    let same = typed.bytes().zip(first.bytes()).take_while(|(one, other)| one == other).count();
    typed.is_empty() || (1..=same).any(|length| typed.get(length..).is_some_and(|left| spells_from(left, rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const XINGXIAN: &str = "兴县|xing xian|吕梁市|山西省";

    #[test]
    fn a_county_is_found_as_people_type_it() {
        for typed in [
            "兴县",
            "兴",
            " 兴县 ",
            "xing",
            "XING",
            "xx",
            "xingxian",
            "xing xian",
            "xing'xian",
            "xxian",
            "xingx",
            "xian",
            "ｘｉｎｇ",
            "ＸＸ",
            "吕梁",
            "山西省",
            "",
        ] {
            assert!(matches(typed, XINGXIAN), "{typed}");
        }
    }

    #[test]
    fn another_county_is_not_found() {
        for typed in ["临县", "lin", "ingx", "xxx", "xianxing", "山东", "xing县县", "|", "兴县|", "?"] {
            assert!(!matches(typed, XINGXIAN), "{typed}");
        }
    }

    #[test]
    fn the_letter_that_keyboards_lack_is_typed_in_two_ways() {
        for typed in ["lv", "lu", "lü", "lvl"] {
            assert!(matches(typed, "吕梁|lü liang"), "{typed}");
        }
    }

    #[test]
    fn every_place_is_found_by_its_own_name_and_pinyin() {
        for entry in canbao_baked::index() {
            let names = [entry.name, "|", entry.pinyin].concat();
            let first_letters: String =
                entry.pinyin.split(' ').filter_map(|syllable| syllable.chars().next()).collect();
            for typed in [entry.name, entry.pinyin, &first_letters] {
                assert!(matches(typed, &names), "{typed}");
            }
        }
    }
}
