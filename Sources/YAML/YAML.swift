import Support
import Value

/// Which words of YAML are truth values.
package enum YAMLDialect: Sendable {
    /// Those of YAML 1.1, as kubectl reads manifests: `yes`, `on`, `n` and so on.
    case kubectl
    /// `true` and `false` alone, as Kustomize reads manifests (go-yaml v3).
    case kustomize
}

/// Reading YAML and JSON as kubectl does.
package enum YAML {
    /// What was read of a stream: the documents before the first error, and that error. (kubectl
    /// acts on the documents before it complains.)
    package struct Stream: Sendable {
        package let documents: [YAMLDocument]
        package let error: YAMLError?
    }

    /// Reads a file of manifests.
    ///
    /// Text that begins with `{` is a stream of JSON documents; everything else is YAML, split at
    /// lines that begin with `---`. Empty documents are left out. Invalid UTF-8 becomes U+FFFD.
    package static func read(
        _ text: String, limits: InputLimits = .standard, dialect: YAMLDialect = .kubectl
    ) -> Stream {
        read(bytes: Array(text.utf8), limits: limits, dialect: dialect)
    }

    /// Reads a file of manifests; see ``read(_:limits:)``.
    package static func read(
        bytes: [UInt8], limits: InputLimits = .standard, dialect: YAMLDialect = .kubectl
    ) -> Stream {
        var documents: [YAMLDocument] = []
        do throws(YAMLError) {
            guard bytes.count <= limits.bytes else {
                throw YAMLError(
                    problem: .tooLarge(limit: limits.bytes), mark: YAMLMark(line: 1, column: 1))
            }
            if startsWithBrace(bytes) {
                try readJSONOrYAML(bytes, limits, dialect, into: &documents)
            } else {
                // Whoever asked to stop is heeded by who reads the result.
                for part in split(repaired(bytes)) where !StopRequest.isMade {
                    try readYAML(part, limits, dialect, into: &documents)
                }
            }
        } catch {
            return Stream(documents: documents, error: error)
        }
        return Stream(documents: documents, error: nil)
    }

    /// All documents of a file of manifests, or the first error; see ``read(_:limits:)``.
    package static func documents(
        _ text: String, limits: InputLimits = .standard
    ) throws(YAMLError) -> [YAMLDocument] {
        let stream = read(text, limits: limits)
        if let error = stream.error { throw error }
        return stream.documents
    }

    /// The value of the first document; null for an empty text. Flow style is read as YAML also at
    /// the start of the text.
    package static func parse(
        _ text: String, limits: InputLimits = .standard
    ) throws(YAMLError) -> Value {
        var composer = YAMLComposer(Array(text.utf8), lineOffset: 0, limits: limits)
        return try composer.nextDocument()?.value ?? .null
    }

    private static func startsWithBrace(_ bytes: [UInt8]) -> Bool {
        bytes.first { ![0x20, 0x09, 0x0A, 0x0D, 0x0B, 0x0C].contains($0) } == UInt8(ascii: "{")
    }

    /// The text with U+FFFD for everything that is no UTF-8.
    private static func repaired(_ bytes: [UInt8]) -> [UInt8] {
        Array(String(decoding: bytes, as: UTF8.self).utf8)
    }

    // MARK: JSON

    /// Reads JSON documents; from the first or second one that is none on, the text counts as YAML, which
    /// knows commas at the end and comments. What is neither is told of as JSON.
    ///
    /// Source: apimachinery's YAMLOrJSONDecoder.
    private static func readJSONOrYAML(
        _ bytes: [UInt8], _ limits: InputLimits, _ dialect: YAMLDialect,
        into documents: inout [YAMLDocument]
    ) throws(YAMLError) {
        var end = 0
        do throws(YAMLError) {
            try readJSON(bytes, limits, into: &documents, end: &end)
        } catch {
            guard documents.count <= 1 else { throw error }
            let rest = Array(bytes[end...])
            let line = bytes[..<end].count { $0 == 0x0A }
            for var part in split(repaired(rest)) {
                part.lineOffset += line
                do throws(YAMLError) {
                    try readYAML(part, limits, dialect, into: &documents)
                } catch let second {
                    _ = second
                    throw error
                }
            }
        }
    }

    private static func readJSON(
        _ bytes: [UInt8], _ limits: InputLimits, into documents: inout [YAMLDocument],
        end consumed: inout Int
    ) throws(YAMLError) {
        var offset = 0
        var line = 1
        while true {
            while offset < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[offset]) {
                if bytes[offset] == 0x0A { line += 1 }
                offset += 1
            }
            guard offset < bytes.count else { return }
            let value: Value
            let end: Int
            do {
                (value, end) = try JSON.parsePrefix(bytes: bytes, from: offset, limits: limits)
            } catch {
                throw YAMLError(
                    problem: .json(error), mark: YAMLMark(line: error.line, column: error.column))
            }
            // JSON is YAML as far as places go; where libyaml disagrees, the document's own is
            // left.
            var composer = YAMLComposer(bytes[offset..<end], lineOffset: line - 1, limits: limits)
            let places = try? composer.nextDocument()
            let start = YAMLMark(line: line, column: column(of: offset, in: bytes))
            documents.append(
                YAMLDocument(
                    value: value, duplicates: places?.duplicates ?? [],
                    root: places?.root ?? YAMLNode(mark: start, content: .scalar)))
            line += bytes[offset..<end].count { $0 == 0x0A }
            offset = end
            consumed = end
        }
    }

    private static func column(of offset: Int, in bytes: [UInt8]) -> Int {
        bytes[..<offset].reversed().prefix { $0 != 0x0A }.count { $0 & 0xC0 != 0x80 } + 1
    }

    // MARK: YAML

    /// A stretch of lines between two separators.
    private struct Part {
        var bytes: ArraySlice<UInt8>
        /// Lines before it.
        var lineOffset: Int
    }

    /// Splits where kubectl does: at lines that begin with `---` and have nothing but blanks or a
    /// comment behind that. A separator with nothing before it stays with what follows.
    private static func split(_ bytes: [UInt8]) -> [Part] {
        var parts: [Part] = []
        var start = 0
        var startLine = 0
        var line = 0
        var offset = 0
        while offset < bytes.count {
            let end = bytes[offset...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
            if isSeparator(bytes[offset..<end]), offset > start {
                parts.append(Part(bytes: bytes[start..<offset], lineOffset: startLine))
                start = end
                startLine = line + 1
            }
            offset = end
            line += 1
        }
        if start < bytes.count { parts.append(Part(bytes: bytes[start...], lineOffset: startLine)) }
        return parts
    }

    private static func isSeparator(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.starts(with: "---".utf8) else { return false }
        let rest = line.dropFirst(3).drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
        return rest.isEmpty || rest.first == UInt8(ascii: "#")
    }

    private static func readYAML(
        _ part: Part, _ limits: InputLimits, _ dialect: YAMLDialect,
        into documents: inout [YAMLDocument]
    ) throws(YAMLError) {
        var composer = YAMLComposer(
            part.bytes, lineOffset: part.lineOffset, limits: limits, dialect: dialect)
        while let document = try composer.nextDocument() {
            if !document.value.isNull { documents.append(document) }
        }
    }
}
