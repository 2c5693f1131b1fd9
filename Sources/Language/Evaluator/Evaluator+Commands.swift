import Support
import Syntax
import Value

extension Evaluator {
    // MARK: Statements

    /// Runs the pipelines of a statement. As in a shell, `&&` passes over the next one after a
    /// failure and `||` after a success; what counts is how the last one ended that ran.
    @inline(never)
    mutating func run(_ row: Row<CommandPlan>, at index: NodeIndex) throws {
        try begins(index)
        let plan = tree.commands[row]
        let place = tree.place(of: index)
        var failure: CommandFailure?
        for (number, pipeline) in plan.pipelines.enumerated() {
            let isDue =
                switch pipeline.condition {
                case .afterSuccess: failure == nil
                case .afterFailure: failure != nil
                }
            guard number == 0 || isDue else { continue }
            let isLast = number == plan.pipelines.count - 1
            failure = try run(pipeline, block: isLast ? plan.block : nil, at: place)
        }
        if let failure { throw Trouble.command(failure) }
    }

    /// Tells the host that a statement begins that can touch the world.
    mutating func begins(_ index: NodeIndex) throws {
        try checkActs()
        host.begins(tree.place(of: index))
    }

    /// Runs one pipeline; answers its failure.
    private mutating func run(
        _ plan: PipelinePlan, block: NodeIndex?, at place: Place
    ) throws -> CommandFailure? {
        let invocation = try invocation(plan, hasBlock: block != nil, at: place)
        let host = host
        let result: CommandResult
        if let block {
            result = try host.run(invocation) { try runBlock(block) }
        } else {
            result = try host.run(invocation)
        }
        try host.checkLimits()
        guard result.exitCode != 0 else { return nil }
        return CommandFailure(
            text: invocation.text, exitCode: result.exitCode, errorText: result.errorText,
            place: place)
    }

    private mutating func invocation(
        _ plan: PipelinePlan, hasBlock: Bool, at place: Place
    ) throws -> Invocation {
        Invocation(
            stages: try plan.stages.map { stage in
                Stage(
                    arguments: try stage.words.flatMap { try arguments(of: $0) },
                    hasKubectl: stage.hasKubectl,
                    redirections: try stage.redirections.map { try redirection($0) },
                    span: stage.span)
            }, isBackground: plan.isBackground, hasBlock: hasBlock, place: place)
    }

    private mutating func redirection(_ plan: RedirectionPlan) throws -> AppliedRedirection {
        let target: AppliedRedirection.Target =
            switch plan.target {
            case .word(let word):
                .word(try arguments(of: word).map(\.text).joined(separator: " "))
            case .text(let pieces): .text(try joined(pieces))
            }
        return AppliedRedirection(
            descriptor: plan.descriptor, operation: plan.operation, target: target)
    }

    // MARK: Words

    /// The words that one written word stands for: several where it is wholly a list or the output
    /// of a command, else one.
    mutating func arguments(of plan: WordPlan) throws -> [Argument] {
        if plan.pieces.count == 1 {
            switch plan.pieces[0] {
            case .text(let text): return [Argument(text: text, span: plan.span)]
            case .value(let expression):
                let value = try value(expression)
                guard case .array(let values) = value else {
                    return [Argument(text: try sized(wordText(value)), span: plan.span)]
                }
                return try values.map { Argument(text: try wordText($0), span: plan.span) }
            case .output(let command):
                let text = try shownValue(command)
                return Search.words(text).map { Argument(text: $0, span: plan.span) }
            case .quoted, .json, .jsonText: break
            }
        }
        return [Argument(text: try joined(plan.pieces), span: plan.span)]
    }

    private mutating func joined(_ pieces: [WordPiecePlan]) throws -> String {
        var text = ""
        for piece in pieces {
            switch piece {
            case .text(let part): text += part
            case .value(let expression):
                let value = try value(expression)
                text += try wordText(value)
            case .quoted(let expression): text += try quotedText(expression)
            case .json(let expression):
                let value = try value(expression)
                try Measure.check(value, limits, asJSON: true)
                text += JSON.text(value)
            case .jsonText(let expression):
                let quoted = JSON.text(Value(try quotedText(expression)))
                text += quoted.dropFirst().dropLast()
            case .output(let command):
                text += Self.withoutFinalNewlines(try shownValue(command))
            }
        }
        return try sized(text)
    }

    /// A value as a word or a part of one.
    private func wordText(_ value: Value) throws -> String {
        switch value {
        case .null: throw RuntimeError.nullWord
        case .array: throw RuntimeError.valueInWord(value)
        case .bool, .int, .double, .text, .object, .opaque: return try shown(value)
        }
    }

    /// A value inside quotes, where structures are as good as texts.
    private mutating func quotedText(_ expression: NodeIndex) throws -> String {
        let value = try value(expression)
        if value.isNull { throw RuntimeError.nullWord }
        return try shown(value)
    }

    static func withoutFinalNewlines(_ text: String) -> String {
        var text = text[...]
        while text.last == "\n" || text.last == "\r\n" { text.removeLast() }
        return String(text)
    }

    // MARK: Output

    /// `$(…)` and `output { … }`: what the work writes. When it fails, its output is shown.
    mutating func captured(_ work: (inout Evaluator) throws -> Void) throws -> Value {
        try checkActs()
        host.beginCapture()
        do {
            try work(&self)
        } catch {
            host.write(host.endCapture())
            throw error
        }
        return try checked(Value(host.endCapture()))
    }
}
