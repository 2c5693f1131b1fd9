import Session

extension REPL {
    /// What a prompt begins with.
    package struct Start {
        package var seed: UInt64 = SessionOptions.standardSeed
        package var allowedFolders: [String] = []
        /// Against which paths resolve.
        package var folder = "."
        /// Of the scenario that is opened: worlds of other titles draw other names.
        package var title = ""
        /// Whether to go on with the last session that was killed.
        package var resumes = false

        package init() {}
    }
}
