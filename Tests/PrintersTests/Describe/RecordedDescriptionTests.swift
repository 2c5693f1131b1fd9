import Foundation
import Testing
import Value

@testable import Printers

/// Descriptions and rollout histories against what kubectl 1.32.4 printed for the same objects (see
/// Tests/Recorded/README.md), byte by byte.
@Suite struct RecordedDescriptionTests {
    /// One command and its output.
    struct Section: Sendable, CustomTestStringConvertible {
        let command: String
        let output: String

        var testDescription: String { command }
    }

    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Recorded")

    private static let recorded: Value = {
        let bytes = (try? Data(contentsOf: folder.appending(path: "objects.json"))) ?? Data()
        return (try? JSON.parse(bytes: Array(bytes))) ?? .null
    }()

    static let sections: [Section] = {
        let text = try? String(
            contentsOf: folder.appending(path: "describe.txt"), encoding: .utf8)
        var sections: [Section] = []
        let lines = (text ?? "").split(separator: "\n", omittingEmptySubsequences: false)
        var current: (command: String, lines: [Substring])?
        func close() {
            guard let current else { return }
            sections.append(
                Section(
                    command: current.command,
                    output: current.lines.joined(separator: "\n") + "\n"))
        }
        for line in lines {
            if line.hasPrefix("-- kubectl "), line.hasSuffix(" --") {
                close()
                current = (String(line.dropFirst(11).dropLast(3)), [])
            } else {
                current?.lines.append(line)
            }
        }
        // The newline at the end of the file is no line of its own.
        if current?.lines.last?.isEmpty == true { current?.lines.removeLast() }
        close()
        return sections
    }()

    private static let objects = recorded["objects"].elements
        .sortedByText { "\($0.objectNamespace)/\($0.objectName)" }

    private var context: DescribeContext {
        let now = Timestamp(Self.recorded["now"]) ?? .zero
        return DescribeContext(now: now) { kind, namespace in
            Self.objects.filter {
                KindReference(of: $0) == kind
                    && (namespace.isEmpty || $0.objectNamespace == namespace)
            }
        }
    }

    private func object(_ reference: Substring) -> Value {
        let parts = reference.split(separator: "/")
        return Self.objects.first {
            $0[.kind].cellText == parts[0] && $0.objectName == parts[1]
        } ?? .null
    }

    /// What we print for a command: `describe KIND/NAME` or `rollout history KIND/NAME
    /// [--revision=N]`.
    private func output(of command: String) -> String? {
        let words = command.split(separator: " ")
        if words[0] == "describe" {
            return Describer.describe(object(words[1]), context: context)
        }
        let workload = object(words[2])
        let history =
            workload[.kind].string == "Deployment"
            ? RolloutHistory(replicaSets: context.controlled(by: workload, .replicaSet))
            : RolloutHistory(
                controllerRevisions: context.controlled(
                    by: workload, KindReference(group: "apps", kind: "ControllerRevision")))
        guard words.count > 3, let number = Int(words[3].dropFirst("--revision=".count)) else {
            return history.print(of: workload)
        }
        return history.print(of: workload, revision: number)
    }

    @Test(arguments: sections)
    func isWhatKubectlPrints(_ section: Section) {
        #expect(output(of: section.command) == section.output)
    }

    @Test func theRecordingIsWhole() {
        #expect(Self.sections.count == 58)
    }
}
