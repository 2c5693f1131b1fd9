/// Findings that stand, each with its reason. An entry that is no longer needed fails the tests.
struct Allowance {
    let path: String
    /// What the finding's message holds.
    let message: String
    let reason: String

    static let all: [Allowance] = []

    func covers(_ finding: Finding) -> Bool {
        finding.path == path && (message.isEmpty || finding.message.contains(message))
    }
}
