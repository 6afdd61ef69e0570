//! What the style keeps to.

use xtask::paths;

/// Four sizes and two weights of type: an old phone takes milliseconds of a tap to set up each one that is new to it
/// (ADR 11). Very narrow windows and paper, which come last in what is fetched later, have their own.
#[test]
fn type_comes_in_few_sizes_and_weights() {
    let mut seen = Vec::new();
    for name in ["main.css", "late.css"] {
        let text = std::fs::read_to_string(paths::root().join("style").join(name)).expect("a style");
        let common = if name == "late.css" { text.split("@media (max-width: 15rem)").next() } else { Some(&*text) };
        let values =
            common.unwrap_or_default().lines().filter_map(|line| line.trim().strip_suffix(';')?.split_once(": "));
        seen.extend(values.filter(|(key, _)| key.starts_with("font")).map(|(key, value)| format!("{key}: {value}")));
    }
    seen.sort();
    seen.dedup();
    let own = "font: 1rem/1.6 \"PingFang SC\", \"Noto Sans CJK SC\", \"Microsoft YaHei\", system-ui, sans-serif";
    let sizes = ["1.25rem", "1.5rem", "112.5%", "137.5%", "1rem", "2.6rem"].map(|size| format!("font-size: {size}"));
    let mut few = [own, "font: inherit", "font-weight: 400", "font-weight: 700"].map(str::to_owned).to_vec();
    few.extend(sizes);
    few.sort();
    assert_eq!(seen, few);
}
