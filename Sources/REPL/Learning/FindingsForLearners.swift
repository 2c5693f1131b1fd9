import Learn

/// What was seen, without what would give the answer away or says nothing.
struct FindingsForLearners {
    private let names: Set<String>
    private let hidesWhy: Bool

    /// - Parameters:
    ///   - variant: its names stand for what the text says anyway.
    ///   - hidesWhy: where `why` is not for the learner, a check does not answer it either.
    init(_ variant: Variant, hidesWhy: Bool) {
        names = Set(variant.values.map(\.name))
        self.hidesWhy = hidesWhy
    }

    func callAsFunction(_ seen: [Seen]) -> [Seen] { seen.flatMap(shown) }

    private func shown(_ seen: Seen) -> [Seen] {
        switch seen {
        case .value(let object, let field, let value):
            // A name of `vary`, a literal and an empty text are no findings.
            let isFinding = !field.hasPrefix("\"") && !value.isEmpty
            return isFinding && !(object.isEmpty && names.contains(field)) ? [seen] : []
        case .item(let name, let parts):
            let parts = parts.flatMap(shown)
            // An answer to a request has no name, only its parts.
            if name.hasPrefix("{") { return parts }
            return parts.isEmpty ? [] : [.item(name, parts)]
        case .why(let lines):
            if hidesWhy { return [] }
            // What would mend it is for the hints of the exercise.
            return [.why(lines.filter { !$0.drop { $0 == " " }.hasPrefix("hint: ") })]
        case .told(let line):
            // Writes field by field are for `log` and `timeline`.
            let isOfWrites = ["last change: ", "broken by: "].contains(where: line.hasPrefix)
            return isOfWrites ? [] : [seen]
        case .absent, .empty, .unanswered, .count, .command, .output, .unwritten, .waited, .resting:
            return [seen]
        }
    }
}
