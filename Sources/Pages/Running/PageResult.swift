/// How one command of a page went.
package struct PageItem {
    package enum Verdict: Equatable {
        /// What the page shows is what this run prints, apart from what differs from run to run.
        case asPrinted
        /// It ran, and the page shows no output.
        case ran
        /// What is printed differs in substance; why, one sentence each.
        case differs([String])
        /// It failed, and the page does not show that.
        case failed(String)
        /// A cluster refuses it too, for a reason that the page itself has made: the error and its cause.
        case refused(error: String, cause: String)
        /// It is about something that is not simulated.
        case notSimulated(String)

        /// Whether the command did what it was to do.
        package var hasRun: Bool {
            switch self {
            case .asPrinted, .ran, .differs: true
            case .failed, .refused, .notSimulated: false
            }
        }
    }

    package let command: String
    /// The line of the page, from 1.
    package let line: Int
    package var verdict: Verdict
    /// What this run printed.
    package var output = ""
    /// The virtual time at which that was.
    package var milliseconds: Int64 = 0
    /// The command that ran, where names of this run stand in it.
    package var ranAs: String?
    /// Lines of the page that show the output.
    let range: Range<Int>
    let indent: String
}

/// What came of a page.
package struct PageResult {
    package let path: String
    package var items: [PageItem] = []
    /// What prose says that is not so.
    package var remarks: [(line: Int, text: String)] = []
    package var virtualMilliseconds: Int64 = 0
    package var seed: UInt64 = 1
    package var wasInterrupted = false

    package init(path: String) { self.path = path }

    package func count(_ matches: (PageItem.Verdict) -> Bool) -> Int {
        items.count { matches($0.verdict) }
    }

    package var asPrinted: Int { count { $0 == .asPrinted } }
    package var ran: Int { count { $0 == .ran } }
    package var differing: Int {
        count { if case .differs = $0 { true } else { false } }
    }
    package var failed: Int {
        count { if case .failed = $0 { true } else { false } }
    }
    package var refused: Int {
        count { if case .refused = $0 { true } else { false } }
    }
    package var notSimulated: Int {
        count { if case .notSimulated = $0 { true } else { false } }
    }
}
