import ArgumentParser

/// `drydock learn`: exercises.
struct LearnCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "learn",
        abstract: "Learn Kubernetes by exercises that are checked by what the cluster does.",
        subcommands: [ProveCommand.self, NewExerciseCommand.self, GradeCommand.self])
}
