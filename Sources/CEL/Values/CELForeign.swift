import Value

/// A value of one of Kubernetes' libraries.
public final class CELForeign: Sendable {
    enum Content: Sendable {
        case quantity(Quantity)
        case address(CELAddress)
        case network(CELNetwork)
        case url(CELURL)
        case version(CELVersion)
        case format(CELFormat)
        case authorizer(CELAuthorizer)
    }

    let content: Content

    init(_ content: Content) { self.content = content }

    var typeName: String {
        switch content {
        case .quantity: "kubernetes.Quantity"
        case .address: "net.IP"
        case .network: "net.CIDR"
        case .url: "kubernetes.URL"
        case .version: "kubernetes.Semver"
        case .format: "kubernetes.NamedFormat"
        case .authorizer(let authorizer): authorizer.typeName
        }
    }

    var text: String {
        switch content {
        case .quantity(let quantity): quantity.text
        case .address(let address): address.text
        case .network(let network): network.text
        case .url(let url): url.text
        case .version(let version): version.text
        case .format(let format): format.name
        case .authorizer(let authorizer): authorizer.typeName
        }
    }

    /// The number of bytes of an address, which calls are priced by.
    var size: Int? {
        switch content {
        case .address(let address): address.isV4 ? 4 : 16
        case .network(let network): network.address.isV4 ? 4 : 16
        case .quantity, .url, .version, .format, .authorizer: nil
        }
    }

    static func == (left: CELForeign, right: CELForeign) -> Bool {
        switch (left.content, right.content) {
        case (.quantity(let left), .quantity(let right)): left == right
        case (.address(let left), .address(let right)): left == right
        case (.network(let left), .network(let right)): left == right
        case (.url(let left), .url(let right)): left.text.isSame(as: right.text)
        case (.version(let left), .version(let right)): left.order(to: right) == 0
        case (.format(let left), .format(let right)): left.name == right.name
        case (.quantity, _), (.address, _), (.network, _), (.url, _), (.version, _), (.format, _),
            (.authorizer, _):
            false
        }
    }
}

/// A named format that strings can be held to. Which there are, the one who compiles says: the rules
/// of names belong to the kinds.
public struct CELFormat: Sendable {
    /// As it is printed: `DNS1123Label`.
    public let name: String
    /// How long its expression is, which calls are priced by.
    public let patternSize: Int
    /// What is wrong with a text; empty where nothing is.
    public let problems: @Sendable (String) -> [String]

    /// A format by its name.
    public init(
        name: String, patternSize: Int, problems: @escaping @Sendable (String) -> [String]
    ) {
        self.name = name
        self.patternSize = patternSize
        self.problems = problems
    }
}

/// A semantic version (semver.org 2.0.0, as blang/semver reads it).
struct CELVersion: Sendable {
    let numbers: [UInt64]
    let prerelease: [String]
    let build: [String]

    var text: String {
        numbers.map { String($0) }.joined(separator: ".")
            + (prerelease.isEmpty ? "" : "-" + prerelease.joined(separator: "."))
            + (build.isEmpty ? "" : "+" + build.joined(separator: "."))
    }

    /// Reads `1.2.3-alpha.1+build`; the failure says what is wrong, in the words of blang/semver.
    static func read(_ text: String) -> Result<CELVersion, CELFault> {
        func wrong(_ message: String) -> Result<CELVersion, CELFault> {
            .failure(.failed(message))
        }
        if text.isEmpty { return wrong("Version string empty") }
        let parts = text.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return wrong("No Major.Minor.Patch elements found") }
        var patch = parts[2]
        var build: [String] = []
        var prerelease: [String] = []
        if let mark = patch.firstIndex(of: "+") {
            build = Self.pieces(patch[patch.index(after: mark)...])
            patch = patch[..<mark]
        }
        if let mark = patch.firstIndex(of: "-") {
            prerelease = Self.pieces(patch[patch.index(after: mark)...])
            patch = patch[..<mark]
        }
        var numbers: [UInt64] = []
        for (name, part) in [("major", parts[0]), ("minor", parts[1]), ("patch", patch)] {
            let title = name.prefix(1).uppercased() + name.dropFirst()
            guard part.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
                return wrong("Invalid character(s) found in \(name) number \"\(part)\"")
            }
            if part.utf8.count > 1, part.hasPrefix("0") {
                return wrong("\(title) number must not contain leading zeroes \"\(part)\"")
            }
            guard let number = UInt64(part) else {
                return wrong("strconv.ParseUint: parsing \"\(part)\": invalid syntax")
            }
            numbers.append(number)
        }
        for part in prerelease {
            if part.isEmpty { return wrong("Prerelease is empty") }
            if !part.unicodeScalars.allSatisfy(Self.isAllowed) {
                return wrong("Invalid character(s) found in prerelease \"\(part)\"")
            }
            if part.utf8.count > 1, part.hasPrefix("0"),
                part.utf8.allSatisfy({ (0x30...0x39).contains($0) })
            {
                return wrong(
                    "Numeric PreRelease version must not contain leading zeroes \"\(part)\"")
            }
        }
        for part in build {
            if part.isEmpty { return wrong("Build meta data is empty") }
            if !part.unicodeScalars.allSatisfy(Self.isAllowed) {
                return wrong("Invalid character(s) found in build meta data \"\(part)\"")
            }
        }
        return .success(CELVersion(numbers: numbers, prerelease: prerelease, build: build))
    }

    /// As `read`, after a `v` before it, zeros before numbers and missing numbers were mended.
    static func readLeniently(_ text: String) -> Result<CELVersion, CELFault> {
        let bare = text.hasPrefix("v") ? String(text.dropFirst()) : text
        var parts = bare.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
            .map { String($0) }
        for index in parts.indices where parts[index].utf8.count > 1 {
            let stripped = parts[index].drop { $0 == "0" }
            let startsWithDigit = stripped.utf8.first.map { (0x30...0x39).contains($0) } ?? false
            parts[index] = startsWithDigit ? String(stripped) : "0" + stripped
        }
        if parts.count < 3 {
            if parts[parts.count - 1].contains(where: { "+-".contains($0) }) {
                return .failure(
                    .failed("short version cannot contain PreRelease/Build meta data"))
            }
            while parts.count < 3 { parts.append("0") }
        }
        return read(parts.joined(separator: "."))
    }

    private static func pieces(_ text: Substring) -> [String] {
        text.split(separator: ".", omittingEmptySubsequences: false).map { String($0) }
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "-" || (scalar.isNamePart && scalar != "_")
    }

    /// -1, 0 or 1; what is built from it does not count.
    func order(to other: CELVersion) -> Int {
        for (left, right) in zip(numbers, other.numbers) where left != right {
            return left < right ? -1 : 1
        }
        if prerelease.isEmpty || other.prerelease.isEmpty {
            return prerelease.isEmpty == other.prerelease.isEmpty ? 0 : prerelease.isEmpty ? 1 : -1
        }
        for (left, right) in zip(prerelease, other.prerelease) where left != right {
            switch (UInt64(left), UInt64(right)) {
            case (let left?, let right?): return left < right ? -1 : 1
            case (_?, nil): return -1
            case (nil, _?): return 1
            case (nil, nil): return left < right ? -1 : 1
            }
        }
        return prerelease.count == other.prerelease.count
            ? 0 : prerelease.count < other.prerelease.count ? -1 : 1
    }
}
