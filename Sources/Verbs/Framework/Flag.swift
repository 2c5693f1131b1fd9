/// A flag of a verb.
package struct Flag: Sendable {
    /// The long name, without dashes.
    package let name: String
    /// The letter; nil where it has none.
    package let short: Character?
    package let kind: Kind
    /// One line that says what it is for.
    package let summary: String
    /// The value without the flag, as text.
    package var standard = ""
    /// The value of the flag when it stands alone (`--dry-run`); nil where it must have one.
    package var valueAlone: String?
    /// Whether the verb cannot do without it.
    package var isRequired = false
    /// The values it can take, for completion.
    package var choices: [String] = []
    /// Whether a value is `key=value`.
    var isPairs = false
    /// What becomes of it.
    package var fate = Fate.effect
    /// What is said where it is given although another has taken its place; nil for all others. Help does
    /// not show such a flag.
    package var deprecation: String?
    /// Whether kubectl has the flag only where its environment asks for it. Help does not show it.
    package var isAlpha = false

    /// What a verb does with a flag.
    package enum Fate: Sendable, Equatable {
        case effect
        /// It is accepted and changes nothing, for this reason.
        case none(String)
        /// Giving it is an error, for this reason.
        case refused(String)

        /// What help says of it.
        var summary: String {
            switch self {
            case .effect: ""
            case .none(let reason): "accepted without effect: \(reason)"
            case .refused(let reason): "refused: \(reason)"
            }
        }
    }

    /// What values a flag takes.
    package enum Kind: Sendable {
        case bool
        case string
        /// May be given several times.
        case strings
        case int
        /// A Go duration, or whole seconds.
        case duration
    }

    package init(
        _ name: String, _ short: Character? = nil, _ kind: Kind, _ summary: String,
        standard: String = "", valueAlone: String? = nil, isRequired: Bool = false,
        choices: [String] = []
    ) {
        self.name = name
        self.short = short
        self.kind = kind
        self.summary = summary
        self.standard = standard
        self.valueAlone = kind.isBool ? "true" : valueAlone
        self.isRequired = isRequired
        self.choices = choices
    }

    /// A flag that is accepted and changes nothing, for a reason.
    package static func idle(
        _ name: String, _ short: Character?, _ kind: Kind, _ reason: String, standard: String = ""
    ) -> Flag {
        fated(.none(reason), name, short, kind, standard)
    }

    /// A flag without a letter that is accepted and changes nothing, for a reason.
    package static func idle(
        _ name: String, _ kind: Kind, _ reason: String, standard: String = ""
    ) -> Flag {
        fated(.none(reason), name, nil, kind, standard)
    }

    /// A flag whose use is an error, for a reason.
    package static func refused(_ name: String, _ kind: Kind, _ reason: String) -> Flag {
        fated(.refused(reason), name, nil, kind, "")
    }

    private static func fated(
        _ fate: Fate, _ name: String, _ short: Character?, _ kind: Kind, _ standard: String
    ) -> Flag {
        var flag = Flag(name, short, kind, fate.summary, standard: standard)
        flag.fate = fate
        return flag
    }

    /// How an error names it: "-o, --output".
    var label: String { short.map { "-\($0), --\(name)" } ?? "--\(name)" }
}

extension Flag {
    /// The flag as one whose values are `key=value`.
    var takingPairs: Flag {
        var flag = self
        flag.isPairs = true
        return flag
    }

    /// The flag as one that kubectl shows only where its environment asks for it.
    var alpha: Flag {
        var flag = self
        flag.isAlpha = true
        return flag
    }

    /// The flag as one that others have replaced.
    func deprecated(_ text: String) -> Flag {
        var flag = self
        flag.deprecation = text
        return flag
    }
}

extension Flag.Kind {
    /// Whether the flag needs no value.
    package var isBool: Bool {
        if case .bool = self { return true }
        return false
    }
}

/// Flags that many verbs share, each defined once.
extension Flag {
    package static let namespace = Flag(
        "namespace", "n", .string, "the namespace in force for this command")
    package static let output = Flag(
        "output", "o", .string, "output format",
        choices: [
            "wide", "name", "json", "yaml", "kyaml", "jsonpath=", "custom-columns=",
            "go-template=",
        ])
    package static let selector = Flag(
        "selector", "l", .string, "label query, such as app=web,tier!=db")
    package static let fieldSelector = Flag(
        "field-selector", nil, .string, "field query, such as status.phase=Running")
    package static let allNamespaces = Flag(
        "all-namespaces", "A", .bool, "objects of all namespaces")
    package static let filename = Flag(
        "filename", "f", .strings, "file, folder or - with manifests")
    package static let recursive = Flag(
        "recursive", "R", .bool, "also the folders below those of -f")
    package static let kustomize = Flag("kustomize", "k", .string, "folder with a kustomization")
    package static let dryRun = Flag(
        "dry-run", nil, .string, "none, server or client", standard: "none",
        valueAlone: "unchanged", choices: ["none", "server", "client"])
    package static let all = Flag("all", nil, .bool, "all objects of the kinds in the namespace")
    package static let overwrite = Flag("overwrite", nil, .bool, "replace what is there already")
    package static let validate = Flag(
        "validate", nil, .string, "strict, warn or ignore", standard: "strict",
        valueAlone: "strict", choices: ["strict", "warn", "ignore"])
    package static let timeout = Flag(
        "timeout", nil, .duration, "how long to wait at most", standard: "0s")
    package static let template = Flag(
        "template", nil, .string, "template text or file for -o go-template and jsonpath")
    package static let showManagedFields = Flag(
        "show-managed-fields", nil, .bool, "with -o json and yaml: also who owns the fields")
    package static let allowMissingTemplateKeys = Flag(
        "allow-missing-template-keys", nil, .bool, "missing keys in templates are no error",
        standard: "true")
    package static let fieldManager = Flag(
        "field-manager", nil, .string, "the name under which fields are owned")
    package static let chunkSize = idle(
        "chunk-size", .int, "a list comes whole, whatever its length", standard: "500")
    package static let record = Flag(
        "record", nil, .bool, "keep the command line in the change-cause annotation"
    ).deprecated("--record will be removed in the future")
    package static let saveConfig = Flag(
        "save-config", nil, .bool, "keep the manifest for a later apply")
    package static let local = Flag("local", nil, .bool, "work on the files, not on the cluster")
}
