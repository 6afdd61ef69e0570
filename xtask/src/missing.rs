//! The page for an address that leads nowhere: a county or a year that is not there, or a slip in copying. It is the
//! choice of a county, with a sentence before it, and a host sends it with status 404.
//!
//! Such a page stands for addresses of any depth, and only relative ones reach the bundle wherever it lies. It is made
//! for the depth at which notices are; a script in it (assets/missing.js) puts its links right for any other. Without
//! JavaScript they are right for a missing year and, where the bundle is a host's root, for everything above.

use anyhow::{Context, Result, ensure};
use canbao_app::pages::file::{self, MISSING};

use crate::bundle::Files;
use crate::{inline, minify, paths};

/// What hosts look for.
pub const NAME: &str = "404.html";

/// From the folder of a notice's year to the one with all pages.
const ROOT: &str = "../../";

/// The script that finds the bundle, minified.
///
/// # Errors
/// When it cannot be read or minified.
pub fn script() -> Result<String> {
    minify::code("missing.js", &std::fs::read_to_string(paths::root().join("assets/missing.js"))?)
}

/// Makes it of the finished page with the choice of a county, with the script that finds the bundle before the loader.
///
/// # Errors
/// When that page is not among the files, or is not as expected.
pub fn page(files: &Files, script: &str) -> Result<Vec<u8>> {
    let index = files.get("index.html").context("index.html is missing")?;
    let (here, there) = (file::counties(), file::counties_from(ROOT));
    let [words, title] = MISSING;
    let mut page = String::from_utf8(index.clone())?;
    let mut put = |old: &str, new: &str| {
        ensure!(page.contains(old), "index.html has no {old}");
        page = page.replace(old, new);
        Ok(())
    };
    put("data-root=\"\"", &format!("data-root=\"{ROOT}\""))?;
    put("=\"./", &format!("=\"{ROOT}"))?;
    put(&format!("<title>{}</title>", here.title), &format!("<title>{title}</title>"))?;
    put(&here.app, &there.app)?;
    put("script-src 'self'", &format!("script-src 'self' {}", inline::hash(script)))?;
    ensure!(!script.contains("</"), "the script would end its element");
    let loader = page.find("<script").context("the loader")?;
    page.insert_str(loader, &format!("<script>{script}</script>"));
    // Before the app's own place, where it stays when the app has started.
    let app = page.find(&there.app).and_then(|app| page[..app].rfind('<')).context("the app's place")?;
    page.insert_str(app, &format!("<p id=\"missing\" class=\"over\" role=\"status\">{words}</p>"));
    Ok(page.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site;

    #[test]
    fn a_missing_page_leads_to_every_county_from_where_notices_are() {
        let template = std::fs::read_to_string(paths::root().join("index.html")).expect("index.html");
        // As the build leaves it.
        let policy = inline::policy(crate::headers::POLICY);
        let template = template.replace("\"assets/", "\"./").replace("<title>", &[&policy, "<title>"].concat());
        let template = template.replace("</body>", "<script>program()</script></body>");
        let template =
            crate::minify::files([("index.html".to_owned(), template.into_bytes())].into()).expect("shorter");
        let site = site::pages(template).expect("pages");
        let page = String::from_utf8(page(&site, "find()").expect("a page")).expect("UTF-8");
        assert!(page.find(MISSING[0]).expect("the words") < page.find("id=\"app\"").expect("the app"));
        for entry in canbao_baked::index() {
            assert!(page.contains(&format!("href=\"{ROOT}{}/", entry.code)), "{}", entry.id);
        }
        assert!(!page.contains("=\"./"));
        let finds = page.find("<script>find()</script>").expect("the script");
        assert!(page.find("id=\"app\"").expect("the app") < finds && finds < page.find("boot.js").expect("the loader"));
        assert!(page.contains(&format!("script-src 'self' {}", inline::hash("find()"))));
    }
}
