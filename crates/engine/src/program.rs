//! A notice made ready for evaluation.

use canbao_policy::model::Notice;

/// A notice made ready for evaluation; build it once, evaluate many times.
#[derive(Clone, Debug)]
pub struct Program {
    pub(crate) notice: Notice,
    pub(crate) id: String,
}

/// Why a notice cannot be made ready: a reference to nothing, or a comparison the engine does not do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The rule or entry concerned.
    pub rule: String,
    /// What is wrong, in plain Chinese.
    pub message: String,
}

impl Program {
    /// Makes a notice ready.
    ///
    /// # Errors
    /// Everything in the notice that refers to nothing.
    pub fn new(notice: Notice) -> Result<Self, Vec<Fault>> {
        let id = notice.id();
        Ok(Self { notice, id })
    }

    /// The notice.
    #[must_use]
    pub fn notice(&self) -> &Notice {
        &self.notice
    }

    /// The public id: `<code>-<coverage year>`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }
}
