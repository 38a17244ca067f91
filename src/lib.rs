//! `holdtime`: a call-centre queue and staffing simulator.

pub mod analytics;
pub mod calculator;
pub mod cli;
pub mod engine;
pub mod experiment;
pub mod files;
pub mod measure;
pub mod model;
pub mod random;
pub mod report;
pub mod scenario;
pub mod special;
pub mod staffing;
pub mod stats;
pub mod sweep;
pub mod trace;
pub mod units;
