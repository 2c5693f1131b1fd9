import Value

/// What expressions can name: variables, functions and types. Made once, used for many expressions.
public final class CELEnvironment: Sendable {
    /// A variable: what type it has.
    public struct Variable: Sendable {
        /// As expressions write it.
        public let name: String
        /// What its values are.
        public let type: CELType

        /// A variable of a type.
        public init(_ name: String, _ type: CELType) {
            self.name = name
            self.type = type
        }

        /// A variable that holds values of the host.
        public init(_ name: String, _ shape: CELShape) {
            self.name = name
            type = shape.type
            shapes = [shape]
        }

        var shapes: [CELShape] = []
    }

    /// How many seconds a zone is east of UTC at an instant; nil for a name that no zone has.
    public typealias ZoneOffset = @Sendable (_ zone: String, _ instant: Timestamp) -> Int?

    struct Function: Sendable {
        let name: String
        let function: CELFunction
        var signatures: [CELSignature]
    }

    let libraries: CELLibraries
    /// In the order in which an evaluation gets their values.
    public let variables: [Variable]
    let variablePlaces: [String: Int]
    let functions: [String: Function]
    let objects: [String: CELFields]
    /// The types that have a name in expressions, with the name that `type` answers.
    let typeNames: [String: CELType]
    let formats: [String: CELFormat]
    let zoneOffset: ZoneOffset
    /// Whether all elements of a list literal must have one type.
    let isHomogeneous: Bool
    /// What names are looked up in first: `a.b` stands for `a.b.x`, `a.x` and `x`.
    let container: String

    /// - Parameters:
    ///   - variables: in the order of the values of an evaluation.
    ///   - objects: types that expressions can make values of, beside those of the variables.
    ///   - formats: the formats of Kubernetes by the names of their functions.
    ///   - zoneOffset: the rules of zones with names; without it only UTC and offsets are known.
    ///   - isHomogeneous: whether all elements of a list literal must have one type, as Kubernetes
    ///     asks.
    ///   - container: the names that are looked up first.
    public init(
        libraries: CELLibraries = .kubernetesBase, variables: [Variable] = [],
        objects: [CELFields] = [], formats: [String: CELFormat] = [:],
        zoneOffset: @escaping ZoneOffset = { _, _ in nil }, isHomogeneous: Bool = true,
        container: String = ""
    ) {
        self.libraries = libraries
        self.variables = variables
        self.formats = formats
        self.zoneOffset = zoneOffset
        self.isHomogeneous = isHomogeneous
        self.container = container
        var places: [String: Int] = [:]
        for (index, variable) in variables.enumerated() { places[variable.name] = index }
        variablePlaces = places
        var functions: [String: Function] = [:]
        for row in CELFunction.rows {
            if let library = row.library, !libraries.contains(library) { continue }
            functions[
                row.name,
                default: Function(
                    name: row.name, function: row.function, signatures: [])
            ].signatures += row.signatures
        }
        self.functions = functions
        var known: [String: CELFields] = [:]
        for fields in objects { known[fields.typeName] = fields }
        for variable in variables {
            for shape in variable.shapes { Self.collect(shape, into: &known) }
        }
        if libraries.contains(.jsonPatch) {
            let text = CELShape(.string)
            known["JSONPatch"] = CELFields(
                typeName: "JSONPatch",
                fields: [("op", text), ("path", text), ("from", text), ("value", .any)])
        }
        self.objects = known
        typeNames = Self.typeNames(libraries, known)
    }

    private static func collect(_ shape: CELShape, into known: inout [String: CELFields]) {
        switch shape.kind {
        case .list(let element, _), .map(let element): collect(element, into: &known)
        case .object(let fields):
            if known[fields.typeName] != nil { return }
            known[fields.typeName] = fields
            for field in fields.shapes { collect(field, into: &known) }
        case .any, .bool, .int, .double, .string, .bytes, .timestamp, .duration, .intOrString:
            break
        }
    }

    private static func typeNames(
        _ libraries: CELLibraries, _ objects: [String: CELFields]
    ) -> [String: CELType] {
        let parameter = CELType.parameter("A")
        var names: [String: CELType] = [
            "bool": .bool, "bytes": .bytes, "double": .double, "int": .int, "string": .string,
            "uint": .uint, "list": .list(parameter), "map": .map(parameter, .parameter("B")),
            "null_type": .null, "type": .type(nil), "google.protobuf.Duration": .duration,
            "google.protobuf.Timestamp": .timestamp,
        ]
        if libraries.contains(.optionals) { names["optional_type"] = .optional(parameter) }
        if libraries.contains(.kubernetes) {
            for name in ["net.IP", "net.CIDR"] { names[name] = .abstract(name) }
            for name in ["URL", "Quantity", "Semver", "NamedFormat"] {
                names["kubernetes.\(name)"] = .object("kubernetes.\(name)")
            }
        }
        if libraries.contains(.jsonPatch) { names["JSONPatch"] = .object("JSONPatch") }
        for name in objects.keys { names[name] = .object(name) }
        return names
    }

    /// Whether expressions can make `Object{…}`, `Object.spec{…}` and `JSONPatch{…}`, whose fields are
    /// not declared (apiserver `cel/mutation`).
    var makesPatches: Bool { libraries.contains(.jsonPatch) }

    /// Whether a name is that of an object of which any field can be given.
    func isDynamic(_ name: String) -> Bool {
        makesPatches && (name == "Object" || name.hasPrefix("Object."))
    }

    /// The names that a name can stand for, the first that is known counts.
    func candidates(_ name: String) -> [String] {
        if name.hasPrefix(".") { return [String(name.dropFirst())] }
        if container.isEmpty { return [name] }
        var candidates: [String] = []
        var prefix = container[...]
        while true {
            candidates.append("\(prefix).\(name)")
            guard let dot = prefix.lastIndex(of: ".") else { break }
            prefix = prefix[..<dot]
        }
        return candidates + [name]
    }

    func function(_ name: String) -> Function? {
        for candidate in candidates(name) {
            if let function = functions[candidate] { return function }
        }
        return nil
    }
}
