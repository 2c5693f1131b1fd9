import Model
import Support
import Value

/// The data of a ConfigMap or Secret from `--from-literal`, `--from-file` and `--from-env-file`.
///
/// Source of rules and texts: kubectl's create_configmap, create_secret and util/env_file.
struct DataSources {
    let call: VerbCall
    /// "ConfigMap" or "Secret".
    let kindName: String

    static let flags: [Flag] = [
        Flag("from-literal", nil, .strings, "a key and its text: key=value"),
        Flag("from-file", nil, .strings, "a file or folder, also as key=file"),
        Flag("from-env-file", nil, .strings, "a file with lines key=value"),
    ]

    /// A key and its contents, which need be no text.
    typealias Entry = (key: String, bytes: [UInt8])

    /// The keys in order with their contents.
    ///
    /// - Parameter standardKey: the key of a file for which none is given, instead of its name.
    func read(standardKey: String? = nil) throws(VerbError) -> [Entry] {
        let flags = call.flags
        if flags.has("from-env-file"), flags.has("from-file") || flags.has("from-literal") {
            throw .message("from-env-file cannot be combined with from-file or from-literal")
        }
        var found: [Entry] = []
        for source in flags.list("from-file") {
            let named =
                source.contains("=") ? source : standardKey.map { "\($0)=\(source)" } ?? source
            for entry in try file(named) { try add(entry, to: &found) }
        }
        for source in flags.strings("from-literal") { try add(try literal(source), to: &found) }
        for source in flags.list("from-env-file") {
            for entry in try environment(source) { try add(entry, to: &found) }
        }
        return found
    }

    private func add(
        _ entry: Entry, to found: inout [Entry]
    ) throws(VerbError) {
        if let problem = Self.keyProblem(entry.key) {
            let what =
                kindName == "Secret"
                ? "is not valid key name for a Secret" : "is not a valid key name for a ConfigMap:"
            throw .message("\"\(entry.key)\" \(what) \(problem)")
        }
        if found.contains(where: { $0.key == entry.key }) {
            throw .message(
                kindName == "Secret"
                    ? "cannot add key \(entry.key), another key by that name already exists"
                    : "cannot add key \"\(entry.key)\", another key by that name already exists in "
                        + "\(Self.isText(found, entry.key) ? "Data" : "BinaryData") for ConfigMap \"\(call.arguments.first ?? "")\""
            )
        }
        found.append(entry)
    }

    /// Whether the contents of that key are a text.
    private static func isText(_ found: [Entry], _ key: String) -> Bool {
        found.first { $0.key == key }.map { String(validating: $0.bytes, as: UTF8.self) != nil }
            ?? true
    }

    /// Source: apimachinery's validation.IsConfigMapKey.
    static func keyProblem(_ key: String) -> String? {
        let isWellFormed =
            !key.isEmpty
            && key.unicodeScalars.allSatisfy {
                $0.isASCII
                    && ($0.properties.isAlphabetic || ("0"..."9").contains($0)
                        || $0 == "-" || $0 == "_" || $0 == ".")
            }
        if !isWellFormed {
            return "a valid config key must consist of alphanumeric characters, '-', '_' or '.' "
                + "(e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is "
                + "'[-._a-zA-Z0-9]+')"
        }
        switch key {
        case ".", "..": return "must not be '\(key)'"
        case _ where key.hasPrefix(".."): return "must not start with '..'"
        default: return nil
        }
    }

    private func literal(_ source: String) throws(VerbError) -> Entry {
        guard let equals = source.firstIndex(of: "="), equals != source.startIndex else {
            throw .message("invalid literal source \(source), expected key=value")
        }
        let text = source[source.index(after: equals)...]
        return (String(source[..<equals]), Array(text.utf8))
    }

    private func file(_ source: String) throws(VerbError) -> [Entry] {
        let parts = source.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
        if parts.count > 2 {
            throw .message("key names or file paths cannot contain '='")
        }
        if parts.count == 2, parts[0].isEmpty {
            throw .message("key name for file path \(parts[1]) missing")
        }
        if parts.count == 2, parts[1].isEmpty {
            throw .message("file path for key name \(parts[0]) missing")
        }
        let path = parts.last ?? source
        if let entries = call.context.files.entries(path) {
            if parts.count == 2 {
                throw .message("cannot give a key name for a directory path")
            }
            var found: [Entry] = []
            for entry in entries where Self.keyProblem(entry) == nil {
                let child = path.hasSuffix("/") ? path + entry : "\(path)/\(entry)"
                if call.context.files.entries(child) == nil {
                    found.append((entry, try bytes(of: child)))
                }
            }
            return found
        }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return [(parts.count == 2 ? parts[0] : name, try bytes(of: path))]
    }

    private func bytes(of path: String) throws(VerbError) -> [UInt8] {
        do throws(FileProblem) {
            return try call.context.files.bytes(path)
        } catch {
            throw .message("error reading \(path): \(error.message)")
        }
    }

    private func environment(_ path: String) throws(VerbError) -> [Entry] {
        var found: [Entry] = []
        let text = String(decoding: try bytes(of: path), as: UTF8.self)
        for line in text.split(separator: "\n") {
            let trimmed = line.drop { $0 == " " || $0 == "\t" || $0 == "\r" }
            if trimmed.isEmpty || trimmed.hasPrefix("#") { continue }
            let parts = trimmed.split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let problems = NameRules.environmentName(String(parts[0]))
            if !problems.isEmpty {
                throw .message(
                    "\"\(parts[0])\" is not a valid key name: \(problems.joined(separator: ";"))")
            }
            found.append((String(parts[0]), parts.count == 2 ? Array(parts[1].utf8) : []))
        }
        return found
    }
}
