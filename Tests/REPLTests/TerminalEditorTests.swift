import Foundation
import Testing

@Suite("kubectl edit on a terminal", .serialized)
struct TerminalEditorTests {
    /// A folder with an editor that asks on the terminal which line to change, so that a test types it.
    private func folder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("drydock-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let script = """
            #!/bin/bash
            sed -n '/^# /p' "$1" | tail -n +4
            echo "[editing ${1##*.}]"
            read -r expression || exit 1
            stty -echo -icanon
            sed -i "$expression" "$1"
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
            state: folder.path, environment: ["KUBE_EDITOR": editor])
        try terminal.wait(for: "[0s] > ")
        terminal.type("create configmap web --from-literal=size=small\n")
        try terminal.wait(for: "configmap/web created")
        return terminal
    }

    /// The files that editing has left.
    private func left(_ folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasPrefix("kubectl-edit-") }
    }

    @Test("the editor has the terminal, and the prompt works as before when it has ended")
    func edits() throws {
        let folder = try folder()
        let terminal = try terminal(folder)
        terminal.type("kubectl edit configmap web\n")
        try terminal.wait(for: "[editing yaml]")
        terminal.type("s/small/large/\n")
        try terminal.wait(for: "configmap/web edited")
        try terminal.wait(for: "] > ")
        terminal.type("print configmap/web .data.si\tze\n")
        try terminal.wait(for: "large")
        terminal.type("\u{1B}[A\u{1B}[A\n")
        try terminal.wait(for: "[editing yaml]")
        terminal.type("p;d\n")
        try terminal.wait(for: "Edit cancelled, no changes made.")
        #expect(try left(folder) == [])
        #expect(try terminal.leave() == 0)
    }

    @Test("what cannot be written is opened again with the reasons, kept, and can be replaced")
    func reopens() throws {
        let folder = try folder()
        let terminal = try terminal(folder)
        terminal.type("edit configmap web\n")
        try terminal.wait(for: "[editing yaml]")
        terminal.type("s/size: small/size: [/\n")
        try terminal.wait(for: "configmaps \"web\" is invalid")
        try terminal.wait(for: "# configmaps \"web\" was not valid:")
        try terminal.wait(for: "[editing yaml]")
        terminal.type("s/size: \\[/size: medium/;s/resourceVersion:.*/resourceVersion: \"1\"/\n")
        try terminal.wait(for: "You can run `kubectl replace -f ")
        let path = try terminal.wait(for: ".yaml` to try").dropLast("` to try".count)
        #expect(try left(folder).count == 1)
        terminal.type("kubectl replace --force -f \(path)\n")
        try terminal.wait(for: "configmap/web replaced")
        #expect(try terminal.leave() == 0)
    }

    @Test("Ctrl-C ends an editor that does not heed it, and the prompt goes on")
    func interrupted() throws {
        let terminal = try terminal(try folder())
        terminal.type("edit configmap web\n")
        try terminal.wait(for: "[editing yaml]")
        terminal.type("\u{03}")
        try terminal.wait(for: "error: there was a problem with the editor")
        try terminal.wait(for: "] > ")
        terminal.type("40 + 2\n")
        try terminal.wait(for: "42")
        #expect(try terminal.leave() == 0)
    }

    @Test("an editor that is named in the line comes first: a tool of the session, or a program")
    func named() throws {
        let folder = try folder()
        let terminal = try terminal(folder, editor: "no-such-editor --fast")
        terminal.type("edit configmap web\n")
        try terminal.wait(for: "error: unable to launch the editor \"no-such-editor --fast\"")
        terminal.type("KUBE_EDITOR=\"sed -i s/small/huge/\" kubectl edit configmap web\n")
        try terminal.wait(for: "configmap/web edited")
        let program = folder.appendingPathComponent("asking-editor").path
        terminal.type("KUBE_EDITOR=\(program) kubectl edit configmap web -o json\n")
        try terminal.wait(for: "[editing json]")
        terminal.type("s/huge/vast/\n")
        try terminal.wait(for: "\"size\": \"vast\"")
        #expect(try terminal.leave() == 0)
    }

    @Test(
        "vi opens, writes and quits",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/vi")))
    func vi() throws {
        let terminal = try terminal(try folder(), editor: "vi -u NONE -N")
        terminal.type("edit configmap web\n")
        try terminal.wait(for: "Please edit the object")
        terminal.type(":%s/small/big/\r:wq\r")
        try terminal.wait(for: "configmap/web edited")
        #expect(try terminal.leave() == 0)
    }
}
