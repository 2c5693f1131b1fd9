import Model
import Support
import Value

/// ConfigMaps and Secrets that a kustomization makes of literals, files and files of variables.
///
/// Source: kustomize, internal/generators and kv.
struct KustomizeGenerator {
    let folder: KustomizeFolder
    /// `generatorOptions` of the kustomization.
    let options: Value

    // tidy: lists
    static let fields: Set<String> = [
        "name", "namespace", "behavior", "literals", "files", "envs", "env", "options", "type",
    ]

    func make(_ entry: Value, kind: String) throws(VerbError) -> KustomizeResource {
        let name = entry.text("name")
        if name.isEmpty { throw .message("a configmap must have a name") }
        var value: Value = [
            "apiVersion": "v1", "kind": Value(kind), "metadata": ["name": Value(name)],
        ]
        let namespace = entry.text("namespace")
        if !namespace.isEmpty { value[.metadata][.namespace] = Value(namespace) }
        let isSecret = kind == "Secret"
        if isSecret {
            let type = entry.text("type")
            value["type"] = Value(type.isEmpty ? "Opaque" : type)
        }
        var (data, binary) = (Object(), Object())
        for pair in try pairs(entry) {
            guard !data.contains(Key(pair.key)), !binary.contains(Key(pair.key)) else {
                throw .message("configmap \(name) illegally repeats the key `\(pair.key)`")
            }
            if isSecret {
                data.set(Key(pair.key), to: Value(Self.base64(pair.value)))
            } else if let text = String(validating: pair.value, as: UTF8.self) {
                data.set(Key(pair.key), to: Value(text))
            } else {
                binary.set(Key(pair.key), to: Value(Self.base64(pair.value)))
            }
        }
        if !data.isEmpty || isSecret { value["data"] = .object(data) }
        if !binary.isEmpty { value["binaryData"] = .object(binary) }
        let local = entry["options"]
        for key in [Key.labels, .annotations] {
            var merged = options[key].fields
            for field in local[key].fields { merged.set(field.key, to: field.value) }
            if !merged.isEmpty { value[.metadata][key] = .object(merged) }
        }
        if local.flag("immutable") || options.flag("immutable") { value["immutable"] = true }
        let resource = KustomizeResource(value)
        resource.needsHash =
            !(local.flag("disableNameSuffixHash") || options.flag("disableNameSuffixHash"))
        resource.behavior = entry.text("behavior")
        return resource
    }

    // MARK: Sources

    private func pairs(_ entry: Value) throws(VerbError) -> [(key: String, value: [UInt8])] {
        var result: [(key: String, value: [UInt8])] = []
        var files = entry["envs"].elements.compactMap(\.string)
        if let file = entry["env"].string, !file.isEmpty { files.append(file) }
        for file in files {
            do throws(VerbError) {
                result += variables(in: try folder.load(file)).map {
                    ($0.key, Array($0.value.utf8))
                }
            } catch {
                throw .message(
                    "loading KV pairs: env source files: [\(files.joined(separator: " "))]: "
                        + error.cause)
            }
        }
        let literals = entry["literals"].elements.compactMap(\.string)
        for literal in literals {
            guard let equals = literal.firstIndex(of: "="), equals > literal.startIndex else {
                throw .message(
                    "loading KV pairs: literal sources [\(literals.joined(separator: " "))]: invalid "
                        + "literal source \(literal), expected key=value")
            }
            result.append(
                (
                    String(literal[..<equals]),
                    Array(Self.unquoted(String(literal[literal.index(after: equals)...])).utf8)
                ))
        }
        for source in entry["files"].elements.compactMap(\.string) {
            let parts = source.split(separator: "=", omittingEmptySubsequences: false)
            do throws(VerbError) {
                let (key, path) = try Self.fileSource(source, parts.map(String.init))
                result.append((key, try folder.bytes(path)))
            } catch {
                throw .message("loading KV pairs: file sources: [\(source)]: \(error.cause)")
            }
        }
        return result
    }

    private static func fileSource(
        _ source: String, _ parts: [String]
    ) throws(VerbError) -> (key: String, path: String) {
        switch parts.count {
        case 1: return (source.split(separator: "/").last.map(String.init) ?? source, source)
        case 2 where parts[0].isEmpty:
            throw .message("missing key name for file path \"\(parts[1])\" in source \"\(source)\"")
        case 2 where parts[1].isEmpty:
            throw .message("missing file path for key name \"\(parts[0])\" in source \"\(source)\"")
        case 2: return (parts[0], parts[1])
        default: throw .message("source \"\(source)\" key name or file path contains '='")
        }
    }

    /// `KEY=value` in each line; blank lines and those that begin with `#` are left out.
    private func variables(in text: String) -> [(key: String, value: String)] {
        var result: [(key: String, value: String)] = []
        var lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        if lines.last?.isEmpty == true { lines.removeLast() }
        for (index, line) in lines.enumerated() {
            var line = line
            if index == 0, line.unicodeScalars.first == "\u{FEFF}" {
                line.unicodeScalars.removeFirst()
            }
            line = line.drop(while: \.isWhitespace)
            guard let first = line.first, first != "#" else { continue }
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let key = String(parts[0])
            result.append((key, parts.count > 1 ? String(parts[1]) : ""))
        }
        return result
    }

    private static func unquoted(_ text: String) -> String {
        guard text.count > 1, let quote = text.first, quote == text.last,
            quote == "\"" || quote == "'"
        else { return text }
        return String(text.dropFirst().dropLast())
    }

    /// Base64 in lines of 70 characters where there are more.
    private static func base64(_ bytes: [UInt8]) -> String {
        let encoded = Array(Base64.encode(bytes).utf8)
        guard encoded.count >= 70 else { return String(decoding: encoded, as: UTF8.self) }
        var result: [UInt8] = []
        for start in stride(from: 0, to: encoded.count, by: 70) {
            result += encoded[start..<min(start + 70, encoded.count)]
            result.append(UInt8(ascii: "\n"))
        }
        return String(decoding: result, as: UTF8.self)
    }

    // MARK: Hashes

    /// The ten characters that are put behind the name of what was generated, made of its content alone:
    /// upstream looks for its name in a field that is never there.
    ///
    /// Worked example: the ConfigMap with `{"bread":"2"}`, whatever its name, is hashed as
    /// `{"data":{"bread":"2"},"kind":"ConfigMap","name":""}`, which gives 4h57bbc4m6. Source: kustomize,
    /// hasher.
    static func hash(of value: Value) -> String { hash(of: value, named: "", empty: "") }

    /// The same characters as `kubectl create --append-hash` makes them: with the name. Source: kubectl,
    /// util/hash.
    static func hash(of value: Value, named name: String) -> String {
        hash(of: value, named: name, empty: .emptyObject)
    }

    private static func hash(of value: Value, named name: String, empty: Value) -> String {
        func part(_ key: Key, _ empty: Value) -> Value { value[key].isNull ? empty : value[key] }
        var hashed: Object = [
            "kind": value[.kind], "name": Value(name), "data": part("data", empty),
        ]
        if value.text(.kind) == "Secret" {
            hashed.set("type", to: part("type", ""))
            if value["stringData"].object != nil {
                hashed.set("stringData", to: value["stringData"])
            }
        } else if value["binaryData"].object != nil {
            hashed.set("binaryData", to: value["binaryData"])
        }
        let digest = sha256(JSON.bytes(.object(hashed), style: .go))
        // Letters that make no words, in place of some digits.
        let replaced: [Character: Character] = ["0": "g", "1": "h", "3": "k", "a": "m", "e": "t"]
        let hex = digest.prefix(5).flatMap { byte in
            [byte >> 4, byte & 15].map { Character(String($0, radix: 16)) }
        }
        return String(hex.map { replaced[$0] ?? $0 })
    }
}
