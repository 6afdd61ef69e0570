//! The pages: one HTML file for each notice, made from index.html and the app's own pages, with the notice as the app
//! reads it at its end.
//!
//! `/<code>/` is the newest year of a place, `/<code>/<year>/` a year, `/` the choice of a county. All of them are
//! complete files, so any host can serve them, from any folder: addresses in them are relative.

use anyhow::{Context, Result, ensure};
use canbao_app::pages::file::{self, File};

use crate::bundle::Files;

/// The template among the files, with the final names of everything it mentions.
const PAGE: &str = "index.html";

/// Puts the pages among the files.
pub fn pages(mut files: Files) -> Result<Files> {
    let template = files.remove(PAGE).context("index.html is missing")?;
    let template = String::from_utf8(template).context("index.html is not UTF-8")?;
    files.insert(PAGE.to_owned(), filled(&template, "", None, &file::counties())?);
    let mut newest = "";
    for entry in canbao_baked::index() {
        // As long as the process: a page is made for as long as the app lives.
        let program = Box::leak(Box::new(canbao_baked::program(entry.id)?));
        let page = |root: &str| filled(&template, root, Some(canbao_baked::text(entry)), &file::notice(program, root));
        files.insert(format!("{}/{}/{PAGE}", entry.code, entry.year), page("../../")?);
        // A place's newest year comes first.
        if entry.code != newest {
            files.insert(format!("{}/{PAGE}", entry.code), page("../")?);
        }
        newest = entry.code;
    }
    Ok(files)
}

/// One page in a folder from which `root` leads to the one with all pages, with the packed notice that it is about.
pub fn filled(template: &str, root: &str, notice: Option<&str>, file: &File) -> Result<Vec<u8>> {
    let mut page = template.to_owned();
    let mut put = |mark: &str, text: &str| {
        ensure!(page.matches(mark).count() == 1, "index.html needs one {mark}");
        page = page.replace(mark, text);
        Ok(())
    };
    let (title, description) = (escaped(&file.title), escaped(&file.description));
    let sheet = file.sheet.as_ref().map_or_else(String::new, |(fold, sheet)| {
        format!("<details id=\"sheet\"><summary>{}</summary>{sheet}</details>", escaped(fold))
    });
    let notice = notice.unwrap_or_default();
    // What would end it, or come out of the page as something else. Digits of the packed form are none of these.
    for mark in ["</", "<s", "<!--", "\r", "\0"] {
        ensure!(!notice.contains(mark), "{title}: the notice stands in the page and may not contain {mark:?}");
    }
    let notice = match notice {
        "" => String::new(),
        notice => format!("<script type=\"text/plain\" id=\"notice\">{notice}</script>"),
    };
    let card = format!(
        "<meta property=\"og:type\" content=\"website\"><meta property=\"og:title\" content=\"{title}\">\
         <meta property=\"og:description\" content=\"{description}\">"
    );
    put("<title>参保</title>", &format!("<title>{title}</title>"))?;
    put(
        "<meta name=\"description\" content=\"明年的居民医保交多少钱、什么时候交、在哪里交\">",
        &format!("<meta name=\"description\" content=\"{description}\">{card}"),
    )?;
    put("<html lang=\"zh-CN\">", &format!("<html lang=\"zh-CN\" data-root=\"{root}\">"))?;
    put("<header></header><main></main><footer></footer>", &file.app)?;
    put("<!--sheet-->", &sheet)?;
    for (mark, text) in ["<!--tapped-->", "<!--trouble-->", "<!--no-script-->"].into_iter().zip(file.waiting()) {
        put(mark, &escaped(&text))?;
    }
    let root = if root.is_empty() { "./" } else { root };
    let page = page.replace("=\"./", &format!("=\"{root}"));
    // Last of all, so that what it says is not taken for a mark or an address.
    let (before, after) = page.rsplit_once("</body>").context("index.html has no end")?;
    Ok([before, &notice, "</body>", after].concat().into_bytes())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> Files {
        let template = std::fs::read(crate::paths::root().join(PAGE)).expect("index.html");
        let template = crate::minify::files([(PAGE.to_owned(), template)].into()).expect("shorter");
        pages(template).expect("pages")
    }

    #[test]
    fn every_notice_has_pages_with_its_first_question_and_its_notice() {
        let site = site();
        for entry in canbao_baked::index() {
            for folder in [format!("{}/{}/", entry.code, entry.year), format!("{}/", entry.code)] {
                let page = String::from_utf8_lossy(&site[&format!("{folder}{PAGE}")]).into_owned();
                assert!(page.contains("data-question="), "{folder}");
                assert!(page.contains(entry.name), "{folder}");
                let notice = page.split("id=\"notice\">").nth(1).and_then(|rest| rest.split("</script>").next());
                assert_eq!(notice, Some(canbao_baked::text(entry)), "{folder}");
                assert!(!page.contains("<!--"), "{folder}");
            }
        }
    }

    #[test]
    fn the_choice_of_a_county_leads_to_pages_that_exist() {
        let site = site();
        let page = String::from_utf8_lossy(&site[PAGE]).into_owned();
        let links: Vec<&str> =
            page.split("<a ").skip(1).filter_map(|rest| rest.split("href=\"").nth(1)?.split('"').next()).collect();
        assert!(links.len() >= canbao_baked::index().len(), "{links:?}");
        for link in links {
            let link = link.strip_prefix("./").unwrap_or(link);
            assert!(site.contains_key(&format!("{link}{PAGE}")), "{link}");
        }
    }
}
