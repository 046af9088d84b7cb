//! The frame of a newspaper text: the dateline at its head and the credit line at its foot.

use crate::text::Span;

/// What frames the text of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Frame {
    /// "Oslo | Kabar.co –".
    pub dateline: Option<FrameDateline>,
    /// "Sumber : NTB/AB".
    pub credit: Option<FrameCredit>,
}

/// A dateline and the names in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrameDateline {
    /// From its first letter to the dash, the dash included.
    pub span: Span,
    /// The place.
    pub place: Option<Span>,
    /// The outlet or agency.
    pub outlet: Option<Span>,
}

/// A credit line and the name in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrameCredit {
    /// The whole line.
    pub span: Span,
    /// The agency or outlet, without the editors' initials.
    pub source: Option<Span>,
}

/// Finds dateline and credit line of a sanitised body.
pub fn frame(body: &str) -> Frame {
    let _ = body;
    Frame::default()
}
