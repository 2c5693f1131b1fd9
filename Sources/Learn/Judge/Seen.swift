import Language
import Support

/// What was seen where something did not hold, without what was wanted.
package enum Seen: Sendable, Equatable {
    /// A part of an object and the value that it had.
    case value(object: String, field: String, value: String)
    /// An object that is not there.
    case absent(String)
    /// A list with nothing in it.
    case empty(String)
    /// How many there were: of a list, or of what is as it was asked for among a list.
    case count(of: String, value: String, isNarrowed: Bool)
    /// One of several that decided it.
    case item(String, [Seen])
    /// A request that nobody answered: why.
    case unanswered(String)
    /// What a command said that failed.
    case command(String, said: String)
    /// What a command printed.
    case output(String)
    /// Words of the world itself: who wrote last, what is not as it should be.
    case told(String)
    /// Why it is so, where the world knows: what is in trouble, and below it the causes.
    case why([String])
    /// Nothing that was read was ever written.
    case unwritten
    /// What was seen was seen so many milliseconds later.
    case waited(Int64)
    /// What was seen stays so: nothing is under way that could change it.
    case resting
}

extension Seen {
    /// At most so many items and so many lines of the world's own words.
    private static let most = 4

    /// What a failed expectation shows.
    static func of(_ failure: ExpectationFailure, _ variant: Variant) -> [Seen] {
        let reader = PartsSeen(variant)
        var seen: [Seen] = []
        if let absent = absence(failure) { seen.append(absent) }
        // What came in another order is told by its conditions, and those are not for learners.
        if failure.form != .order { seen += reader.parts(failure.parts) }
        seen += failure.items.prefix(most).map { item in
            item.error.map { Seen.unanswered($0) } ?? .item(item.name, reader.parts(item.parts))
        }
        if seen.isEmpty, failure.form != .order {
            if let list = failure.emptyList {
                seen.append(.empty(reader.list(list)))
            } else if !failure.summary.isEmpty {
                seen.append(.told(failure.summary))
            }
        }
        seen += waiting(failure)
        seen += told(failure.evidence)
        return unique(seen)
    }

    /// What a failed command shows.
    static func of(_ failure: CommandFailure) -> [Seen] {
        let said = failure.errorText.split(separator: "\n").first.map(String.init) ?? ""
        return [.command(failure.text, said: said)]
    }

    private static func waiting(_ failure: ExpectationFailure) -> [Seen] {
        guard case .within(let milliseconds) = failure.form, milliseconds > 0 else { return [] }
        return failure.evidence.contains(ExpectationFailure.restEvidence)
            ? [.resting] : [.waited(milliseconds)]
    }

    /// Why it is so where the world knows, or else who wrote last, in short.
    private static func told(_ evidence: [String]) -> [Seen] {
        let why = evidence.drop { !$0.hasPrefix("why: ") }
        guard why.isEmpty else { return [.why(Array(why.prefix(most)))] }
        return evidence.first { $0 != ExpectationFailure.restEvidence }.map {
            [$0 == ExpectationFailure.unwrittenEvidence ? .unwritten : .told($0)]
        } ?? []
    }

    private static func absence(_ failure: ExpectationFailure) -> Seen? {
        let mark = " does not exist"
        guard failure.summary.hasSuffix(mark) else { return nil }
        return .absent(String(failure.summary.dropLast(mark.count)))
    }

    private static func unique(_ seen: [Seen]) -> [Seen] {
        var result: [Seen] = []
        for one in seen where !result.contains(one) { result.append(one) }
        return result
    }
}

/// Reads the parts of a failed condition.
private struct PartsSeen {
    private let variant: Variant

    init(_ variant: Variant) { self.variant = variant }

    func parts(_ parts: [ExpectationFailure.Part]) -> [Seen] { parts.prefix(6).compactMap(seen) }

    /// A list as written, without what is asked of its items.
    func list(_ expression: String) -> String {
        let written = Self.withoutConditions(
            Self.close(ExerciseTemplate([.text(expression)]).text(variant.values)))
        let isBracketed = written.hasPrefix("(") && written.hasSuffix(")")
        return isBracketed ? String(written.dropFirst().dropLast()) : written
    }

    private func seen(_ part: ExpectationFailure.Part) -> Seen? {
        // What the exercise has drawn is what was wanted, alone or in a calculation.
        if isDrawn(part.expression) { return nil }
        let asked = Self.close(ExerciseTemplate([.text(part.expression)]).text(variant.values))
        if !asked.contains(where: { "./[(".contains($0) }), asked != "output" { return nil }
        let written = Self.withoutConditions(asked)
        if part.isRemark { return .told("\(written): \(part.shown)") }
        if let absent = part.absentName { return .absent(absent) }
        if written.hasPrefix("count("), written.hasSuffix(")") {
            let isNarrowed = written != asked
            let list = written.dropFirst(6).dropLast(written.hasSuffix(" …)") ? 3 : 1)
            return .count(of: String(list), value: part.shown, isNarrowed: isNarrowed)
        }
        if written == "output" { return .output(last(part.shown)) }
        if written.hasPrefix(".") {
            return .value(object: "", field: String(written.dropFirst()), value: part.shown)
        }
        guard let blank = written.firstRange(of: " ."),
            Self.isBalanced(written[..<blank.lowerBound])
        else {
            return .value(object: "", field: written, value: part.shown)
        }
        return .value(
            object: String(written[..<blank.lowerBound]),
            field: String(written[blank.lowerBound...].dropFirst(2)), value: part.shown)
    }

    /// Whether all names in an expression are those of `vary`.
    private func isDrawn(_ expression: String) -> Bool {
        let drawn = Set(variant.values.map(\.name))
        var names: [Substring] = []
        var rest = expression[...]
        while let start = rest.firstIndex(where: { $0.isLetter || $0 == "_" }) {
            // A number with its unit, a field or an object is no name.
            let before = start > rest.startIndex ? rest[rest.index(before: start)] : " "
            if before.isNumber || "./[@\"'".contains(before) { return false }
            let word = rest[start...].prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            rest = rest[word.endIndex...]
            if rest.first.map({ "/[@".contains($0) }) == true { return false }
            if rest.first != "(" { names.append(word) }
        }
        return !names.isEmpty && names.allSatisfy { drawn.contains(String($0)) }
    }

    /// An expression without the blanks that line ends have left in its brackets.
    private static func close(_ text: String) -> String {
        text.replacing("( ", with: "(").replacing(" )", with: ")").replacing("[ ", with: "[")
            .replacing(" ]", with: "]")
    }

    private static func isBalanced(_ text: Substring) -> Bool {
        text.count { "([{".contains($0) } == text.count { ")]}".contains($0) }
    }

    /// The last lines of what was printed.
    private func last(_ text: String) -> String {
        text.split(separator: "\n").suffix(6).joined(separator: "\n")
    }

    /// An expression with a mark in the place of what stands behind `where`, up to the bracket around it.
    static func withoutConditions(_ text: String) -> String {
        guard let word = text.firstRange(of: " where ") else { return text }
        var depth = 0
        var rest = text[word.upperBound...]
        while let next = rest.first {
            if "([{".contains(next) { depth += 1 }
            if ")]}".contains(next) {
                if depth == 0 { break }
                depth -= 1
            }
            rest.removeFirst()
        }
        return text[..<word.lowerBound] + " …" + withoutConditions(String(rest))
    }
}
