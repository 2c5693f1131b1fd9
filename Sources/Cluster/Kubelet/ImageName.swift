/// The name of an image as a manifest gives it, and as a container runtime completes it.
struct ImageName {
    /// As the manifest has it.
    let text: String
    /// With registry, `library/` and tag: `docker.io/library/nginx:latest` for `nginx`.
    let normalized: String
    /// Without tag and digest: `docker.io/library/nginx`.
    let repository: String
    /// Why the name is none, in the words of the reference parser; nil for a valid one.
    let fault: String?

    init(_ text: String) {
        self.text = text
        var name = Substring(text)
        var suffix = ""
        if let at = name.firstIndex(of: "@") {
            suffix = String(name[at...])
            name = name[..<at]
        }
        let slash = name.lastIndex(of: "/") ?? name.startIndex
        var tag = ""
        if let colon = name[slash...].lastIndex(of: ":") {
            tag = String(name[colon...])
            name = name[..<colon]
        }
        var parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let isHost = { (part: String) in
            part.contains(".") || part.contains(":") || part == "localhost"
        }
        let hasHost = parts.count > 1 && isHost(parts[0])
        if !hasHost {
            if parts.count == 1 { parts.insert("library", at: 0) }
            parts.insert("docker.io", at: 0)
        }
        repository = parts.joined(separator: "/")
        if suffix.isEmpty { suffix = tag.isEmpty ? ":latest" : tag }
        normalized = repository + suffix
        fault = Self.fault(Array(parts.dropFirst()), tag: tag)
    }

    /// Source: distribution's reference grammar: parts of small letters and digits with `.`, `_`, `-`
    /// between; a tag of word characters, dots and dashes.
    private static func fault(_ parts: [String], tag: String) -> String? {
        let path = parts.joined(separator: "/")
        let isSmall = { (byte: UInt8) in
            byte >= 0x61 && byte <= 0x7A || byte >= 0x30 && byte <= 0x39
        }
        var hasCapital = false
        for part in parts {
            guard let first = part.utf8.first, let last = part.utf8.last else {
                return "invalid reference format"
            }
            for byte in part.utf8 {
                if byte >= 0x41 && byte <= 0x5A {
                    hasCapital = true
                } else if !isSmall(byte), !".-_".utf8.contains(byte) {
                    return "invalid reference format"
                }
            }
            if ".-_".utf8.contains(first) || ".-_".utf8.contains(last) {
                return "invalid reference format"
            }
        }
        if hasCapital {
            return "invalid reference format: repository name (\(path)) must be lowercase"
        }
        if !tag.isEmpty {
            let word = tag.dropFirst()
            let isWord = word.utf8.allSatisfy {
                isSmall($0) || $0 >= 0x41 && $0 <= 0x5A || ".-_".utf8.contains($0)
            }
            if word.isEmpty || word.utf8.count > 128 || !isWord || ".-".contains(word.first!) {
                return "invalid reference format"
            }
        }
        return nil
    }
}
