import Language
import Support

/// What was seen where something did not hold, without what was wanted.
package enum Seen: Sendable, Equatable {
    /// A part of an object and the value that it had.
    case value(object: String, field: String, value: String)
    /// An object that is not there.
    case absent(String)
    /// How many there were.
    case count(of: String, value: String)
    /// One of several that decided it.
    case item(String, [Seen])
    /// What a command said that failed.
    case command(String, said: String)
    /// What a command printed.
    case output(String)
    /// Words of the world itself: who wrote last, and why it is so.
    case told(String)
    /// Waited so long, in milliseconds.
    case waited(Int64)
}

extension Seen {
    /// At most so many items and so many lines of the world's own words.
    private static let most = 4

    /// What a failed expectation shows.
    static func of(_ failure: ExpectationFailure, _ variant: Variant) -> [Seen] {
        var seen: [Seen] = []
        if let absent = absence(failure) { seen.append(absent) }
        // What came in another order is told by its conditions, and those are not for learners.
        if failure.form != .order { seen += parts(failure.parts, variant) }
        seen += failure.items.prefix(most).map { .item($0.name, parts($0.parts, variant)) }
        if seen.isEmpty, failure.form != .order, !failure.summary.isEmpty {
            seen.append(.told(failure.summary))
        }
        if case .within(let milliseconds) = failure.form, milliseconds > 0 {
            seen.append(.waited(milliseconds))
        }
        seen += told(failure.evidence).map { .told($0) }
        return unique(seen)
    }

    /// Why it is so where the world knows, or else who wrote last, in short.
    private static func told(_ evidence: [String]) -> [String] {
        let why = evidence.drop { !$0.hasPrefix("why: ") }
        let lines = why.isEmpty ? Array(evidence.prefix(1)) : Array(why.prefix(most))
        return lines.map { $0.count <= 120 ? $0 : $0.prefix(119) + "…" }
    }

    /// What a failed command shows.
    static func of(_ failure: CommandFailure) -> [Seen] {
        let said = failure.errorText.split(separator: "\n").first.map(String.init) ?? ""
        return [.command(failure.text, said: said)]
    }

    private static func absence(_ failure: ExpectationFailure) -> Seen? {
        let mark = " does not exist"
        guard failure.summary.hasSuffix(mark) else { return nil }
        return .absent(String(failure.summary.dropLast(mark.count)))
    }

    private static func parts(
        _ parts: [ExpectationFailure.Part], _ variant: Variant
    ) -> [Seen] {
        parts.prefix(6).compactMap { part -> Seen? in
            let written = ExerciseTemplate([.text(part.expression)]).text(variant.values)
            // A variable alone is what was wanted.
            if !written.contains(where: { "./[(".contains($0) }), written != "output" { return nil }
            if part.isRemark { return .told("\(written): \(part.shown)") }
            if let absent = part.absentName { return .absent(absent) }
            if written.hasPrefix("count("), written.hasSuffix(")") {
                let list = String(written.dropFirst(6).dropLast())
                // Behind `where` stands what was wanted of them.
                let end = list.firstRange(of: " where ")?.lowerBound ?? list.endIndex
                return .count(of: String(list[..<end]), value: part.shown)
            }
            if written == "output" { return .output(last(part.shown)) }
            if written.hasPrefix(".") {
                return .value(object: "", field: String(written.dropFirst()), value: part.shown)
            }
            guard let blank = written.firstRange(of: " .") else {
                return .value(object: "", field: written, value: part.shown)
            }
            return .value(
                object: String(written[..<blank.lowerBound]),
                field: String(written[blank.lowerBound...].dropFirst(2)), value: part.shown)
        }
    }

    /// The last lines of what was printed.
    private static func last(_ text: String) -> String {
        text.split(separator: "\n").suffix(6).joined(separator: "\n")
    }

    private static func unique(_ seen: [Seen]) -> [Seen] {
        var result: [Seen] = []
        for one in seen where !result.contains(one) { result.append(one) }
        return result
    }
}
