//! Money.
//!
//! An amount is a decimal number of yuan (元), written as a string, never a float.

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// An amount in yuan, exact. Notices state it to the fen (分, 0.01) at the finest.
///
/// ```
/// use canbao_policy::model::Yuan;
/// let fee: Yuan = "87.50".parse().unwrap();
/// assert_eq!(fee.to_string(), "87.5");
/// assert!("8,5".parse::<Yuan>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Yuan(pub Decimal);

/// Why a text is no amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YuanError(String);

impl fmt::Display for YuanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no amount; write yuan as a plain decimal in quotes, like \"400\" or \"87.5\"", self.0)
    }
}

impl std::error::Error for YuanError {}

impl Yuan {
    /// Nothing to pay.
    pub const ZERO: Self = Self(Decimal::ZERO);
}

impl FromStr for Yuan {
    type Err = YuanError;

    fn from_str(text: &str) -> Result<Self, YuanError> {
        let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-');
        let value = if plain { Decimal::from_str_exact(text).ok() } else { None };
        value.map(Self).ok_or_else(|| YuanError(text.to_owned()))
    }
}

impl fmt::Display for Yuan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.normalize())
    }
}

impl Serialize for Yuan {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Yuan {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "author")]
impl schemars::JsonSchema for Yuan {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Yuan".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": "^(0|[1-9][0-9]*)(\\.[0-9]{1,2})?$",
            "description": "An amount in yuan, as a decimal in quotes: \"400\", \"87.5\"."
        })
    }
}
