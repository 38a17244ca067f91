//! Keys: names of random streams, made by hashing what the stream is for.
//!
//! root(seed, replication) → named(class) → child(cell) → child(k) is a fresh contact's key; redials, repeats and
//! visits are children of it; each purpose has its own stream, so that a change of one law shifts no other draw.

/// The name of a family of random streams: a well-mixed 64-bit hash of its lineage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub u64);

/// What a draw is for. Append only: the numbers are part of the pact that a seed gives the same values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub enum Purpose {
    /// Heights and places of a cell's contacts.
    Arrivals = 1,
    /// Factor of a day, common to all classes.
    DayCommon = 2,
    /// Factor of a day of one class.
    DayOwn = 3,
    /// Factor of an interval.
    IntervalNoise = 4,
    /// Rounding of a fractional plan.
    PlanRounding = 5,
    /// Patience of a visit.
    Patience = 6,
    /// Whether a visit that finds nobody idle leaves at once.
    Balking = 7,
    /// Talk time of a visit.
    Talk = 8,
    /// After-call work of a visit.
    AfterCallWork = 9,
    /// Branch of the split that a visit takes.
    Branch = 10,
    /// Transfer, and whereto.
    Transfer = 11,
    /// Whether the contact solves the case.
    Resolution = 12,
    /// Whether an unanswered customer tries again.
    RedialDecision = 13,
    /// When.
    RedialDelay = 14,
    /// Whether a customer whose case is not solved comes back.
    RepeatDecision = 15,
    /// When.
    RepeatDelay = 16,
    /// Whether a callback attempt reaches the customer.
    CallbackReached = 17,
    /// Whether talk beyond the cap is cut.
    TalkCap = 18,
    /// Which idle agent takes a visit, where that is left to chance.
    AgentChoice = 19,
    /// Place of a visit in a queue without order.
    QueuePlace = 20,
    /// Whether a person comes to work on a day.
    Absence = 50,
    /// Factor of a day on the absence at a site.
    SiteAbsence = 51,
    /// Whether a second agent is consulted, and of which group.
    Consult = 45,
    /// How long.
    ConsultTime = 46,
    /// How long the customer is introduced to the next agent.
    WarmTime = 47,
    /// Gaps between contacts that know of one another.
    Gaps = 30,
    /// Factor of a replication on all volumes.
    UncertainVolume = 31,
    /// On all talk times.
    UncertainTalk = 32,
    /// On all patience.
    UncertainPatience = 33,
    /// Whether a customer who would have to wait accepts to be called back.
    CallbackAccepted = 40,
}

/// What became of a contact, as part of its descendants' keys. Append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub enum Kin {
    /// The next contact of the case after one that was not answered.
    Redial = 1,
    /// The next contact of the case after an answered one.
    Repeat = 2,
    /// A further visit of the same contact.
    Leg = 3,
    /// An attempt to keep a promise.
    Callback = 4,
}

const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// The finalizer of SplitMix64 (Stafford's mix 13): every input bit reaches every output bit.
#[inline]
const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

impl Key {
    /// The key from which all others of a replication descend.
    #[must_use]
    pub fn root(seed: u64, replication: u32) -> Self {
        Self(
            mix(mix(seed.wrapping_add(GOLDEN)) ^ u64::from(replication).wrapping_add(1).wrapping_mul(GOLDEN)),
        )
    }

    /// The `n`-th child: a round of mixing over the number, one over both, so that neighbours in either are unrelated.
    #[inline]
    #[must_use]
    pub const fn child(self, n: u64) -> Self {
        Self(mix(self.0 ^ mix(n.wrapping_add(1).wrapping_mul(GOLDEN))))
    }

    /// A descendant contact or visit of a kind.
    #[inline]
    #[must_use]
    pub const fn kin(self, kind: Kin, n: u64) -> Self {
        self.child((kind as u64) << 32 | n)
    }

    /// The child of that name (FNV-1a over its bytes, then mixed).
    #[must_use]
    pub fn named(self, name: &str) -> Self {
        let hash = name.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
        });
        self.child(hash)
    }

    /// The stream of draws for one purpose.
    ///
    /// A key is well mixed and each draw is mixed again: the place of a stream needs no round of its own.
    #[inline]
    #[must_use]
    pub const fn stream(self, purpose: Purpose) -> Stream {
        Stream { state: self.0 ^ mix((purpose as u64).wrapping_mul(GOLDEN)) }
    }

    /// The first uniform number of that stream, in [0, 1).
    #[inline]
    #[must_use]
    pub fn uniform(self, purpose: Purpose) -> f64 {
        self.stream(purpose).uniform()
    }
}

/// A sequence of random numbers (SplitMix64, Steele, Lea and Flood 2014); period 2⁶⁴.
#[derive(Clone, Debug)]
pub struct Stream {
    state: u64,
}

impl Stream {
    /// 64 random bits.
    #[inline]
    pub fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GOLDEN);
        mix(self.state)
    }

    /// A uniform number in [0, 1), a multiple of 2⁻⁵³.
    #[inline]
    pub fn uniform(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// A uniform number in (0, 1): never 0, so that its logarithm is finite.
    #[inline]
    pub fn uniform_open(&mut self) -> f64 {
        ((self.next_u64() >> 12) as f64 + 0.5) * (1.0 / (1u64 << 52) as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const N: usize = 1_000_000;

    fn correlation(x: &[f64], y: &[f64]) -> f64 {
        let n = x.len() as f64;
        let (mx, my) = (x.iter().sum::<f64>() / n, y.iter().sum::<f64>() / n);
        let cov: f64 = x.iter().zip(y).map(|(a, b)| (a - mx) * (b - my)).sum();
        let vx: f64 = x.iter().map(|a| (a - mx).powi(2)).sum();
        let vy: f64 = y.iter().map(|b| (b - my).powi(2)).sum();
        cov / (vx * vy).sqrt()
    }

    #[test]
    fn neighbouring_keys_and_purposes_are_uncorrelated() {
        let cell = Key::root(1, 0).named("billing").child(17);
        let draw = |purpose| -> Vec<f64> { (0..N as u64).map(|k| cell.child(k).uniform(purpose)).collect() };
        let (talk, patience) = (draw(Purpose::Talk), draw(Purpose::Patience));
        // Four standard errors of a correlation of independent numbers: a false alarm in 16,000.
        let bound = 4.0 / (N as f64).sqrt();
        for lag in [1, 2, 3, 64] {
            let r = correlation(&talk[lag..], &talk[..N - lag]);
            assert!(r.abs() < bound, "lag {lag}: {r}");
        }
        for lag in [0, 1] {
            let r = correlation(&talk[lag..], &patience[..N - lag]);
            assert!(r.abs() < bound, "talk against patience, lag {lag}: {r}");
        }
        let mean = talk.iter().sum::<f64>() / N as f64;
        assert!((mean - 0.5).abs() < 4.0 / (12.0 * N as f64).sqrt(), "{mean}");
    }

    #[test]
    fn a_flipped_bit_of_the_lineage_flips_half_of_the_key() {
        let mut flipped = 0u32;
        for n in 0..4096u64 {
            for bit in 0..64 {
                flipped += (Key(n).child(5).0 ^ Key(n ^ (1 << bit)).child(5).0).count_ones();
                flipped += (Key(5).child(n).0 ^ Key(5).child(n ^ (1 << bit)).0).count_ones();
            }
        }
        let share = f64::from(flipped) / (4096.0 * 64.0 * 2.0 * 64.0);
        assert!((share - 0.5).abs() < 0.001, "{share}");
    }

    #[test]
    fn values_are_pinned() {
        let key = Key::root(1, 0).named("billing").child(3).child(0);
        assert_eq!(key, Key(15_949_941_239_579_142_151));
        assert_eq!(key.uniform(Purpose::Talk), 0.360_570_269_158_338_45);
        assert_eq!(
            (Key::root(1, 1).0, Key::root(2, 0).0),
            (8_853_410_974_868_434_435, 3_385_023_308_830_181_501)
        );
    }
}
