//! Single marks, which may be apostrophes.

use super::{Mark, Quoted, Role, lost};
use crate::annotate::page::Page;
use crate::words::Gap;

/// Pairs single marks: the first firm closing mark closes; one behind a letter may be an apostrophe ("pilots’") and
/// closes only if no firm one comes before the next opening mark.
pub(super) fn pair(page: &Page<'_>, marks: &[Mark]) -> Vec<Quoted> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut carried: Option<usize> = None;
    while let Some(mark) = marks.get(at) {
        at += 1;
        if mark.role != Role::Open && mark.role != Role::Either {
            continue;
        }
        let end = page.paragraph_end(mark.at);
        let mut loose = None;
        let mut close = None;
        let mut ahead = at;
        while let Some(next) = marks.get(ahead).filter(|next| next.at < end) {
            if next.role == Role::Open {
                break;
            }
            if next.firm || matches!(next.sign, '›' | '‹') {
                close = Some((next.at, ahead));
                break;
            }
            // The last one behind a letter that is no plural's s, else the first.
            let plural = page.word(next.at.wrapping_sub(1)).ends_with('s');
            if loose.is_none_or(|(_, _, was)| was && !plural) {
                loose = Some((next.at, ahead, plural));
            }
            ahead += 1;
        }
        let chosen = match (close, loose) {
            // A loose one that is no plural's ends a word or two quoted: ‘disappointed’ by …
            (Some((firm, _)), Some((near, index, false))) if near < firm => Some((near, index)),
            (Some(close), _) => Some(close),
            (None, Some((near, index, _))) => Some((near, index)),
            (None, None) => None,
        };
        if let Some((close, index)) = chosen {
            let continued = carried == Some(mark.at);
            found.push(Quoted { open: mark.at, close, closed: true, continued, lost: false });
            at = index + 1;
        } else if mark.sign == '‘'
            && marks.get(at).is_some_and(|next| {
                next.at == end && next.role == Role::Open && page.token(next.at).gap > Gap::Space
            })
        {
            found.push(Quoted {
                open: mark.at,
                close: end - 1,
                closed: false,
                continued: carried == Some(mark.at),
                lost: false,
            });
            carried = Some(end);
        } else if mark.sign == '‘' {
            // As far as the next mark: what lies behind it is read from there.
            let next = marks.get(at).map_or(end, |next| next.at.min(end));
            found.extend(lost::recovered(page, mark.at, next, false));
        }
    }
    found
}
