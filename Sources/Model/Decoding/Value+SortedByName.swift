import Value

extension Value {
    /// The value with the fields of all its objects in the order of their names, as Go writes maps.
    var sortedByName: Value {
        switch self {
        case .object(let fields):
            var result = Object()
            for field in fields.sorted(by: { $0.key.name < $1.key.name }) {
                result.append(field.key, field.value.sortedByName)
            }
            return .object(result)
        case .array(let items): return .array(items.map(\.sortedByName))
        case .null, .bool, .int, .double, .text, .opaque: return self
        }
    }
}
