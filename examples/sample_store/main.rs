//! Makes a programme's sample store: the same bytes on every machine, in any size.
//!
//! `cargo run --release --example sample_store -- DIR` makes the store of `data/`; `--enterprises N` makes a
//! larger one with about ten rows of attendance an enterprise. What is known of the programme is in
//! [`published`]; everything else is invented and says so.

mod activity;
mod enterprise;
mod folder;
mod plan;
mod published;
mod random;
mod result;

use std::fmt::Display;
use std::path::PathBuf;
use std::str::FromStr;

use anyhow::{Context, Result, anyhow};
use clap::Parser;
use kunpeng::model::shape::Misread;
use kunpeng::store::init::standard_files;

use folder::Folder;
use plan::{Member, Plan, WHOLE};

/// Make a sample store
#[derive(Parser)]
struct Arguments {
    /// The folder to make; it must be empty or not there
    dir: PathBuf,
    /// How many enterprises
    #[arg(long, default_value_t = WHOLE)]
    enterprises: usize,
}

/// How many enterprises have a contact.
const CONTACTS: usize = 8;

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let plan = Plan::of(arguments.enterprises);
    let folder = Folder::make(&arguments.dir)?;
    write_programme(&folder)?;
    let members = write_enterprises(&folder, plan)?;
    activity::write_all(&folder, plan, &members)
}

fn write_programme(folder: &Folder) -> Result<()> {
    for (path, text) in standard_files().into_iter().filter(|(path, _)| path.starts_with("rulesets/")) {
        folder.write(&path, text)?;
    }
    folder.write("programme.toml", &published::programme()?)?;
    for (id, industry) in published::industries()? {
        folder.record(&format!("industries/{id}.toml"), &industry)?;
    }
    for (id, edition) in published::editions()? {
        folder.record(&format!("editions/{id}.toml"), &edition)?;
    }
    Ok(())
}

fn write_enterprises(folder: &Folder, plan: Plan) -> Result<Vec<Member>> {
    let mut members = Vec::new();
    for index in 0..plan.enterprises() {
        let (id, enterprise) = enterprise::invented(plan, index)?;
        folder.record(&format!("enterprises/{}{id}.toml", plan.folder_of(index)), &enterprise)?;
        if index < CONTACTS {
            folder.private_record(&format!("contacts/{id}.toml"), &enterprise::contact(index + 1))?;
        }
        members.extend(enterprise.memberships.into_iter().map(|it| Member {
            index,
            id: id.clone(),
            edition: it.edition,
            joined: it.joined,
            left: it.left,
        }));
    }
    Ok(members)
}

/// A value of the model from its text.
fn read<T>(text: impl Display) -> Result<T>
where
    T: FromStr<Err = Misread>,
{
    let text = text.to_string();
    text.parse().map_err(|misread: Misread| anyhow!(misread.message)).with_context(|| format!("`{text}`"))
}
