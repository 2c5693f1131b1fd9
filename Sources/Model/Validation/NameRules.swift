/// The rules for names and short texts, each answering the messages of what is wrong with a text;
/// no message means that it is valid.
///
/// Source of rules and words: apimachinery, util/validation.
package enum NameRules {
    /// A DNS label of at most 63 characters: `my-name`, `123-abc`.
    package static func dns1123Label(_ text: String) -> [String] {
        var messages: [String] = []
        if text.utf8.count > 63 { messages.append(tooLong(63)) }
        if !isLabel(text.utf8[...], leadingDigits: true) {
            let isSubdomain = dns1123Subdomain(text).isEmpty
            messages.append(
                isSubdomain
                    ? "must not contain dots"
                    : expression(
                        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters "
                            + "or '-', and must start and end with an alphanumeric character",
                        "[a-z0-9]([-a-z0-9]*[a-z0-9])?", ["my-name", "123-abc"]))
        }
        return messages
    }

    /// Labels joined by dots, at most 253 characters: what most objects may be called.
    package static func dns1123Subdomain(_ text: String) -> [String] {
        var messages: [String] = []
        if text.utf8.count > 253 { messages.append(tooLong(253)) }
        if !isSubdomain(text.utf8[...]) {
            messages.append(
                expression(
                    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric "
                        + "characters, '-' or '.', and must start and end with an alphanumeric "
                        + "character",
                    #"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*"#,
                    ["example.com"]))
        }
        return messages
    }

    /// A subdomain whose first label is a star: `*.example.com`.
    static func wildcardSubdomain(_ text: String) -> [String] {
        if text.hasPrefix("*."), dns1123Subdomain(String(text.dropFirst(2))).isEmpty { return [] }
        return [
            expression(
                "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS "
                    + "subdomain, which must consist of lower case alphanumeric characters, '-' or "
                    + "'.' and end with an alphanumeric character",
                #"\*\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*"#,
                ["*.example.com"])
        ]
    }

    /// A DNS label that begins with a letter: what services may be called.
    package static func dns1035Label(_ text: String) -> [String] {
        var messages: [String] = []
        if text.utf8.count > 63 { messages.append(tooLong(63)) }
        if !isLabel(text.utf8[...], leadingDigits: false) {
            messages.append(
                expression(
                    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', "
                        + "start with an alphabetic character, and end with an alphanumeric "
                        + "character",
                    "[a-z]([-a-z0-9]*[a-z0-9])?", ["my-name", "abc-123"]))
        }
        return messages
    }

    /// IsValidPathSegmentName: whatever can stand between two slashes.
    static func pathSegment(_ text: String) -> [String] {
        if text == "." || text == ".." { return ["may not be '\(text)'"] }
        return ["/", "%"].filter { text.contains($0) }.map { "may not contain '\($0)'" }
    }

    /// A key of labels, annotations, taints and resources: `app`, `example.com/role`.
    package static func qualifiedName(_ text: String) -> [String] {
        // Mostly nothing is wrong with it: the words are put together only where something is.
        if isQualifiedName(text) { return [] }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        var messages: [String] = []
        let words = expression(
            "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with "
                + "an alphanumeric character",
            "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]", ["MyName", "my.name", "123-abc"])
        if parts.count > 2 {
            return [
                "a valid label key " + words
                    + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"
            ]
        }
        if parts.count == 2 {
            messages =
                parts[0].isEmpty
                ? ["prefix part " + empty]
                : dns1123Subdomain(parts[0]).map { "prefix part " + $0 }
        }
        let name = parts.last ?? ""
        if name.isEmpty {
            messages.append("name part " + empty)
        } else if name.utf8.count > 63 {
            messages.append("name part " + tooLong(63))
        }
        if !isQualified(name) { messages.append("name part " + words) }
        return messages
    }

    /// A label's value: empty, or up to 63 characters.
    package static func labelValue(_ text: String) -> [String] {
        var messages: [String] = []
        if text.utf8.count > 63 { messages.append(tooLong(63)) }
        if !text.isEmpty, !isQualified(text) {
            messages.append(
                expression(
                    "a valid label must be an empty string or consist of alphanumeric characters, "
                        + "'-', '_' or '.', and must start and end with an alphanumeric character",
                    "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?",
                    ["MyValue", "my_value", "12345"]))
        }
        return messages
    }

    /// The name of a port: up to 15 characters with a letter among them (RFC 6335).
    package static func portName(_ text: String) -> [String] {
        var messages: [String] = []
        let bytes = Array(text.utf8)
        if bytes.count > 15 { messages.append(tooLong(15)) }
        if !bytes.allSatisfy({ isLowerOrDigit($0) || $0 == hyphen }) || bytes.isEmpty {
            messages.append(
                "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)")
        }
        if !bytes.contains(where: { isLower($0) }) {
            messages.append("must contain at least one letter (a-z)")
        }
        if zip(bytes, bytes.dropFirst()).contains(where: { $0 == hyphen && $1 == hyphen }) {
            messages.append("must not contain consecutive hyphens")
        }
        if bytes.first == hyphen || bytes.last == hyphen {
            messages.append("must not begin or end with a hyphen")
        }
        return messages
    }

    /// A key of a ConfigMap or Secret; it becomes a file's name.
    package static func configMapKey(_ text: String) -> [String] {
        var messages: [String] = []
        if text.utf8.count > 253 { messages.append(tooLong(253)) }
        let isValid = !text.isEmpty && text.utf8.allSatisfy { isWord($0) }
        if !isValid {
            messages.append(
                expression(
                    "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
                    "[-._a-zA-Z0-9]+", ["key.name", "KEY_NAME", "key-name"]))
        }
        if text == "." {
            messages.append("must not be '.'")
        } else if text == ".." {
            messages.append("must not be '..'")
        } else if text.hasPrefix("..") {
            messages.append("must not start with '..'")
        }
        return messages
    }

    /// An environment variable's name as kubectl takes it (IsEnvVarName).
    package static func environmentName(_ text: String) -> [String] {
        var found: [String] = []
        let isName = text.utf8.enumerated().allSatisfy { place, byte in
            switch byte {
            case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), 0x41...0x5A, 0x61...0x7A:
                true
            case 0x30...0x39: place > 0
            default: false
            }
        }
        if text.isEmpty || !isName {
            found.append(
                "a valid environment variable name must consist of alphabetic characters, digits, '_', "
                    + "'-', or '.', and must not start with a digit (e.g. 'my.env-name',  or "
                    + "'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is "
                    + "'[-._a-zA-Z][-._a-zA-Z0-9]*')")
        }
        if text == "." || text == ".." {
            found.append("must not be '\(text)'")
        } else if text.hasPrefix("..") {
            found.append("must not start with '..'")
        }
        return found
    }

    /// The name of an HTTP header: `X-Header-Name`.
    static func httpHeader(_ text: String) -> [String] {
        if !text.isEmpty, text.utf8.allSatisfy({ isAlphanumeric($0) || $0 == hyphen }) { return [] }
        return [
            expression(
                "a valid HTTP header must consist of alphanumeric characters or '-'",
                "[-A-Za-z0-9]+", ["X-Header-Name"])
        ]
    }

    /// A path behind a domain, as in `acme.io/foo`.
    static func httpPath(_ text: String) -> [String] {
        let others = Set("/-._~%!$&'()*+,;=:".utf8)
        if text.utf8.allSatisfy({ isAlphanumeric($0) || others.contains($0) }) { return [] }
        return [
            "Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')"
        ]
    }

    /// A search path of DNS: a subdomain whose labels may begin with, and hold, an underscore.
    static func searchPath(_ text: String) -> [String] {
        var messages: [String] = []
        if text.utf8.count > 253 { messages.append(tooLong(253)) }
        let underscore = UInt8(ascii: "_")
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let isValid = parts.allSatisfy { part in
            let rest = part.first == underscore ? part.dropFirst() : part
            guard let first = rest.first, let last = rest.last else { return false }
            return isLowerOrDigit(first) && isLowerOrDigit(last)
                && rest.allSatisfy { isLowerOrDigit($0) || $0 == hyphen || $0 == underscore }
        }
        if !isValid {
            messages.append(
                expression(
                    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric "
                        + "characters, '_', '-' or '.', and must start and end with an "
                        + "alphanumeric character",
                    "_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*",
                    ["example.com"]))
        }
        return messages
    }

    /// An environment variable's name, by the relaxed rule (KEP-4369).
    package static func environmentVariable(_ text: String) -> [String] {
        let isValid =
            !text.isEmpty
            && text.utf8.allSatisfy { $0 >= 0x20 && $0 <= 0x7E && $0 != UInt8(ascii: "=") }
        if isValid { return [] }
        return [
            "a valid environment variable name must consist only of printable ASCII characters "
                + "other than '='"
        ]
    }

    /// A port number.
    package static func portNumber(_ number: Int) -> [String] {
        (1...65535).contains(number) ? [] : [inclusiveRange(1, 65535)]
    }

    /// `25%`.
    package static func percent(_ text: String) -> [String] {
        let digits = text.utf8.dropLast()
        if text.hasSuffix("%"), !digits.isEmpty, digits.allSatisfy({ isDigit($0) }) { return [] }
        return [
            expression(
                "a valid percent string must be a numeric string followed by an ending '%'",
                "[0-9]+%", ["1%", "93%"])
        ]
    }

    static let empty = "must be non-empty"
    static func tooLong(_ count: Int) -> String { "must be no more than \(count) characters" }
    static func inclusiveRange(_ low: Int, _ high: Int) -> String {
        "must be between \(low) and \(high), inclusive"
    }

    /// A rule with its regular expression and examples, in apimachinery's form (two examples are
    /// parted by a comma, two blanks and "or").
    static func expression(_ rule: String, _ pattern: String, _ examples: [String]) -> String {
        let listed = examples.map { "'\($0)', " }.joined(separator: " or ")
        return "\(rule) (\(examples.isEmpty ? "" : "e.g. ")\(listed)"
            + "regex used for validation is '\(pattern)')"
    }
}

extension NameRules {
    static let hyphen = UInt8(ascii: "-")
    private static let dot = UInt8(ascii: ".")

    static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    static func isLower(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }
    static func isUpper(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }
    static func isLowerOrDigit(_ byte: UInt8) -> Bool { isLower(byte) || isDigit(byte) }
    static func isAlphanumeric(_ byte: UInt8) -> Bool { isLowerOrDigit(byte) || isUpper(byte) }
    static func isWord(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || byte == hyphen || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: ".")
    }

    static func isLabel(_ bytes: Substring.UTF8View, leadingDigits: Bool) -> Bool {
        guard let first = bytes.first, let last = bytes.last else { return false }
        return (leadingDigits ? isLowerOrDigit(first) : isLower(first)) && isLowerOrDigit(last)
            && bytes.allSatisfy { isLowerOrDigit($0) || $0 == hyphen }
    }

    /// Labels joined by dots.
    private static func isSubdomain(_ bytes: Substring.UTF8View) -> Bool {
        // The byte before, as if the text followed a dot.
        var before = dot
        for byte in bytes {
            if byte == dot {
                guard isLowerOrDigit(before) else { return false }
            } else {
                guard isLowerOrDigit(byte) || byte == hyphen && before != dot else { return false }
            }
            before = byte
        }
        return isLowerOrDigit(before)
    }

    static func isQualified(_ text: String) -> Bool { isQualified(text.utf8[...]) }

    private static func isQualified(_ bytes: Substring.UTF8View) -> Bool {
        guard let first = bytes.first, let last = bytes.last else { return false }
        return isAlphanumeric(first) && isAlphanumeric(last) && bytes.allSatisfy { isWord($0) }
    }

    /// Whether ``qualifiedName(_:)`` finds nothing wrong.
    static func isQualifiedName(_ text: String) -> Bool {
        var name = text.utf8[...]
        if let slash = name.firstIndex(of: UInt8(ascii: "/")) {
            let prefix = name[..<slash]
            name = name[slash...].dropFirst()
            guard prefix.count <= 253, isSubdomain(prefix) else { return false }
        }
        return name.count <= 63 && isQualified(name)
    }
}
