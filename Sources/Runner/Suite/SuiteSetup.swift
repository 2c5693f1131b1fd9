import Cluster
import Language
import Value

/// How the files of a suite are run: what every worker is told first.
package struct SuiteSetup: Codable, Sendable {
    package var seed: UInt64?
    package var choice = ScenarioChoice()
    /// Further folders that scripts may read.
    package var allowedFolders: [String] = []
    package var parameters: [String: ParameterValues.Given] = [:]
    package var node = NodeDefaults()
    /// How long a scenario may take by the clock on the wall, in milliseconds.
    package var wallLimit: Int64?
    /// How much virtual time may pass in a scenario, in milliseconds.
    package var virtualLimit: Int64?
    /// Whether what reports would warn of is a failure.
    package var isStrict = false
    /// Whether every script is there to test something.
    package var isTest = false
    /// Whether a file ends with its first scenario that fails.
    package var stopsAtFailure = false
    /// Whether scenarios are listed in place of being run.
    package var lists = false
    /// Whether it is wanted which files were read.
    package var wantsReads = false
    /// Whether what scenarios write is wanted also of those that pass.
    package var wantsOutput = false
    /// Whether each result is to hold what happened, drawn.
    package var drawsPictures = false

    package init() {}

    /// The same for a run in this process.
    package var options: RunOptions {
        var options = RunOptions()
        options.seed = seed
        options.choice = choice
        options.allowedFolders = allowedFolders
        options.parameters = ParameterValues(parameters)
        options.wallLimit = wallLimit.map { Duration(milliseconds: $0) }
        options.virtualLimit = virtualLimit.map { Duration(milliseconds: $0) }
        options.stopsAtFailure = stopsAtFailure
        options.isStrict = isStrict
        options.isTest = isTest
        options.drawsPictures = drawsPictures
        if let cpu = node.cpu { options.profile.nodeTemplate.cpu = cpu }
        if let memory = node.memory { options.profile.nodeTemplate.memory = memory }
        if let pods = node.pods { options.profile.nodeTemplate.pods = pods }
        return options
    }
}
