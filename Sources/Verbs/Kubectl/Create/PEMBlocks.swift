/// The blocks of a PEM file, as far as a TLS secret needs them. What is in the blocks is not looked at.
///
/// Source of rules and texts: Go's crypto/tls, X509KeyPair.
enum PEMBlocks {
    /// Why the two files are no certificate and its key; nil where they may be.
    static func problem(certificate: String, key: String) -> String? {
        let certificates = types(in: certificate)
        if !certificates.contains("CERTIFICATE") {
            if certificates.isEmpty {
                return "tls: failed to find any PEM data in certificate input"
            }
            if certificates.count == 1, certificates[0].hasSuffix("PRIVATE KEY") {
                return
                    "tls: failed to find certificate PEM data in certificate input, but did find a "
                    + "private key; PEM inputs may have been switched"
            }
            return
                "tls: failed to find \"CERTIFICATE\" PEM block in certificate input after skipping "
                + "PEM blocks of the following types: [\(certificates.joined(separator: " "))]"
        }
        let keys = types(in: key)
        if keys.contains(where: { $0 == "PRIVATE KEY" || $0.hasSuffix(" PRIVATE KEY") }) {
            return nil
        }
        if keys.isEmpty { return "tls: failed to find any PEM data in key input" }
        if keys == ["CERTIFICATE"] {
            return "tls: found a certificate rather than a key in the PEM for the private key"
        }
        return
            "tls: failed to find PEM block with type ending in \"PRIVATE KEY\" in key input after "
            + "skipping PEM blocks of the following types: [\(keys.joined(separator: " "))]"
    }

    /// The types of the blocks that begin and end.
    private static func types(in text: String) -> [String] {
        var found: [String] = []
        var open: String?
        for line in text.split(whereSeparator: \.isNewline) {
            if let type = between(line, "-----BEGIN ") {
                open = type
            } else if let type = between(line, "-----END "), type == open {
                found.append(type)
                open = nil
            }
        }
        return found
    }

    private static func between(_ line: Substring, _ start: String) -> String? {
        guard line.hasPrefix(start), line.hasSuffix("-----"), line.count >= start.count + 5 else {
            return nil
        }
        return String(line.dropFirst(start.count).dropLast(5))
    }
}
