import ArgumentParser
import Value

/// Throws mutated inputs at the parsers, the tools and the verbs. A crash ends the program with its signal; `--shows-inputs` tells
/// which input it was.
struct FuzzCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fuzz",
        abstract: "Throw mutated inputs at the parsers, the tools and the verbs.")

    @Argument(help: "The targets; all without any.")
    var targets: [String] = []

    @Option(help: "How many inputs each target gets.")
    var runs = 10_000

    @Option(help: "The seed of the inputs.")
    var seed: UInt64 = 1

    @Flag(help: "Print each input as JSON before it is tried.")
    var showsInputs = false

    func run() throws {
        for name in targets where !FuzzTarget.all.contains(where: { $0.name == name }) {
            let known = FuzzTarget.all.map(\.name).joined(separator: ", ")
            throw ValidationError("there is no target \(name); the targets are \(known)")
        }
        for target in FuzzTarget.all where targets.isEmpty || targets.contains(target.name) {
            try run(target)
        }
    }

    private func run(_ target: FuzzTarget) throws {
        var mutation = FuzzMutation(seed: seed)
        let seeds = target.seeds.map { Array($0.utf8) }
        for number in 0..<runs {
            let text = String(decoding: mutation.input(from: seeds), as: UTF8.self)
            if showsInputs { print(JSON.text(Value(text))) }
            if let problem = target.run(text) {
                print("\(target.name): \(problem): \(JSON.text(Value(text)))")
                throw ExitCode(1)
            }
            if number == runs - 1 { print("\(target.name): \(runs) inputs") }
        }
    }
}
