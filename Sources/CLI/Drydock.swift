import ArgumentParser

/// The program: `drydock`, `drydock FILE…`, `drydock run`, `drydock verify`.
public struct Drydock: ParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "drydock",
        abstract: "Scenarios for a simulated Kubernetes cluster, in virtual time.",
        subcommands: [VerifyCommand.self])

    public init() {}
}

/// How the program ends (DESIGN 5).
public enum ProgramExit: Int32, Sendable {
    case passed = 0
    case badUsage = 1
    case doesNotParse = 2
    case commandFailed = 3
    case expectationFailed = 4
}
