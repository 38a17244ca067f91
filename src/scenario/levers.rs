//! Factors of the top of the file that act on many values at once: `scale`.
//!
//! `scale.volume` and `scale.talk_time` act where rates and talk laws are made. Invariant: a share that a factor raises stays a
//! share, at most 1.

use super::checked::Law;
use super::diagnostic::Diagnostic;
use super::law;
use super::read::{self, Build};
use super::tree::{Node, show_number};

/// The factor on plans and heads of a group at `site`.
pub(super) fn staffing(root: &Node, site: Option<&str>) -> f64 {
    let scale = root.get("scale");
    let all = scale.and_then(|scale| read::not_negative(scale.get("staffing"))).unwrap_or(1.0);
    let of_site = site.and_then(|site| read::not_negative(scale?.get("site")?.get(site)));
    all * of_site.unwrap_or(1.0)
}

/// A share times a lever.
pub(super) fn share(root: &Node, lever: &str, share: f64) -> f64 {
    let factor = root.get("scale").and_then(|scale| read::not_negative(scale.get(lever)));
    factor.map_or(share, |factor| (share * factor).min(1.0))
}

/// Patience times its lever.
pub(super) fn patience(build: &mut Build, path: &str, patience: Law) -> Law {
    let node = build.root.get("scale").and_then(|scale| scale.get("patience"));
    let Some((node, factor)) = node.zip(read::positive(node)) else { return patience };
    law::scaled(&patience, factor).unwrap_or_else(|| {
        build.report(
            Diagnostic::error(format!("`{path}` times `scale.patience` leaves its range"))
                .at(node.origin)
                .found(format!("factor {}", show_number(factor)))
                .hint("write a `scale.patience` nearer to 1"),
        );
        patience
    })
}

#[cfg(test)]
mod tests {
    use crate::scenario::source::Texts;
    use crate::scenario::{Scenario, load};

    /// A centre with these numbers: patience, redials, repeats, transfers, absence, agents of the partner.
    fn centre([patience, redial, repeat, transfer, absence, agents]: [f64; 6], more: &str) -> Scenario {
        let text = format!(
            "horizon = \"2h\"\n[class.a]\nvolume = {{ per_hour = 9 }}\ntalk_time = {{ constant = 60 }}\nresolution = 0.5\n\
             patience = {{ exponential = {{ mean = {patience} }} }}\n\
             redial.after_abandon = {{ first = {redial}, later = 0, delay = {{ constant = 60 }} }}\n\
             repeat = {{ probability = {repeat}, delay = {{ constant = 60 }} }}\n\
             transfer = [{{ to = \"b\", probability = {transfer} }}]\n\
             [class.b]\nvolume = {{ per_hour = 9 }}\ntalk_time = {{ constant = 60 }}\n\
             [site.own]\nsourcing = \"in_house\"\n[site.partner]\nsourcing = \"outsourced\"\n[group.west]\nsite = \"own\"\nagents = 10\ntakes = [[\"a\", \"b\"]]\n\
             [group.east]\nsite = \"partner\"\nagents = {agents}\ntakes = [[\"a\", \"b\"]]\n\
             unplanned_absence = {{ share = {absence}, in_plan = 0.1 }}\n{more}"
        );
        load("a.toml", &[], &Texts::new().with("a.toml", text))
            .unwrap_or_else(|problems| panic!("{problems}"))
            .scenario
    }

    #[test]
    fn a_lever_is_the_same_as_the_number_written_out() {
        let plain = [100.0, 0.4, 0.5, 0.2, 0.1, 10.0];
        for (lever, position, value) in [
            ("patience = 1.5", 0, 150.0),
            ("redial = 0.5", 1, 0.2),
            ("redial = 5", 1, 1.0),
            ("repeat = 2", 2, 1.0),
            ("transfer = 2", 3, 0.4),
            ("absence = 3", 4, 0.1 * 3.0),
            ("site = { partner = 0.5 }", 5, 5.0),
            ("site = { partner = 0.5 }\nstaffing = 1", 5, 5.0),
        ] {
            let mut numbers = plain;
            numbers[position] = value;
            let (mut scaled, mut written) =
                (centre(plain, &format!("[scale]\n{lever}\n")), centre(numbers, ""));
            (scaled.hash, written.hash) = (0, 0);
            assert_eq!(format!("{scaled:?}"), format!("{written:?}"), "{lever}");
        }
    }

    #[test]
    fn a_site_that_is_not_there_and_patience_without_end_are_told() {
        let text = "horizon = 60\n[class.a]\nvolume = { per_hour = 9 }\ntalk_time = { constant = 60 }\n[group.g]\nagents = 1\ntakes = [[\"a\"]]\n[scale]\nsite = { nowhere = 2 }\npatience = 0\n";
        let problems = load("a.toml", &[], &Texts::new().with("a.toml", text)).unwrap_err().to_string();
        assert!(problems.contains("nowhere") && problems.contains("scale.patience"), "{problems}");
    }
}
