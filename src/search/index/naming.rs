//! Which article uses which spelling of a name, while articles are put into an arena.

use crate::text::{Interned, Strings, push_number, take_number};

/// Spellings and who uses them. A spelling is known by the number it got when it was met first, a group of spellings
/// likewise: an article that names somebody uses all spellings of that person.
#[derive(Default)]
pub(super) struct Naming {
    /// The place of the kind as a digit, then the folded spelling.
    pub(super) spellings: Interned,
    /// The spellings of each group, and where each ends.
    members: Vec<u32>,
    ends: Vec<u32>,
    /// By the numbers that whoever puts articles in gave them; one more than those they have here, 0 for none.
    known: Vec<u32>,
    /// Of each article how much it uses, and of each use its number with two bits behind it: whether it is a group, and
    /// whether whom it names is quoted (LEB128).
    uses: Vec<u8>,
    own: Vec<u64>,
}

/// Bytes of the uses of an article: more than most take.
const USES: usize = 40;

const GROUP: u64 = 2;
const SPEAKS: u64 = 1;

impl Naming {
    /// Makes room for so many articles.
    pub(super) fn reserve(&mut self, articles: usize) {
        let _ = self.uses.try_reserve(articles.saturating_mul(USES));
    }

    /// The next article uses a spelling.
    pub(super) fn add(&mut self, spelling: u32, speaks: bool) {
        self.own.push(u64::from(spelling) << 2 | u64::from(speaks));
    }

    /// The next article uses all spellings of the group that has this number elsewhere; `spellings` puts them in when it
    /// is met first.
    pub(super) fn add_group(
        &mut self,
        given: u32,
        speaks: bool,
        spellings: impl FnOnce(&mut Interned, &mut Vec<u32>),
    ) {
        let given = given as usize;
        if self.known.len() <= given {
            self.known.resize(given + 1, 0);
        }
        let Some(known) = self.known.get_mut(given) else { return };
        if *known == 0 {
            spellings(&mut self.spellings, &mut self.members);
            self.ends.push(u32::try_from(self.members.len()).unwrap_or(u32::MAX));
            *known = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        }
        self.own.push(u64::from(*known - 1) << 2 | GROUP | u64::from(speaks));
    }

    /// Ends an article.
    pub(super) fn end(&mut self) {
        push_number(self.own.len() as u64, &mut self.uses);
        for number in self.own.drain(..) {
            push_number(number, &mut self.uses);
        }
    }

    /// Lets go of what is needed to put in more, and gives the spellings.
    pub(super) fn close(&mut self) -> Strings {
        self.known = Vec::new();
        std::mem::take(&mut self.spellings).into_strings()
    }

    /// Calls `put` with each use: the number of the spelling, the place of the article, whether whom it names is quoted.
    pub(super) fn each(&self, put: &mut dyn FnMut(u32, u32, bool)) {
        let mut rest = self.uses.as_slice();
        let mut doc = 0;
        while let Some(many) = take_number(&mut rest) {
            for _ in 0..many {
                let Some(code) = take_number(&mut rest) else { return };
                let (number, speaks) = ((code >> 2) as u32, code & SPEAKS != 0);
                if code & GROUP == 0 {
                    put(number, doc, speaks);
                } else {
                    self.group(number).iter().for_each(|&spelling| put(spelling, doc, speaks));
                }
            }
            doc += 1;
        }
    }

    fn group(&self, group: u32) -> &[u32] {
        let group = group as usize;
        let start = group.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(group).copied().unwrap_or(start);
        self.members.get(start as usize..end as usize).unwrap_or_default()
    }
}
