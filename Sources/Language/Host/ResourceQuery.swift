import Value

/// What a resource expression asks the host for, with every name filled in.
package struct ResourceQuery: Hashable, Codable, Sendable {
    package enum Namespace: Hashable, Codable, Sendable {
        /// The namespace in force.
        case current
        case named(String)
        /// `@*`
        case all
    }

    /// The kind, found by the name the script used.
    package let kind: KindFacts
    /// The kind as the script wrote it ("deploy").
    package let writtenKind: String
    /// The name of one object; nil for a list.
    package let name: String?
    package let namespace: Namespace
    /// Label requirements that must all hold; empty for one object.
    package let requirements: [LabelRequirement]

    package init(
        kind: KindFacts, writtenKind: String, name: String?, namespace: Namespace = .current,
        requirements: [LabelRequirement] = []
    ) {
        self.kind = kind
        self.writtenKind = writtenKind
        self.name = name
        self.namespace = namespace
        self.requirements = requirements
    }

    /// The query as a script writes it: `deployment/web@shop`, `pods[app=web]`.
    package var text: String {
        let place: String
        switch namespace {
        case .current: place = ""
        case .named(let name): place = "@\(name)"
        case .all: place = "@*"
        }
        if let name { return "\(writtenKind)/\(name)\(place)" }
        return "\(writtenKind)\(place)[\(requirements.map(\.text).joined(separator: ", "))]"
    }
}

/// One requirement on the labels of an object.
package struct LabelRequirement: Hashable, Codable, Sendable {
    package enum Relation: Hashable, Codable, Sendable {
        /// `key=value`
        case equal
        /// `key!=value`; also holds where the label is missing.
        case notEqual
        /// `key in (a, b)`
        case oneOf
        /// `key notin (a, b)`; also holds where the label is missing.
        case noneOf
        /// `key`
        case exists
        /// `!key`
        case absent
    }

    package let key: String
    package let relation: Relation
    /// One value for equal and notEqual, any number for oneOf and noneOf, else none.
    package let values: [String]

    package init(key: String, relation: Relation, values: [String] = []) {
        self.key = key
        self.relation = relation
        self.values = values
    }

    /// The requirement as a selector writes it.
    package var text: String {
        switch relation {
        case .equal: "\(key)=\(values.first ?? "")"
        case .notEqual: "\(key)!=\(values.first ?? "")"
        case .oneOf: "\(key) in (\(values.joined(separator: ", ")))"
        case .noneOf: "\(key) notin (\(values.joined(separator: ", ")))"
        case .exists: key
        case .absent: "!\(key)"
        }
    }
}

/// What a resource expression found.
package enum Reading: Sendable {
    /// The one object.
    case object(Value)
    /// There is no such object. `nearest` is the name of one that is spelt alike.
    case absent(nearest: String?)
    /// The objects of a list, ordered by namespace and name.
    case list([Value])
}
