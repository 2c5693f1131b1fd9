import Testing

/// Something that must hold for the sources, with sources for which it does not.
struct TidyRule: Sendable, CustomTestStringConvertible {
    /// What must hold, in words.
    let name: String
    /// Finds where it does not.
    let check: @Sendable (SourceTree) -> [Finding]
    /// Sources for which it does not hold, and what must be found there, in order.
    let counterexamples: [(tree: @Sendable () -> SourceTree, findings: [Finding])]

    var testDescription: String { name }

    /// A rule about single files.
    static func perFile(
        _ name: String, check: @escaping @Sendable (SourceFile) -> [Finding],
        counterexamples: [(path: String, text: String, findings: [(line: Int, message: String)])]
    ) -> TidyRule {
        TidyRule(
            name: name, check: { $0.files.flatMap(check) },
            counterexamples: counterexamples.map { example in
                (
                    { SourceTree([(example.path, example.text)]) },
                    example.findings.map {
                        Finding(path: example.path, line: $0.line, message: $0.message)
                    }
                )
            })
    }

    /// Every rule.
    static let all: [TidyRule] = [
        .layers, .unusedDependencies, .outerModules, .determinism, .fileLength, .functionLength,
        .placeholders, .publicDocumentation, .readmes, .unsafeReasons, .ownDispatch, .registries,
        .copies,
    ]
}
