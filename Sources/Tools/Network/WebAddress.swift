/// Where a request goes: the parts of `http://user:word@web.shop:8080/a?b=c`.
package struct WebAddress: Sendable, Equatable {
    package enum Problem: Error, Equatable {
        /// Another protocol than HTTP.
        case scheme(String)
        case malformed
    }

    package var scheme: String
    /// A name or an address, in small letters; an address of IPv6 without its brackets.
    package var host: String
    package var port: Int
    /// Path and query.
    package var target: String
    /// `name:password`.
    package var user: String?

    /// A request without a scheme goes by HTTP.
    package init(_ text: String) throws(Problem) {
        var rest = text[...]
        scheme = "http"
        if let mark = text.firstRange(of: "://") {
            scheme = text[..<mark.lowerBound].lowercased()
            rest = text[mark.upperBound...]
        }
        guard scheme == "http" || scheme == "https" else { throw .scheme(scheme) }
        let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
        var authority = rest[..<end]
        var path = rest[end...]
        if let fragment = path.firstIndex(of: "#") { path = path[..<fragment] }
        target = path.hasPrefix("/") ? String(path) : "/" + path
        if let at = authority.lastIndex(of: "@") {
            user = String(authority[..<at])
            authority = authority[authority.index(after: at)...]
        }
        var digits: Substring?
        if authority.hasPrefix("[") {
            guard let close = authority.firstIndex(of: "]") else { throw .malformed }
            let behind = authority[authority.index(after: close)...]
            host = authority[authority.index(after: authority.startIndex)..<close].lowercased()
            if !behind.isEmpty {
                guard behind.hasPrefix(":") else { throw .malformed }
                digits = behind.dropFirst()
            }
        } else if let colon = authority.firstIndex(of: ":") {
            host = authority[..<colon].lowercased()
            digits = authority[authority.index(after: colon)...]
        } else {
            host = authority.lowercased()
        }
        port = Self.standardPort(scheme)
        if let digits, !digits.isEmpty {
            guard let number = Int(digits), 0...65_535 ~= number else { throw .malformed }
            port = number
        }
        let isBlank = { (byte: UInt8) in byte <= 0x20 || byte == 0x7F }
        guard !host.isEmpty, !host.utf8.contains(where: isBlank),
            !target.utf8.contains(where: isBlank)
        else { throw .malformed }
    }

    private static func standardPort(_ scheme: String) -> Int { scheme == "https" ? 443 : 80 }

    package var isSecure: Bool { scheme == "https" }

    /// What the header Host says where nobody says otherwise.
    package var hostHeader: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == Self.standardPort(scheme) ? name : "\(name):\(port)"
    }

    package var text: String { "\(scheme)://\(hostHeader)\(target)" }

    /// Where the header Location of an answer leads: a whole address, a path, or one beside this one.
    package func following(_ location: String) -> WebAddress? {
        if location.contains("://") { return try? WebAddress(location) }
        var next = self
        if location.hasPrefix("//") { return try? WebAddress("\(scheme):\(location)") }
        if location.hasPrefix("/") {
            next.target = location
        } else {
            let path = target.prefix { $0 != "?" }
            let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "/"
            next.target = folder + location
        }
        return next
    }

    /// The last part of the path, for a file's name; `index.html` without one.
    package var fileName: String {
        let path = target.prefix { $0 != "?" }
        let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        return name.isEmpty ? "index.html" : String(name)
    }
}
