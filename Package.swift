// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error)
]

/// Where closures are handed to one another without end, as jq's filters do: with a copy of each
/// function for each closure the optimiser would take many minutes and gigabytes.
let closures: [SwiftSetting] = [
    .unsafeFlags(["-Xllvm", "-sil-disable-pass=closure-specialize"])
]

/// A library target of ours; its mirror stands under Tests/. `files` are other documents in it.
func library(
    _ name: String, _ dependencies: [Target.Dependency] = [], without files: [String] = [],
    settings: [SwiftSetting] = []
) -> Target {
    .target(
        name: name, dependencies: dependencies, exclude: ["README.md"] + files,
        swiftSettings: strict + settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
    name: "drydock",
    products: [
        .executable(name: "drydock", targets: ["drydock"]),
        .executable(name: "drydock-dev", targets: ["drydock-dev"]),
    ],
    dependencies: [
        // Flags, help and completion scripts of the program itself.
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        // Deques and ordered sets in the engine.
        .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
        // libyaml's parser; our resolver sits on its events.
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    targets: [
        library("Support"),
        library("Value", ["Support"]),
        library("Patterns"),
        library("Tools", ["Patterns", "Value", "Support"], settings: closures),
        library("YAML", ["Value", "Support", .product(name: "Yams", package: "Yams")]),
        library("Syntax", ["Support"]),
        library("Model", ["Value", "Support"]),
        library("CEL", ["Patterns", "Value", "Support"]),
        library("Containers", ["Tools", "Patterns", "Value", "Support"]),
        library("API", ["Containers", "Model", "Value", "Support"]),
        library("Schema", ["CEL", "Model", "Patterns", "Value", "Support"]),
        library("Language", ["Syntax", "Tools", "Patterns", "YAML", "Value", "Support"]),
        library(
            "Cluster",
            [
                "API", "Schema", "CEL", "Containers", "Tools", "Model", "Patterns", "Value",
                "Support",
                .product(name: "DequeModule", package: "swift-collections"),
            ], without: ["Controllers/README.md", "Scheduler/README.md"]),
        library("Printers", ["Model", "Value", "Support"]),
        library("Pictures", ["API", "Model", "Value", "Support"]),
        library(
            "Verbs",
            [
                "API", "Containers", "Printers", "Pictures", "Model", "Tools", "Patterns", "YAML",
                "Value", "Support",
            ]),
        library("Why", ["Verbs", "Cluster", "API", "Model", "Value", "Support"]),
        library(
            "Session",
            [
                "Why", "Verbs", "Language", "Cluster", "API", "Pictures", "Syntax", "Model",
                "Tools",
                "Patterns", "YAML", "Value", "Support",
            ]),
        library(
            "Assist",
            [
                "Session", "Verbs", "Language", "Syntax", "Model", "Tools", "YAML", "Value",
                "Support",
            ]
        ),
        library(
            "Learn",
            [
                "Session", "Verbs", "Language", "Model", "Syntax", "Value", "Support",
            ]),
        library(
            "LanguageServer",
            ["Assist", "Session", "Language", "Syntax", "Model", "Value"]),
        library("Learner", ["Value", "Support"]),
        library("Reports", ["Language", "Syntax", "Value", "Support"]),
        library(
            "Runner",
            [
                "Learn", "Session", "Reports", "Verbs", "Language", "Cluster", "Pictures", "Syntax",
                "YAML",
                "Value", "Support",
            ]),
        library(
            "Transcripts",
            [
                "Verbs", "Language", "Cluster", "Model", "Tools", "Value",
                "Support",
            ]),
        library(
            "Pages",
            [
                "Session", "Reports", "Verbs", "Language", "Cluster", "Syntax", "Model", "Tools",
                "YAML", "Value", "Support",
            ]),
        .target(
            name: "CReadline", exclude: ["README.md"],
            linkerSettings: [.linkedLibrary("readline"), .linkedLibrary("tinfo")]),
        .target(name: "CCourse", exclude: ["README.md"]),
        library(
            "REPL",
            [
                "CReadline", "Learn", "Pages", "Assist", "Runner", "Learner", "Reports", "Session",
                "Verbs", "Language", "Tools",
                "Syntax", "Model", "Value", "Support",
            ]),
        library(
            "CLI",
            [
                "REPL", "LanguageServer", "Learn", "Pages", "Runner", "Transcripts", "Learner",
                "Reports", "Session", "Verbs", "CCourse", "Language", "Syntax", "Value", "Support",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(
            name: "drydock", dependencies: ["CLI"], exclude: ["README.md"], swiftSettings: strict),
        .executableTarget(
            name: "drydock-dev",
            dependencies: [
                "Verbs", "Session", "Language", "Syntax", "Printers", "Cluster", "API", "YAML",
                "Tools", "Model", "Patterns", "Value", "Support",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: ["README.md"], swiftSettings: strict),
        tests("SupportTests", ["Support"]),
        tests("PatternsTests", ["Patterns", "Support"]),
        tests("ToolsTests", ["Tools", "Value"]),
        tests("ContainersTests", ["Containers", "Tools"]),
        tests("ValueTests", ["Value", "Support"]),
        tests("CELTests", ["CEL", "Value"]),
        tests("SchemaTests", ["Schema", "Model", "YAML", "Value"]),
        tests("YAMLTests", ["YAML", "Value"]),
        tests("SyntaxTests", ["Syntax"]),
        tests("ModelTests", ["Model", "Value", "Support"]),
        tests("LanguageTests", ["Language", "Tools", "Syntax", "Value", "Support"]),
        tests("ClusterTests", ["Cluster", "API", "Model", "Value", "Support"]),
        tests("PrintersTests", ["Printers", "Model", "Value"]),
        tests("PicturesTests", ["Pictures", "Support", "Value"]),
        tests("VerbsTests", ["Verbs", "Cluster", "API", "Printers", "Model", "Support", "Value"]),
        tests("WhyTests", ["Why", "Verbs", "Cluster", "API", "Model", "Value"]),
        tests("SessionTests", ["Session", "Language", "Tools", "Support", "Syntax"]),
        tests(
            "AssistTests",
            ["Assist", "Session", "Language", "Syntax", "Model", "Verbs"]),
        tests("LearnTests", ["Learn"]),
        tests("LanguageServerTests", ["LanguageServer", "Value"]),
        tests("LearnerTests", ["Learner", "Support"]),
        tests("ReportsTests", ["Reports", "Language", "Syntax", "Value"]),
        tests(
            "RunnerTests",
            ["Runner", "Reports", "Session", "Language", "Model", "Support", "Value"]),
        tests("TranscriptsTests", ["Transcripts", "Language", "Tools", "Value"]),
        tests("PagesTests", ["Pages", "Reports", "Syntax"]),
        tests("REPLTests", ["REPL"]),
        tests("CLITests", ["Pages", "Runner", "Reports"]),
        // Reads the sources of everything, imports none of it. A debug build of it would take twenty
        // times as long over four megabytes of text.
        .testTarget(
            name: "TidyTests", swiftSettings: strict + [.unsafeFlags(["-O"])]),
    ],
    swiftLanguageModes: [.v6]
)
