import Foundation
import Testing

/// The same scripts with the same seed: identical bytes and trace hashes, wherever they run.
@Suite("Two processes")
struct DeterminismTests {
    @Test("print the same bytes and trace hashes in different surroundings")
    func twoProcesses() throws {
        // Of the course two chapters stand for all: it is as long as everything else.
        let folder = Program.root.appending(path: "scenarios")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
            !["course", "errors", "corpus"].contains($0) && !$0.contains(".")
        }
        let paths = (names.sorted() + ["course/01-first-pods", "course/05-statefulset"]).map {
            "'\(folder.appending(path: $0).path)'"
        }
        let scenarios = paths.joined(separator: " ")
        let runs = try Program.withFolder { folder in
            try [
                Program.shell(
                    "drydock run --statistics \(scenarios)",
                    environment: [
                        "TZ": "UTC", "LANG": "C", "COLUMNS": "80",
                    ]),
                Program.shell(
                    "drydock run --statistics \(scenarios)", in: folder,
                    environment: [
                        "TZ": "Asia/Kathmandu", "LANG": "zh_CN.UTF-8", "LC_ALL": "zh_CN.UTF-8",
                        "HOME": folder.path, "COLUMNS": "200", "LINES": "7", "TERM": "xterm",
                    ]),
            ]
        }
        #expect(runs[0].exitCode == 0)
        let hashes = runs[0].output.split(separator: "\n").filter { $0.contains("statistics:") }
        #expect(hashes.count > 50)
        #expect(Set(hashes).count > hashes.count / 2)
        // The comparison is of bytes; a difference is shown by its first line.
        if runs[0] != runs[1] {
            let lines = zip(
                runs[0].output.split(separator: "\n"), runs[1].output.split(separator: "\n"))
            Issue.record("\(lines.first { $0 != $1 }.map { "\($0)" } ?? "one output is longer")")
        }
    }

    @Test("another seed gives another trace")
    func seeds() throws {
        let script = "scenarios/replicaset/scale-and-template.dock"
        let one = try Program.shell("drydock run --statistics --seed 1 \(script)")
        let other = try Program.shell("drydock run --statistics --seed 2 \(script)")
        #expect(one.exitCode == 0 && other.exitCode == 0)
        #expect(one.output != other.output)
    }
}
