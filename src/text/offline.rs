//! What is said where the newest data may not be had: without network, and in a file handed on.

/// Where the newest version cannot be asked for; `{}` is the day on which the data was last the newest.
pub const OFFLINE: &str = "现在没能联网核对。数据截至{}，之后有变动的话这里看不到。";
/// The same, where that day is not known, or was that of another version.
pub const UNKNOWN: &str = "现在没能联网核对，这里的数据可能不是最新的。";
/// There is newer data, and it could not be had by itself.
pub const NEWER: &str = "数据有更新，这一页还是旧的。请过一会儿关掉这一页，再重新打开。";
/// A day, with `{}` for each of year, month and day.
pub const DAY: &str = "{}年{}月{}日";
/// In a file handed on.
pub fn single(issued: Option<&str>) -> String {
    let until = issued.map_or_else(|| "下面这份通知".to_owned(), |day| format!("{day}发的通知"));
    format!("这是单独存下的文件，不会自己更新。数据截至{until}；有新通知的话，请照新通知办。")
}
/// In a file handed on that has every county.
pub const SINGLE_ALL: &str = "这是单独存下的文件，不会自己更新。数据截至下面各份通知；有新通知的话，请照新通知办。";
/// The installed app's whole name.
pub const INSTALLED: &str = "参保：居民医保交多少";
