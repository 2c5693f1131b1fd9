import Foundation
import Testing

@testable import REPL

@Suite("files at a terminal", .serialized)
struct TerminalFilesTests {
    /// A folder to work in, with an editor that asks on the terminal what to write into the file.
    private func folder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("drydock-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let script = """
            #!/bin/bash
            echo "[editing ${1##*/}: $(cat "$1" 2>/dev/null)]"
            read -r line || exit 1
            stty -echo -icanon
            case $line in quit) exit 0;; fail) exit 3;; esac
            echo "$line" > "$1"
            touch "$1~"
            """
        let path = folder.appendingPathComponent("asking-editor")
        try script.write(to: path, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: path.path)
        return folder
    }

    private func terminal(_ folder: URL, editor: String? = nil) throws -> PseudoTerminal {
        let editor = editor ?? folder.appendingPathComponent("asking-editor").path
        let terminal = try PseudoTerminal(
            state: folder.path, environment: ["EDITOR": editor], folder: folder.path)
        try terminal.wait(for: "[0s] > ")
        return terminal
    }

    @Test("vim opens $EDITOR with the session's file, and what it writes is that file from then on")
    func edits() throws {
        let folder = try folder()
        let terminal = try terminal(folder)
        terminal.type("vim web.txt\n")
        try terminal.wait(for: "[editing web.txt: ]")
        terminal.type("first text\n")
        try terminal.wait(for: "] > ")
        terminal.type("grep -c fir\u{73}t web.txt && nano web.txt\n")
        try terminal.wait(for: "[editing web.txt: first text]")
        terminal.type("second text\n")
        try terminal.wait(for: "] > ")
        terminal.type("tr a-z A-Z < web.txt\n")
        try terminal.wait(for: "SECOND TEXT")
        // Nothing is on the disk: neither the file nor the folder in which it was edited.
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(Set(left) == ["asking-editor", "drydock"])
        #expect(try terminal.leave() == 0)
    }

    @Test(
        "a new file that is not written is not there; a failing or missing editor changes nothing")
    func leaves() throws {
        let folder = try folder()
        let terminal = try terminal(folder)
        terminal.type("vi new.txt\n")
        try terminal.wait(for: "[editing new.txt: ]")
        terminal.type("quit\n")
        try terminal.wait(for: "] > ")
        terminal.type("cat new.txt\n")
        try terminal.wait(for: "cat: new.txt: No such file or directory")
        terminal.type("echo kept > old.txt; vi old.txt\n")
        try terminal.wait(for: "[editing old.txt: kept]")
        terminal.type("fail\n")
        try terminal.wait(for: "vi: old.txt: there was a problem with the editor")
        terminal.type("tr a-z A-Z < old.txt\n")
        try terminal.wait(for: "KEPT")
        terminal.type("EDITOR=no-such-editor vi old.txt\n")
        try terminal.wait(for: "vi: unable to launch the editor \"no-such-editor\"")
        terminal.type("vi /\n")
        try terminal.wait(for: "vi: /: Is a directory")
        #expect(try terminal.leave() == 0)
    }

    @Test("Ctrl-C inside the editor is the editor's, and the prompt goes on")
    func interruptedEditor() throws {
        let terminal = try terminal(try folder())
        terminal.type("vim web.txt\n")
        try terminal.wait(for: "[editing web.txt: ]")
        terminal.type("\u{03}")
        try terminal.wait(for: "there was a problem with the editor")
        try terminal.wait(for: "] > ")
        terminal.type("40 + 2\n")
        try terminal.wait(for: "42")
        #expect(try terminal.leave() == 0)
    }

    @Test("what a command reads is typed until Ctrl-D: cat > x, apply -f -")
    func types() throws {
        let terminal = try terminal(try folder())
        terminal.type("cat > notes.txt\n")
        try terminal.wait(for: "> ")
        try terminal.wait(for: "> ")
        terminal.type("one line\nanother {line\n")
        try terminal.wait(for: "{line")
        try terminal.wait(for: "> ")
        terminal.type("\u{04}")
        try terminal.wait(for: "] > ")
        terminal.type("tr a-z A-Z < notes.txt\n")
        try terminal.wait(for: "ONE LINE\r\nANOTHER {LINE\r\n")
        try terminal.wait(for: "[0s] > ")
        terminal.type("kubectl apply -f -\n")
        try terminal.wait(for: "\n")
        for line in ["apiVersion: v1", "kind: ConfigMap", "metadata: {name: typed}"] {
            try terminal.wait(for: "> ")
            terminal.type(line + "\n")
        }
        try terminal.wait(for: "{name: typed}")
        try terminal.wait(for: "> ")
        terminal.type("\u{04}")
        try terminal.wait(for: "configmap/typed created")
        #expect(try terminal.leave() == 0)
    }

    @Test("Ctrl-C ends what is typed, and with it the statement")
    func stopsTyping() throws {
        let terminal = try terminal(try folder())
        terminal.type("cat; echo \"not \"reached\n")
        try terminal.wait(for: "reached")
        try terminal.wait(for: "> ")
        terminal.type("a line\n")
        try terminal.wait(for: "a line")
        try terminal.wait(for: "> ")
        terminal.type("\u{03}")
        let seen = try terminal.wait(for: "] > ")
        #expect(!seen.contains("not reached"))
        terminal.type("40 + 2\n")
        try terminal.wait(for: "42")
        #expect(try terminal.leave() == 0)
    }

    @Test("aliases complete as what they stand for; history lists what was typed")
    func aliases() throws {
        let terminal = try terminal(try folder())
        terminal.type("alias k=kubectl\n")
        try terminal.wait(for: "] > ")
        terminal.type("k create configmap mine --from-literal=a=b\n")
        try terminal.wait(for: "configmap/mine created")
        terminal.type("k get cm min\t-o name\n")
        try terminal.wait(for: "configmap/mine\r\n")
        terminal.type("history 2\n")
        try terminal.wait(for: "    3  k get cm mine -o name\r\n    4  history 2\r\n")
        terminal.type("clear\n")
        try terminal.wait(for: "\u{1B}[H\u{1B}[2J")
        #expect(try terminal.leave() == 0)
    }

    @Test("save writes a file to the disk, never over another text unasked, and nothing else does")
    func saves() throws {
        let folder = try folder()
        let terminal = try terminal(folder)
        let file = folder.appendingPathComponent("manifests/web.txt")
        terminal.type("mkdir manifests; echo one > manifests/web.txt\n")
        try terminal.wait(for: "] > ")
        #expect(!FileManager.default.fileExists(atPath: file.path))
        terminal.type("cd manifests\n")
        try terminal.wait(for: "] > ")
        terminal.type("save web.txt\n")
        try terminal.wait(for: "manifests/web.txt saved")
        #expect(try String(contentsOf: file, encoding: .utf8) == "one\n")
        terminal.type("echo two > web.txt; save web.txt\n")
        try terminal.wait(
            for: "manifests/web.txt is on the disk with another text; --force replaces it")
        #expect(try String(contentsOf: file, encoding: .utf8) == "one\n")
        terminal.type("save web.txt --force\n")
        try terminal.wait(for: "manifests/web.txt saved")
        #expect(try String(contentsOf: file, encoding: .utf8) == "two\n")
        terminal.type("save --all \(folder.path)/all\n")
        try terminal.wait(for: "all/manifests/web.txt saved")
        #expect(FileManager.default.fileExists(atPath: "\(folder.path)/all/manifests/web.txt"))
        #expect(try terminal.leave() == 0)
    }

    @Test("the disk tells files, nothing and all else apart, and takes no half files")
    func disk() throws {
        let folder = try folder()
        let disk = LocalDisk(folder: folder.path)
        #expect(disk.occupant("a/b") == .nothing)
        try disk.write(Array("text".utf8), to: "a/b")
        #expect(disk.occupant("a/b") == .file(Array("text".utf8)))
        #expect(disk.occupant("a") == .other)
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder.path)/link", withDestinationPath: "a/b")
        #expect(disk.occupant("link") == .other)
        #expect(throws: (any Error).self) { try disk.write([1], to: "a/b/c") }
        #expect(throws: (any Error).self) { try disk.write([1], to: "a") }
        let left = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/a")
        #expect(left == ["b"])
    }
}
