//! What a host should say about the bundle's files. The server uses it, the bundle carries the policy inside the page,
//! and whoever puts the bundle on a host of their own reads here what to configure.

/// What the page may do: run its own code, and talk to nobody but its own host. It stands in the page itself, so
/// that "nothing a person answers leaves the device" does not depend on how a host is configured.
///
/// WebAssembly runs under `'unsafe-eval'` everywhere. Chromium 86 knows nothing narrower: `'wasm-unsafe-eval'` alone
/// stops it, and beside `'unsafe-eval'` it would add nothing but a complaint in that browser's console. No
/// `frame-ancestors`: a portal may show the page in a frame, and there is no session in it to be tricked out of.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'unsafe-eval'; style-src 'self'; \
    img-src 'self' data: blob:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
    frame-src 'self'; base-uri 'none'; form-action 'none'";

/// The headers sent with every file. The policy is none of them: it stands in the pages, where it names what else stands
/// in them. Any page may read them: there is nothing in them that is not public, portals load
/// the JavaScript API, and in a sandboxed frame the app itself counts as a stranger to its own host.
pub const ALWAYS: [(&str, &str); 4] = [
    ("access-control-allow-origin", "*"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
];

/// How long a file may be kept: one whose name contains its digest never changes.
pub fn cache_control(name: &str) -> &'static str {
    if is_named_by_content(name) { "public, max-age=31536000, immutable" } else { "no-cache" }
}

/// Whether a name was given by [`named_by_content`].
pub fn is_named_by_content(name: &str) -> bool {
    name.rsplit_once('.').and_then(|(stem, _)| stem.rsplit_once('-')).is_some_and(|(_, digest)| {
        digest.len() == DIGEST && digest.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    })
}

/// Hexadecimal digits of a digest in a name.
const DIGEST: usize = 16;

/// A name that changes with the content: `main.css` becomes `main-0123456789abcdef.css`.
pub fn named_by_content(name: &str, content: &[u8]) -> String {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    format!("{stem}-{}.{extension}", digest(content))
}

/// The first digits of a SHA-256.
pub fn digest(content: &[u8]) -> String {
    sha256(content)[..DIGEST].to_owned()
}

/// A SHA-256 in hexadecimal digits.
pub fn sha256(content: &[u8]) -> String {
    use sha2::Digest as _;
    sha2::Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The media type that a file's extension stands for.
pub fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "txt" | "md" | "ts" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Whether compressing such a file is worth trying.
pub fn is_compressible(name: &str) -> bool {
    !matches!(content_type(name), "image/png" | "image/x-icon")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_a_digest_are_kept_forever_and_others_are_asked_for() {
        let name = named_by_content("canbao-app_bg.wasm", b"content");
        assert_eq!(name, "canbao-app_bg-ed7002b439e9ac84.wasm");
        assert!(cache_control(&name).contains("immutable"));
        for plain in ["index.html", "canbao-app.js", "sdk/canbao_bg.wasm", "a-0123456789ABCDEF.js"] {
            assert_eq!(cache_control(plain), "no-cache", "{plain}");
        }
    }

    #[test]
    fn the_policy_lets_webassembly_run_in_chromium_86() {
        assert!(POLICY.contains(" 'unsafe-eval'"));
        assert!(!POLICY.contains("'unsafe-inline'"));
    }
}
