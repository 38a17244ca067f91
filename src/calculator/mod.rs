//! Questions to the formulas: how good is it with so many agents, how many are needed, for one interval or a file of them; a
//! requirement put to the test, and a first scenario from a file.
//!
//! Takes the formulas from `analytics` and works none out itself; where a simulation is asked for, it makes a scenario of
//! the same queue and runs it. Opens no file. Invariant: every answer holds its question, and a value that does not exist
//! is `None`, one without limit infinite.

mod answer;
mod first_scenario;
mod interval_file;
mod plan_check;
mod question;
mod simulated;
mod span;

pub use answer::{Answer, Nearest, answer, tried};
pub use first_scenario::{Choices, FirstScenario, Groups, first_scenario};
pub use interval_file::{CellProblem, Clock, IntervalFile, ReadIntervals, Role, Row};
pub use plan_check::{ClassCheck, Compared, GroupCheck, PlanCheck, check_plan};
pub use question::{Presence, Question};
pub use simulated::{NotSimulated, Simulated, simulate};
pub use span::{MOST_CELLS, Span, SpanProblem};
