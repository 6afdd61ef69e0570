//! What a button does outside the app: it changes no page and no answer, so the state has no part in it.
//!
//! What an action needs stands beside its button in the page, made with it and read from there when it is tapped: the
//! text to copy, the calendar file. So nothing has to be worked out a second time.

/// Something done with a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Prints it.
    Print,
    /// Copies the result as text.
    Copy,
    /// Hands the county's address on.
    Share,
    /// Saves the calendar file.
    Save,
}

impl Action {
    const ALL: [Self; 4] = [Self::Print, Self::Copy, Self::Share, Self::Save];

    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Print => "print",
            Self::Copy => "copy",
            Self::Share => "share",
            Self::Save => "save",
        }
    }

    /// The action with this word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.as_str() == text)
    }
}

/// What the app runs in, as far as it limits what can be done there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Host {
    /// A browser that prints and saves, and has no way to hand an address to another app.
    #[default]
    Browser,
    /// One that has.
    Sharing,
    /// WeChat: it neither prints nor saves, and shares by its own menu only.
    WeChat,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_survives_as_a_word() {
        for action in Action::ALL {
            assert_eq!(Action::parse(action.as_str()), Some(action));
        }
        assert_eq!(Action::parse("fly"), None);
    }
}
