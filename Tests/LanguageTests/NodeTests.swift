import Foundation
import Syntax
import Testing

@testable import Language

/// Holds what the parser makes, and what the evaluator walks, against the grammar: a production
/// without a kind, or a kind without a production or a node, fails.
@Suite("Kinds of nodes")
struct NodeTests {
    /// One piece of script for each production that is a statement or an expression of its own.
    /// All of them resolve in the small world of these tests.
    static let samples: [(production: String, script: String)] = [
        ("let", "let x = 1\nlet a, b = [1, 2]\n"),
        ("parameter statement", "param x = 1\n"),
        ("if", "let x = 1\nif x == 1 { print x } else { print 2 }\n"),
        ("for", "for i in 1..3 { print i }\n"),
        ("while", "let i = 0\nwhile i < 3 { i += 1 }\n"),
        ("function statement", "fn f(a, b = 2) { return a + b }\nprint f(1)\n"),
        ("return", "fn f(a) {\n if a { return }\n return a\n}\nf(true)\n"),
        ("\"break\"", "for i in 1..3 { break }\n"),
        ("\"continue\"", "for i in 1..3 { continue }\n"),
        ("print", "print 1, 2\n"),
        ("include", "include \"other.dock\"\n"),
        ("file", "file \"a\" = \"b\"\n"),
        ("setup", "setup { print 1 }\nscenario \"a\" { print 2 }\n"),
        ("teardown", "teardown { print 1 }\nscenario \"a\" { print 2 }\n"),
        ("finally", "scenario \"a\" {\n print 2\n finally { print 1 }\n}\n"),
        ("attach", "attach \"a\" [1]\n"),
        ("scenario", "scenario \"a ${n}\" for n in [1] { print n }\n"),
        ("skip statement", "skip \"later\"\n"),
        ("expect", expectations),
        ("invariant", "always pod/web-0 exists { set pods/web-0 .status.phase Failed }\n"),
        ("at", "at 1s { print 1 }\n"),
        ("every", "every 1s { print 1 }\n"),
        ("behavior", "behavior nginx { exitCode: 1 }\n"),
        ("assignment", assignments),
        ("expression statement", "upper(\"a\")\n"),
        ("command statement", "echo $(echo a) ${1} && echo b || echo c\n"),
        (
            "command line",
            "name=a\nprint name\n! false && for i in 1 2; do echo $i ${name:-b}; done\n"
        ),
        ("quantified", "print every pods[] has .status.phase == \"Running\"\n"),
        ("conditional", "print if 1 == 1 then 2 else 3\n"),
        ("closure", "let k = 1\nfn f() {\n let n = k\n return fn() => n\n}\nprint f()()\n"),
        ("clause", "print pods[] where .status.phase != \"x\"\nprint [2, 1] sort by it desc\n"),
        ("disjunction", "print true or false\n"),
        ("conjunction", "print true and false\n"),
        ("negation", "print not true\n"),
        ("comparison", comparisons),
        ("range", "print 1..3\n"),
        ("sum", "print 1 + 2\n"),
        ("product", "print 1 * 2\n"),
        ("negative", "let x = 1\nprint -x\n"),
        ("postfix", "print {a: [1]}.a[0], pod/web-0 .spec, upper(\"a\")\n"),
        ("constant", "print null, true, false\n"),
        ("item", "print map([1], it + 1), map([1], fn(n) => n), [1] sort by it\n"),
        ("output", "print output { echo a }\n"),
        ("percent", "print 25%\n"),
        ("unit", "print 30s\n"),
        ("number", "print 1, 2.5\n"),
        ("string", "let x = 1\nprint \"a${x}\"\n"),
        ("here document", "let x = <<EOF\na\nEOF\nprint x\n"),
        ("list", "print [1, 2]\n"),
        ("map", "print {a: 1}\n"),
        ("resource", "print pod/web-0\n"),
        ("resources", "print pods[app=web]\n"),
        ("plain name", "let x = 1\nprint x\n"),
    ]

    private static let expectations = """
        expect 1 == 1
        expect soft 1 == 1
        expect within 1s: pod/web-0 exists
        expect fails { fail it }
        expect output { echo a } contains "a"
        expect unchanged pods[app=web] { echo a }
        expect order pod/web-0 exists then pod/web-0 .status.phase == "Running" { echo a }

        """

    private static let assignments = """
        let x = 1
        let xs = [1]
        x = 2
        x = x + 1
        x += 1
        x -= 1
        xs += [2]
        xs[0] = 3
        fn f(a) {
          let n = 1
          let g = fn() {
            n += 1
            a += 1
          }
          fn h() => n + a
          g()
          return h()
        }
        f(1)

        """

    private static let comparisons = """
        let x = 1
        print x == 1, x != 1, x < 1, "a" =~ "a", {a: [1]} matches {a: […, 1]}, [1] contains 1
        print 1 in [1], 1 not in [1], pod/web-0 exists, pod/web-0 absent
        print pod/web-0 .spec.containers[0].cpu == 500m, node/a .status.grace == 90s

        """

    // MARK: The grammar

    /// The productions of grammar/drydock.ebnf with their right sides, comments taken out.
    private static let productions: [String: String] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "grammar/drydock.ebnf")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [:] }
        let rules = text.replacing(/\(\*[\s\S]*?\*\)/, with: "")
        var productions: [String: String] = [:]
        for match in rules.matches(of: /(?m)^([a-z][a-z ]*?)\s*:?=([\s\S]*?);$/) {
            productions[String(match.1)] = String(match.2)
        }
        return productions
    }()

    /// The alternatives of a production, without what they look ahead for.
    private func alternatives(_ name: String) -> [String] {
        (Self.productions[name] ?? "").split(separator: "|").map {
            let shown = $0.trimmingCharacters(in: .whitespacesAndNewlines)
            guard shown.hasPrefix("&"), let comma = shown.firstIndex(of: ",") else { return shown }
            return shown[comma...].dropFirst().trimmingCharacters(in: .whitespacesAndNewlines)
        }
    }

    @Test("the grammar has a sample here for every statement and expression, and no others")
    func grammar() {
        let statements = alternatives("statement")
        #expect(statements.count > 20)
        let expressions = alternatives("expression") + alternatives("primary")
        let layers = [
            "clause", "disjunction", "conjunction", "negation", "comparison", "range", "sum",
            "product", "negative", "postfix",
        ]
        for layer in layers { #expect(Self.productions[layer] != nil, "\(layer)") }
        // Of these only what is inside leaves a node; an exercise's parts are scripts of their own.
        let transparent = ["query", "group", "exercise"]
        let wanted = Set(statements).union(expressions).union(layers).subtracting(transparent)
        #expect(Set(Self.samples.map(\.production)) == wanted)
    }

    // MARK: The parser's kinds

    @Test("every kind of statement names a production, and its sample holds one")
    func statements() throws {
        let named = Set(alternatives("statement"))
        // One kind in two clothes: as a script writes it, and as a shell does; with its value from
        // within, and from outside.
        let kind = ["command line": "command statement", "parameter statement": "let"]
        for (production, script) in Self.samples where named.contains(production) {
            let kinds = Finder.productions(in: try parsed(script))
            #expect(kinds.contains(kind[production] ?? production), "\(production): \(kinds)")
        }
    }

    @Test("every kind of expression names a production, and its sample holds one")
    func expressions() throws {
        let named = Set(alternatives("statement"))
        for (production, script) in Self.samples where !named.contains(production) {
            let kinds = Finder.productions(in: try parsed(script))
            #expect(kinds.contains(production), "\(production): \(kinds)")
        }
    }

    private func parsed(_ script: String) throws -> [Statement] {
        let result = Parser.parse(Source(name: "sample.dock", text: script))
        try #require(result.diagnostics.isEmpty, "\(script)")
        return result.script.statements
    }

    // MARK: The evaluator's nodes

    @Test("every kind of node comes of some sample")
    func nodes() {
        var found: Set<NodeName> = []
        for (production, script) in Self.samples {
            let host = FakeHost()
            host.includes["other.dock"] = "print 1\n"
            smallWorld(host)
            let result = Parser.parse(Source(name: "sample.dock", text: script))
            let program = Program(checking: result.script, facts: host)
            #expect(program.diagnostics.isEmpty, "\(production): \(program.diagnostics)")
            for node in program.unit.tree.nodes { found.insert(node.name) }
        }
        #expect(found == Set(NodeName.allCases))
    }

    @Test("a node is 16 bytes of plain data")
    func layout() {
        #expect(MemoryLayout<Node>.stride == 16)
        #expect(_isPOD(Node.self))
    }

    @Test("every sample runs")
    func samplesRun() throws {
        for (production, script) in Self.samples {
            let ran = run(script) { host in
                host.includes["other.dock"] = "print 1\n"
                smallWorld(host)
            }
            let trouble = production == "skip statement" ? "skipped: later" : ""
            #expect(ran.trouble == trouble, "\(production)")
        }
    }
}
