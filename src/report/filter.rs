//! What a question is narrowed to.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::enterprise::Enterprise;
use crate::model::id::{EditionId, EnterpriseId, IndustryId};

/// What a report is narrowed to; nothing means everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Members of this edition, and what counts in it.
    pub edition: Option<EditionId>,
    /// Enterprises of this industry.
    pub industry: Option<IndustryId>,
    /// Enterprises of this town, by id or any of its names.
    pub town: Option<String>,
    /// This enterprise.
    pub enterprise: Option<EnterpriseId>,
    /// The years whose indicators are compared; none means those of the edition.
    pub years: Option<(i32, i32)>,
    /// The metric that is ranked; none means the programme's first.
    pub metric: Option<String>,
    /// How many days ahead is due.
    pub within: Option<u32>,
    /// These enterprises: the ones that pass the conditions of a question.
    pub passing: Option<Arc<BTreeSet<EnterpriseId>>>,
}

impl Filter {
    /// Only an edition.
    pub fn edition(edition: &EditionId) -> Self {
        Self { edition: Some(edition.clone()), ..Self::default() }
    }

    /// Whether an edition is the one that is wanted, or any is.
    pub fn takes_edition(&self, id: &EditionId) -> bool {
        self.edition.as_ref().is_none_or(|wanted| wanted == id)
    }

    /// Whether an enterprise passes, its memberships and its town aside.
    pub fn takes(&self, id: &EnterpriseId, enterprise: &Enterprise) -> bool {
        self.enterprise.as_ref().is_none_or(|wanted| wanted == id)
            && self.passing.as_ref().is_none_or(|passing| passing.contains(id))
            && self.industry.as_ref().is_none_or(|wanted| enterprise.industry.as_ref() == Some(wanted))
    }
}
