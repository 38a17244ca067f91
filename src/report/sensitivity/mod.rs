//! What moves a scenario, as a page with a tornado for each measure, as JSON and as CSV.
//!
//! Judges nothing: effects and their order stand in the result. Invariant: no line of the page is wider than 80 columns.

mod data;
mod page;

pub use data::{write_sensitivity_csv, write_sensitivity_json};
pub use page::sensitivity_page;

use crate::experiment::Input;

/// An input on the page.
fn name(input: &Input) -> String {
    match input {
        Input::Volume => "volume".to_owned(),
        Input::TalkTime => "talk time".to_owned(),
        Input::Patience => "patience".to_owned(),
        Input::Redial => "redials".to_owned(),
        Input::Repeat => "repeats".to_owned(),
        Input::Transfer => "transfers".to_owned(),
        Input::Staffing => "staffing".to_owned(),
        Input::Site(site) => format!("staff {site}"),
        Input::Absence => "absence".to_owned(),
    }
}
