//! `holdtime`: a call-centre queue and staffing simulator.

pub mod analytics;
pub mod random;
pub mod special;
pub mod stats;
pub mod units;
