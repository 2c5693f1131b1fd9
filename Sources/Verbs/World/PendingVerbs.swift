import Model
import Value

/// A block of `at` or `every` that waits for its time.
package struct PendingBlock: Sendable {
    /// What `cancel` calls it.
    package let number: Int
    /// When it runs next, in milliseconds of virtual time.
    package let due: Int64
    /// The first line of the statement: `every 30s { get pods }`.
    package let text: String

    package init(number: Int, due: Int64, text: String) {
        self.number = number
        self.due = due
        self.text = text
    }
}

extension Verb {
    /// `pending`: the blocks of `at` and `every` that wait.
    static let pending: Verb = {
        var verb = Verb(
            "pending", group: .world, summary: "List the blocks of `at` and `every` that wait")
        verb.usage = ""
        verb.examples = ["pending"]
        verb.run = { call in
            guard call.arguments.isEmpty else {
                throw VerbError.message(
                    "pending takes nothing after it; `cancel \(call.arguments[0])` ends a block")
            }
            let blocks = call.context.session.pendingBlocks
            if blocks.isEmpty {
                return call.context.output.line("nothing is pending: no `at` or `every` waits")
            }
            let rows =
                [["NUMBER", "IN", "STATEMENT"]]
                + blocks.map { block in
                    let wait = Duration(milliseconds: max(block.due - call.context.clock.now, 0))
                    return ["\(block.number)", wait.shortText, block.text]
                }
            let widths = (0..<2).map { column in rows.map { $0[column].count }.max() ?? 0 }
            for row in rows {
                let cells = (0..<2).map { column in
                    row[column]
                        + String(repeating: " ", count: widths[column] - row[column].count + 3)
                }
                call.context.output.line(cells.joined() + row[2])
            }
        }
        return verb
    }()

    /// `cancel 1`, `cancel all`.
    static let cancel: Verb = {
        var verb = Verb(
            "cancel", group: .world, summary: "End blocks of `at` and `every` before their time")
        verb.usage = "(NUMBER … | all)"
        verb.examples = ["cancel all"]
        verb.completes = .pending
        verb.run = { call in
            let session = call.context.session
            let blocks = session.pendingBlocks
            guard let first = call.arguments.first else {
                throw VerbError.message(
                    "cancel takes the number of a block, or `all`; `pending` lists them")
            }
            var numbers: [Int] = []
            if call.arguments == ["all"] {
                numbers = blocks.map(\.number)
                if numbers.isEmpty {
                    return call.context.output.line("nothing is pending: no `at` or `every` waits")
                }
            } else {
                for word in call.arguments {
                    guard let number = Int(word), blocks.contains(where: { $0.number == number })
                    else {
                        throw VerbError.message(
                            first == "all"
                                ? "`all` stands alone"
                                : "there is no pending block \(word); `pending` lists them")
                    }
                    if !numbers.contains(number) { numbers.append(number) }
                }
            }
            for block in blocks where numbers.contains(block.number) {
                session.cancelPending(block.number)
                call.context.output.line("cancelled \(block.number): \(block.text)")
            }
        }
        return verb
    }()
}
