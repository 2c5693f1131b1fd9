import Syntax
import Testing

/// How texts are understood, where it could be otherwise.
@Suite("Reading")
struct ReadingTests {
    private func tree(_ text: String) -> String { treeText(parse(text).script.statements) }

    @Test(
        "these pairs are the same",
        arguments: [
            ("print a + b * c", "print a + (b * c)"),
            ("print a - b - c", "print (a - b) - c"),
            ("print -a.b", "print -(a.b)"),
            ("print not a == b", "print not (a == b)"),
            ("print a or b and c", "print a or (b and c)"),
            ("print a + 1 .. b", "print (a + 1)..b"),
            ("print it.x", "print .x"),
            ("print pods[] where .a and .b", "print pods[] where (.a and .b)"),
            ("print x .y.z", "print x.y.z"),
            ("print pod/web .spec", "print (pod/web).spec"),
            ("print pods[a==b]", "print pods[ a = b ]"),
            ("expect every a has b or c", "expect every a has (b or c)"),
            ("x = 1 # comment", "x = 1"),
            ("get pods\\\n -o wide", "get pods -o wide"),
            ("if a { b } else if c { d }", "if a {\n b\n} else if c {\n d\n}"),
            ("print [1,\n 2,\n]", "print [1, 2]"),
            ("print a +\n b", "print a + b"),
            ("let x = <<A\n  one\n   two\n  A", "let x = <<A\none\n two\nA"),
            ("get \"a\\\"b\" 'c'", "get \"a\\\"b\"   'c'"),
            ("print x matches [..., 1]", "print x matches [… 1]"),
        ])
    func same(_ pair: (String, String)) {
        #expect(rendered(pair.0) == "")
        #expect(rendered(pair.1) == "")
        #expect(tree(pair.0) == tree(pair.1))
    }

    @Test(
        "these pairs differ",
        arguments: [
            ("print a[*].b[0]", "print (a[*].b)[0]"),
            ("x = 1", "x == 1"),
            ("print 3 % x", "print [3%, x]"),
            ("print pod/web-1", "print pod/web -1"),
            ("get '${x}'", "get \"${x}\""),
            ("cat <<EOF\n${x}\nEOF", "cat <<'EOF'\n${x}\nEOF"),
            ("print xs[i]", "print xs[(i)]"),
            ("get pods", "get (pods)"),
        ])
    func different(_ pair: (String, String)) {
        #expect(rendered(pair.0) == "")
        #expect(rendered(pair.1) == "")
        #expect(tree(pair.0) != tree(pair.1))
    }

    @Test("words keep their pieces apart")
    func pieces() throws {
        let text = #"set image d/w a=b'$x'"${t}\n"${u}{"k": ${v}, "s${w}": 1} \"quoted\""#
        let command = try #require(firstCommand(text))
        #expect(command.words.count == 5)
        let kinds = command.words[3].pieces.map { String("\($0)".prefix { $0 != "(" }) }
        #expect(kinds == ["bare", "raw", "quoted", "interpolation", "json"])
        #expect(command.words[2].literalText == "d/w")
        #expect(command.words[4].literalText == "\"quoted\"")
    }

    @Test("a here-document gives its lines without the indentation of its end")
    func hereDocument() throws {
        let command = try #require(
            firstCommand("cat <<EOF | apply -f -\n  a:\n    b ${x}\n\n  EOF\n"))
        guard case .hereDocument(let document) = command.redirections[0].target else {
            Issue.record("no here-document")
            return
        }
        #expect(document.isInterpolated)
        #expect(document.isShellStyle)
        #expect(document.tag == "EOF")
        guard case .text(let first) = document.pieces[0], case .text(let last) = document.pieces[2]
        else {
            Issue.record("not text, interpolation, text")
            return
        }
        #expect(first == "a:\n  b ")
        #expect(last == "\n\n")
    }

    @Test("`$` and `kubectl` before a command are no words of it")
    func prefixes() throws {
        let command = try #require(firstCommand("$ kubectl get pods"))
        #expect(command.hasPrompt)
        #expect(command.hasKubectl)
        #expect(command.words.map(\.literalText) == ["get", "pods"])
    }

    @Test("a list of a kind reads as an index when its kind is a variable")
    func indexReading() throws {
        guard case .expression(let expression) = parse("xs[i]").script.statements[0].kind,
            case .resources(let list) = expression.kind
        else {
            Issue.record("no list")
            return
        }
        let reading = try #require(list.pathReading)
        guard case .path(let base, let segments) = reading.kind, case .name("xs") = base.kind,
            case .index(let index) = segments[0].kind, case .name("i") = index.kind
        else {
            Issue.record("\(treeText(reading))")
            return
        }
    }

    @Test("a path reads as a list of a kind with a group when its root is no variable")
    func dottedKind() throws {
        guard
            case .expression(let expression) = parse("deployments.apps[a=b][0]").script.statements[
                0
            ].kind
        else {
            Issue.record("no expression")
            return
        }
        let reading = try #require(expression.dottedKindReading)
        #expect(treeText(reading).contains("deployments.apps"))
    }

    @Test("at the prompt a variable starts an expression")
    func expressionNames() {
        #expect(tree("x + 1").contains("command"))
        #expect(treeText(parse("x + 1", names: ["x"]).script.statements).contains("binary"))
        #expect(treeText(parse("x = 1", names: ["x"]).script.statements).contains("assign"))
    }

    @Test(
        "input that breaks off is told from input that is wrong",
        arguments: [
            ("scenario \"x\" {", true), ("if x {\n print 1\n", true), ("print [1,", true),
            ("print f(", true), ("print {a: 1,", true), ("print 1 +", true), ("get pods |", true),
            ("get pods -l 'a", true), ("get pods \\", true), ("apply -f - <<EOF\na: b\n", true),
            ("patch x -p {\"a\": {", true), ("file \"x\" <<EOF", true),
            ("expect every x has", true), ("for i in 1 2; do\n", true), ("if get pods", true),
            ("while [ -f x ]\n", true), ("case x in\n a) b", true), ("(cd x", true), ("{ a;", true),
            ("echo $(a", true), ("echo `a", true), ("echo ${x:-a", true), ("x=\"a", true),
            ("if x == 3", false), ("if x y {", false), ("done", false),
            ("for i in 1 2; x; done", false),
            ("get pods", false), ("let x =", false), ("if x", false), ("print \"a", false),
            ("print 1)", false), ("let if = {", false), ("# comment \\", false), ("}", false),
            ("scenario \"x\" {\n let = 1\n", false),
        ])
    func incomplete(_ text: String, _ isIncomplete: Bool) {
        #expect(parse(text).isIncomplete == isIncomplete)
    }

    private func firstCommand(_ text: String) -> Command? {
        guard let statement = parse(text).script.statements.first,
            case .command(let line) = statement.kind,
            case .command(let command) = line.pipelines[0].stages[0]
        else { return nil }
        return command
    }
}
