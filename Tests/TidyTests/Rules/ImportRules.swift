/// Who may import whom (STYLE's picture): a target imports targets of lower layers only, never one of
/// its own. The one place where layers are written down.
enum Layers {
    static let fromBottom: [Set<String>] = [
        ["Support", "CReadline", "CCourse"],
        ["Value", "Patterns"],
        ["YAML", "Syntax", "Model", "Tools", "CEL"],
        ["Containers"],
        ["API", "Schema"],
        ["Language", "Cluster", "Printers", "Pictures"],
        ["Verbs", "Reports", "Learner"],
        ["Why"],
        ["Session"],
        ["Assist", "Learn"],
        ["Runner", "Transcripts", "Pages"],
        ["REPL", "LanguageServer"],
        ["CLI"],
        ["drydock", "drydock-dev"],
    ]

    /// Nil for what is no target of ours.
    static func layer(_ target: String) -> Int? {
        fromBottom.firstIndex { $0.contains(target) }
    }

    /// Modules from outside, each with the targets that may import it. `Glibc` gives descriptors,
    /// signals and the disk: it belongs to the edges, apart from the native stack (Support's
    /// DeepStack), the logarithm of a scheduler's score (Cluster's PodTopologySpread) and awk's
    /// functions of numbers (Tools).
    static let outer: [String: Set<String>] = [
        "CYaml": ["YAML"],
        "ArgumentParser": ["CLI", "drydock-dev"],
        "DequeModule": ["Cluster"],
        "Foundation": ["drydock-dev"],
        "Glibc": [
            "Support", "Tools", "Cluster", "Session", "REPL", "CLI", "Transcripts", "drydock-dev",
        ],
        "Synchronization": ["Support", "Model", "Cluster", "CLI", "drydock-dev"],
    ]

    /// The C library's names elsewhere.
    static let otherNames = ["Musl": "Glibc", "Darwin": "Glibc"]

    /// A product of a package whose module has another name.
    static let modules = ["Yams": "CYaml"]

    /// Targets in which a run is decided: the same script and seed give the same bytes anywhere.
    static let core: Set<String> = [
        "Support", "Value", "Patterns", "YAML", "Syntax", "Language", "Model", "API", "Cluster",
        "Tools", "Containers", "CEL", "Schema", "Printers", "Pictures", "Verbs", "Why", "Learner",
    ]
}

extension TidyRule {
    static let layers = TidyRule(
        name: "imports go downward, never sideways",
        check: { tree in
            tree.files.flatMap { file -> [Finding] in
                let own = file.isTest ? String(file.target.dropLast("Tests".count)) : file.target
                guard let layer = Layers.layer(own) else {
                    let isFree = file.isTest && !tree.targets.contains(own)
                    return isFree
                        ? [] : [Finding(path: file.path, line: 0, message: "\(own) has no layer")]
                }
                return file.imports.compactMap { module, line in
                    guard let below = Layers.layer(module), module != own, below >= layer else {
                        return nil
                    }
                    return Finding(
                        path: file.path, line: line,
                        message: "\(own) may not import \(module), which is "
                            + (below == layer ? "beside it" : "above it"))
                }
            }
        },
        counterexamples: [
            (
                {
                    SourceTree(
                        [
                            ("Sources/Cluster/A.swift", "import Model\nimport Language\n"),
                            ("Sources/Model/B.swift", "@testable import struct Verbs.Verb\n"),
                            ("Sources/New/C.swift", "let c = 1\n"),
                            ("Tests/ModelTests/D.swift", "@testable import Runner\n"),
                        ], targets: ["New"])
                },
                [
                    Finding(
                        path: "Sources/Cluster/A.swift", line: 2,
                        message: "Cluster may not import Language, which is beside it"),
                    Finding(
                        path: "Sources/Model/B.swift", line: 1,
                        message: "Model may not import Verbs, which is above it"),
                    Finding(path: "Sources/New/C.swift", line: 0, message: "New has no layer"),
                    Finding(
                        path: "Tests/ModelTests/D.swift", line: 1,
                        message: "Model may not import Runner, which is above it"),
                ]
            )
        ])

    static let unusedDependencies = TidyRule(
        name: "every declared dependency is imported",
        check: { tree in
            tree.package.targets.flatMap { target -> [Finding] in
                let files = tree.files.filter { $0.target == target.name }
                // A target without Swift files is C.
                guard !files.isEmpty else { return [] }
                let imported = Set(files.flatMap(\.imports).map(\.module))
                return target.dependencies.filter {
                    !imported.contains(Layers.modules[$0] ?? $0)
                }.map {
                    Finding(
                        path: "Package.swift", line: 0,
                        message: "\(target.name) declares \($0) and never imports it")
                }
            }
        },
        counterexamples: [
            (
                {
                    SourceTree(
                        [
                            ("Sources/A/A.swift", "import B\n"),
                            ("Tests/ATests/T.swift", "import A\n"),
                        ],
                        package: """
                            func library(_ name: String) -> Target { .target(name: name) }
                            targets: [
                                // The "first".
                                library("A", ["B", "C", .product(name: "P", package: "p")]),
                                .target(name: "D", exclude: ["README.md"]),
                                tests("ATests", ["A", "B"]),
                            ]
                            """)
                },
                [
                    "A declares C and never imports it", "A declares P and never imports it",
                    "ATests declares B and never imports it",
                ].map { Finding(path: "Package.swift", line: 0, message: $0) }
            )
        ])

    static let outerModules = TidyRule.perFile(
        "modules from outside are imported where they belong",
        check: { file in
            guard !file.isTest else { return [] }
            return file.imports.compactMap { name, line in
                let module = Layers.otherNames[name] ?? name
                if Layers.layer(module) != nil { return nil }
                guard let targets = Layers.outer[module] else {
                    return Finding(
                        path: file.path, line: line, message: "\(module) is imported nowhere else")
                }
                return targets.contains(file.target)
                    ? nil
                    : Finding(
                        path: file.path, line: line,
                        message: "\(file.target) may not import \(module)")
            }
        },
        counterexamples: [
            (
                "Sources/Cluster/A.swift", "import Model\nimport Foundation\nimport NIO\n",
                [
                    (2, "Cluster may not import Foundation"),
                    (3, "NIO is imported nowhere else"),
                ]
            )
        ])

    static let determinism = TidyRule.perFile(
        "the core knows no time of day, system randomness, threads or environment",
        check: { file in
            guard !file.isTest, Layers.core.contains(file.target) else { return [] }
            let forbidden = [
                "Date(", "ContinuousClock", "SuspendingClock", "SystemRandomNumberGenerator",
                ".random(in:", ".randomElement()", ".shuffled()", "clock_gettime", "gettimeofday",
                "getenv", "await", "Thread", "DispatchQueue", "setlocale",
            ]
            return forbidden.flatMap { piece in
                file.scanner.lines(of: piece).map {
                    Finding(path: file.path, line: $0, message: "\(piece) in \(file.target)")
                }
            }
        },
        counterexamples: [
            (
                "Sources/Cluster/A.swift",
                """
                // Date() in a comment, and in a text:
                let text = "Date()"
                let updateDate(x)
                let a = Date()
                let b = [1, 2].shuffled() + [text.randomElement()]
                """,
                [
                    (4, "Date( in Cluster"), (5, ".randomElement() in Cluster"),
                    (5, ".shuffled() in Cluster"),
                ]
            )
        ])
}
