import Printers
import Support
import Value

extension Verb {
    /// `kubectl config set`.
    static let configSet = configVerb(
        "set", "Set one value of the configuration", usage: "PROPERTY_NAME PROPERTY_VALUE",
        example: "config set contexts.drydock.namespace shop",
        flags: [Flag("set-raw-bytes", nil, .bool, "the value of a field of bytes is no Base64")]
    ) { call in
        guard call.arguments.count == 2 else { throw call.unexpectedWords() }
        let (name, text) = (call.arguments[0], call.arguments[1])
        if text.isEmpty {
            throw VerbError.message("you cannot use set to unset a property")
        }
        if name.isEmpty { throw VerbError.message("you must specify a property") }
        var config = try call.kubeConfig()
        try ConfigProperty(name).set(text, isRaw: call.flags.bool("set-raw-bytes"), in: &config)
        try call.save(config)
        call.context.output.line("Property \(GoSyntax.quoted(name)) set.")
    }

    /// `kubectl config unset`.
    static let configUnset = configVerb(
        "unset", "Take one value of the configuration away", usage: "PROPERTY_NAME",
        example: "config unset contexts.drydock.namespace"
    ) { call in
        guard call.arguments.count == 1 else { throw call.unexpectedWords() }
        let name = call.arguments[0]
        if name.isEmpty { throw VerbError.message("you must specify a property") }
        var config = try call.kubeConfig()
        try ConfigProperty(name).unset(in: &config)
        try call.save(config)
        call.context.output.line("Property \(GoSyntax.quoted(name)) unset.")
    }
}

/// A value of the configuration by its path: `clusters.NAME.server`. Names may contain dots.
///
/// Source of rules and texts: kubectl's navigation_step_parser and its modifyConfig.
private struct ConfigProperty {
    /// What stands at a place of the configuration.
    private indirect enum Shape {
        case text, flag, bytes
        case fields(Structure)
        /// Entries by names of the user's.
        case entries(of: Structure)

        var goName: String {
            switch self {
            case .text: "string"
            case .flag: "bool"
            case .bytes: "[]uint8"
            case .fields(let type): "api.\(type.name)"
            case .entries(let type): "map[string]*api.\(type.name)"
            }
        }
    }

    /// A struct of Go: its name, and what its fields are.
    private struct Structure {
        let name: String
        let fields: [String: Shape]
    }

    private static let root = Structure(
        name: "Config",
        fields: [
            "kind": .text, "apiVersion": .text, "current-context": .text,
            "preferences": .fields(Structure(name: "Preferences", fields: ["colors": .flag])),
            "clusters": .entries(
                of: Structure(
                    name: "Cluster",
                    fields: [
                        "server": .text, "tls-server-name": .text,
                        "insecure-skip-tls-verify": .flag, "certificate-authority": .text,
                        "certificate-authority-data": .bytes, "proxy-url": .text,
                        "disable-compression": .flag,
                    ])),
            "users": .entries(
                of: Structure(
                    name: "AuthInfo",
                    fields: [
                        "client-certificate": .text, "client-certificate-data": .bytes,
                        "client-key": .text, "client-key-data": .bytes, "token": .text,
                        "tokenFile": .text, "act-as": .text, "act-as-uid": .text,
                        "username": .text, "password": .text,
                    ])),
            "contexts": .entries(
                of: Structure(
                    name: "Context",
                    fields: ["cluster": .text, "user": .text, "namespace": .text])),
        ])

    private let steps: [String]
    private let shape: Shape

    init(_ path: String) throws(VerbError) {
        (steps, shape) = try Self.walk(path)
    }

    private static func walk(
        _ path: String
    ) throws(VerbError) -> (steps: [String], shape: Shape) {
        var steps: [String] = []
        var parts = path.split(separator: ".", omittingEmptySubsequences: false)
            .map(String.init)[...]
        var shape = Shape.fields(root)
        var walked: [String] = []
        while let part = parts.first {
            switch shape {
            case .fields(let type):
                guard let next = type.fields[part] else {
                    throw .message(
                        "unable to parse \(path) after [\(walked.joined(separator: " "))] at "
                            + "api.\(type.name)")
                }
                parts.removeFirst()
                steps.append(part)
                shape = next
            case .entries(let entry):
                // A name ends before the first part that is a field of the entry.
                let count = parts.dropFirst().prefix { entry.fields[$0] == nil }.count + 1
                let name = parts.prefix(count).joined(separator: ".")
                parts.removeFirst(count)
                steps.append(name)
                shape = .fields(entry)
            case .text, .flag, .bytes:
                throw .message("unable to parse one or more field values of \(path)")
            }
            walked.append("{\(steps.last!) \(shape.goName)}")
        }
        return (steps, shape)
    }

    /// The place in the tree; the fields of impersonation have other names in files.
    private var place: [Key] {
        steps.map { step in
            switch step {
            case "act-as": "as"
            case "act-as-uid": "as-uid"
            default: Key(step)
            }
        }
    }

    func set(_ text: String, isRaw: Bool, in config: inout KubeConfig) throws(VerbError) {
        let value: Value
        switch shape {
        case .text: value = Value(text)
        case .flag:
            guard let flag = FlagValues.parseBool(text) else {
                throw .message(
                    "strconv.ParseBool: parsing \(GoSyntax.quoted(text)): invalid syntax")
            }
            value = flag ? true : .null
        case .bytes:
            if isRaw {
                value = Value(Base64.encode(Array(text.utf8)))
            } else {
                guard Base64.decode(text) != nil else {
                    throw .message(
                        "error decoding input value: illegal base64 data at input byte "
                            + "\(Self.offset(ofFaultIn: text))")
                }
                value = Value(text)
            }
        case .entries, .fields:
            throw .message("can't set a map to a value: \(steps.joined(separator: "."))")
        }
        config.tree.modify(at: place) { $0 = value }
    }

    func unset(in config: inout KubeConfig) throws(VerbError) {
        let place = place
        if place.count > 2, config.tree.value(at: Array(place.prefix(2))).isNull {
            throw .message("current map key `\(steps[1])` is invalid")
        }
        config.tree.modify(at: place) { $0 = .null }
    }

    /// Where Go's decoder stumbles: at a byte that is none of Base64, or at the last group where it is not
    /// whole.
    private static func offset(ofFaultIn text: String) -> Int {
        let good = text.utf8.prefix(while: isBase64).count
        return good < text.utf8.count ? good : good / 4 * 4
    }

    private static func isBase64(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"):
            true
        default: false
        }
    }
}
