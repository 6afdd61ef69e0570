//! The measurements, as a list of steps to extend: nothing here is a test, because a timing on a busy machine proves
//! nothing.

use anyhow::Result;

use crate::command::{cargo, run};
use crate::{build, setup, size};

/// Runs every measurement in turn.
pub fn bench() -> Result<()> {
    run(cargo().args(["bench", "--package", "canbao-engine"]))?;
    setup::for_build()?;
    build::build()?;
    size::check()
}
