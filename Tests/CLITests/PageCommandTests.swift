import Foundation
import Pages
import Testing

@Suite("drydock page")
struct PageCommandTests {
    @Test("our own page about pages goes as printed")
    func ownPage() throws {
        let file = Program.root.appending(path: "docs/pages.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        let result = PageRunner.run(text, path: "docs/pages.md", folder: "docs")
        let wrong = result.items.filter { item in
            switch item.verdict {
            case .differs, .failed, .refused: true
            case .asPrinted, .ran, .notSimulated: false
            }
        }
        // The examples differ, and are refused, where the text says so.
        #expect(
            wrong.map(\.command) == [
                "kubectl get deployments", "kubectl delete job/pi -n shop",
                "kubectl create namespace shop",
            ])
        #expect(result.asPrinted >= 5)
    }

    @Test(
        "exit codes tell what was found",
        arguments: [
            ("$ kubectl get ns default\n", 0), ("$ ssh a\n", 0), ("no commands\n", 0),
            ("$ kubectl delete ns default\n", 3),
            ("$ kubectl create ns a\n$ kubectl create ns a\n", 3),
            ("$ kubectl get ns default\nNAME  STATUS\ndefault  Gone\n", 4),
        ] as [(String, Int32)])
    func codes(page: String, code: Int32) throws {
        try Program.withFolder { folder in
            try page.write(to: folder.appending(path: "a.md"), atomically: true, encoding: .utf8)
            #expect(try Program.shell("drydock page a.md", in: folder).exitCode == code)
        }
    }

    @Test("a page that is not there is bad usage")
    func missing() throws {
        let result = try Program.shell("drydock page /nowhere/a.md")
        #expect(result.exitCode == 1)
        #expect(result.output == "drydock: cannot read /nowhere/a.md: no such file or directory\n")
    }

    @Test("a session through a pipe runs its commands and passes over what they printed")
    func piped() throws {
        let input =
            "[root@a ~]# kubectl create ns x #新建\nnamespace/x created\n[root@a ~]# kubectl get ns x -o name\nold\n"
        let result = try Program.shell("drydock", input: input)
        #expect(
            result.output
                == "namespace/x created\nnamespace/x\n(2 lines of old output passed over)\n")
        #expect(result.exitCode == 0)
    }

    @Test("a session in a script file runs its commands")
    func file() throws {
        try Program.withFolder { folder in
            let text =
                "root@a:~# kubectl create ns x\nnamespace/x created\nroot@a:~# kubectl get ns x -o name\nold\n"
            try text.write(to: folder.appending(path: "a.dock"), atomically: true, encoding: .utf8)
            let result = try Program.shell("drydock run a.dock", in: folder)
            #expect(result.output.hasPrefix("namespace/x created\nnamespace/x\n"))
            #expect(try Program.shell("drydock fmt --check a.dock", in: folder).exitCode == 0)
            #expect(try Program.shell("drydock check a.dock", in: folder).exitCode == 0)
        }
    }

    @Test("piped prose before the first prompt is passed over")
    func prose() throws {
        let input =
            "# Title\n\nSome words: these.\n\n    $ kubectl get ns default -o name\n    x\n\nMore words.\n"
        let result = try Program.shell("drydock", input: input)
        #expect(result.output == "namespace/default\n(1 line of old output passed over)\n")
    }
}
