//! Words that a planner tries and the format says in another place or by another name.
//!
//! Only hints beside an unknown key: nothing is ever read as something else. Invariant: no table has a key of these names where
//! the hint would send a reader away from it.

/// What to write in place of an unknown key, if its name is one that is often tried.
pub(super) fn instead_of(key: &str) -> Option<&'static str> {
    let hint = match key {
        "opening_hours" | "hours" | "closed" => "opening hours are `open` of a class",
        "shift" | "shifts" => "shifts are `staffing = { shifts = [..] }` of a group",
        "break" | "breaks" | "lunch" => {
            "breaks belong to a shift: `staffing = { shifts = [{ .., breaks = [..] }] }` of a group"
        }
        "skills" | "skill" => "a group has `takes` and, for what differs, `skill.CLASS`",
        "idle_reserve" | "reserve" => "a reserve is kept from a class: `skill.CLASS.idle_reserve` of a group",
        "campaign" => "a campaign is an `[[incident]]`, with `rise` and `decay`",
        "announcement" | "deflection" => "an announcement belongs to an `[[incident]]`",
        "callback" | "voicemail" => {
            "a call back is `callback_offer` or `max_wait.then.callback` of a class, or `policy.transfer_limit.at_limit.callback`"
        }
        "priority" => "who is first: the tiers of `takes` of a group, or `score.base` of a class",
        "lines" | "trunks" => "lines are a table of their own: `[lines.NAME]` with `lines` and `classes`",
        "sickness" | "illness" | "absence" | "absenteeism" => {
            "`unplanned_absence.share` of a group takes agents away by chance, `shrinkage.absence` adds paid hours to the plan"
        }
        "overflow" => "overflow is a later tier of `[routing.CLASS]`, with `after` and `when`",
        "abandonment" | "abandon" => {
            "giving up is `patience` of a class, calling again `redial.after_abandon`"
        }
        _ => return None,
    };
    Some(hint)
}
