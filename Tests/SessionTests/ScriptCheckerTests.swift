import Session
import Syntax
import Testing

@Suite("Checks of scripts")
struct ScriptCheckerTests {
    /// A finding, a script that shows it with `«…»` around the place, and one that does not.
    struct Row: Sendable, CustomStringConvertible {
        let code: String
        let shows: String
        let isFine: String

        init(_ code: String, _ shows: String, _ isFine: String) {
            self.code = code
            self.shows = shows
            self.isFine = isFine
        }

        var description: String { "\(code) \(shows)" }
    }

    static let rows: [Row] = [
        Row("DD2501", "let «a» = 1\nprint 2\n", "let a = 1\nprint a\n"),
        Row("DD2501", "let «a» = 1\na = 2\nsettle\n", "let a = 1\na += 1\nprint a\n"),
        Row("DD2501", "fn f() {\n  let «a» = 1\n}\nf()\n", "fn f() {\n  let _a = 1\n}\nf()\n"),
        Row(
            "DD2501", "let a = 1\nif a == 1 {\n  let «a» = 2\n}\n",
            "let a = 1\nif a == 1 {\n  let a = 2\n  get pod x${a}\n}\n"),
        Row("DD2501", "let «a», b = [1, 2]\nsettle\n", "let a, b = [1, 2]\nprint b\n"),
        Row("DD2501", "let «a» = 1\necho '$a'\n", "let a = 1\nfor i in 1; do echo $a; done\n"),
        Row("DD2502", "fn «f»() => 1\nsettle\n", "fn f() => 1\nfile \"x\" <<$EOF\n${f()}\nEOF\n"),
        Row("DD2502", "fn «f»() => 1\nsettle\n", "fn f() => 1\nlet _x = map([1], f)\n"),
        Row("DD2503", "fn f(a, «b») => a\nprint f(1, 2)\n", "fn f(a, b) => a + b\nprint f(1, 2)\n"),
        Row(
            "DD2503", "scenario \"x ${n}\" for n, «m» in [[1, 2]] {\n  settle\n}\n",
            "scenario \"x ${n}\" for n, m in [[1, 2]] {\n  expect m == 2\n}\n"),
        Row(
            "DD2504", "for x in 1..3 {\n  break\n  «settle»\n}\n",
            "for x in 1..3 {\n  if x == 2 { break }\n  settle\n}\n"),
        Row(
            "DD2504", "fn f(x) {\n  if x { return 1 } else { return 2 }\n  «print x»\n}\nf(true)\n",
            "fn f(x) {\n  if x { return 1 } else { print 2 }\n  print x\n}\nf(true)\n"),
        Row(
            "DD2504", "fail(\"no\")\n«settle»\n",
            "if count(nodes[]) == 9 { fail(\"no\") }\nsettle\n"),
        Row("DD2510", "expect «true»\n", "expect node/a exists\n"),
        Row("DD2510", "expect «count(pods[]) >= 0»\n", "expect count(pods[]) >= 1\n"),
        Row(
            "DD2510", "expect «pod/a .spec == pod/a .spec»\n", "expect pod/a .spec == pod/b .spec\n"
        ),
        Row(
            "DD2510", "expect «pod/a exists or pod/a absent»\n",
            "expect pod/a exists or pod/b exists\n"),
        Row(
            "DD2510", "expect within 5s: «not (0 > count(pods[]))»\n",
            "expect within 5s: 0 < count(pods[])\n"),
        Row(
            "DD2510", "expect output { get pods } contains «\"\"»\n",
            "expect output { get pods } == \"\"\n"),
        Row(
            "DD2510", "never «count(pods[]) < 0» { settle }\n",
            "never count(pods[]) > 3 { settle }\n"),
        Row("DD2511", "expect «count(pods[]) < 0»\n", "expect false\n"),
        Row("DD2512", "expect within «0s»: pod/a exists\n", "expect within 1s: pod/a exists\n"),
        Row(
            "DD4001",
            "file \"a.yaml\" <<EOF\napiVersion: v1\nkind: Pod\n«metadata»: [\nEOF\nsettle\n",
            "file \"a.txt\" <<EOF\napiVersion: v1\nkind: Pod\nmetadata: [\nEOF\nsettle\n"),
        Row(
            "DD4002",
            "file \"a.yaml\" <<EOF\n  apiVersion: v1\n  kind: Pod\n  metadata:\n    name: a\n    «name»: b\n  EOF\n",
            "file \"a.yaml\" <<EOF\n  apiVersion: v1\n  kind: Pod\n  metadata:\n    name: a\n  EOF\n"
        ),
        Row(
            "DD4003",
            "apply -f - <<'EOF'\nkind: Deployment\napiVersion: apps/v1\nspec:\n  «replica»: 3\nEOF\n",
            "expect fails { apply -f - <<'EOF' }\nkind: Deployment\napiVersion: apps/v1\nspec:\n  replica: 3\nEOF\n"
        ),
        Row(
            "DD4003",
            "file \"a.yaml\" <<EOF\nkind: Pod\napiVersion: v1\nspecs: 1\nEOF\n"
                .replacing("specs", with: "«specs»"),
            "file \"a.yaml\" <<EOF\nkind: Pod\napiVersion: v1\nspecs: 1\nEOF\nexpect fails { apply -f a.yaml }\n"
        ),
        Row(
            "DD4004",
            "file \"a.yaml\" <<EOF\nkind: Deployment\napiVersion: apps/v1\nspec: {«replicas»: many}\nEOF\n",
            "file \"a.yaml\" <<EOF\nkind: Deployment\napiVersion: apps/v1\nspec: {replicas: 3}\nEOF\n"
        ),
        Row(
            "DD4005", "file \"a.yaml\" <<EOF\napiVersion: v1\nkind: «Deployment»\nEOF\n",
            "file \"a.yaml\" <<EOF\napiVersion: example.com/v1\nkind: Boat\nEOF\n"),
    ]

    @Test("find what a script shows, at its place", arguments: rows)
    func shown(_ row: Row) {
        let text = row.shows.replacing("«", with: "").replacing("»", with: "")
        let found = check(text).filter { $0.code == row.code }
        #expect(found.count == 1, "\(DiagnosticRenderer().render(check(text)))")
        guard let span = found.first?.span else { return }
        var bytes = Array(text.utf8)
        bytes.insert(contentsOf: Array("»".utf8), at: Int(span.end))
        bytes.insert(contentsOf: Array("«".utf8), at: Int(span.start))
        #expect(String(decoding: bytes, as: UTF8.self) == row.shows)
    }

    @Test("find nothing in its neighbour", arguments: rows)
    func fine(_ row: Row) {
        #expect(DiagnosticRenderer().render(check(row.isFine)) == "")
    }

    @Test("what a library declares is for others")
    func libraries() {
        #expect(check("let image = \"nginx\"\nfn f(a) => a\n").isEmpty)
        #expect(check("let image = \"nginx\"\nfn f(a, b) => a\n").map(\.code) == ["DD2503"])
    }

    private func check(_ text: String) -> [Diagnostic] {
        ScriptChecker.check(
            Source(name: "test.dock", text: text), files: ScriptFiles(folder: "/nonexistent"))
    }
}
