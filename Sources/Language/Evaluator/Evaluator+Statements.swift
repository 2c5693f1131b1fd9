import Value

/// How a statement ended.
enum Flow {
    case goOn
    /// Leaves so many loops around the statement.
    case leaveLoop(levels: Int)
    /// Goes on with the next round of the loop that many levels up.
    case nextRound(levels: Int)
    /// `return`, with the result of the function.
    case giveBack(Value)
}

extension Evaluator {
    /// Runs a statement.
    @inline(never)
    mutating func execute(_ index: NodeIndex) throws -> Flow {
        do {
            switch tree.statement(at: index) {
            case .control(let node): return try execute(node, at: index)
            case .assignment(let node): try execute(node)
            case .evaluate(let expression): _ = try value(expression)
            case .echo(let expression):
                let value = try value(expression)
                echo?(value)
            case .print(let list): try print(list)
            case .command(let row): return try run(row, at: index)
            case .expectation(let node): try execute(node, at: index)
            case .setup(let node): try execute(node, at: index)
            }
            return .goOn
        } catch {
            throw located(error, at: index)
        }
    }

    @inline(never)
    private mutating func print(_ list: NodeList) throws {
        try checkActs()
        var values: [Value] = []
        for place in 0..<list.count { values.append(try value(tree.child(list, place))) }
        let texts = try values.map { try shown($0) }
        streams.output.write(texts.joined(separator: " ") + "\n")
        try host.checkLimits()
    }

    /// A condition over time only reads.
    func checkActs() throws {
        if isCondition { throw RuntimeError.actsInCondition }
    }

    // MARK: Control

    @inline(__always)
    private mutating func execute(_ node: ControlNode, at index: NodeIndex) throws -> Flow {
        switch node {
        case .block(let list):
            for place in 0..<list.count {
                let flow = try execute(tree.child(list, place))
                if case .goOn = flow { continue }
                return flow
            }
            return .goOn
        case .when(let condition, let body):
            return try truth(condition) ? execute(body) : .goOn
        case .choose(let condition, let first, let second):
            return try execute(truth(condition) ? first : second)
        case .whileTrue(let condition, let body):
            while true {
                try countRound(at: index)
                guard try truth(condition) else { return .goOn }
                if let end = try round(body) { return end }
            }
        case .forEach(let slot, let sequence, let body):
            return try forEach(slot, sequence, body, at: index)
        case .leaveLoop: return .leaveLoop(levels: 1)
        case .nextRound: return .nextRound(levels: 1)
        case .giveBack(let result): return .giveBack(try outcome(result))
        case .giveBackNothing: return .giveBack(.null)
        case .guarded(let row): return try guarded(tree.guards[row])
        }
    }

    /// Statements, and what runs after them whether they fail or not; its own failure stands beside
    /// theirs. After `skip` and an interrupt it does not run.
    @inline(never)
    private mutating func guarded(_ plan: GuardPlan) throws -> Flow {
        clear(plan.firstSlot, plan.endOfSlots)
        let mark = mark
        let flow: Flow
        do {
            flow = try execute(plan.body)
        } catch {
            guard isFailure(error) else { throw error }
            restore(mark)
            nullUnset(plan.firstSlot, plan.endOfSlots)
            try cleanUp(after: error) { evaluator throws in
                _ = try evaluator.execute(plan.cleanup)
            }
        }
        _ = try execute(plan.cleanup)
        return flow
    }

    /// Runs what is to run after a failure, and throws the failure on.
    mutating func cleanUp(
        after failure: any Error, _ body: (inout Evaluator) throws -> Void
    ) throws -> Never {
        do {
            try body(&self)
        } catch {
            guard isFailure(error), let further = told(error) as? Trouble else { throw error }
            host.note(further)
        }
        throw failure
    }

    /// Whether an error is a failure of the script, and not the wish to end it.
    func isFailure(_ error: any Error) -> Bool {
        switch told(error) {
        case Trouble.expectation, Trouble.command, Trouble.diagnostic: true
        default: false
        }
    }

    /// A variable whose `let` was not reached is null for what runs after the failure.
    private mutating func nullUnset(_ first: UInt32, _ end: UInt32) {
        for place in (base + Int(first))..<(base + Int(end)) where stack[place].isUnset {
            stack[place] = .null
        }
        for place in globals.slots.indices where globals.slots[place].isUnset {
            globals.slots[place] = .null
        }
    }

    /// The value that a function gives back. On its own, since the copy of a variable within `execute`
    /// would put the flow of every statement into a register that each visit saves.
    @inline(never)
    private mutating func outcome(_ result: Operand) throws -> Value { try value(result) }

    /// One round of a loop: nil when it goes on, else how the loop ends.
    @inline(__always)
    mutating func round(_ body: NodeIndex) throws -> Flow? {
        switch try execute(body) {
        case .goOn: return nil
        case .nextRound(let levels):
            return levels > 1 ? .nextRound(levels: levels - 1) : nil
        case .leaveLoop(let levels):
            return levels > 1 ? .leaveLoop(levels: levels - 1) : .goOn
        case .giveBack(let value): return .giveBack(value)
        }
    }

    @inline(never)
    private mutating func forEach(
        _ slot: Slot, _ sequence: NodeIndex, _ body: NodeIndex, at index: NodeIndex
    ) throws -> Flow {
        if case .structure(.range(let lower, let upper)) = tree.expression(at: sequence) {
            return try count(slot, lower, upper, sequence, body, at: index)
        }
        let values = try self.sequence(value(sequence), at: sequence)
        if case .array(let list) = values, list.isEmpty { try checkSelector(of: sequence) }
        var items = ItemCursor(values)
        while true {
            try countRound(at: index)
            guard items.next(into: &stack[place(slot)]) else { return .goOn }
            if let end = try round(body) { return end }
        }
    }

    /// A loop over a range that is written out, which needs no range value.
    @inline(never)
    private mutating func count(
        _ slot: Slot, _ lower: NodeIndex, _ upper: NodeIndex, _ range: NodeIndex,
        _ body: NodeIndex, at index: NodeIndex
    ) throws -> Flow {
        let first: Int64
        let last: Int64
        do {
            (first, last) = try ends(lower, upper)
        } catch {
            throw located(error, at: range)
        }
        var next = first
        while next <= last {
            try countRound(at: index)
            stack[place(slot)] = .int(next)
            if let end = try round(body) { return end }
            if next == last { break }
            next += 1
        }
        return .goOn
    }
}
