import Language
import Model
import Support
import Syntax
import Value
import Verbs
import YAML

/// The kinds that a script's own CustomResourceDefinitions will add to the cluster: those that it embeds,
/// and those in files that its commands name with `-f`. Nothing is read before a name asks for it.
struct CustomKinds {
    private(set) var registry = KindRegistry.builtIn
    private var pending: [Script] = []
    private var schemas: [Kind: Value] = [:]
    private var known: Set<String> = []

    /// Takes a script into account.
    mutating func add(_ script: Script) { pending.append(script) }

    /// Reads what was added and not read yet.
    mutating func learn(_ files: ScriptFiles) {
        guard !pending.isEmpty else { return }
        var finder = DefinitionFinder(files: files)
        for script in pending {
            for statement in script.statements { finder.visit(statement) }
        }
        pending = []
        for definition in finder.definitions { add(definition) }
    }

    /// The schema of a kind's objects; null for kinds that no definition of the script makes.
    func schema(of kind: KindFacts) -> Value { schemas[Kind(id: UInt16(kind.id))] ?? .null }

    /// The version that the cluster will prefer. Names are taken as they are wished for.
    private mutating func add(_ definition: Value) {
        let name = definition[.metadata].text(.name)
        guard let version = CustomResourceKinds.servedVersions(of: definition).first,
            known.insert(name).inserted
        else { return }
        var definition = definition
        var names = definition[.spec]["names"]
        if names.text("singular").isEmpty {
            names["singular"] = Value(names.text(.kind).lowercased())
        }
        definition[.status]["acceptedNames"] = names
        guard !names.text(.kind).isEmpty, !names.text("plural").isEmpty else { return }
        let kind = registry.register {
            CustomResourceKinds.descriptor(
                $0, definition: definition, version: version, stored: nil, rules: KindRules())
        }
        schemas[kind] = version["schema"]["openAPIV3Schema"]
    }
}

/// Finds the definitions in what a script embeds and names.
private struct DefinitionFinder: SyntaxWalker {
    private(set) var definitions: [Value] = []
    private let files: ScriptFiles

    init(files: ScriptFiles) { self.files = files }

    mutating func visit(_ document: HereDocument) {
        walk(document.pieces)
        if let text = document.literalText { read(text) }
    }

    mutating func visit(_ command: Command) {
        walk(command)
        let words = command.words.map(\.literalText)
        for (index, word) in words.enumerated() {
            guard let word else { continue }
            if word == "-f" || word == "--filename", index + 1 < words.count {
                name(words[index + 1] ?? "")
            } else if word.hasPrefix("--filename=") {
                name(String(word.dropFirst("--filename=".count)))
            } else if word.hasPrefix("-f"), word.count > 2, !word.hasPrefix("--") {
                name(String(word.dropFirst(word.hasPrefix("-f=") ? 3 : 2)))
            }
        }
    }

    /// A file, several with commas, or the manifests of a folder.
    private mutating func name(_ paths: String) {
        for path in paths.split(separator: ",").map(String.init) where path != "-" {
            if let text = try? files.read(path) {
                read(text)
                continue
            }
            for entry in files.entries(path) ?? [] where Self.isManifest(entry) {
                if let text = try? files.read("\(path)/\(entry)") { read(text) }
            }
        }
    }

    private static func isManifest(_ name: String) -> Bool {
        [".yaml", ".yml", ".json"].contains { name.hasSuffix($0) }
    }

    private mutating func read(_ text: String) {
        guard text.contains("CustomResourceDefinition") else { return }
        for document in YAML.read(text).documents {
            let value = document.value
            let items = value.text(.kind) == "List" ? value[.items].elements : [value]
            definitions += items.filter { $0.text(.kind) == "CustomResourceDefinition" }
        }
    }
}

/// Finds what the schema of a custom kind says of a field.
struct SchemaLookup {
    private let root: Value

    init(_ schema: Value) { root = schema }

    private enum Place {
        case schema(Value, name: String)
        case type(TypeFacts, [FactStep])
        case unchecked
        case unknown(owner: String, nearest: String?)
    }

    func fact(of kind: KindFacts, at path: [FactStep]) -> Language.FieldFact {
        switch walk(kind, path) {
        case .unchecked: return .unchecked
        case .unknown(let owner, let nearest): return .unknown(owner: owner, nearest: nearest)
        case .type(let type, let rest): return FieldLookup(type).fact(at: rest)
        case .schema(let schema, _):
            guard let type = Self.type(schema) else { return .unchecked }
            let isCount = type == .integer || type == .boolean
            return .known(type, readsZero: path.first == .field("status") && isCount)
        }
    }

    /// The texts that an enumeration allows.
    func knownValues(of kind: KindFacts, at path: [FactStep]) -> KnownValues? {
        guard case .schema(let schema, _) = walk(kind, path) else { return nil }
        let values = schema["enum"].elements.compactMap(\.string)
        return values.isEmpty ? nil : KnownValues(values, isComplete: true)
    }

    func mergeKeys(of kind: KindFacts, at path: [FactStep]) -> [String] {
        guard case .schema(let schema, _) = walk(kind, path) else { return [] }
        return schema["x-kubernetes-list-map-keys"].elements.compactMap(\.string)
    }

    private static func type(_ schema: Value) -> FieldType? {
        if schema["x-kubernetes-int-or-string"].bool == true { return nil }
        switch schema.text(.type) {
        case "boolean": return .boolean
        case "integer": return .integer
        case "number": return .number
        case "string": return .string
        case "array": return .list
        case "object": return .map
        default: return nil
        }
    }

    private func walk(_ kind: KindFacts, _ path: [FactStep]) -> Place {
        guard root["properties"].fields.count > 0 else { return .unchecked }
        if case .field("metadata")? = path.first {
            return .type(FieldFacts.objectMeta, Array(path.dropFirst()))
        }
        var place = Place.schema(root, name: kind.kind)
        for (depth, step) in path.enumerated() {
            if depth == 0, step == .field("apiVersion") || step == .field("kind") {
                return .unchecked
            }
            place = Self.advance(place, step)
        }
        return place
    }

    private static func advance(_ place: Place, _ step: FactStep) -> Place {
        guard case .schema(let schema, let owner) = place else { return place }
        switch step {
        case .item:
            let items = schema[.items]
            return items.isNull ? .unchecked : .schema(items, name: owner)
        case .field(let name):
            let properties = schema["properties"].fields
            if properties.contains(Key(name)) {
                return .schema(properties[Key(name)], name: name)
            }
            if case .object = schema["additionalProperties"] {
                return .schema(schema["additionalProperties"], name: name)
            }
            let isOpen =
                schema["x-kubernetes-preserve-unknown-fields"].bool == true
                || schema["additionalProperties"].bool == true
                || schema["x-kubernetes-embedded-resource"].bool == true
            if isOpen || (properties.isEmpty && schema.text(.type) != "object") {
                return isOpen || schema.text(.type).isEmpty
                    ? .unchecked : .unknown(owner: owner, nearest: nil)
            }
            return .unknown(
                owner: owner, nearest: nearestName(to: name, among: properties.map(\.key.name)))
        }
    }
}
