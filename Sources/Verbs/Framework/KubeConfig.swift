import Support
import Value
import YAML

/// A kubeconfig: clusters, users and contexts by name, and the context in force.
///
/// Source of the fields and their order: client-go, tools/clientcmd/api/v1.
package struct KubeConfig: Sendable {
    /// The parts that hold entries by name.
    package enum Section: String, CaseIterable, Sendable {
        case clusters, users, contexts

        /// What the entry itself is called beside its name.
        var entry: Key {
            switch self {
            case .clusters: "cluster"
            case .users: "user"
            case .contexts: "context"
            }
        }

        /// The fields of an entry in the order in which JSON shows them.
        fileprivate var order: [Key] {
            switch self {
            case .clusters:
                [
                    "server", "tls-server-name", "insecure-skip-tls-verify",
                    "certificate-authority", "certificate-authority-data", "proxy-url",
                    "disable-compression",
                ]
            case .users:
                [
                    "client-certificate", "client-certificate-data", "client-key",
                    "client-key-data", "token", "tokenFile", "as", "as-uid", "as-groups",
                    "as-user-extra", "username", "password", "auth-provider", "exec",
                ]
            case .contexts: ["cluster", "user", .namespace]
            }
        }

        /// The fields that an entry shows even where they are empty.
        fileprivate var required: [Key] {
            switch self {
            case .clusters: ["server"]
            case .users: []
            case .contexts: ["cluster", "user"]
            }
        }
    }

    /// The parts by name, the entries in them by theirs; empty texts and parts are left out.
    package var tree: Value {
        didSet { namespace = namespaceInForce }
    }

    /// The namespace of the context in force; "default" where it has none.
    package private(set) var namespace = "default"

    /// A configuration of these parts; see ``tree``.
    package init(tree: Value) {
        self.tree = tree
        namespace = namespaceInForce
    }

    /// A file without anything in it.
    static let empty = KubeConfig(tree: .emptyObject)

    /// The one that leads to the simulated cluster.
    package static let simulated = KubeConfig(
        tree: [
            "clusters": ["drydock": ["server": "simulated"]], "users": ["drydock": .emptyObject],
            "contexts": [
                "drydock": ["cluster": "drydock", "user": "drydock", .namespace: "default"]
            ],
            "current-context": "drydock",
        ])

    // MARK: Entries

    package var currentContext: String { tree.text("current-context") }

    /// The names of a part, sorted.
    package func names(_ section: Section) -> [String] {
        tree[Key(section.rawValue)].fields.map(\.key.name).sorted()
    }

    /// The entry of that name; nil where there is none (``has(_:_:)`` asks, for a nil may be a null).
    package subscript(_ section: Section, _ name: String) -> Value? {
        get {
            let entry = tree[Key(section.rawValue)][Key(name)]
            return entry.isNull ? Value?.none : entry
        }
        set { tree[Key(section.rawValue)][Key(name)] = newValue ?? .null }
    }

    /// Whether a part has an entry of that name.
    package func has(_ section: Section, _ name: String) -> Bool {
        tree[Key(section.rawValue)].fields.contains(Key(name))
    }

    /// The namespace of a context; "default" where it has none.
    package func namespace(of context: String) -> String {
        let name = self[.contexts, context]?.text(.namespace) ?? ""
        return name.isEmpty ? "default" : name
    }

    private var namespaceInForce: String { namespace(of: currentContext) }

    /// Makes `name` the namespace of the context in force.
    package mutating func setNamespace(_ name: String) {
        guard !currentContext.isEmpty else { return }
        var context = self[.contexts, currentContext] ?? .emptyObject
        context[.namespace] = Value(name)
        self[.contexts, currentContext] = context
    }

    // MARK: The file

    /// The configuration as its file has it, fields in Go's order.
    package var document: Value {
        var document: Object = ["kind": "Config", "apiVersion": "v1"]
        if tree["preferences"].object?.isEmpty == false {
            document.append("preferences", tree["preferences"])
        }
        for section in Section.allCases {
            let entries = names(section).map { name -> Value in
                [
                    .name: Value(name),
                    section.entry: Self.ordered(self[section, name] ?? .emptyObject, section),
                ]
            }
            document.append(Key(section.rawValue), entries.isEmpty ? .null : .array(entries))
        }
        document.append("current-context", Value(currentContext))
        return .object(document)
    }

    private static func ordered(_ entry: Value, _ section: Section) -> Value {
        var result = Object()
        for key in section.order {
            if !entry[key].isNull {
                result.append(key, entry[key])
            } else if section.required.contains(key) {
                result.append(key, "")
            }
        }
        // What we know nothing of stays.
        for field in entry.fields where !section.order.contains(field.key) {
            result.append(field.key, field.value)
        }
        return .object(result)
    }

    /// Reads the text of a file.
    ///
    /// - Parameter path: what errors call the file.
    static func parse(_ text: String, path: String) throws(VerbError) -> KubeConfig {
        let stream = YAML.read(text)
        if let error = stream.error {
            throw .message("error loading config file \"\(path)\": \(error.kubectlMessage)")
        }
        let file = stream.documents.first?.value ?? .emptyObject
        var tree = Value.emptyObject
        for section in Section.allCases {
            var entries = Object()
            for named in file[Key(section.rawValue)].elements {
                let entry = named[section.entry]
                entries.set(Key(named.text(.name)), to: entry.isNull ? .emptyObject : entry)
            }
            if !entries.isEmpty { tree[Key(section.rawValue)] = .object(entries) }
        }
        tree["current-context"] = file["current-context"]
        if file["preferences"].object?.isEmpty == false {
            tree["preferences"] = file["preferences"]
        }
        return KubeConfig(tree: tree)
    }
}

extension VerbCall {
    /// The file of `--kubeconfig`; nil without the flag.
    private var configFile: String? {
        let path = flags.string("kubeconfig")
        return path.isEmpty ? nil : path
    }

    /// What messages call the file that commands of `config` write.
    var configPath: String { configFile ?? "/home/.kube/config" }

    /// The configuration in force. A file that is not there is empty.
    func kubeConfig() throws(VerbError) -> KubeConfig {
        guard let path = configFile else { return context.session.kubeConfig }
        return try context.kubeConfig(in: path) ?? .empty
    }

    /// Writes the configuration back to where it came from.
    func save(_ config: KubeConfig) throws(VerbError) {
        guard let path = configFile else { return context.session.kubeConfig = config }
        do throws(FileProblem) {
            try context.files.write(YAMLPrinter.text(config.document), to: path)
        } catch {
            throw .message("open \(path): \(error.message)")
        }
    }
}

extension VerbContext {
    /// The configuration in a file; nil where there is none.
    func kubeConfig(in path: String) throws(VerbError) -> KubeConfig? {
        guard files.exists(path) else { return nil }
        let text: String
        do throws(FileProblem) {
            text = try files.read(path)
        } catch {
            throw .message(
                "error loading config file \"\(path)\": open \(path): \(error.message)")
        }
        return try KubeConfig.parse(text, path: path)
    }
}
