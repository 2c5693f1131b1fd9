import Language
import Reports
import Syntax
import Value

/// What a worker tells of the file it runs, one message a line.
package enum WorkerMessage: Codable {
    /// A text that later messages point into; it takes the next number.
    case source(name: String, text: String, firstLine: Int)
    /// A scenario begins.
    case began(title: String)
    /// What the scenario that comes next has written: told only where somebody will read it.
    case wrote(String)
    /// A scenario ended.
    case scenario(ScenarioResult)
    /// Instead of scenarios that ran: one that would.
    case listed(ListedScenario)
    /// The file is done; its scenarios came before.
    case script(ScriptResult, FileAccount)
}

/// What is known of a file beside its results.
package struct FileAccount: Codable, Sendable {
    /// How many scenarios were selected.
    package var selected = 0
    /// What there was to select from, where nothing was.
    package var offered: [OfferedScenario] = []
    /// The files that were read, with links resolved; only where they are wanted.
    package var reads: [String] = []

    package init() {}
}

/// A scenario that a selection did not want.
package struct OfferedScenario: Codable, Hashable, Sendable {
    package let title: String
    package let tags: [String]
}

/// A scenario that a run with the same flags would run.
package struct ListedScenario: Codable, Sendable {
    /// Empty for a script that is one scenario itself.
    package let title: String
    package let tags: [String]
    package let place: Place?
    package let isSkipped: Bool
}

/// What a worker is asked to run.
package struct FileJob: Codable, Equatable, Sendable {
    package var path: String
    /// How many times it ran before, under other seeds.
    package var repetition = 0
    /// The scenarios that are wanted; nil for all that the suite's selection takes.
    package var only: [ScenarioIdentity]?

    package init(path: String, repetition: Int = 0, only: [ScenarioIdentity]? = nil) {
        self.path = path
        self.repetition = repetition
        self.only = only
    }
}

/// Messages as lines of JSON.
package enum WorkerLine {
    /// The line, with its end.
    ///
    /// - Parameter sources: told of the sources that the item points into.
    package static func text(_ item: some Encodable, sources: SourceTable) throws -> String {
        let value = try ValueEncoder.value(of: item, userInfo: [SourceTable.key: sources])
        return JSON.text(value) + "\n"
    }

    /// What a line holds.
    ///
    /// - Parameter sources: those that came before, in order.
    package static func read<T: Decodable>(
        _ type: T.Type, _ line: some Collection<UInt8>, sources: SourceTable
    ) throws -> T {
        // It comes from this very program, which held it in memory.
        let limits = InputLimits(bytes: .max, depth: 500, nodes: .max)
        let value = try JSON.parse(bytes: Array(line), limits: limits)
        return try ValueDecoder.decode(type, from: value, userInfo: [SourceTable.key: sources])
    }
}
