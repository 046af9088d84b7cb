//! Some of the articles of a register.

/// Some articles by their number, a bit for each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::library) struct Rows {
    bits: Vec<u64>,
    count: usize,
}

/// Articles that are taken or passed over together: the bits of a number.
pub(super) const BLOCK: u32 = u64::BITS;

impl Rows {
    /// None of `len` articles.
    pub(in crate::library) fn none(len: usize) -> Rows {
        Rows { bits: vec![0; len.div_ceil(BLOCK as usize)], count: 0 }
    }

    /// All of `len` articles.
    pub(in crate::library) fn all(len: usize) -> Rows {
        let mut rows = Rows { bits: vec![u64::MAX; len.div_ceil(BLOCK as usize)], count: len };
        let over = len % BLOCK as usize;
        if let Some(last) = rows.bits.last_mut().filter(|_| over > 0) {
            *last = (1 << over) - 1;
        }
        rows
    }

    /// Adds the articles of another set of the same bound.
    pub(in crate::library) fn join(&mut self, other: &Rows) {
        self.bits.iter_mut().zip(&other.bits).for_each(|(own, bits)| *own |= bits);
        self.count = self.bits.iter().map(|bits| bits.count_ones() as usize).sum();
    }

    /// Adds an article; one beyond the bound is ignored.
    #[inline]
    pub(in crate::library) fn add(&mut self, article: u32) {
        if let Some(bits) = self.bits.get_mut((article / BLOCK) as usize) {
            let bit = 1 << (article % BLOCK);
            self.count += usize::from(*bits & bit == 0);
            *bits |= bit;
        }
    }

    /// How many there are.
    pub(in crate::library) fn count(&self) -> usize {
        self.count
    }

    /// Whether an article is among them.
    #[inline]
    pub(in crate::library) fn has(&self, article: u32) -> bool {
        self.bits.get((article / BLOCK) as usize).is_some_and(|bits| bits >> (article % BLOCK) & 1 == 1)
    }

    /// Calls `each` with their numbers, ascending.
    pub(in crate::library) fn each(&self, mut each: impl FnMut(u32)) {
        for (block, &bits) in (0u32..).zip(&self.bits) {
            let mut left = bits;
            while left != 0 {
                each(block * BLOCK + left.trailing_zeros());
                left &= left - 1;
            }
        }
    }

    /// The bits of each block.
    pub(super) fn blocks(&self) -> &[u64] {
        &self.bits
    }
}
