import Support
import Syntax
import Value

/// The statements of a prompt: one environment that grows from statement to statement.
///
/// Names may be declared again; functions see the new values. A statement that does not pass its
/// check changes nothing.
package final class Prompt {
    /// Where the statement at work has room.
    private let stack: NativeStack
    private let host: any Host
    private let limits: Limits
    private var tree = Tree()
    private var names = GlobalNames()
    private let globals = Globals()
    private let shell: ShellState
    /// The variables that the shell's assignments have set.
    private var shellNames: Set<String> = []

    /// - Parameter stack: one that it shares with others whose statements take turns with its own.
    package init(
        host: any Host, limits: Limits = .standard, stack: NativeStack = NativeStack()
    ) {
        self.stack = stack
        self.host = host
        self.limits = limits
        shell = ShellState(host: host)
    }

    /// The names that were declared, in order: for completion, and for
    /// `ParseOptions.expressionNames`.
    package var variableNames: [String] { names.names }

    /// What stands for the names of commands, by the name.
    package var aliases: [String: String] { shell.tools.aliases }

    /// Checks what was typed without running it.
    package func check(_ script: Script) -> [Diagnostic] {
        defer { names.takeBack() }
        return resolve(script).diagnostics.inTextOrder
    }

    /// Checks and runs what was typed.
    ///
    /// - Parameter show: called with the value of each expression that stands alone.
    /// - Returns: what the check found; with errors among it nothing ran.
    /// - Throws: a ``Trouble`` that ended the statement, or an error of the host's own.
    @discardableResult
    package func run(_ script: Script, show: @escaping (Value) -> Void) throws -> [Diagnostic] {
        let unit = resolve(script)
        let diagnostics = unit.diagnostics.inTextOrder
        if diagnostics.contains(where: { $0.severity == .error }) { return diagnostics }
        shellNames = unit.shellNames
        shell.rounds = 0
        globals.grow(to: names.count)
        try DeepStack.run { room in
            let outer = stack.room
            stack.room = room
            defer { stack.room = outer }
            var evaluator = Evaluator(
                tree: tree, globals: globals, host: host, limits: limits,
                shared: RunState(room: room, stack: stack), shell: shell,
                globalNames: names.slotNames)
            evaluator.echo = show
            try evaluator.runShared { evaluator throws in
                _ = try evaluator.call(unit.main, [])
            }
        }
        return diagnostics
    }

    /// The value of a variable; nil where there is none of the name.
    package func value(of name: String) -> Value? {
        guard let binding = names.binding(name), case .global(let slot) = binding.variable,
            globals.slots.indices.contains(Int(slot.raw))
        else { return nil }
        let value = globals.slots[Int(slot.raw)]
        if value.isUnset { return nil }
        return value
    }

    private func resolve(_ script: Script) -> ResolvedUnit {
        // Tree and names are handed over and back, so that they grow in place: a copy for each statement would
        // make a session of many statements slow. What a statement with errors leaves in it is never
        // reached.
        var grown = Tree()
        swap(&grown, &tree)
        var known = GlobalNames()
        swap(&known, &names)
        known.begin()
        var resolver = Resolver(
            source: script.source, facts: host, limits: limits, tree: consume grown,
            globals: consume known, isPrompt: true, shellNames: shellNames,
            aliases: shell.tools.aliases)
        let unit = resolver.resolve(script)
        tree = unit.tree
        names = unit.globals
        if unit.diagnostics.contains(where: { $0.severity == .error }) { names.takeBack() }
        return unit
    }
}
