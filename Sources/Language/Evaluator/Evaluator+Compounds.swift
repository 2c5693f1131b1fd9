import Patterns
import Support
import Tools
import Value

/// Compound commands of a shell: loops and branches around statements.
extension Evaluator {
    mutating func run(_ plan: CompoundPlan, at index: NodeIndex) throws -> Flow {
        guard let inner = try redirected(plan.redirections) else {
            shell.status = 1
            return .goOn
        }
        let flow = try with(inner) { evaluator throws in
            try evaluator.run(plan.kind, at: index)
        }
        trace.stages = [.compound(plan.span)]
        return flow
    }

    private mutating func run(_ kind: CompoundPlan.Kind, at index: NodeIndex) throws -> Flow {
        switch kind {
        case .forEach(let name, let words, let body):
            return try forEach(name, words, body, at: index)
        case .loop(let condition, let body, let isUntil):
            return try loop(while: condition, isUntil: isUntil, body, at: index)
        case .conditional(let branches, let otherwise):
            for branch in branches {
                let (flow, holds) = try decide(branch.condition)
                guard case .goOn = flow else { return flow }
                if holds { return try execute(branch.body) }
            }
            shell.status = 0
            return try otherwise.map { try execute($0) } ?? .goOn
        case .choice(let subject, let branches):
            let text = try text(of: subject)
            for branch in branches {
                for pattern in branch.patterns
                where try Glob(self.pattern(of: pattern)).matches(text) {
                    shell.status = 0
                    return try execute(branch.body)
                }
            }
            shell.status = 0
            return .goOn
        case .group(let body): return try execute(body)
        case .subshell(let body):
            try inSubshell { evaluator throws in try evaluator.execute(body) }
            return .goOn
        }
    }

    /// Runs the commands of a condition; the status of the last one decides.
    private mutating func decide(_ condition: NodeIndex) throws -> (Flow, Bool) {
        let flow = try tolerating { evaluator throws in try evaluator.execute(condition) }
        return (flow, shell.status == 0)
    }

    private mutating func forEach(
        _ name: String, _ words: [WordPlan]?, _ body: NodeIndex, at index: NodeIndex
    ) throws -> Flow {
        var values = shell.positional
        if let words {
            values = []
            for word in words { values += try arguments(of: word).map(\.text) }
        }
        shell.status = 0
        for value in values {
            try countShellRound(at: index)
            shell.set(name, to: value)
            if let end = try round(body) { return end }
        }
        return .goOn
    }

    private mutating func loop(
        while condition: NodeIndex, isUntil: Bool, _ body: NodeIndex, at index: NodeIndex
    ) throws -> Flow {
        var last: Int32 = 0
        while true {
            try countShellRound(at: index)
            let (flow, holds) = try decide(condition)
            guard case .goOn = flow else { return flow }
            if holds == isUntil { break }
            if let end = try round(body) { return end }
            last = shell.status
        }
        shell.status = last
        return .goOn
    }

    private mutating func countShellRound(at index: NodeIndex) throws {
        shell.rounds += 1
        guard shell.rounds <= limits.shellRounds else {
            throw RuntimeError.shell("loops turned more than \(limits.shellRounds) times")
        }
        try countRound(at: index)
        if host.isInterrupted { throw Trouble.interrupted(tree.place(of: index)) }
    }
}
