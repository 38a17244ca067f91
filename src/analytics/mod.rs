//! Formulas for queues: in balance by Erlang and his heirs, over a day by chains in time; and the least staffing that keeps a
//! promise.
//!
//! Shares no code with the simulation above floor 1, so that each can check the other. Each formula knows one pool of agents
//! who are all alike; whoever needs skills, overflow, transfers or a plan for persons simulates. `docs/theory.md` lists them.
//! Invariant: every answer is a probability in [0, 1] or a number of at least 0, for 0 to 100,000 agents and any load.
//!
//! Symbols: λ arrivals per second, 1/μ mean handling, 1/θ mean patience, n agents, a = λ/μ offered load in erlangs.

mod approximations;
mod birth_death;
mod chain;
mod demand;
mod erlang_a;
mod erlang_b;
mod erlang_c;
mod general_patience;
mod law;
mod limited_room;
mod offered_load;
mod priorities;
mod renewal_arrivals;
mod returns;
mod service_level;
mod single_server;
mod targets;
mod time_varying;
mod waiting_line;

pub use approximations::{
    Garnett, allen_cunneen, garnett, grade_for_delay, halfin_whitt, kingman_bound, square_root_staffing,
};
pub use birth_death::{BirthDeath, Evolution};
pub use chain::{Chain, grid};
pub use demand::Demand;
pub use erlang_a::{ErlangA, erlang_a};
pub use erlang_b::{erlang_b, lines_for_blocking};
pub use erlang_c::{ErlangC, erlang_c};
pub use general_patience::{GeneralPatience, general_patience};
pub use law::Law;
pub use limited_room::{LimitedRoom, limited_room};
pub use offered_load::{RateProfile, offered_load};
pub use priorities::{Ranked, ranked};
pub use renewal_arrivals::{RenewalArrivals, renewal_arrivals};
pub use returns::{Returns, returns};
pub use service_level::Base;
pub use single_server::{SingleServerClass, mean_wait_of_one, mean_waits_by_rank};
pub use targets::{
    Formula, MOST_AGENTS, Measure, Miss, OutOfReach, ServiceLevel, Targets, agents_for, agents_near,
    least_agents,
};
pub use time_varying::{Iterated, Method, Moment, Period, agents_by_interval, agents_by_iteration, follow};
