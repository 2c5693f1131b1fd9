import Foundation

/// The sources of the repository, read once.
struct SourceTree {
    let files: [SourceFile]
    /// The names of the targets that have a folder in `Sources/`.
    let targets: [String]
    /// What stands in each target's README.md.
    let readmes: [String: String]
    let package: PackageManifest

    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The repository as it is on disk.
    static let repository = SourceTree(root)

    init(_ root: URL) {
        func text(_ path: String) -> String? {
            try? String(contentsOf: root.appending(path: path), encoding: .utf8)
        }
        let manager = FileManager.default
        files = ["Sources", "Tests"].flatMap { folder in
            let below = manager.enumerator(atPath: root.appending(path: folder).path)
            return (below?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".swift") }
                .sorted().map { path in
                    SourceFile(path: "\(folder)/\(path)", text: text("\(folder)/\(path)") ?? "")
                }
        }
        let sources = root.appending(path: "Sources").path
        targets = ((try? manager.contentsOfDirectory(atPath: sources)) ?? [])
            .filter { !$0.hasPrefix(".") }.sorted()
        var readmes: [String: String] = [:]
        for target in targets { readmes[target] = text("Sources/\(target)/README.md") }
        self.readmes = readmes
        package = PackageManifest(text("Package.swift") ?? "")
    }

    /// Sources made up by a test.
    init(
        _ texts: [(path: String, text: String)], targets: [String] = [],
        readmes: [String: String] = [:], package: String = ""
    ) {
        files = texts.map { SourceFile(path: $0.path, text: $0.text) }
        self.targets = targets
        self.readmes = readmes
        self.package = PackageManifest(package)
    }
}

/// What Package.swift says of targets, read from its text.
struct PackageManifest {
    struct Target {
        let name: String
        /// Targets of ours and names of products, as the manifest has them.
        let dependencies: [String]
    }

    private(set) var targets: [Target] = []

    /// Finds the calls that make targets: `library("A", ["B"])`, `tests(…)`, `.target(name: …)` and
    /// `.executableTarget(name: …)`.
    init(_ text: String) {
        let calls = ["library(", "tests(", ".target(", ".executableTarget("]
        var rest = text[...]
        while let call = calls.compactMap({ rest.firstRange(of: $0) })
            .min(by: { $0.lowerBound < $1.lowerBound })
        {
            let body = Self.body(rest[call.upperBound...])
            let isDeclaration = rest[..<call.lowerBound].hasSuffix("func ")
            rest = rest[call.upperBound...]
            guard !isDeclaration, let target = Self.target(body) else { continue }
            targets.append(target)
        }
    }

    /// The text up to the parenthesis that closes the call.
    private static func body(_ text: Substring) -> Substring {
        var depth = 1
        for index in text.indices {
            if text[index] == "(" { depth += 1 }
            if text[index] == ")" { depth -= 1 }
            if depth == 0 { return text[..<index] }
        }
        return text
    }

    private static func target(_ body: Substring) -> Target? {
        // Everything before further named arguments: they hold settings, no dependencies.
        var head = body
        for label in ["without:", "exclude:", "swiftSettings:", "linkerSettings:"] {
            if let cut = head.firstRange(of: label) { head = head[..<cut.lowerBound] }
        }
        // A product is known by its own name, not by its package's.
        let texts = head.split(separator: "\"", omittingEmptySubsequences: false)
        var strings: [String] = []
        for index in stride(from: 1, to: texts.count, by: 2)
        where !texts[index - 1].hasSuffix("package: ") {
            strings.append(String(texts[index]))
        }
        guard let name = strings.first else { return nil }
        return Target(name: name, dependencies: Array(strings.dropFirst()))
    }
}
