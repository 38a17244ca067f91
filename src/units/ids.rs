//! Small `Copy` ids: positions in the tables of a scenario, in the order of its file.

/// Declares an id over an unsigned integer that serves as an index.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u16);

        impl $name {
            /// The id of the thing at position `index` of its table.
            ///
            /// # Panics
            /// If `index` exceeds 65,535; a checked scenario has no table that long.
            #[must_use]
            pub fn from_index(index: usize) -> Self {
                Self(u16::try_from(index).expect("a checked scenario has at most 65,536 of a kind"))
            }

            /// The position in the table.
            #[inline]
            #[must_use]
            pub fn index(self) -> usize {
                usize::from(self.0)
            }
        }
    };
}

id!(
    /// A class of contacts, in the order of the scenario.
    ClassId
);
id!(
    /// A group of agents, in the order of the scenario.
    GroupId
);
id!(
    /// A site, in the order of the scenario.
    SiteId
);
id!(
    /// A lane: one waiting line, of a class, of one branch of its split, or of promised callbacks.
    LaneId
);
id!(
    /// A pool of telephone lines.
    LinePoolId
);
