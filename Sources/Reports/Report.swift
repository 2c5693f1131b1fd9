/// Tells of a run in some format: listens while it goes on, and closes the account at its end.
///
/// A format is one file: a conforming type and its row (a ``ReportFormat``), which
/// ``ReportRegistry`` lists.
package protocol Report: RunListener {
    /// Writes what can be said only when every script has ended. Called once, last.
    func finish()
}

/// What every report is made with.
package struct ReportSettings {
    /// Whether the text may hold terminal colours.
    package var usesColor = false
    /// Whether to tell for each scenario how much happened, and its trace hash.
    package var showsStatistics = false
    /// Whether what commands print is shown also of scenarios that pass, where a format leaves it out.
    package var showsOutput = false
    /// Whether a script is told of with its seed.
    package var showsSeeds = false
    /// How long the run has taken so far on the clock on the wall; nil where nobody is to know.
    package var wallMicroseconds: (() -> Int64)?
    /// Whether reports for people tell how long things took on the clock on the wall; those for programs
    /// always do, where it is known.
    package var showsWallTime = false
    /// Whether reports for people say what else could be asked.
    package var showsHints = false
    /// How the run was called, without what chooses the scripts and scenarios; for repeating a part.
    package var command = ["drydock", "run"]
    /// Takes the text of the report, in order.
    package var write: (String) -> Void

    package init(write: @escaping (String) -> Void) { self.write = write }
}

/// A row of ``ReportRegistry``: a format that `--report` names.
package struct ReportFormat: Sendable {
    /// What `--report` calls it.
    package let name: String
    /// What it is for; a phrase without a full stop, for help and documentation.
    package let summary: String
    /// Whether it goes to standard output beside another report, and does not stand for one.
    package var isBesides = false
    /// Whether it tells what commands print also of scenarios that pass.
    package var tellsOutput = true
    /// Whether it shows what happened in a scenario, drawn, which takes time to prepare.
    package var drawsPictures = false
    /// Makes a report of one run.
    package let make: @Sendable (ReportSettings) -> any Report
}
