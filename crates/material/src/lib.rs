//! Material for publicity staff, from the same data as the answers.
//!
//! A county hangs up posters, writes to village groups and speaks through loudspeakers. What it says there has to be what
//! its residents are told when they ask, so no number is typed by hand: the engine works all of them out. The library is
//! pure. The day and the address of the county's page are given, and what comes out is text: SVG, plain, or iCalendar.
//!
//! ```text
//! Program --Amounts::of--> Amounts --Material--> poster, phone poster, message, announcement, calendar
//! ```
//!
//! | module | room |
//! |---|---|
//! | [`amounts`] | who pays how much and when, by asking the engine on every day |
//! | `facts` | what all the material says, and in which order |
//! | `text` | every sentence, and numbers in spoken words |
//! | `poster`, `svg`, `qr`, `lines` | posters: their layout, shapes, the code, line breaking |
//! | `speech` | the message and the announcement, as long as they may be |
//! | `calendar` | the payable days for a phone's calendar |

pub mod amounts;
mod calendar;
mod facts;
mod lines;
mod poster;
mod qr;
mod speech;
mod svg;
mod text;

use amounts::Amounts;
use canbao_engine::{Program, RequestError};
use chrono::NaiveDate;
use facts::Facts;
use std::fmt;

/// Why there is no material.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The coverage year has ended: nothing of the notice may be publicised any more.
    Over(i32),
    /// The address is none, or has characters that an address has in another spelling.
    BadAddress,
    /// The address does not fit into a message.
    LongAddress,
    /// The notice file is faulty.
    Faulty(RequestError),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Over(year) => f.write_str(&text::over(*year)),
            Self::BadAddress => f.write_str(text::BAD_ADDRESS),
            Self::LongAddress => f.write_str(&text::long_address(Address::MOST)),
            Self::Faulty(error) => f.write_str(&text::faulty(&error.message)),
        }
    }
}

impl std::error::Error for Refusal {}

/// The address of a county's page, ready to be printed and scanned.
///
/// ```
/// use canbao_material::{Address, Refusal};
/// assert!(Address::new("https://example.gov.cn/canbao/").is_ok());
/// assert_eq!(Address::new("example.gov.cn"), Err(Refusal::BadAddress));
/// assert_eq!(Address::new("https://example.gov.cn/a b"), Err(Refusal::BadAddress));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// The most characters it may have.
    pub const MOST: usize = 90;

    /// Takes an address as somebody typed it.
    ///
    /// # Errors
    /// When it is not one of the web, or too long.
    pub fn new(address: &str) -> Result<Self, Refusal> {
        let address = address.trim();
        let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c);
        if !host.is_some_and(|host| host.starts_with(|c: char| c.is_ascii_alphanumeric()) && host.chars().all(plain)) {
            return Err(Refusal::BadAddress);
        }
        if address.len() > Self::MOST {
            return Err(Refusal::LongAddress);
        }
        Ok(Self(address.to_owned()))
    }

    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The material of one notice on one day.
///
/// ```
/// use canbao_material::amounts::Amounts;
/// use canbao_material::{Address, Material, Refusal};
/// # let Some(entry) = canbao_baked::index().first() else { return };
/// let program = canbao_baked::program(entry.id).expect("a notice");
/// let amounts = Amounts::of(&program).expect("a sound notice");
/// let address = Address::new("https://example.gov.cn/canbao/").expect("an address");
///
/// let day = format!("{}-11-01", entry.year - 1).parse().expect("a day");
/// let material = Material::new(&program, &amounts, day, &address).expect("the year is not over");
/// assert!(material.poster().starts_with("<svg"));
/// assert!(material.phone_poster().contains("1080"));
/// assert!(material.message().chars().count() <= 200);
/// assert!(material.announcement().chars().filter(|c| c.is_alphanumeric()).count() <= 240);
/// assert!(material.calendar().is_some_and(|calendar| calendar.starts_with("BEGIN:VCALENDAR\r\n")));
///
/// let late = format!("{}-01-01", entry.year + 1).parse().expect("a day");
/// assert_eq!(Material::new(&program, &amounts, late, &address).err(), Some(Refusal::Over(entry.year)));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Material<'a> {
    program: &'a Program,
    amounts: &'a Amounts<'a>,
    on: NaiveDate,
    address: &'a Address,
}

impl<'a> Material<'a> {
    /// What a notice has to say on a day. The amounts are the notice's; they take a moment to work out and hold for any day
    /// and address.
    ///
    /// # Errors
    /// When the coverage year has ended, or the notice file is faulty.
    pub fn new(
        program: &'a Program,
        amounts: &'a Amounts<'a>,
        on: NaiveDate,
        address: &'a Address,
    ) -> Result<Self, Refusal> {
        if amounts::over(program, on).map_err(Refusal::Faulty)? {
            return Err(Refusal::Over(program.notice().notice.year));
        }
        Ok(Self { program, amounts, on, address })
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new(self.program.notice(), self.on, self.amounts)
    }

    /// A poster on A4, as SVG.
    #[must_use]
    pub fn poster(&self) -> String {
        poster::draw(&self.facts(), self.address, poster::A4)
    }

    /// A poster for a phone's screen, 1080 × 1920, as SVG.
    #[must_use]
    pub fn phone_poster(&self) -> String {
        poster::draw(&self.facts(), self.address, poster::PHONE)
    }

    /// A message to a village's group (村微信群), of at most 200 characters.
    #[must_use]
    pub fn message(&self) -> String {
        speech::message(&self.facts(), self.address)
    }

    /// What of the notice the message has not all of, because of its limit or of the address: a sentence for staff.
    #[must_use]
    pub fn message_gaps(&self) -> Option<String> {
        speech::message_gaps(&self.facts(), self.address)
    }

    /// What a village's loudspeaker says, within a minute: numbers in words, at most 240 characters to speak.
    #[must_use]
    pub fn announcement(&self) -> String {
        speech::announcement(&self.facts())
    }

    /// The payable days that are left, as an iCalendar file; none where the notice gives none.
    #[must_use]
    pub fn calendar(&self) -> Option<String> {
        calendar::write(&self.facts(), self.address)
    }
}
