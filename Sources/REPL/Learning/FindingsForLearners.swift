import Learn

/// What was seen, without what would give the answer away or says nothing.
struct FindingsForLearners {
    private let names: Set<String>

    /// - Parameter variant: its names stand for what the text says anyway.
    init(_ variant: Variant) { names = Set(variant.values.map(\.name)) }

    func callAsFunction(_ seen: [Seen]) -> [Seen] { seen.flatMap(shown) }

    private func shown(_ seen: Seen) -> [Seen] {
        switch seen {
        case .value(let object, let field, let value):
            // A name of `vary`, a literal and an empty text are no findings.
            let isFinding = !field.hasPrefix("\"") && !value.isEmpty
            return isFinding && !(object.isEmpty && names.contains(field)) ? [seen] : []
        case .count(let objects, let value):
            // What stands behind `where` is the condition.
            let end = objects.firstRange(of: " where ")?.lowerBound ?? objects.endIndex
            return [.count(of: String(objects[..<end]), value: value)]
        case .item(let name, let parts):
            let parts = parts.flatMap(shown)
            // An answer to a request has no name, only its parts.
            if name.hasPrefix("{") { return parts }
            return parts.isEmpty ? [] : [.item(name, parts)]
        case .absent, .command, .output, .told, .waited: return [seen]
        }
    }
}
