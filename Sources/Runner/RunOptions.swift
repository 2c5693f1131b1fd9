import Cluster
import Language
import Value

/// How scripts are run.
package struct RunOptions: Sendable {
    /// The seed of all randomness; nil for the script's own, or 1.
    package var seed: UInt64?
    /// Which scenarios are wanted.
    package var choice = ScenarioChoice()
    /// Further folders that scripts may read.
    package var allowedFolders: [String] = []
    package var profile = LatencyProfile.standard
    package var featureGates: [String: Bool] = [:]
    /// The bounds of each scenario.
    package var limits = Limits.standard
    /// Values of the scripts' parameters, from outside.
    package var parameters = ParameterValues()
    /// How long a scenario may take by the clock on the wall; nil for as long as it likes.
    package var wallLimit: Duration?
    /// How much virtual time may pass in a scenario.
    package var virtualLimit: Duration?
    /// Whether a script ends with its first scenario that fails.
    package var stopsAtFailure = false
    /// Whether what reports would warn of is a failure.
    package var isStrict = false
    /// Whether every script is there to test something, also one without titled scenarios: it should
    /// expect something.
    package var isTest = false

    /// Whether each result is to hold what happened, drawn.
    package var drawsPictures = false
    /// Whether statements are shown before what they print.
    package var echoes = false

    package init() {}
}

/// Which of the scenarios of some scripts are wanted. All conditions hold together.
package struct ScenarioChoice: Codable, Sendable {
    /// Only scenarios whose title holds this text; the path stands for the title of a script that is
    /// one scenario itself.
    package var filter = ""
    /// Only scenarios with one of these tags; those with a tag behind `!` are left out.
    package var tags: [String] = []
    package var shard: Shard?
    /// Only the scenario that stands around this line.
    package var line: Int?

    package init() {}

    /// The tags of which a scenario needs one; empty where none is needed.
    var wantedTags: [String] { tags.filter { !$0.hasPrefix("!") } }

    /// The tags that a scenario must not have.
    var unwantedTags: [String] { tags.filter { $0.hasPrefix("!") }.map { String($0.dropFirst()) } }

    /// Whether anything narrows the choice.
    var isNarrow: Bool { !filter.isEmpty || !tags.isEmpty || shard != nil || line != nil }
}

/// One of several parts of a suite, for as many machines. A scenario's part depends on its title
/// alone, so that the parts are the same wherever the suite stands and whatever else is in it.
package struct Shard: Codable, Hashable, Sendable {
    /// From 1.
    package let index: Int
    package let count: Int

    /// Reads `2/5`; nil where it is nothing such.
    package init?(parsing text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let index = parts[0], let count = parts[1], index >= 1,
            count >= index
        else { return nil }
        self.index = index
        self.count = count
    }

    package func holds(_ scenario: ScenarioIdentity) -> Bool {
        scenario.hash % UInt64(count) == UInt64(index - 1)
    }

    package var text: String { "\(index)/\(count)" }
}
