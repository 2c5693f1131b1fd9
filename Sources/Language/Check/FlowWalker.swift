import Syntax

/// Finds statements that follow one which always ends the block.
struct FlowWalker: SyntaxWalker {
    private(set) var findings: [Finding] = []

    mutating func read(_ statements: [Statement]) {
        for (index, statement) in statements.enumerated() {
            visit(statement)
            guard index + 1 < statements.count, let word = Self.end(statement) else { continue }
            let next = statements[index + 1]
            // Functions are declared wherever they stand.
            if case .function = next.kind { continue }
            findings.append(
                Finding(
                    warning: .unreachable(after: word, at: statement.span), span: next.span))
            for rest in statements[(index + 1)...] { visit(rest) }
            return
        }
    }

    mutating func visit(_ block: Block) { read(block.statements) }

    /// The word with which a statement always ends what it stands in; nil where it may go on.
    private static func end(_ statement: Statement) -> String? {
        switch statement.kind {
        case .return: return "return"
        case .break: return "break"
        case .continue: return "continue"
        case .skip: return "skip"
        case .expression(let expression):
            guard case .call(let call) = expression.kind, case .name("fail") = call.callee.kind
            else {
                return nil
            }
            return "fail"
        case .if(let statement):
            guard let otherwise = statement.otherwise else { return nil }
            let blocks = statement.branches.map(\.body) + [otherwise]
            let ends = blocks.map { block in block.statements.lazy.compactMap(end).first }
            return ends.allSatisfy { $0 != nil } ? "if" : nil
        case .let, .assign, .for, .while, .function, .include, .file, .setup, .cleanup, .scenario,
            .exercise, .expect, .invariant, .timer, .behavior, .attach, .print, .command:
            return nil
        }
    }
}
