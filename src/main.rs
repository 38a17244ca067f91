//! The `holdtime` command.

fn main() {}
