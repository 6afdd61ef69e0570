//! The app's pages as a person sees them: one type per page, one method per thing one can do or read there. Tests
//! speak in these; what the markup is called stays in here.

pub mod counties;
pub mod question;
pub mod result;
