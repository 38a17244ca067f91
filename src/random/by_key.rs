//! Maps by key: a key is a well-mixed hash already and is hashed no further.
//!
//! Invariant: nobody walks through such a map where the order could reach a result.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::key::Key;

/// A map whose keys are [`Key`]s.
pub type ByKey<T> = HashMap<Key, T, BuildHasherDefault<AsItIs>>;

/// Takes the number of a key for its hash.
#[derive(Clone, Copy, Debug, Default)]
pub struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}
