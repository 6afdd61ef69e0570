//! The bundle as one zip file: for a portal that hosts it itself, under any path (docs/EMBEDDING.md).

use std::io::{Cursor, Write as _};
use std::path::PathBuf;

use anyhow::Result;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::bundle::{self, Files};
use crate::paths;

/// The folder that the files are in, so that unpacking makes one and spills nothing.
const FOLDER: &str = "canbao";

/// Packs `dist/` and returns where.
///
/// # Errors
/// When there is no bundle: `cargo x build` makes it.
pub fn pack() -> Result<PathBuf> {
    let archive = paths::root().join("target/canbao.zip");
    std::fs::write(&archive, packed(&bundle::read(&paths::dist())?)?)?;
    Ok(archive)
}

/// The same bytes for the same files: no time of packing is in it.
fn packed(files: &Files) -> Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        // What is compressed already does not get smaller.
        let is_packed = [".br", ".gz", ".png"].iter().any(|end| name.ends_with(end));
        let method = if is_packed { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        archive.start_file(format!("{FOLDER}/{name}"), SimpleFileOptions::default().compression_method(method))?;
        archive.write_all(content)?;
    }
    Ok(archive.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn all_files_come_out_as_they_went_in() {
        let files: Files = [("index.html", "一"), ("index.html.br", "x"), ("sdk/index.js", "y")]
            .map(|(name, content)| (name.to_owned(), content.as_bytes().to_vec()))
            .into();
        let bytes = packed(&files).expect("an archive");
        assert_eq!(bytes, packed(&files).expect("an archive"));
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        assert_eq!(archive.len(), files.len());
        for (name, content) in files {
            let mut found = Vec::new();
            let mut file = archive.by_name(&format!("canbao/{name}")).expect("a file");
            file.read_to_end(&mut found).expect("its content");
            assert_eq!(found, content, "{name}");
        }
    }
}
