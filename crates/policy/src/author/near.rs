//! Near misses: what somebody probably meant.

/// The candidate that this word is a slip of the pen away from.
pub(crate) fn word<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let same = plain(word);
    let mut best: Option<(usize, &'c str)> = None;
    for candidate in candidates {
        let plain_candidate = plain(candidate);
        let distance = strsim::damerau_levenshtein(&same, &plain_candidate);
        let length = plain_candidate.chars().count().max(same.chars().count());
        // One slip in short words, up to a third of longer ones.
        if distance <= (length / 3).max(1) && distance < length && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The label that is this one but for the width of its characters, spaces and dots: `七（一）` for `七(一)`.
pub(crate) fn label<'c>(label: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let same = plain(label);
    candidates.into_iter().find(|candidate| plain(candidate) == same)
}

/// The word whose meaning this is: `dibao` for `低保`.
pub(crate) fn meaning<'c>(text: &str, meanings: impl IntoIterator<Item = (&'c str, &'c str)>) -> Option<&'c str> {
    let text = text.trim();
    if text.is_ascii() {
        return None;
    }
    let fits = meanings.into_iter().filter(|(_, meaning)| meaning.contains(text));
    fits.min_by_key(|(_, meaning)| meaning.find(['.', ':']).unwrap_or(meaning.len())).map(|(word, _)| word)
}

/// Without what is easily typed differently.
fn plain(text: &str) -> String {
    let fold = |c: char| match c {
        '（' => Some('('),
        '）' => Some(')'),
        '－' | '-' | '_' => Some('_'),
        ' ' | '\u{3000}' | '、' | '.' | '．' | '。' => None,
        // Full-width letters, digits and signs.
        '\u{ff01}'..='\u{ff5e}' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32),
        _ => Some(c),
    };
    text.chars().filter_map(fold).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found_and_other_words_are_not() {
        let groups = ["tekun", "dibao", "dibao_edge", "edge"];
        assert_eq!(word("diba0", groups), Some("dibao"));
        assert_eq!(word("dibao-edge", groups), Some("dibao_edge"));
        assert_eq!(word("egde", groups), Some("edge"));
        assert_eq!(word("student", groups), None);
        assert_eq!(label("七（一）", ["七(一)", "七(二)"]), Some("七(一)"));
        assert_eq!(label("七(三)", ["七(一)", "七(二)"]), None);
        assert_eq!(meaning("低保", [("dibao_edge", "低保边缘."), ("dibao", "低保.")]), Some("dibao"));
    }
}
