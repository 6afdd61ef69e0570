//! Material for publicity staff as files: posters, a message, an announcement, a calendar.

use crate::args::MaterialKind;
use crate::text;
use canbao_engine::Program;
use canbao_material::amounts::Amounts;
use canbao_material::{Address, Material, Refusal};
use chrono::NaiveDate;
use std::path::Path;
use std::{fs, io};

/// A piece of material and its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The file's name.
    pub name: String,
    /// Its content.
    pub content: String,
}

/// Every kind that is a piece of its own, with the end of its file's name.
const KINDS: [(MaterialKind, &str); 5] = [
    (MaterialKind::Poster, "poster.svg"),
    (MaterialKind::Phone, "phone.svg"),
    (MaterialKind::Message, "message.txt"),
    (MaterialKind::Loudspeaker, "loudspeaker.txt"),
    (MaterialKind::Calendar, "calendar.ics"),
];

/// The pieces of a kind, and what to tell whoever asked for them.
///
/// # Errors
/// When there can be none; ready to print.
pub fn pieces(
    program: &Program,
    on: NaiveDate,
    address: &str,
    kind: MaterialKind,
) -> Result<(Vec<Piece>, Vec<String>), String> {
    let address = Address::new(address).map_err(|refusal| refusal.to_string())?;
    let amounts = Amounts::of(program).map_err(|error| Refusal::Faulty(error).to_string())?;
    let material = Material::new(program, &amounts, on, &address).map_err(|refusal| refusal.to_string())?;
    let (mut pieces, mut remarks) = (Vec::new(), program.notice().notice.warnings.clone());
    for (this, name) in KINDS.into_iter().filter(|(this, _)| kind == MaterialKind::All || *this == kind) {
        remarks.extend(material.message_gaps().filter(|_| this == MaterialKind::Message));
        let lines = |text: String| format!("{text}\n");
        let content = match this {
            MaterialKind::Phone => Some(material.phone_poster()),
            MaterialKind::Message => Some(lines(material.message())),
            MaterialKind::Loudspeaker => Some(lines(material.announcement())),
            MaterialKind::Calendar => material.calendar(),
            MaterialKind::Poster | MaterialKind::All => Some(material.poster()),
        };
        match content {
            Some(content) => pieces.push(Piece { name: format!("{}-{name}", program.id()), content }),
            None if kind == MaterialKind::All => remarks.push(text::NO_CALENDAR.to_owned()),
            None => return Err(text::NO_CALENDAR.to_owned()),
        }
    }
    Ok((pieces, remarks.iter().map(|remark| text::remark(remark)).collect()))
}

/// Writes pieces into a folder, which is made if it is not there.
///
/// # Errors
/// When the folder or a file cannot be written; ready to print.
pub fn write(folder: &Path, pieces: &[Piece]) -> Result<Vec<String>, String> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error: io::Error| text::cannot_write(&path, &error)
    };
    fs::create_dir_all(folder).map_err(failed(folder))?;
    let mut written = Vec::new();
    for piece in pieces {
        let path = folder.join(&piece.name);
        fs::write(&path, &piece.content).map_err(failed(&path))?;
        written.push(path.display().to_string());
    }
    Ok(written)
}
