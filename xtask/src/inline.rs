//! What stands in a page itself instead of beside it, the policy that lets just that run, and the digests by which a
//! browser knows that what stands beside it is what was built.
//!
//! On a line with long round trips each file beside the page costs one more of them before the first question can be
//! read and answered; docs/adr/0015 has the measurements.

use anyhow::{Context, Result, ensure};

use crate::bundle::Files;
use crate::headers::{POLICY, named_by_content};

const PAGE: &str = "index.html";

/// The elements by which a page loads what it can say the digest of, and the attribute that names the file.
const LOADED: [(&str, &str); 2] =
    [("<link rel=\"stylesheet\"", " href=\"./"), ("<script type=\"module\"", " src=\"./")];

/// Writes files into the page, each in the place of the element that names it, and puts the policy into the page.
/// `beside` has the elements as the page had them before files were named by their content.
///
/// # Errors
/// When a file or its element is missing, or when a page cannot carry it.
pub fn page(mut files: Files, beside: &[(&str, &str)]) -> Result<Files> {
    let page = files.remove(PAGE).context("index.html is missing")?;
    let mut page = String::from_utf8(page).context("index.html is not UTF-8")?;
    let mut hashes = [String::new(), String::new()];
    for (name, element) in beside {
        let named = files.iter().find(|(other, content)| **other == named_by_content(name, content));
        let named = named.map(|(named, _)| named.clone()).with_context(|| format!("{name} is missing"))?;
        let mut content = String::from_utf8(files.remove(&named).unwrap_or_default())?;
        for (other, bytes) in &files {
            content = content.replace(&format!("%{other}%"), &digest(bytes));
        }
        for mark in [".js%", ".css%", ".wasm%"] {
            ensure!(!content.contains(mark), "{name} asks for the digest of a file that is not there: …{mark}");
        }
        // Neither its own end, nor what is put into pages later: the hash has to stay right.
        for mark in ["</", "<!--", "=\"./"] {
            ensure!(!content.contains(mark), "{name} stands in the page and may not contain {mark}");
        }
        let kind = if name.ends_with(".css") { "style" } else { "script" };
        hashes[usize::from(kind == "script")] += &format!(" {}", hash(&content));
        let element = element.replace(name, &named);
        ensure!(page.matches(&element).count() == 1, "index.html needs one {element}");
        page = page.replace(&element, &format!("<{kind}>{content}</{kind}>"));
    }
    page = checked(page, &files)?;
    ensure!(page.matches("<title>").count() == 1, "index.html needs one <title>: the policy goes before it");
    let [styles, scripts] = hashes;
    let allowed = POLICY
        .replace("style-src 'self'", &["style-src 'self'", &styles].concat())
        .replace("script-src 'self'", &["script-src 'self'", &scripts].concat());
    page = page.replace("<title>", &[&policy(&allowed), "<title>"].concat());
    files.insert(PAGE.to_owned(), page.into_bytes());
    Ok(files)
}

/// Puts the digest of each file into the element of the page that loads it.
fn checked(mut page: String, files: &Files) -> Result<String> {
    for (element, names) in LOADED {
        let mut parts = page.split(element);
        let mut put = parts.next().unwrap_or_default().to_owned();
        for rest in parts {
            let (between, after) = rest.split_once(names).unwrap_or((rest, ""));
            let name = after.split('"').next().unwrap_or_default();
            let content = files.get(name).with_context(|| format!("index.html loads {name}, which is not there"))?;
            // Right before the name: the other order compresses worse.
            put += &format!("{element}{between} integrity=\"{}\"{names}{after}", digest(content));
        }
        page = put;
    }
    Ok(page)
}

/// The element with which a page sets its own policy.
pub fn policy(policy: &str) -> String {
    format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">")
}

/// How a policy names what may stand in the page.
pub fn hash(content: &str) -> String {
    format!("'{}'", digest(content.as_bytes()))
}

/// How an element, or a script that fetches, says what it expects (Subresource Integrity).
pub fn digest(content: &[u8]) -> String {
    use sha2::Digest as _;
    format!("sha256-{}", base64(&sha2::Sha256::digest(content)))
}

/// Base64 as in RFC 4648.
pub fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let bits = (0..3).fold(0, |bits, at| bits << 8 | u32::from(group.get(at).copied().unwrap_or_default()));
        for at in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * at)) as usize & 63];
            text.push(if at <= group.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundle;

    const STYLE: &str = "<link rel=\"stylesheet\" href=\"./main.css\">";
    const BOOT: &str = "<script src=\"./boot.js\" defer></script>";
    const MORE: &str = "<script src=\"./more.js\" defer></script>";

    fn made(beside: &[(&str, &str)], script: &str) -> Result<Files> {
        let page = format!("{STYLE}<title>x</title>{BOOT}{MORE}");
        let files =
            [("index.html", page.as_str()), ("main.css", "a{color:red}"), ("boot.js", script), ("more.js", "more()")];
        let files = files.map(|(name, content)| (name.to_owned(), content.as_bytes().to_vec()));
        super::page(bundle::page(files.into())?, beside)
    }

    #[test]
    fn what_stands_in_the_page_is_allowed_by_its_hash() {
        let files = made(&[("main.css", STYLE), ("boot.js", BOOT), ("more.js", MORE)], "start()").expect("a page");
        assert_eq!(files.len(), 1);
        let page = String::from_utf8_lossy(&files[PAGE]).into_owned();
        assert!(page.starts_with("<style>a{color:red}</style><meta "), "{page}");
        assert!(page.ends_with("<script>start()</script><script>more()</script>"), "{page}");
        let [style, script, more] = ["a{color:red}", "start()", "more()"].map(hash);
        let expected = format!(
            "default-src 'none'; script-src 'self' {script} {more} 'unsafe-eval'; style-src 'self' {style}; \
             img-src 'self' data: blob:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
             frame-src 'self'; base-uri 'none'; form-action 'none'"
        );
        assert!(page.contains(&policy(&expected)), "{page}");
    }

    #[test]
    fn what_is_loaded_is_named_with_its_digest() {
        let [style, script] = LOADED.map(|(element, names)| [element, names].concat());
        let page = format!(
            "<link as=\"fetch\" href=\"./app.wasm\">{style}late.css\">{script}more.js\"></script>\
             <title>x</title>{BOOT}"
        );
        let files = [
            ("index.html", page.as_str()),
            ("app.wasm", "wasm"),
            ("late.css", "a{}"),
            ("more.js", "more()"),
            ("boot.js", "load('./late.css','%late.css%');fetch(wasm,'%app.wasm%')"),
        ];
        let files = files.map(|(name, content)| (name.to_owned(), content.as_bytes().to_vec()));
        let files = super::page(bundle::page(files.into()).expect("names"), &[("boot.js", BOOT)]).expect("a page");
        let page = String::from_utf8_lossy(&files[PAGE]).into_owned();
        let [wasm, late, more] = ["wasm", "a{}", "more()"].map(|content| digest(content.as_bytes()));
        assert!(page.starts_with("<link as=\"fetch\" href=\"./app-"), "{page}");
        assert!(page.contains(&format!("<link rel=\"stylesheet\" integrity=\"{late}\" href=\"./late-")), "{page}");
        assert!(page.contains(&format!("<script type=\"module\" integrity=\"{more}\" src=\"./more-")), "{page}");
        assert!(page.contains(&format!(".css','{late}');fetch(wasm,'{wasm}')")), "{page}");
    }

    #[test]
    fn what_is_loaded_has_to_be_there() {
        let error =
            checked(format!("{}{}late.css\">", LOADED[0].0, LOADED[0].1), &Files::new()).expect_err("it is not there");
        assert!(error.to_string().contains("late.css"), "{error}");
    }

    #[test]
    fn what_stays_beside_the_page_needs_no_hash() {
        let page = String::from_utf8(made(&[], "").expect("a page").remove(PAGE).expect("the page")).expect("UTF-8");
        assert!(page.contains(&policy(POLICY)));
    }

    #[test]
    fn a_script_that_would_end_its_element_is_refused() {
        let error = made(&[("boot.js", BOOT)], "a('</script>')").expect_err("it may not");
        assert!(error.to_string().contains("may not contain"), "{error}");
    }

    #[test]
    fn base64_is_that_of_the_rfc() {
        let cases = [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")];
        for (plain, expected) in cases {
            assert_eq!(base64(plain.as_bytes()), expected);
        }
        assert_eq!(base64(&[0xfb, 0xff, 0xbf]), "+/+/");
    }
}
