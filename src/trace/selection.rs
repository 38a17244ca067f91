//! Which cases are told.
//!
//! Invariant: whether a case is told depends on what happened to it and on nothing else, so that the same selection tells the
//! same cases.

use std::str::FromStr;

use crate::random::Key;
use crate::units::SimTime;

/// What to tell, and how much of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Which cases.
    pub which: Which,
    /// Of these only cases to which all of this happened.
    pub marks: Vec<Mark>,
    /// At most so many, at least 1.
    pub at_most: usize,
}

/// Which cases to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The first ones after the warm-up: by their first contact, or with marks by the moment they have them all.
    First,
    /// The case of a contact, whenever it comes.
    Contact(KeyStart),
    /// Those with the longest wait of a visit that entered after the warm-up.
    LongestWait,
    /// Those who wait at an instant, longest wait first.
    WaitingAt(SimTime),
}

/// What can have happened to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The customer left while waiting.
    Abandoned,
    /// The customer was transferred, or sent on at the limit.
    Transferred,
}

/// The first hexadecimal digits of a key: enough to tell contacts apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyStart {
    digits: u32,
    value: u64,
}

impl KeyStart {
    /// So many digits are shown: of a year's 17 million contacts, one has the same with probability 1 in 65,000.
    pub const SHOWN: u32 = 10;
    /// Fewer would be found by chance.
    pub const FEWEST: u32 = 6;

    /// The shown start of a key.
    #[must_use]
    pub fn of(key: Key) -> Self {
        Self { digits: Self::SHOWN, value: key.0 >> (64 - 4 * Self::SHOWN) }
    }

    /// Whether `key` begins so.
    #[must_use]
    pub fn begins(self, key: Key) -> bool {
        key.0 >> (64 - 4 * self.digits) == self.value
    }
}

impl std::fmt::Display for KeyStart {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:0width$x}", self.value, width = self.digits as usize)
    }
}

impl FromStr for KeyStart {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let digits = u32::try_from(text.len()).map_err(|_| ())?;
        let is_key =
            (Self::FEWEST..=16).contains(&digits) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_key {
            return Err(());
        }
        Ok(Self { digits, value: u64::from_str_radix(text, 16).map_err(|_| ())? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shown_key_finds_its_contact_and_no_other() {
        let key = Key(0x00AB_CDEF_0123_4567);
        let shown = KeyStart::of(key).to_string();
        assert_eq!(shown, "00abcdef01");
        let found: KeyStart = shown.parse().expect("a key");
        assert!(found.begins(key) && !found.begins(Key(0x01AB_CDEF_0123_4567)));
        let whole: KeyStart = "00ABCDEF01234567".parse().expect("all sixteen digits, in capitals too");
        assert!(whole.begins(key) && !whole.begins(Key(key.0 + 1)));
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for text in ["", "00abc", "00abcdef012345678", "00abcg", "+0abcdef", "0x00abcdef", "äöüäöü"] {
            assert_eq!(text.parse::<KeyStart>(), Err(()), "{text}");
        }
    }
}
