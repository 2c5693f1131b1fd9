import Syntax
import Testing

/// What can be written where the text ends.
@Suite("Completion")
struct CompletionTests {
    /// The place in short, and what has been typed.
    private func context(_ text: String) -> String {
        let found = Parser.completion(in: text + "tail", at: text.utf8.count)
        #expect(found.start + found.prefix.utf8.count == text.utf8.count)
        switch found.place {
        case .statement: return "statement \(found.prefix)"
        case .word(let words):
            let before = words.map { $0.literalText ?? "?" }.joined(separator: ",")
            return "word \(found.prefix) after \(before)"
        case .operand: return "operand \(found.prefix)"
        case .operatorWord: return "operator \(found.prefix)"
        case .objectName(let kind): return "name \(found.prefix) of \(kind)"
        case .field(let value): return "field \(found.prefix) of \(SyntaxPrinter.text(of: value))"
        case .setting(let target):
            let words = target.map { $0.literalText ?? "?" }.joined(separator: ",")
            return "setting \(found.prefix) of \(words)"
        case .settingValue(let name): return "value \(found.prefix) of \(name)"
        case .selectorKey(let source): return "key \(found.prefix) of \(name(of: source))"
        case .selectorValue(let source, let key):
            return "\(key) \(found.prefix) of \(name(of: source))"
        case .file: return "file \(found.prefix)"
        case .tag: return "tag \(found.prefix)"
        case .exercisePart: return "part \(found.prefix)"
        case .nothing: return "nothing"
        }
    }

    private func name(of source: CompletionContext.SelectorSource) -> String {
        switch source {
        case .kind(let name): name
        case .items(let list): SyntaxPrinter.text(of: list)
        }
    }

    @Test(
        "the place is told from what stands before the cursor",
        arguments: [
            ("", "statement "), ("ge", "statement ge"), ("settle\n  ", "statement "),
            ("scenario \"x\" {\n  se", "statement se"), ("exercise \"x\" {\n  ti", "part ti"),
            ("settle; e", "statement e"),
            ("get ", "word  after get"), ("get po", "word po after get"),
            ("kubectl ", "word  after "), ("kubectl g", "word g after "), ("$ g", "word g after "),
            ("get pods -n kube", "word kube after get,pods,-n"),
            ("get pods | gr", "word gr after "),
            ("rollout undo deployment/w", "word deployment/w after rollout,undo"),
            ("get pods -l app=${", "operand "), ("get pods -l app=${na", "operand na"),
            ("expect ", "operand "), ("expect dep", "operand dep"), ("expect x == ", "operand "),
            ("expect within 30s: ", "operand "), ("let x = cou", "operand cou"),
            ("print f(a, b", "operand b"), ("print [1,\n  x", "operand x"),
            ("expect x ", "operator "), ("expect x con", "operator con"),
            ("expect every pods[] ", "operator "), ("expect pod/web ex", "operator ex"),
            ("expect deployment/", "name  of deployment"),
            ("expect deployment/we", "name we of deployment"),
            ("expect deployment/web .", "field  of deployment/web"),
            ("expect deployment/web .spec.repl", "field repl of deployment/web .spec"),
            ("expect x.status.", "field  of x.status"),
            ("expect every pods[] has .sp", "field sp of it"),
            ("expect every pods[] has .", "field  of it"),
            ("print \"a", "nothing"), ("print \"a ${x.", "field  of x"), ("let ", "nothing"),
            ("get pods # co", "nothing"), ("# comm", "nothing"), ("settle\n# co", "nothing"),
            ("# a\nse", "statement se"), ("get pods -l 'a", "nothing"),
            ("behavior ", "word  after behavior"), ("behavior ng", "word ng after behavior"),
            ("behavior pod/a ordi", "word ordi after behavior,pod/a"),
            ("behavior nginx { sta", "setting sta of nginx"),
            ("behavior pod/a ordinal=1 { ready: true, ", "setting  of pod/a,ordinal=1"),
            ("scenario \"a\" tags sl", "tag sl"), ("scenario \"a\" tags slow, ", "tag "),
            ("print pods[", "key  of pods"), ("print pods[ap", "key ap of pods"),
            ("print pods[!ap", "key ap of pods"), ("print pods[app=web, ti", "key ti of pods"),
            ("print deployments.apps[ap", "key ap of deployments.apps"),
            ("print pods@shop[ap", "key ap of pods"), ("print pods[app=", "app  of pods"),
            ("print pods[app=we", "app we of pods"), ("print pods[app != we", "app we of pods"),
            ("print pods[app in (a, b", "app b of pods"), ("print pods[app in (", "app  of pods"),
            ("print pods@sh", "name sh of namespaces"), ("print pod/a@", "name  of namespaces"),
            ("print pod/a .status.conditions[ty", "key ty of pod/a .status.conditions"),
            ("print pod/a .status.conditions[type=Re", "type Re of pod/a .status.conditions"),
            ("behavior nginx { ready: f", "value f of ready"), ("get pods > fi", "file fi"),
            ("sort < ", "file "), ("print x[", "key  of x"),
            ("apply -f - <<EOF\nki", "nothing"), ("expect x == 3 # a", "nothing"),
        ])
    func places(_ text: String, _ expected: String) {
        #expect(context(text) == expected)
    }

    @Test(
        "the items and the other side of a comparison are told as well",
        arguments: [
            ("expect every pods[app=web] has .status.", "pods[app=web]", ""),
            ("let a = pods[] where .status.ph", "pods[]", ""),
            ("print pods[] where .a == 1 sort by .sp", "pods[] where .a == 1", ""),
            ("print map(pods[], it.", "pods[]", ""),
            ("expect pod/web .status.phase == ", "", "pod/web .status.phase"),
            ("expect pod/web .status.phase == \"Ru", "", "pod/web .status.phase"),
            ("expect every pods[] has .status.phase == \"", "pods[]", ".status.phase"),
            ("expect a.b == 1 and ", "", ""), ("expect (every pods[] has .a == 1) and .", "", ""),
        ])
    func surroundings(_ text: String, _ items: String, _ side: String) {
        let found = Parser.completion(in: text, at: text.utf8.count)
        #expect(
            found.itemSources.map { SyntaxPrinter.text(of: $0) }.joined(separator: ";") == items)
        #expect((found.comparedWith.map { SyntaxPrinter.text(of: $0) } ?? "") == side)
    }

    @Test("any cursor in any sample gives an answer")
    func anywhere() {
        for text in SampleScripts.all {
            for offset in 0...text.utf8.count {
                let found = Parser.completion(in: text, at: offset)
                #expect(found.start <= offset + 2)
            }
        }
    }
}
