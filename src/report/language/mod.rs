//! The languages of a report: its words, and how a country writes numbers and dates.
//!
//! Translates no name of a scenario. Invariant: whatever is passed through is text of this project's own making, so that a
//! replaced separator is always that of a number.

mod words;

pub(super) use words::Word;

/// The language in which a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Language {
    /// `1,234.5`, `2026-11-23`.
    #[default]
    English,
    /// `1.234,5`, `23.11.2026`.
    German,
}

impl Language {
    /// For `lang` of the page.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// A word.
    pub(super) fn say(self, word: Word) -> &'static str {
        word.text(self)
    }

    /// A sentence with `{0}`, `{1}` … in the places of its parts.
    pub(super) fn fill(self, word: Word, parts: &[&str]) -> String {
        filled(word.text(self), parts)
    }

    /// A number with its unit as this project writes it, as the country does: `1,234.5 k EUR` is `1.234,5 Tsd. EUR`.
    pub(super) fn number(self, text: &str) -> String {
        match self {
            Self::English => text.to_owned(),
            Self::German => german_number(text),
        }
    }

    /// A label of a period: `Mon 10:00`, `2026-03-23`, `2026-W13`, `2026-03`, `day 1 10:00`.
    pub(super) fn period(self, label: &str) -> String {
        match self {
            Self::English => label.to_owned(),
            Self::German => german_period(label),
        }
    }

    /// A length of time: `31 days`, `1 year`, `8 h`.
    pub(super) fn span(self, text: &str) -> String {
        match self {
            Self::English => text.to_owned(),
            Self::German => german_number(
                &text
                    .replace("days", "Tage")
                    .replace("day", "Tag")
                    .replace("years", "Jahre")
                    .replace("year", "Jahr"),
            ),
        }
    }

    /// `a`, `a and b`, `a, b and c`.
    pub(super) fn list(self, parts: &[String]) -> String {
        match parts {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => format!("{} {} {last}", first.join(", "), self.say(Word::And)),
        }
    }
}

fn filled(pattern: &str, parts: &[&str]) -> String {
    let mut text = String::with_capacity(pattern.len() + 32);
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        let (before, after) = rest.split_at(open);
        text.push_str(before);
        let place = after[1..].split_once('}').and_then(|(digits, rest)| Some((digits.parse().ok()?, rest)));
        match place {
            Some((index, after)) => {
                let index: usize = index;
                text.push_str(parts.get(index).copied().unwrap_or_default());
                rest = after;
            }
            None => {
                text.push('{');
                rest = &after[1..];
            }
        }
    }
    text.push_str(rest);
    text
}

fn german_number(text: &str) -> String {
    const UNITS: [(&str, &str); 9] = [
        (" bn EUR", " Mrd. EUR"),
        (" M EUR", " Mio. EUR"),
        (" k EUR", " Tsd. EUR"),
        (" bn h", " Mrd. h"),
        (" Mh", " Mio. h"),
        (" kh", " Tsd. h"),
        (" bn", " Mrd."),
        (" M", " Mio."),
        (" k", " Tsd."),
    ];
    let characters: Vec<char> = text.chars().collect();
    let is_digit = |at: Option<usize>| at.and_then(|at| characters.get(at)).is_some_and(char::is_ascii_digit);
    let mut swapped = String::with_capacity(text.len() + 4);
    for (at, character) in characters.iter().enumerate() {
        let is_inside = is_digit(at.checked_sub(1)) && is_digit(Some(at + 1));
        swapped.push(match character {
            ',' if is_inside => '.',
            '.' if is_inside => ',',
            other => *other,
        });
    }
    for (english, german) in UNITS {
        // A suffix of the number, or before its half-width: never the beginning of a longer word.
        for end in ["", " ±", "\u{a0}±"] {
            let from = format!("{english}{end}");
            let is_there = if end.is_empty() { swapped.ends_with(&from) } else { swapped.contains(&from) };
            if is_there {
                swapped = swapped.replacen(&from, &format!("{german}{end}"), 1);
                return swapped;
            }
        }
    }
    swapped.replace(" pp", " %-Pkt.")
}

fn german_period(label: &str) -> String {
    const WEEKDAYS: [(&str, &str); 7] = [
        ("Mon", "Mo"),
        ("Tue", "Di"),
        ("Wed", "Mi"),
        ("Thu", "Do"),
        ("Fri", "Fr"),
        ("Sat", "Sa"),
        ("Sun", "So"),
    ];
    let word = |part: &str| -> String {
        if let Some((_, german)) = WEEKDAYS.iter().find(|(english, _)| *english == part) {
            return (*german).to_owned();
        }
        let numbers: Vec<&str> = part.split('-').collect();
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        match numbers.as_slice() {
            [year, month, day] if [year, month, day].iter().all(|n| is_number(n)) => {
                format!("{day}.{month}.{year}")
            }
            [year, month] if is_number(year) && is_number(month) => format!("{month}/{year}"),
            [year, week] if is_number(year) && week.strip_prefix('W').is_some_and(is_number) => {
                format!("KW {}/{year}", &week[1..])
            }
            _ => match part {
                "day" => "Tag".to_owned(),
                "week" => "Woche".to_owned(),
                "at" => "um".to_owned(),
                other => other.to_owned(),
            },
        }
    };
    label.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_country_writes_them() {
        for (english, german) in [
            ("1,234.5", "1.234,5"),
            ("17,004 k ± 44", "17.004 Tsd. ± 44"),
            ("121.3 M EUR ± 0.2", "121,3 Mio. EUR ± 0,2"),
            ("+6.9 pp ± 0.3", "+6,9 %-Pkt. ± 0,3"),
            ("238.7 kh", "238,7 Tsd. h"),
            ("6:25 ± 0:01", "6:25 ± 0:01"),
            ("–", "–"),
            ("14.8 s", "14,8 s"),
            ("12.3 min ± 0.3", "12,3 min ± 0,3"),
        ] {
            assert_eq!(Language::German.number(english), german);
            assert_eq!(Language::English.number(english), english);
        }
    }

    #[test]
    fn dates_and_weekdays_are_written_as_the_country_writes_them() {
        for (english, german) in [
            ("2026-11-23", "23.11.2026"),
            ("2026-03", "03/2026"),
            ("2026-W13", "KW 13/2026"),
            ("Mon 10:00", "Mo 10:00"),
            ("day 1 at 10:00", "Tag 1 um 10:00"),
            ("10:00", "10:00"),
        ] {
            assert_eq!(Language::German.period(english), german);
        }
        assert_eq!(Language::German.span("31 days"), "31 Tage");
    }

    #[test]
    fn what_is_filled_in_is_not_read_again() {
        assert_eq!(filled("{1}, {0}{2}", &["{1}", "b"]), "b, {1}");
        assert_eq!(filled("a { b", &[]), "a { b");
    }
}
