import Support
import Syntax
import Tools

/// A shell on its own: runs texts of the shell dialect as `bash -c` does.
package final class Shell {
    private let host: ShellOnlyHost
    private let limits: Limits
    private let state: ShellState

    /// A shell without variables. The host is kept.
    package init(host: any CommandHost, limits: Limits = .standard) {
        self.host = ShellOnlyHost(host)
        self.limits = limits
        state = ShellState(host: host)
    }

    /// Runs a text and answers its exit status. Mistakes in the text are printed in bash's words.
    ///
    /// - Parameters:
    ///   - output: gets what is printed; nil stands for the host's `write`.
    ///   - error: gets what is said of mistakes; nil stands for the host's `write`.
    /// - Throws: what the host threw, and a ``Trouble`` when it was interrupted.
    package func run(
        _ text: String, output: ToolOutput? = nil, error: ToolOutput? = nil
    ) throws -> Int32 {
        try DeepStack.run { room in
            var evaluator = Evaluator(
                tree: Tree(), globals: Globals(), host: host, limits: limits,
                shared: RunState(room: room), shell: state, isShell: true, globalNames: [])
            evaluator.streams.output = output ?? evaluator.streams.output
            evaluator.streams.error = error ?? evaluator.streams.error
            return try evaluator.run(text: text, of: "bash: -c")
        }
    }
}

/// A host for texts of the shell dialect, in which nothing but commands can stand: it knows of no kinds
/// and never reads the world.
private final class ShellOnlyHost: Host {
    private let commands: any CommandHost

    init(_ commands: any CommandHost) { self.commands = commands }

    // MARK: Commands

    func hasCommand(_ word: String) -> Bool { commands.hasCommand(word) }
    func run(_ call: CommandCall) throws -> Int32 { try commands.run(call) }
    func sleep(milliseconds: Int64) throws { try commands.sleep(milliseconds: milliseconds) }
    var sessionFiles: any ToolFiles { commands.sessionFiles }
    var virtualMilliseconds: Int64 { commands.virtualMilliseconds }
    var network: (any ToolNetwork)? { commands.network }
    var isInterrupted: Bool { commands.isInterrupted }
    func write(_ text: String) { commands.write(text) }
    func begins(_ place: Place) {}

    // MARK: Facts

    func kind(named name: String) -> KindFacts? { nil }
    func kind(apiVersion: String, kind: String) -> KindFacts? { nil }
    func nearestKind(to name: String) -> String? { nil }
    func fieldFact(of kind: KindFacts, at path: [FactStep]) -> FieldFact { .unchecked }
    func mergeKeys(of kind: KindFacts, at path: [FactStep]) -> [String] { [] }
    func problems(with command: CommandShape) -> [CommandProblem] { [] }
    func advancesTime(_ command: CommandShape) -> Bool { false }
    func includedText(path: String, including: String) -> (name: String, text: String)? { nil }

    // MARK: What no text of the shell dialect can ask for

    func run(_ call: CommandCall, body: () throws -> Void) throws -> Int32 { unreachable() }
    func read(_ query: ResourceQuery) throws -> Reading { unreachable() }
    func whyEmpty(_ query: ResourceQuery) -> String? { unreachable() }
    func resolve(_ name: String, type: String) throws -> Resolution { unreachable() }
    func wait(atMost milliseconds: Int64, for condition: Condition) throws -> WaitOutcome {
        unreachable()
    }
    func watch(_ condition: Condition, during body: () throws -> Void) throws -> WatchOutcome {
        unreachable()
    }
    func schedule(_ timer: TimerRequest) throws { unreachable() }
    func evidence(for reads: [ResourceQuery]) -> [String] { unreachable() }
    func declareFile(_ name: String, text: String, at place: Place) throws { unreachable() }
    func setBehavior(_ target: [String], settings: [BehaviorValue], at place: Place) throws {
        unreachable()
    }
    func beginCapture() { unreachable() }
    func endCapture() -> String { unreachable() }

    private func unreachable() -> Never {
        preconditionFailure("a text of the shell dialect holds commands alone")
    }
}
