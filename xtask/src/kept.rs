//! What takes long to make, kept in `target/kept` by what it is made of, so that the next build only reads it.
//!
//! What is made depends on its input, on this program and on the npm packages that it calls: all of them are in the name.

use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::Result;

use crate::headers::sha256;
use crate::paths;

/// What was made so long ago goes, and is made once more where somebody asks for it.
const LONGEST: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// What was made of these parts before, or is made now.
///
/// # Errors
/// When making it fails, or it cannot be kept.
pub fn kept(of: &[&[u8]], make: impl FnOnce() -> Result<Vec<u8>>) -> Result<Vec<u8>> {
    let place = place(of)?;
    // What is empty was being written when the power went.
    if let Some(made) = std::fs::read(&place).ok().filter(|made| !made.is_empty()) {
        return Ok(made);
    }
    let made = make()?;
    std::fs::create_dir_all(folder())?;
    forget();
    // In one go: a build that is broken off leaves nothing that is half of it. Others may be making the same.
    static MADE: AtomicUsize = AtomicUsize::new(0);
    let fresh = place.with_extension(format!("{}-{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed)));
    std::fs::write(&fresh, &made)?;
    std::fs::rename(&fresh, &place)?;
    Ok(made)
}

/// Where what is made of these parts is kept.
fn place(of: &[&[u8]]) -> Result<PathBuf> {
    let mut parts = maker()?.to_owned();
    for part in of {
        parts.push_str(&sha256(part));
    }
    Ok(folder().join(sha256(parts.as_bytes())))
}

fn folder() -> PathBuf {
    paths::root().join("target/kept")
}

/// This program and the npm packages, in one name.
fn maker() -> Result<&'static str> {
    static MAKER: OnceLock<String> = OnceLock::new();
    if let Some(known) = MAKER.get() {
        return Ok(known);
    }
    let parts = [std::env::current_exe()?, paths::node().join("package-lock.json")];
    let parts: Vec<String> = parts.iter().map(|part| Ok(sha256(&std::fs::read(part)?))).collect::<Result<_>>()?;
    Ok(MAKER.get_or_init(|| parts.concat()))
}

/// Removes what is older than a week. What does not go, or has gone meanwhile, is no reason to stop.
fn forget() {
    for entry in std::fs::read_dir(folder()).into_iter().flatten().flatten() {
        let made = entry.metadata().and_then(|about| about.modified());
        if made.is_ok_and(|made| made.elapsed().is_ok_and(|age| age > LONGEST)) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_made_once_of_the_same_and_anew_of_other_parts() {
        let mut times = 0;
        let mut asked = |of: &[&[u8]]| {
            let made = kept(of, || {
                times += 1;
                Ok(of.concat())
            });
            (made.expect("made"), times)
        };
        let of: &[u8] = b"test of what is kept";
        let same = [of, b"same"].concat();
        for parts in [&[of, b"ab", b"c"][..], &[of, b"a", b"bc"], &[of], &[&same]] {
            let _ = std::fs::remove_file(place(parts).expect("a place"));
        }
        assert_eq!(asked(&[of, b"ab", b"c"]), ([of, b"abc"].concat(), 1));
        assert_eq!(asked(&[of, b"ab", b"c"]), ([of, b"abc"].concat(), 1));
        assert_eq!(asked(&[of, b"a", b"bc"]), ([of, b"abc"].concat(), 2));
        // Others make the same at the same time.
        std::thread::scope(|all| {
            for _ in 0..8 {
                all.spawn(|| assert_eq!(kept(&[&same], || Ok(same.clone())).expect("made"), same));
            }
        });
        let failed = kept(&[of], || anyhow::bail!("no"));
        assert!(failed.is_err() && kept(&[of], || Ok(b"yes".to_vec())).is_ok_and(|made| made == b"yes"));
    }
}
