//! A table of integers: rows of equal meaning, columns of counts and sums.
//!
//! Knows no names. Invariant: only ever added to, so that any grouping of rows has the same total.

/// Rows × columns of counts and sums.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cube {
    columns: usize,
    cells: Vec<u64>,
}

impl Cube {
    /// A cube of zeros.
    ///
    /// # Panics
    /// If `columns` is 0.
    #[must_use]
    pub fn new(rows: usize, columns: usize) -> Self {
        assert!(columns > 0, "a cube has at least one column");
        Self { columns, cells: vec![0; rows * columns] }
    }

    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.cells.len() / self.columns
    }

    /// Number of columns.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// One row.
    ///
    /// # Panics
    /// If there is no such row.
    #[must_use]
    pub fn row(&self, row: usize) -> &[u64] {
        &self.cells[row * self.columns..][..self.columns]
    }

    /// `count` neighbouring rows, one after the other.
    ///
    /// # Panics
    /// If there are not so many.
    #[must_use]
    pub fn rows_from(&self, first: usize, count: usize) -> &[u64] {
        &self.cells[first * self.columns..][..count * self.columns]
    }

    /// One row, to count in.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn row_mut(&mut self, row: usize) -> &mut [u64] {
        &mut self.cells[row * self.columns..][..self.columns]
    }

    /// Adds `values`, column by column, to a row.
    ///
    /// # Panics
    /// If there is no such row or the number of columns differs.
    pub fn add_to_row(&mut self, row: usize, values: &[u64]) {
        add(self.row_mut(row), values);
    }

    /// The sum of some rows; zeros if there are none.
    #[must_use]
    pub fn sum(&self, rows: impl IntoIterator<Item = usize>) -> Vec<u64> {
        let mut total = vec![0; self.columns];
        for row in rows {
            add(&mut total, self.row(row));
        }
        total
    }
}

/// Adds `values` to `total`, column by column; wrapping, since what a defect makes of a sum is the audit's to tell.
fn add(total: &mut [u64], values: &[u64]) {
    assert_eq!(total.len(), values.len(), "rows of different shape");
    for (sum, value) in total.iter_mut().zip(values) {
        *sum = sum.wrapping_add(*value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_grouping_of_rows_has_the_same_total() {
        let mut cube = Cube::new(4, 2);
        for row in 0..4 {
            cube.add_to_row(row, &[row as u64, 10]);
        }
        let (front, back) = (cube.sum(0..2), cube.sum(2..4));
        assert_eq!(cube.sum(0..4), [front[0] + back[0], front[1] + back[1]]);
        assert_eq!(cube.sum(0..4), [6, 40]);
        assert_eq!(cube.sum([]), [0, 0]);
    }
}
