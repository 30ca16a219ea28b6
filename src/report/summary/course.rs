//! What becomes of a title while an enterprise takes part.

use crate::model::recognition::Recognition;
use crate::report::span::{Place, Span};

/// What became of one title at one enterprise, or at any of several.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "five questions, each answered on its own")]
pub struct Course {
    pub at_entry: bool,
    pub gained: bool,
    pub lapsed: bool,
    pub held: bool,
    pub ever: bool,
}

impl Course {
    /// The course of one title, from all recognitions of it.
    pub fn of<'r>(
        recognitions: impl Iterator<Item = &'r Recognition>,
        span: &Span,
        valid_months: Option<u32>,
    ) -> Self {
        let mut course = Self::default();
        for it in recognitions {
            course.at_entry |= it.holds_on(span.first, valid_months);
            course.held |= it.holds_on(span.last, valid_months);
            course.gained |=
                !it.is_re_review() && it.recognised.is_some_and(|date| span.place(date) == Place::Within);
            course.ever |= it.recognised.is_some_and(|date| span.reaches(date));
        }
        course.lapsed = course.at_entry && !course.held;
        course
    }

    pub fn or(self, other: Self) -> Self {
        Self {
            at_entry: self.at_entry || other.at_entry,
            gained: self.gained || other.gained,
            lapsed: self.lapsed || other.lapsed,
            held: self.held || other.held,
            ever: self.ever || other.ever,
        }
    }
}
