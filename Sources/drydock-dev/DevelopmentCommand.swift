import ArgumentParser

/// The developers' own tool; nothing that users need.
struct DevelopmentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drydock-dev",
        abstract: "Tools for working on Drydock itself.",
        subcommands: [
            BenchCommand.self, EngineCommand.self, FuzzCommand.self, MutationsCommand.self,
            RegenerateCommand.self, WorldsCommand.self,
        ])
}
