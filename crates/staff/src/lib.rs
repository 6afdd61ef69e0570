//! What the staff page (`/staff/`, 宣传材料) asks for: the material of a county for an address that only the page knows.
//!
//! The command line makes the same with `canbao material`; the page is for staff who have a browser and nothing else. All
//! of it is made by `canbao-material`; here are only the two calls that page/staff.js makes.

use canbao_app::day;
use canbao_material::amounts::Amounts;
use canbao_material::{Address, Material};
use chrono::NaiveDate;
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// Everything made for one notice, day and address.
#[derive(Debug, Serialize)]
pub struct Pieces {
    /// A poster on A4, SVG.
    pub poster: String,
    /// A poster for a phone's screen, SVG.
    pub phone: String,
    /// A message to a group, at most 200 characters.
    pub message: String,
    /// What the message has not all of: a sentence for staff.
    pub gaps: Option<String>,
    /// What a loudspeaker says, within a minute.
    pub announcement: String,
    /// The payable days as an iCalendar file, where the notice gives any.
    pub calendar: Option<String>,
}

/// The material of a notice, by its id, on a day (`YYYY-MM-DD`), for the address that residents are to open.
///
/// ```
/// # let Some(entry) = canbao_baked::index().first() else { return };
/// let day = format!("{}-01-05", entry.year);
/// let pieces = canbao_staff::pieces(entry.id, &day, "https://example.gov.cn/canbao/").expect("material");
/// assert!(pieces.message.contains("https://example.gov.cn/canbao/"));
/// assert!(canbao_staff::pieces(entry.id, &day, "example").is_err());
/// ```
///
/// # Errors
/// When there is no such notice, the day or the address is none, or the notice's year is over: a sentence for staff.
pub fn pieces(notice: &str, on: &str, address: &str) -> Result<Pieces, String> {
    let program = canbao_baked::program(notice).map_err(|error| error.to_string())?;
    let on: NaiveDate = on.parse().map_err(|_| format!("“{on}”不是日期"))?;
    let address = Address::new(address).map_err(|refusal| refusal.to_string())?;
    let amounts = Amounts::of(&program).map_err(|error| error.to_string())?;
    let material = Material::new(&program, &amounts, on, &address).map_err(|refusal| refusal.to_string())?;
    Ok(Pieces {
        poster: material.poster(),
        phone: material.phone_poster(),
        message: material.message(),
        gaps: material.message_gaps(),
        announcement: material.announcement(),
        calendar: material.calendar(),
    })
}

/// [`pieces`] for JavaScript.
///
/// # Errors
/// An `Error` with the sentence.
#[wasm_bindgen]
pub fn material(notice: &str, on: &str, address: &str) -> Result<JsValue, JsError> {
    let pieces = pieces(notice, on, address).map_err(|problem| JsError::new(&problem))?;
    Ok(serde_wasm_bindgen::to_value(&pieces)?)
}

/// The day, `YYYY-MM-DD`: today in Beijing by a clock in milliseconds since 1970, or the day that the page's query asks
/// for (`?on=`).
#[wasm_bindgen]
#[must_use]
pub fn today(query: &str, now: f64) -> String {
    #[allow(clippy::cast_possible_truncation, reason = "milliseconds since 1970 are whole and far below 2^53")]
    let now = now as i64;
    day::in_query(query).unwrap_or_else(|| day::in_beijing(now)).to_string()
}
