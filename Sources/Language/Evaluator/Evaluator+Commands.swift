import Support
import Syntax
import Tools
import Value

/// What ran last, for the message when a statement fails.
struct CommandTrace {
    enum Stage {
        case command([Argument], hasKubectl: Bool)
        case compound(SourceSpan)
    }
    var stages: [Stage] = []

    /// Whether the last stage was `[ … ]`, `[[ … ]]` or `test`.
    var isTest: Bool {
        guard case .command(let arguments, hasKubectl: false)? = stages.last,
            let name = arguments.first?.text
        else { return false }
        return name == "[" || name == "[[" || name == "test"
    }
}

extension Evaluator {
    // MARK: Statements

    /// Runs the pipelines of a statement. As in a shell, `&&` passes over the next one after a
    /// failure and `||` after a success; what counts is how the last one ended that ran. In a script
    /// a failure ends the statement, except inside what decides (`if`, `&&`, `!`), and where only a
    /// test before `&&` failed.
    @inline(never)
    mutating func run(_ row: Row<CommandPlan>, at index: NodeIndex) throws -> Flow {
        try begins(index)
        let plan = tree.commands[row]
        if plan.isBackground, !isDoneAtOnce(plan) {
            throw HostError(
                "a command cannot run in the background here",
                hint: "give `get -w` a block: get pods -w { … }")
        }
        let log = tolerance == 0 && !isShell ? ToolOutput(limit: Self.errorLogBytes) : nil
        let outer = streams
        defer {
            streams = outer
            if plan.changes != nil { shell.lender.scriptedEditor = nil }
        }
        if let log { streams.error = Self.copying(outer.error, to: log) }
        var (hasRunLast, isNegated) = (false, false)
        for (number, pipeline) in plan.pipelines.enumerated() {
            let isDue =
                switch pipeline.condition {
                case .afterSuccess: shell.status == 0
                case .afterFailure: shell.status != 0
                }
            guard number == 0 || isDue else { continue }
            if let changes = plan.changes, number == plan.pipelines.count - 1 {
                shell.lender.scriptedEditor = editor(making: try self.changes(changes))
            }
            hasRunLast = number == plan.pipelines.count - 1
            isNegated = pipeline.isNegated
            let flow =
                hasRunLast
                ? try run(pipeline, block: plan.block, at: index)
                : try tolerating { evaluator throws in
                    try evaluator.run(pipeline, block: nil, at: index)
                }
            guard case .goOn = flow else { return flow }
        }
        // `set -e` does not look at what `!` has turned round.
        if shell.status != 0, tolerance == 0, !(isShell && isNegated),
            hasRunLast || !plan.isLenient && !trace.isTest
        {
            try fail(saying: log?.text ?? "", at: index)
        }
        return .goOn
    }

    /// Whether the statement is one command of the host whose work goes on by itself (`port-forward`).
    private func isDoneAtOnce(_ plan: CommandPlan) -> Bool {
        guard plan.pipelines.count == 1, plan.pipelines[0].stages.count == 1,
            case .command(let row) = plan.pipelines[0].stages[0]
        else { return false }
        let words = tree.simples[row].words.compactMap { word -> String? in
            guard word.pieces.count == 1, case .text(let text) = word.pieces[0] else { return nil }
            return text
        }
        return host.goesOnByItself(words)
    }

    /// How much of what a command says about its failure a report keeps.
    private static let errorLogBytes = 64 * 1024

    private static func copying(_ output: ToolOutput, to log: ToolOutput) -> ToolOutput {
        ToolOutput(limit: .max) { bytes in
            output.write(bytes)
            log.write(bytes)
        }
    }

    /// A statement has failed: the end of a script's, and of a shell under `set -e`.
    private func fail(saying errors: String, at index: NodeIndex) throws {
        guard isShell else {
            let place = tree.place(of: index)
            throw Trouble.command(
                CommandFailure(
                    text: text(of: trace, in: place.source), exitCode: Int(shell.status),
                    errorText: errors, place: place))
        }
        if shell.options.endsOnFailure { throw ShellExit(status: shell.status) }
    }

    private func text(of trace: CommandTrace, in source: Source) -> String {
        trace.stages.map { stage in
            switch stage {
            case .command(let arguments, let hasKubectl):
                let words = arguments.map(\.typed)
                return (hasKubectl ? ["kubectl"] + words : words).joined(separator: " ")
            case .compound(let span): return OneLine.text(source.text(in: span))
            }
        }.joined(separator: " | ")
    }

    /// Tells the host that a statement begins that can touch the world.
    mutating func begins(_ index: NodeIndex) throws {
        try checkActs()
        if StopRequest.isMade { throw Trouble.interrupted(tree.place(of: index)) }
        host.begins(tree.place(of: index))
    }

    /// Runs something whose failures decide, instead of ending the statement.
    mutating func tolerating<Result>(
        _ body: (inout Evaluator) throws -> Result
    ) rethrows -> Result {
        tolerance += 1
        defer { tolerance -= 1 }
        return try body(&self)
    }

    // MARK: Pipelines

    private mutating func run(
        _ plan: PipelinePlan, block: NodeIndex?, at index: NodeIndex
    ) throws -> Flow {
        var flow = Flow.goOn
        trace.stages.removeAll()
        if plan.stages.count > 1 {
            try run(plan.stages, block: block, at: index)
        } else if plan.isNegated {
            flow = try tolerating { evaluator throws in
                try evaluator.run(plan.stages[0], block: block, at: index)
            }
        } else {
            flow = try run(plan.stages[0], block: block, at: index)
        }
        if plan.isNegated { shell.status = shell.status == 0 ? 1 : 0 }
        try host.checkLimits()
        return flow
    }

    /// Runs stages one after another, each with the output of the one before it, and each as a shell
    /// of its own.
    private mutating func run(
        _ stages: [StagePlan], block: NodeIndex?, at index: NodeIndex
    ) throws {
        let outer = streams
        var input = outer.input
        var failed: Int32 = 0
        var stageTraces: [CommandTrace.Stage] = []
        for (number, stage) in stages.enumerated() {
            let isLast = number == stages.count - 1
            let pipe = ToolOutput(limit: limits.textBytes)
            do {
                try with(
                    Streams(
                        input: input, output: isLast ? outer.output : pipe, error: outer.error)
                ) { evaluator throws in
                    try evaluator.inSubshell { evaluator throws in
                        try evaluator.run(stage, block: isLast ? block : nil, at: index)
                    }
                }
            } catch {
                salvage(pipe, to: outer.output, after: error)
                throw error
            }
            if pipe.isFull { throw RuntimeError.textSize(limits.textBytes) }
            if shell.status != 0 { failed = shell.status }
            stageTraces += trace.stages
            trace.stages.removeAll()
            input = ToolInput(pipe.take())
        }
        trace.stages = stageTraces
        if shell.options.anyStageFails { shell.status = failed }
    }

    private mutating func run(
        _ stage: StagePlan, block: NodeIndex?, at index: NodeIndex
    ) throws -> Flow {
        switch stage {
        case .command(let row):
            try run(tree.simples[row], block: block, at: index)
            return .goOn
        case .compound(let row): return try run(tree.compounds[row], at: index)
        case .jump(let leaves, let levels):
            shell.status = 0
            return leaves ? .leaveLoop(levels: levels) : .nextRound(levels: levels)
        }
    }

    /// What was written before an error would be lost with it; after Ctrl-C nobody waits for it.
    func salvage(_ written: ToolOutput, to output: ToolOutput, after error: any Error) {
        if case Trouble.interrupted = error { return }
        output.write(written.bytes)
    }

    // MARK: Places

    /// Runs something with other streams.
    mutating func with<Result>(
        _ inner: Streams, _ body: (inout Evaluator) throws -> Result
    ) rethrows -> Result {
        let outer = streams
        streams = inner
        defer { streams = outer }
        return try body(&self)
    }

    /// Runs something of which only the output and the status remain, as in a process of its own.
    mutating func inSubshell(_ body: (inout Evaluator) throws -> Flow) throws {
        let memory = shell.memory
        let mark = mark
        subshells += 1
        defer {
            subshells -= 1
            shell.memory = memory
        }
        do {
            _ = try body(&self)
        } catch let exit as ShellExit {
            restore(mark)
            shell.status = exit.status
        }
    }

    // MARK: Output

    /// `output { … }`: what the block writes. When it fails, its output is shown.
    mutating func captured(_ block: NodeIndex) throws -> Value {
        try checkActs()
        host.beginCapture()
        do {
            try with(.terminal(host)) { evaluator throws in try evaluator.runBlock(block) }
        } catch {
            host.write(host.endCapture())
            throw error
        }
        return try checked(Value(host.endCapture()))
    }
}
