//! `holdtime schema`: the JSON Schema of scenario files.
//!
//! Invariant: prints what [`schema_json`] gives, byte for byte.

use crate::scenario::schema_json;

use super::{Exit, Failure, output};

pub(super) fn run() -> Result<Exit, Failure> {
    output::print(schema_json().as_bytes())?;
    Ok(Exit::Done)
}
