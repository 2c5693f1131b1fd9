import Foundation
import Testing

/// The sources that `drydock-dev regenerate` writes.
@Suite struct RegenerateTests {
    @Test("the committed sources are what the generator writes")
    func isWritten() throws {
        let result = try Program.shell("drydock-dev regenerate --check")
        #expect(result.exitCode == 0, "\(result.output)")
        #expect(result.output.isEmpty)
    }

    @Test("a new key gets a number of its own, and those behind it move")
    func newKey() throws {
        try withSources { folder in
            let list = folder.appending(path: "Sources/Support/KnownKeys.swift")
            try edit(list) {
                $0.replacing("\"accessModes\",", with: "\"accessModes\", \"actinium\",")
            }
            let check = try Program.shell("drydock-dev regenerate --check", in: folder)
            #expect(check.exitCode == 1)
            #expect(
                check.output.hasPrefix("Sources/Support/KnownKeys+AtoL.swift is not as generated\n")
            )

            let result = try Program.shell("drydock-dev regenerate", in: folder)
            #expect(result.exitCode == 0)
            let constants = try text(folder.appending(path: "Sources/Support/KnownKeys+AtoL.swift"))
            #expect(constants.contains("var actinium: Key { Key(id: 2) }"))
            #expect(constants.contains("var action: Key { Key(id: 3) }"))
            #expect(try Program.shell("drydock-dev regenerate --check", in: folder).exitCode == 0)
        }
    }

    @Test("a key out of the alphabet is refused")
    func misplacedKey() throws {
        try withSources { folder in
            let list = folder.appending(path: "Sources/Support/KnownKeys.swift")
            try edit(list) { $0.replacing("\"accessModes\",", with: "\"zebra\", \"accessModes\",") }
            let result = try Program.shell("drydock-dev regenerate", in: folder)
            #expect(
                result.output
                    == "Error: Sources/Support/KnownKeys.swift: \"accessModes\" must stand before "
                    + "\"zebra\"\n")
            #expect(result.exitCode != 0)
        }
    }

    @Test("a new kind gets the number of its place")
    func newKind() throws {
        try withSources { folder in
            let kinds = folder.appending(path: "Sources/Model/Kinds")
            try edit(kinds.appending(path: "KindDescriptor+BuiltIn.swift")) {
                $0.replacing("ingressClass, ingress,", with: "ingressClass, ingress, ingressRoute,")
            }
            #expect(try Program.shell("drydock-dev regenerate", in: folder).exitCode == 0)
            let constants = try text(kinds.appending(path: "Kind+Constants.swift"))
            #expect(constants.contains("var ingressRoute: Kind { Kind(id: 40) }"))
            #expect(constants.contains("var networkPolicy: Kind { Kind(id: 42) }"))
        }
    }

    @Test("marks of the facts that a hand wrote are undone")
    func editedFacts() throws {
        try withSources { folder in
            let path = folder.appending(path: "Sources/Model/Facts/FactsTable+Workloads.swift")
            let before = try text(path)
            try edit(path) { $0.replacing(" replicas:i*", with: " replicas:i") }
            #expect(try text(path) != before)
            #expect(try Program.shell("drydock-dev regenerate", in: folder).exitCode == 0)
            #expect(try text(path) == before)
        }
    }

    private func withSources(_ body: (URL) throws -> Void) throws {
        try Program.withFolder { folder in
            for part in ["Sources/Support", "Sources/Model/Kinds", "Sources/Model/Facts"] {
                let copy = folder.appending(path: part)
                try FileManager.default.createDirectory(
                    at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
                try FileManager.default.copyItem(at: Program.root.appending(path: part), to: copy)
            }
            try body(folder)
        }
    }

    private func text(_ file: URL) throws -> String {
        try String(contentsOf: file, encoding: .utf8)
    }

    private func edit(_ file: URL, _ change: (String) -> String) throws {
        try change(text(file)).write(to: file, atomically: true, encoding: .utf8)
    }
}
