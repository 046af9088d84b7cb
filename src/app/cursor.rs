//! Where one stands in a list whose rows take one or several lines.

/// A selected row and the first row in view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cursor {
    /// The selected row; 0 when there is none.
    pub selected: usize,
    /// The first row in view.
    pub top: usize,
    /// Whether one has moved; until then one stays at the beginning while rows arrive.
    pub moved: bool,
}

impl Cursor {
    /// Moves by `rows`, stopping at the ends.
    pub fn step(&mut self, rows: isize) {
        self.go(self.selected.saturating_add_signed(rows));
    }

    /// Goes to a row.
    pub fn go(&mut self, row: usize) {
        self.selected = row;
        self.moved = true;
    }

    /// Scrolls as little as brings the selected one of `many` rows whole into view on `height` lines, and never past
    /// the end; `lines` says how many a row takes.
    pub fn settle(&mut self, many: usize, height: usize, lines: impl Fn(usize) -> usize) {
        self.selected = self.selected.min(many.saturating_sub(1));
        self.top = self.top.min(self.selected);
        let mut used = lines(self.selected);
        let mut first = self.selected;
        while first > self.top {
            used += lines(first - 1);
            if used > height {
                break;
            }
            first -= 1;
        }
        self.top = first;
        // No empty lines below the last row while there are rows above.
        let mut below: usize = 0;
        for row in self.top..many {
            below += lines(row);
            if below >= height {
                return;
            }
        }
        while self.top > 0 {
            below += lines(self.top - 1);
            if below > height {
                return;
            }
            self.top -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_selected_row_is_whole_in_view(
            many in 0usize..60,
            height in 4usize..20,
            steps in prop::collection::vec(-20isize..20, 0..30),
        ) {
            let lines = |row: usize| 1 + row % 3;
            let mut cursor = Cursor::default();
            for step in steps {
                cursor.step(step);
                cursor.settle(many, height, lines);
                prop_assert!(cursor.selected < many.max(1));
                prop_assert!(cursor.top <= cursor.selected);
                let used: usize = (cursor.top..=cursor.selected).map(lines).sum();
                prop_assert!(used <= height);
            }
        }
    }
}
