//! The catalogue of everything that can be wrong with the data: each rule with its name, how grave it is, what
//! it asks for and why. `kunpeng check --explain RULE` prints an entry.

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The data cannot be used: no figure is printed, nothing is written.
    Error,
    /// Somebody should look at it; figures are printed.
    Warning,
}

/// One rule.
#[derive(Debug, PartialEq)]
pub struct Rule {
    /// Its name: words joined by `-`.
    pub name: &'static str,
    /// How grave a breach is.
    pub severity: Severity,
    /// What it asks for, in one sentence.
    pub asks: &'static str,
    /// Why, and what to do.
    pub why: &'static str,
}

/// Declares the rules and the list of them all.
macro_rules! rules {
    ($( $NAME:ident $severity:ident $name:literal $asks:literal $why:literal )+) => {
        $(
            #[doc = $asks]
            pub static $NAME: Rule =
                Rule { name: $name, severity: Severity::$severity, asks: $asks, why: $why };
        )+

        /// Every rule, in the order they are explained.
        pub static ALL: &[&Rule] = &[$(&$NAME),+];
    };
}

rules! {
    UNREADABLE_FILE Error "unreadable-file"
    "every file of the data folder can be read"
    "The system refused to hand over the file, or it is not UTF-8 text. Look at its permissions; save it as UTF-8."
    DAMAGED_HISTORY Error "damaged-history"
    "the tool's own folder is as it was written"
    "`.kunpeng` says which change was the last and what it was. If that is damaged, nobody can say whether the records are of one state. Put the folder back from a backup, or take it away: the records then count as they are."
    SYNTAX Error "syntax"
    "a record is well-formed TOML or JSON"
    "A quote, a bracket or an equals sign is missing, or a key stands twice. The place named is where reading stopped; the cause may be just before it."
    NEWER_FORMAT Warning "newer-format"
    "the format of the store is one this version knows"
    "The store was written by a newer kunpeng, which may keep things this one would lose. What can be read is read; nothing is written. Use the newer version."
    OLDER_FORMAT Warning "older-format"
    "the store has the format this version writes"
    "The store was begun by an older kunpeng, or by hand without `format`. It is read as if it had been brought up to date; nothing else is written before `kunpeng migrate` has done so. That is one change, and `kunpeng undo` takes it back."
    NO_STORE Error "no-store"
    "there is a data folder"
    "A data folder has a `programme.toml`. It is the one of `--data`, else of KUNPENG_DATA, else `./data`, else the nearest upward. `kunpeng init DIR` starts one."
    STRAY_FILE Warning "stray-file"
    "every file in a record folder is a record"
    "Only `ID.toml` and `ID.json` are read. A backup or a spreadsheet left in a record folder is not counted; move it elsewhere."
    DUPLICATE_RECORD Error "duplicate-record"
    "every record has one file"
    "Two files stand for one id: in two sub-folders, as TOML and JSON, or with ids that differ only in case. Keep one."
    BAD_ID Error "bad-id"
    "an id is 1–64 of `A-Za-z0-9._-`, not starting with `.` or `-`"
    "Ids are file names on every system. For a record the id is the file's name without its ending."
    UNKNOWN_KEY Error "unknown-key"
    "every key is one the record can have"
    "A mistyped key would otherwise be a value silently lost."
    MISSING_KEY Error "missing-key"
    "a record has the keys it cannot do without"
    "Without it the record cannot be counted anywhere."
    WRONG_TYPE Error "wrong-type"
    "a value is of the type its key asks for"
    "Text stands in quotes, numbers and dates do not, lists stand in brackets."
    UNKNOWN_WORD Error "unknown-word"
    "a value of a closed list is one of the list"
    "Outcomes, states, actions and decisions have fixed words, because figures are counted by them."
    BAD_DATE Error "bad-date"
    "a date is a date"
    "Dates are written as far as they are known: 2022, 2022-05 or 2022-05-01. What could be read in two ways is refused."
    BAD_PERIOD Error "bad-period"
    "a period is a year, a half-year or a quarter"
    "2023, 2023-H1 or 2023-Q2. Half-years and quarters are cumulative: 2023-Q2 is January to June."
    BAD_AMOUNT Error "bad-amount"
    "an amount is an exact number"
    "Amounts are in the currency's main unit. A missing amount is an absent key, never 0 and never `/`."
    BAD_UNIT Error "bad-unit"
    "a unit of money is one that is known"
    "Forms use 元, 千元 and 万元. The unit must be known before an amount is stored."
    BAD_CLASS Error "bad-class"
    "a class is one of GB/T 4754-2017"
    "A section letter (C), a division (C36) or a class (C3660)."
    BAD_CODE Error "bad-code"
    "a registry code has the form of the programme's scheme"
    "`identifier` in programme.toml says which: uscc (18 characters, GB 32100-2015), siren (9 digits) or none."
    DAMAGED_CODE Error "damaged-code"
    "a code has all its digits"
    "A spreadsheet turned the code into a number and its last digits are lost. They cannot be computed back."
    WRONG_CHECK_DIGIT Error "wrong-check-digit"
    "the check character of a code agrees with the rest"
    "In real registers every such code is a typing error. The last character follows from the first seventeen (GB 32100-2015) or eight (SIREN)."
    DATES_OUT_OF_ORDER Error "dates-out-of-order"
    "what comes later is not dated earlier"
    "A membership ends after it begins, a title expires after it is recognised, an edition closes after it opens."
    DUPLICATE_ENTRY Error "duplicate-entry"
    "an enterprise has one membership and one candidacy in an edition, and no entry twice"
    "A second entry would be counted twice. For an enterprise that left and came back, widen the first membership."
    ATTENDANCE_TWICE Error "attendance-twice"
    "an enterprise is present, excused or absent at an activity, one of them"
    "Otherwise the attendance rate would count it twice."
    UNKNOWN_REFERENCE Error "unknown-reference"
    "every id that is referred to exists"
    "An industry, edition, enterprise or word that does not exist cannot be counted. Add it, or correct the reference."
    STILL_NAMED Error "still-named"
    "what is removed is not named by anything"
    "References to it would lead nowhere. Take them away first; each is listed."
    UNKNOWN_CRITERION Error "unknown-criterion"
    "a score is for a criterion of the edition's rubric"
    "Scores for other criteria would not be weighed."
    NOT_TEXT Error "not-text"
    "a file that is imported is text in a known encoding"
    "A CSV saved by a Chinese Excel is GB18030 unless it was saved as “CSV UTF-8”."
    EMPTY_FILE Error "empty-file"
    "a file that is imported has a header and rows"
    "An empty file is more likely a failed export than a table of nothing."
    UNREADABLE_TABLE Error "unreadable-table"
    "a file that is imported is a workbook, a table of text or JSON"
    "What a file is, its first bytes say and not its ending. A page of the web named `.xls`, a document, a workbook behind a password or a broken one has no table that can be trusted."
    TOO_LARGE Error "too-large"
    "a file that is imported keeps within the limits"
    "A damaged or hostile file can ask for any amount of memory. The limit is named in the message; `--max-mb`, `--max-rows`, `--max-cells` and `--max-seconds` raise it."
    SEVERAL_SHEETS Error "several-sheets"
    "it is known which sheet of a workbook is meant"
    "Sheets with different headers are different tables. `--sheet NAME` names one, `--sheet all` takes them all."
    NO_HEADER Error "no-header"
    "a table has a row that names its columns"
    "Without it nobody can know what a value means. `--header NAMES` gives the names of a table without one."
    ERROR_CELL Error "error-in-cell"
    "a cell has a value and not an error of the spreadsheet program"
    "`#REF!` and `#N/A` stand where a formula lost its source; what it said cannot be known."
    TOTAL_MISMATCH Warning "total-mismatch"
    "a row of totals is the sum of its rows"
    "Where it is not, a row is missing, hidden or counted twice, or the total was typed. The rows are what is imported."
    MERGED_CELL Warning "merged-cell"
    "every row of a table has its own cells"
    "A merged cell has its value in the first row only; the other rows are blank, and nothing is filled in for them."
    RAGGED_ROW Error "ragged-row"
    "every row has as many cells as the header"
    "Which cell is missing, or which separator is one too many, cannot be known."
    UNKNOWN_COLUMN Error "unknown-column"
    "every column of an imported table is known, or left out on purpose"
    "A column that is silently dropped is a value silently lost. `--map HEADER=FIELD` says what it is, `--map HEADER=-` leaves it out."
    DUPLICATE_COLUMN Error "duplicate-column"
    "a field has one column"
    "Which of two columns is right cannot be known."
    MISSING_CELL Error "missing-cell"
    "a row has what is needed to place it"
    "Without it the row cannot be joined to a record."
    DUPLICATE_ROW Error "duplicate-row"
    "a file says one thing once"
    "Two rows for the same thing may disagree; which is right cannot be known."
    SAME_NAME_ROW Error "ambiguous-name"
    "a row names one enterprise"
    "A name alone never merges two enterprises: a row with a code and an enterprise without one may be two firms of one name."
    CONFLICT Error "conflict"
    "with `--on-conflict fail`, no row says something else than the store"
    "Choose update, fill or skip, or correct the row."
    BAD_ATTENDANCE Error "bad-attendance"
    "heads are given for those present, at least one"
    "Person-times are the sum of heads; excused and absent enterprises have none."
    SAME_CODE Error "same-code"
    "a registry code belongs to one enterprise"
    "Two records with one code are one enterprise entered twice, or one code is wrong."
    SAME_NAME Warning "same-name"
    "two enterprises do not have the same name"
    "They may be one enterprise entered twice. A name alone never merges two enterprises."
    UNKNOWN_TOWN Warning "unknown-town"
    "a town is one of the programme's list, if it has one"
    "Tables by town would show it apart. Correct it, or add it to `[towns]`."
    FRACTION_OF_COUNT Warning "fraction-of-count"
    "a metric that counts things is a whole number"
    "Half an employee is usually a percentage or an amount in the wrong column."
    INDICATOR_JUMP Warning "indicator-jump"
    "an amount is not a thousand times that of the year before"
    "Yuan entered in a column of 万元 is the commonest fault of indicator sheets."
    OUTSIDE_EDITION Warning "outside-edition"
    "an activity lies within the days of its edition"
    "It is counted for the edition it names, whatever its date; one of the two may be wrong."
    NOT_A_MEMBER Warning "not-a-member"
    "whoever attends is a member of the edition on that day"
    "Attendance of others is not counted in the summary."
    MEMBERSHIP_OUTSIDE Warning "membership-outside"
    "a membership lies within the days of its edition"
    "Titles and platforms are counted from joined to left; outside the edition they would be counted for it all the same."
    EXIT_WITHOUT_OUTCOME Warning "exit-without-outcome"
    "a membership that ended says how"
    "Graduated, withdrawn, removed or transferred: without it the member is counted under none of them."
    OPEN_AFTER_CLOSE Warning "open-after-close"
    "no membership of a closed edition is left without an outcome"
    "The closing table counts members by outcome; a member without one is shown as still in cultivation."
    OVERDUE_CLOSE Warning "overdue-close"
    "an edition is closed when its planned end has passed"
    "Figures of an open edition are counted up to today. Close it with `kunpeng edition close`."
    FUTURE_DATE Warning "future-date"
    "what has happened is not dated in the future"
    "A recognition, an activity or a founding date after today is usually a mistyped year."
    CODE_AND_ID_DIFFER Warning "code-and-id-differ"
    "an enterprise filed under a registry code has that code"
    "The file is named for one code and holds another; one of them is out of date."
    DAMAGED_ENTRY Warning "damaged-entry"
    "history is whole"
    "An entry of `.kunpeng/history` is missing or not as it was written. The records are not touched by that; what the entry said cannot be shown or taken back. Put it back from a backup."
    KEPT_EDIT Warning "kept-edit"
    "nothing typed at the moment of a change is left to be looked at"
    "Somebody saved a record in an editor just when a command replaced it. The command's contents are in the record; what was typed is kept beside."
    OPEN_CONTACTS Warning "open-contacts"
    "personal data can be read by their owner alone"
    "Files of `contacts/` and their history have mode 0600, in folders of mode 0700. A copy by git or over a network loses that. It is looked at from the first change on."
    NOT_PORTABLE Warning "not-portable"
    "an id can be a file name on every system"
    "Windows keeps CON, NUL, COM1 and the like for devices, whatever their ending, and drops a dot at the end."
    CLOCK Warning "clock"
    "the times of changes follow one another"
    "A clock that is wrong or was put back dates changes wrongly. Their order is right all the same: it is by number."
}

/// The rule of that name.
pub fn named(name: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.name == name)
}
