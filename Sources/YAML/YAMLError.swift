import Value

/// A place in a text; both count from 1, columns in characters.
package struct YAMLMark: Hashable, Comparable, Sendable {
    package let line: Int
    package let column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    package static func < (left: YAMLMark, right: YAMLMark) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

/// Why a text is no YAML that kubectl would take, and where.
package struct YAMLError: Error, Equatable, Sendable {
    package enum Problem: Equatable, Sendable {
        /// libyaml's own finding, and the line that kubectl names: counted within the document, at
        /// times one off, and left out on the first line.
        case syntax(String, kubectlLine: Int?)
        case unknownAnchor(String)
        /// An alias inside the value of its own anchor.
        case recursiveAnchor(String)
        /// An explicit tag that the scalar does not fit: `!!int abc`.
        case badTag(found: String, text: String, tag: String)
        case badBase64
        /// `<<` with something that is neither a map nor a list of maps.
        case badMerge
        /// A list or map as a key, as Go writes it.
        case badKey(String)
        /// A null or an integer above 2⁶³ as a key.
        case unsupportedKey(type: String, key: String, value: String)
        /// `.nan`, `.inf`: JSON has no such numbers.
        case notFinite(String)
        case excessiveAliasing
        case tooDeep(limit: Int)
        case tooManyValues(limit: Int)
        case tooLarge(limit: Int)
        /// The text starts with `{` and is read as JSON.
        case json(JSONError)
    }

    package let problem: Problem
    /// The place in the whole text.
    package let mark: YAMLMark
    /// The line that Kustomize names for a syntax error, where it is another than kubectl's: that in which the
    /// part begins that is broken.
    var contextLine: Int?

    package init(problem: Problem, mark: YAMLMark) {
        self.problem = problem
        self.mark = mark
    }

    /// What is wrong, without place: `did not find expected key`.
    package var message: String {
        switch problem {
        case .syntax(let text, _): text
        case .unknownAnchor(let name): "unknown anchor '\(name)' referenced"
        case .recursiveAnchor(let name): "anchor '\(name)' value contains itself"
        case .badTag(let found, let text, let tag): "cannot decode \(found) `\(text)` as a \(tag)"
        case .badBase64: "!!binary value contains invalid base64 data"
        case .badMerge: "map merge requires map or sequence of maps as the value"
        case .badKey(let key): "invalid map key: \(key)"
        case .unsupportedKey(let type, let key, let value):
            "unsupported map key of type: \(type), key: \(key), value: \(value)"
        case .notFinite(let text): "json: unsupported value: \(text)"
        case .excessiveAliasing: "document contains excessive aliasing"
        case .tooDeep(let limit): "exceeded max depth of \(limit)"
        case .tooManyValues(let limit): "the document holds more than \(limit) values"
        case .tooLarge(let limit): "the text is larger than \(limit) bytes"
        case .json(let error): error.message
        }
    }

    /// The line that kubectl prints behind `error parsing FILE: `.
    package var kubectlMessage: String {
        switch problem {
        case .json(let error):
            if error.problem == .unexpectedEnd { return "unexpected EOF" }
            // Go counts the bytes it has read, the offending one included.
            return "json: offset \(error.offset + 1): \(error.message)"
        case .unsupportedKey, .notFinite: return "error converting YAML to JSON: \(message)"
        case .syntax(_, let line?):
            return "error converting YAML to JSON: yaml: line \(line): \(message)"
        default: return "error converting YAML to JSON: yaml: \(message)"
        }
    }
}

extension YAMLError {
    /// As Kustomize words it, whose YAML is read by another version of the same parser.
    package var kustomizeMessage: String {
        if case .syntax = problem, let contextLine {
            return "yaml: line \(contextLine): \(message)"
        }
        return decoderMessage
    }

    /// As kubectl words it where nothing is converted.
    package var decoderMessage: String {
        let prefix = "error converting YAML to JSON: "
        let text = kubectlMessage
        return text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : text
    }
}

extension YAMLError: CustomStringConvertible {
    package var description: String { "line \(mark.line), column \(mark.column): \(message)" }
}
