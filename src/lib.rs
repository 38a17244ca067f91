//! `holdtime`: a call-centre queue and staffing simulator.

pub mod analytics;
pub mod engine;
pub mod experiment;
pub mod measure;
pub mod model;
pub mod random;
pub mod scenario;
pub mod special;
pub mod stats;
pub mod units;
