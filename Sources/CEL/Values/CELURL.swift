/// An absolute URL, as Go's `url.Parse` takes it apart.
struct CELURL: Sendable {
    /// The whole.
    let text: String
    let scheme: String
    /// With its port.
    let host: String
    /// As it was written.
    let path: String
    let query: String

    /// Reads an absolute URL or a path that begins with a slash (Go `url.ParseRequestURI`).
    ///
    /// - Throws: what is wrong, in Go's words.
    init(parsing text: String) throws(CELAddress.Wrong) {
        func wrong(_ reason: String) -> CELAddress.Wrong {
            CELAddress.Wrong(message: "parse \(CELQuoting.go(text)): \(reason)")
        }
        self.text = text
        if text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
            throw wrong("net/url: invalid control character in URL")
        }
        if text.isEmpty { throw wrong("empty url") }
        var rest = text[...]
        if let mark = rest.firstIndex(of: "#") { rest = rest[..<mark] }
        scheme = try Self.takeScheme(&rest, wrong)
        if let mark = rest.firstIndex(of: "?") {
            query = String(rest[rest.index(after: mark)...])
            rest = rest[..<mark]
        } else {
            query = ""
        }
        guard rest.hasPrefix("/") || (rest.isEmpty && text == "*") else {
            // `mailto:x` is opaque: it has no host and no path.
            if !scheme.isEmpty {
                host = ""
                path = ""
                return
            }
            throw wrong("invalid URI for request")
        }
        guard rest.hasPrefix("//"), !scheme.isEmpty || !rest.hasPrefix("///") else {
            host = ""
            path = String(rest)
            try Self.checkEscapes(path, wrong)
            return
        }
        let authority = rest.dropFirst(2).prefix { $0 != "/" }
        path = String(rest.dropFirst(2 + authority.count))
        let name = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] }
        host = try Self.host(String(name ?? authority), wrong)
        try Self.checkEscapes(path, wrong)
    }

    private static func takeScheme(
        _ rest: inout Substring, _ wrong: (String) -> CELAddress.Wrong
    ) throws(CELAddress.Wrong) -> String {
        for (index, scalar) in rest.unicodeScalars.enumerated() {
            if scalar == ":" {
                if index == 0 { throw wrong("missing protocol scheme") }
                let scheme = rest.prefix(index).lowercased()
                rest = rest.dropFirst(index + 1)
                return scheme
            }
            let isLetter = scalar.isNamePart && !scalar.isDigit && scalar != "_"
            let isInner = scalar.isDigit || scalar == "+" || scalar == "-" || scalar == "."
            if isLetter || (isInner && index > 0) { continue }
            if isInner || index == 0 || scalar == "/" || scalar == "?" { return "" }
            return ""
        }
        return ""
    }

    private static func host(
        _ host: String, _ wrong: (String) -> CELAddress.Wrong
    ) throws(CELAddress.Wrong) -> String {
        var port = ""
        if host.hasPrefix("[") {
            guard let end = host.lastIndex(of: "]") else { throw wrong("missing ']' in host") }
            port = String(host[host.index(after: end)...])
        } else if let colon = host.lastIndex(of: ":") {
            port = String(host[colon...])
        }
        let isPort =
            port.isEmpty || (port.hasPrefix(":") && port.dropFirst().allSatisfy(\.isNumber))
        guard isPort else {
            throw wrong("invalid port \(CELQuoting.go(port)) after host")
        }
        for scalar in host.unicodeScalars where " \"<>\\^`{|}".unicodeScalars.contains(scalar) {
            throw wrong("invalid character \(CELQuoting.go(String(scalar))) in host name")
        }
        return host
    }

    private static func checkEscapes(
        _ path: String, _ wrong: (String) -> CELAddress.Wrong
    ) throws(CELAddress.Wrong) {
        let scalars = Array(path.unicodeScalars)
        for index in scalars.indices where scalars[index] == "%" {
            let digits = scalars[(index + 1)...].prefix(2)
            guard digits.count == 2, digits.allSatisfy({ $0.hexDigit != nil }) else {
                let part = String(String.UnicodeScalarView(scalars[index...].prefix(3)))
                throw wrong("invalid URL escape \(CELQuoting.go(part))")
            }
        }
    }

    /// The host without its port and without brackets.
    var hostname: String {
        if host.hasPrefix("["), let end = host.lastIndex(of: "]") {
            return String(host[host.index(after: host.startIndex)..<end])
        }
        return host.lastIndex(of: ":").map { String(host[..<$0]) } ?? host
    }

    var port: String {
        let rest = host.hasPrefix("[") ? host.drop { $0 != "]" } : host[...]
        return rest.lastIndex(of: ":").map { String(rest[rest.index(after: $0)...]) } ?? ""
    }

    /// The path with whatever may not stand in one as percent signs and digits.
    var escapedPath: String {
        var text = ""
        for byte in path.utf8 {
            let scalar = Unicode.Scalar(byte)
            if scalar.isNamePart || "-.~$&+,/:;=@!'()*%[]".unicodeScalars.contains(scalar) {
                text.unicodeScalars.append(scalar)
            } else {
                text +=
                    "%" + String(byte >> 4, radix: 16).uppercased()
                    + String(byte & 15, radix: 16).uppercased()
            }
        }
        return text
    }

    /// The values of each name in the query, by name in the order of first appearance.
    var queryValues: [(name: String, values: [String])] {
        var found: [(name: String, values: [String])] = []
        var places: [CELText: Int] = [:]
        for part in query.split(separator: "&") where !part.contains(";") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.unescaped(pair[0]),
                let value = Self.unescaped(pair.count > 1 ? pair[1] : "")
            else { continue }
            if let index = places[CELText(name)] {
                found[index].values.append(value)
            } else {
                places[CELText(name)] = found.count
                found.append((name, [value]))
            }
        }
        return found
    }

    private static func unescaped(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "+") {
                bytes.append(0x20)
            } else if byte == UInt8(ascii: "%") {
                let digits = rest.prefix(2)
                let text = String(decoding: digits, as: UTF8.self)
                guard digits.count == 2, let decoded = UInt8(text, radix: 16) else { return nil }
                bytes.append(decoded)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Texts between quotes.
enum CELQuoting {
    /// As Go's `%q`.
    static func go(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case "\r": quoted += "\\r"
            case "\u{7}": quoted += "\\a"
            case "\u{8}": quoted += "\\b"
            case "\u{C}": quoted += "\\f"
            case "\u{B}": quoted += "\\v"
            default:
                if scalar.value < 0x20 || scalar.value == 0x7F {
                    let digits = String(scalar.value, radix: 16)
                    quoted += "\\x" + (digits.utf8.count < 2 ? "0" : "") + digits
                } else {
                    quoted.unicodeScalars.append(scalar)
                }
            }
        }
        return quoted + "\""
    }

    /// As the function `strings.quote`.
    static func cel(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case "\r": quoted += "\\r"
            case "\u{7}": quoted += "\\a"
            case "\u{8}": quoted += "\\b"
            case "\u{C}": quoted += "\\f"
            case "\u{B}": quoted += "\\v"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
