import Foundation
import Testing

/// `drydock learn new`, `prove` and `grade`, and exercises as scripts.
@Suite("drydock learn for teachers")
struct LearnCommandTests {
    private func inFolder(_ body: (URL) throws -> Void) throws {
        try Program.withFolder { folder in
            let made = try Program.shell("drydock learn new two-more", in: folder)
            #expect(made.exitCode == 0, "\(made.output)")
            try body(folder)
        }
    }

    private func write(_ text: String, _ path: String, in folder: URL) throws {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: true, encoding: .utf8)
    }

    @Test("a new exercise is proven, laid out and checked")
    func scaffold() throws {
        try inFolder { folder in
            let proven = try Program.shell("drydock learn prove two-more.dock", in: folder)
            #expect(proven.exitCode == 0 && proven.output.hasSuffix("1 of 1 proven\n"), "\(proven)")
            let again = try Program.shell("drydock learn new two-more", in: folder)
            #expect(again.exitCode == 1 && again.output.contains("is there already"), "\(again)")
            let checked = try Program.shell("drydock check --strict two-more.dock", in: folder)
            #expect(checked.exitCode == 0, "\(checked.output)")
            let run = try Program.shell("drydock test two-more.dock", in: folder)
            #expect(run.exitCode == 0 && run.output.contains("4 passed"), "\(run.output)")
        }
    }

    @Test("an answer that is not there is no wrong answer")
    func unread() throws {
        try Program.withFolder { folder in
            let result = try Program.shell(
                "drydock learn watch hello-pod nowhere.sh --once", in: folder)
            #expect(result.exitCode == 1 && result.output.contains("nowhere.sh"), "\(result)")
        }
    }

    @Test("an exercise that cannot be read by itself does not pass")
    func outside() throws {
        try inFolder { folder in
            let exercise = folder.appending(path: "two-more.dock")
            let text = try String(contentsOf: exercise, encoding: .utf8)
            try write("fn two() => 2\n", "lib/two.inc", in: folder)
            try write("include \"../lib/two.inc\"\n" + text, "class/two-more.dock", in: folder)
            let run = try Program.shell(
                "drydock run --allow-read lib class/two-more.dock", in: folder)
            #expect(run.exitCode == 2, "\(run.output)")
            #expect(run.output.contains("below its own folder alone"), "\(run.output)")
        }
    }

    @Test("what is not proven fails, and says why")
    func unproven() throws {
        try inFolder { folder in
            let path = folder.appending(path: "two-more.dock")
            let text = try String(contentsOf: path, encoding: .utf8)
            try write(
                text.replacing("expects pitfall \"own-pod\"", with: "expects forbidden"),
                "two-more.dock", in: folder)
            let result = try Program.shell(
                "drydock learn prove --report json=p.json .; cat p.json", in: folder)
            #expect(result.output.contains("is refused, but not by forbidden"), "\(result.output)")
            #expect(result.output.contains("\"proven\": false"), "\(result.output)")
            let code = try Program.shell("drydock learn prove -j1 . >/dev/null", in: folder)
            #expect(code.exitCode == 4)
        }
    }

    @Test("a class is marked alike by one process and by several, and nothing leaves the answers")
    func grades() throws {
        try inFolder { folder in
            let scale = "kubectl scale deployment web --replicas=3\n"
            try write(scale, "answers/ada/two-more.sh", in: folder)
            try write("scale deployment web --replicas=2", "answers/bob.two-more.txt", in: folder)
            try write("while true; do true; done", "answers/eve/two-more.sh", in: folder)
            try write(
                "cat /etc/passwd\ndelete deployment web", "answers/mal.two-more.dock", in: folder)
            try write("notes", "answers/ada/notes.md", in: folder)
            try write("kubectl get pods", "answers/ada/two-more.txt", in: folder)
            // A spreadsheet would take it for a formula, and HTML for a mark.
            try write("echo", "answers/=1+<b>\"\u{301}.two-more.sh", in: folder)
            try FileManager.default.createSymbolicLink(
                at: folder.appending(path: "answers/sym.two-more.sh"),
                withDestinationURL: URL(filePath: "/etc/passwd"))
            try FileManager.default.createDirectory(
                at: folder.appending(path: "answers/zoe"), withIntermediateDirectories: true)
            let runs = try ["-j1", "-j3"].map { jobs in
                try Program.shell(
                    "drydock learn grade two-more.dock --answers answers \(jobs) "
                        + "--report csv=m.csv --report json=m.json --report html=m.html "
                        + "&& cat m.csv m.json m.html", in: folder)
            }
            #expect(runs[0] == runs[1])
            let output = runs[0].output
            let squeezed = output.split(separator: " ").joined(separator: " ")
            #expect(runs[0].exitCode == 0)
            for line in [
                "ada 1/1 100 %", "bob 0/1 50 %", "eve 0/1 0 %",
                "mal 0/1 0 %", "zoe 0/1 0 %",
                "ada/notes.md: answers none of the exercises",
                "ada/two-more.txt: answers/ada/two-more.sh is the answer already",
                "sym.two-more.sh: is a link, which is not followed", "ada,two-more,yes,100,2,2,",
                "\"'=1+<b>\"\"\u{301}\",two-more,no,", "<td>=1+&lt;b&gt;&quot;\u{301}</td>",
            ] {
                #expect(squeezed.contains(line), "\(line)\n\(output)")
            }
            #expect(!output.contains("root:"))
            for line in ["-j0", "--report csv", "--lang xx"] {
                let refused = try Program.shell(
                    "drydock learn grade two-more.dock --answers answers \(line)", in: folder)
                #expect(refused.exitCode == 1, "\(line)\n\(refused.output)")
            }
            let hidden = try Program.shell(
                "drydock learn grade two-more.dock --answers answers --anonymous --lang zh",
                in: folder)
            #expect(!hidden.output.contains("ada") && hidden.output.contains("student-1"))
        }
    }
}
