import Testing

@testable import REPL

@Suite("The screen")
struct ScreenTests {
    private static let pods = """
        NAME                   READY   STATUS             RESTARTS      AGE
        web-7957885594-2wx4l   1/1     Running            0             1s
        web-7957885594-4v6lx   0/1     CrashLoopBackOff   3 (10s ago)   1s
        web-7957885594-r8n9j   0/1     Pending            0             1s
        done                   0/1     Completed          0             1s

        """

    private func shown(_ text: String, _ form: OutputForm, color: Bool = true, width: Int? = nil)
        -> String
    {
        var painter = OutputPainter(usesColor: color, width: width)
        return painter.show(text, as: form)
    }

    @Test("states are green, yellow and red; what is not ready is yellow unless it is done")
    func states() {
        let lines = shown(Self.pods, .table).split(separator: "\n")
        #expect(lines[0].hasPrefix("\u{1B}[1mNAME"))
        #expect(lines[1].contains("1/1     \u{1B}[32mRunning\u{1B}[0m "))
        #expect(lines[2].contains("\u{1B}[33m0/1\u{1B}[0m     \u{1B}[31mCrashLoopBackOff\u{1B}[0m"))
        #expect(lines[3].contains("\u{1B}[33mPending\u{1B}[0m"))
        #expect(lines[4].contains("done                   0/1     \u{1B}[32mCompleted\u{1B}[0m"))
    }

    @Test("without colours, and in a window that is wide enough, nothing changes")
    func plain() {
        #expect(shown(Self.pods, .table, color: false) == Self.pods)
        #expect(shown(Self.pods, .table, color: false, width: 71) == Self.pods)
    }

    @Test(
        "a narrow window takes whole columns away, never a part of a name",
        arguments: [
            (66, "RESTARTS", "AGE"), (60, "STATUS", "RESTARTS, AGE"),
            (30, "READY", "STATUS, RESTARTS, AGE"),
            (5, "NAME", "READY, STATUS, RESTARTS, AGE"),
        ])
    func narrow(width: Int, last: String, left: String) {
        let lines = shown(Self.pods, .table, color: false, width: width).split(separator: "\n")
        #expect(lines[0].hasSuffix(last))
        #expect(lines[1].hasPrefix("web-7957885594-2wx4l"))
        #expect(lines.last == "(too narrow for \(left); `| cat` shows all)")
        if width > 5 { #expect(lines.dropLast().allSatisfy { $0.count <= width }) }
    }

    @Test("rows of a watch are read by the header before them")
    func watch() {
        var painter = OutputPainter(usesColor: true, width: nil)
        _ = painter.show(Self.pods, as: .table)
        let row = painter.show(
            "web-7957885594-2wx4l   0/1     Terminating        0             1s\n", as: .table)
        #expect(row.contains("\u{1B}[33mTerminating\u{1B}[0m"))
        let wider = "a-name-that-is-wider-than-its-column   1/1   Running   0   1s\n"
        #expect(painter.show(wider, as: .table) == wider)
    }

    @Test("messages of events stay, however long")
    func messages() {
        let events =
            "LAST SEEN   TYPE      REASON   OBJECT      MESSAGE\n1s          Warning   BackOff  "
            + "pod/a       " + String(repeating: "long ", count: 40) + "\n"
        #expect(shown(events, .table, color: false, width: 80) == events)
        #expect(shown(events, .table).contains("\u{1B}[33mWarning\u{1B}[0m"))
    }

    @Test(
        "other output by what it says",
        arguments: [
            ("Status:           Running\n", OutputForm.description, "\u{1B}[32mRunning"),
            ("    Reason:       CrashLoopBackOff\n", .description, "\u{1B}[31mCrash"),
            ("  Warning  BackOff  1s  kubelet  x\n", .description, "\u{1B}[33mWarning"),
            ("deployment.apps/web created\n", .changes, "\u{1B}[32mcreated"),
            ("deployment.apps/web unchanged\n", .changes, "\u{1B}[2munchanged"),
            ("error: no\n", .changes, "\u{1B}[31merror\u{1B}[0m:"),
            (
                "Error from server (NotFound): no\n", .table,
                "\u{1B}[31mError from server (NotFound)"
            ),
            ("Warning: old\n", .changes, "\u{1B}[33mWarning:"),
            ("+a\n", .difference, "\u{1B}[32m+a"),
            ("-a\n", .difference, "\u{1B}[31m-a"), ("@@ -1 @@\n", .difference, "\u{1B}[36m@@"),
        ] as [(String, OutputForm, String)])
    func forms(text: String, form: OutputForm, part: String) {
        #expect(shown(text, form).contains(part))
        #expect(shown(text, form, color: false) == text)
    }

    @Test(
        "the form is that of the command",
        arguments: [
            ("get pods", OutputForm.table), ("kubectl get pods -o wide", .table),
            ("get pods -o yaml", .plain), ("get pods -ojson", .plain),
            ("get pods --output=name", .plain),
            ("get pods -o custom-columns=A:.a", .table), ("describe pod a", .description),
            ("apply -f web.yaml", .changes), ("KUBECONFIG=a kubectl get nodes", .table),
            ("diff -f a.yaml", .difference), ("echo Running", .plain), ("", .plain),
        ] as [(String, OutputForm)])
    func form(text: String, form: OutputForm) {
        #expect(OutputForm(statement: text) == form)
    }

    @Test("what is longer than the window is one page; an interrupted one is shown by its end")
    func pages() {
        var (written, paged) = ("", [String]())
        let screen = Screen(
            usesColor: false, window: { Screen.Window(rows: 10, columns: 80) },
            page: { text in
                paged.append(text)
                return true
            }
        ) { written += $0 }
        let long = (1...30).map { "line \($0)\n" }.joined()
        screen.begin(pages: true)
        screen.show(long, as: .plain)
        screen.end()
        #expect(paged == [long] && written.isEmpty)
        screen.begin(pages: true)
        screen.show("short\n", as: .plain)
        screen.end()
        #expect(written == "short\n")
        written = ""
        screen.begin(pages: false)
        screen.show(long, as: .plain)
        screen.end()
        #expect(written == long && paged.count == 1)
        written = ""
        screen.begin(pages: true)
        screen.show(long, as: .plain)
        screen.end(isInterrupted: true)
        #expect(written.hasSuffix("line 30\n") && written.count < 60 && paged.count == 1)
    }
}
