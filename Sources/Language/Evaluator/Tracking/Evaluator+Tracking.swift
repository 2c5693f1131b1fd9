import Value

// A condition over time is judged at every write. Of the lists that it asks something of it keeps what each
// item contributes, so that a write costs what it changes and not the length of the list.
extension Evaluator {
    /// What a quantifier's list says; nil where it has to be looked at item by item.
    mutating func tracked(_ row: Row<QuantifierPlan>) throws -> Bool? {
        guard !explains, let list = tracking?[row], try follow(list) else { return nil }
        let plan = tree.quantifiers[row]
        // That nothing is there may be a slip in the selector.
        if list.count == 0, plan.quantifier != .every, judgesSelectors { return nil }
        let answer =
            switch plan.quantifier {
            case .every: list.count > 0 && list.having == list.count
            case .any: list.having > 0
            case .none: list.having == 0
            }
        noteRead(of: list)
        #if DEBUG
            let isRight = try isRight(list) { try $0.truth(of: .quantified(row)) == answer }
            precondition(isRight, "what is known of a list differs from the list")
        #endif
        return answer
    }

    /// What a call of a built-in function over a list gives; nil where the list has to be looked at.
    mutating func tracked(_ call: NodeIndex, _ node: CallNode) throws -> Value? {
        guard !explains, let list = tracking?[call], try follow(list) else { return nil }
        let number: Int64?
        switch list.question.aggregate {
        case .quantifier: return nil
        case .count: number = Int64(list.count)
        case .sum: number = list.sum
        case .least: number = list.extreme(isLeast: true)
        case .greatest: number = list.extreme(isLeast: false)
        }
        guard let number else { return nil }
        noteRead(of: list)
        #if DEBUG
            let isRight = try isRight(list) { try $0.value(of: node, at: call) == .int(number) }
            precondition(isRight, "what is known of a list differs from the list")
        #endif
        return .int(number)
    }

    private mutating func noteRead(of list: TrackedList) {
        if let query = list.query { note(reads: [query]) }
    }

    /// Brings what is known of a list up to the state at hand; false where that does not answer what is asked.
    private mutating func follow(_ list: TrackedList) throws -> Bool {
        let question = list.question
        if list.query == nil || tree.queries[question.query].fixed == nil {
            // What is wrong with the query is told where the list is read.
            guard let query = try? query(tree.queries[question.query]) else { return false }
            if list.query != query { list.follow(query, by: host.follow(query)) }
        }
        guard let changes = list.follower?.catchUp() else { return false }
        if changes.beginsAnew { list.forget() }
        for item in changes.items {
            list.set(item.number, to: item.object.map { share(of: $0, question) } ?? .none)
        }
        return list.awkward == 0
    }

    /// What an item contributes to the answer.
    private mutating func share(
        of item: Value, _ question: TrackedQuestion
    ) -> TrackedList.Share {
        let mark = mark
        do {
            for filter in question.filters {
                try countRound(at: filter.condition)
                stack[place(filter.slot)] = item
                guard try truth(filter.condition) else { return .none }
            }
            switch question.aggregate {
            case .count: return .member(false)
            case .quantifier(let row):
                let plan = tree.quantifiers[row]
                try countRound(at: plan.condition)
                stack[place(plan.item)] = item
                return .member(try truth(plan.condition))
            case .sum(let part), .least(let part), .greatest(let part):
                guard case .int(let number) = try value(of: part, item) else { return .awkward }
                return .amount(number)
            }
        } catch {
            // A look at all items tells what is wrong, unless it finds what decides before.
            restore(mark)
            return .awkward
        }
    }

    private mutating func value(
        of part: TrackedQuestion.Part, _ item: Value
    ) throws -> Value {
        switch part {
        case .path(let row):
            let plan = tree.paths[row]
            let value = try follow(item, plan, from: 1)
            return value.isNull ? plan.missing : value
        case .each(let slot, let each):
            try countRound(at: each)
            stack[place(slot)] = item
            return try value(each)
        }
    }

    /// Whether a look at all items comes to the same; for debug builds, which look at some of the answers.
    private mutating func isRight(
        _ list: TrackedList, _ agrees: (inout Evaluator) throws -> Bool
    ) throws -> Bool {
        guard list.check.isDue() else { return true }
        let (tracking, reads, recordsReads) = (tracking, reads, recordsReads)
        defer { (self.tracking, self.reads, self.recordsReads) = (tracking, reads, recordsReads) }
        (self.tracking, self.recordsReads) = (nil, false)
        return try agrees(&self)
    }
}
