//! Every rule of behaviour as a short story: a few lines of scenario and a few callers in, what happens out.

mod breaks;
mod callback_offer;
mod callbacks;
mod changes;
mod choice;
mod conditions;
mod ending;
mod handover;
mod hours;
mod leaving;
mod lines;
mod longest_wait;
mod off_phone;
mod patience;
mod pressure;
mod queue;
mod returns;
mod ringing;
mod routing;
mod shifts;
mod staffing;
mod story;
mod transfers;
