import Model
import Syntax
import Testing
import Verbs

@testable import Assist

@Suite("Completion at a cursor")
struct CompleterTests {
    private func complete(_ marked: String, _ scene: TestScene = TestScene()) -> [Candidate] {
        let (text, offset) = atCursor(marked)
        return Completer(scene).complete(text, at: offset).candidates
    }

    @Test(
        "proposes what can stand there",
        arguments: [
            ("sett‸", ["settle"]), ("get depl‸", ["deployments", "deploy", "deployment"]),
            ("get deploy/‸", ["api", "web"]), ("get deployment w‸", ["web"]),
            ("rollout s‸", ["status"]), ("node re‸", ["recover", "remove"]),
            ("kubectl -n shop get pods -o y‸", ["yaml"]), ("get pods -n ‸", ["shop"]),
            ("get pods --namespace=‸", ["shop"]), ("apply -f w‸", ["web.yaml"]),
            ("get pods | gre‸", ["grep"]), ("behavior ngi‸", ["nginx:1.25"]),
            ("behavior nginx { sto‸", ["stopAfter"]),
            ("behavior storageclass/x { ‸", ["after", "fails", "provisions"]),
            ("scenario \"a\" tags s‸", ["slow", "smoke"]), ("include \"lib‸\"", ["lib/a.dock"]),
            ("expect deployment/w‸", ["web"]),
            ("expect deployment/web .spec.strategy.‸", ["rollingUpdate", "type"]),
            ("expect deployments[][*].metadata.gen‸", ["generateName", "generation"]),
            ("expect first(pods[]).status.ph‸", ["phase"]),
            ("expect deployment/web .spec.template.spec.containers[0].ports[0].pro‸", ["protocol"]),
            ("print pods[] where .spec.restartP‸", ["restartPolicy"]),
            ("print pods[] sort by .metadata.nam‸", ["name", "namespace"]),
            ("expect every pods[] has any .status.containerStatuses has .na‸", ["name"]),
            ("expect pod/a .status.phase == \"S‸", ["Succeeded"]),
            ("expect every pods[] has .spec.restartPolicy == \"O‸", ["OnFailure"]),
            ("expect pod/a .status.phase in [\"R‸", ["Running"]),
            ("explain deploy.spec.strategy.‸", ["rollingUpdate", "type"]),
            ("expect deployment/web .spec.nothing.‸", []), ("let ‸", []), ("# get ‸", []),
            ("print 3 .‸", []), ("frobnicate ‸", []),
        ])
    func candidates(marked: String, texts: [String]) {
        #expect(complete(marked).map(\.text) == texts)
    }

    @Test("knows variables by what they hold, and functions by their signature")
    func symbols() throws {
        var scene = TestScene()
        let pods = ValueShape.list(of: scene.kinds[.pod])
        scene.symbols = [
            SceneSymbol(name: "mine", shape: pods),
            SceneSymbol(name: "minutes", signature: "minutes(from, to = 1)"),
        ]
        let found = complete("print min‸", scene)
        #expect(found.map(\.text) == ["mine", "minutes(", "min("])
        #expect(found.map(\.detail).prefix(2) == ["[]Pod", "minutes(from, to = 1)"])
        #expect(complete("print mine[0].status.ph‸", scene).map(\.text) == ["phase"])
        #expect(complete("expect every mine has .status.ph‸", scene).map(\.text) == ["phase"])
    }

    @Test("tells types, and where the typed part begins")
    func details() throws {
        let (text, offset) = atCursor("create deployment web --image=x --repl‸")
        let answer = Completer(TestScene()).complete(text, at: offset)
        #expect(answer.start == 32)
        let flag = try #require(answer.candidates.first)
        #expect(flag.topic == .flag("replicas", of: ["create", "deployment"]))
        let (other, end) = atCursor("get pods --output=js‸")
        let values = Completer(TestScene()).complete(other, at: end)
        #expect(values.start == 18 && values.candidates.map(\.text) == ["json", "jsonpath="])
        let field = try #require(complete("expect deployment/a .spec.repl‸").first)
        #expect(field.detail == "integer")
        #expect(field.topic == .field(kind: "deployments.apps", path: ["spec", "replicas"]))
    }

    @Test("every candidate's topic can be told of, and goes through words and back")
    func topics() throws {
        let descriptions = Descriptions()
        var count = 0
        for marked in [
            "‸", "get ‸", "get pods -‸", "expect ‸", "expect pod/a .spec.‸", "behavior x { ‸",
            "explain pod.status.‸", "create deployment a -‸", "node add a -‸", "kubectl ‸",
        ] {
            for candidate in complete(marked) {
                guard let topic = candidate.topic else { continue }
                count += 1
                #expect(Topic(words: topic.words) == topic)
                let text = descriptions.text(of: topic)
                #expect(text?.isEmpty == false, "\(candidate)")
            }
        }
        #expect(count > 500)
        #expect(Topic(words: ["field"]) == nil && Topic(words: ["x", "y"]) == nil)
        #expect(descriptions.text(of: .field(kind: "pods", path: ["nothing"])) == nil)
    }

    @Test("any cursor in any script of the repository gets an answer")
    func anywhere() throws {
        for text in try Scripts.all().map(\.text).prefix(12) {
            for offset in stride(from: 0, through: text.utf8.count, by: 37) {
                let answer = Completer(TestScene()).complete(text, at: offset)
                #expect(answer.start <= max(offset, 3))
            }
        }
    }
}

@Suite("Call places")
struct CallPlaceTests {
    @Test(
        "are the innermost call around the cursor",
        arguments: [
            ("f(", "f 0"), ("f(a, ", "f 1"), ("f(g(1, 2), ", "f 1"), ("f(g(1, ", "g 1"),
            ("f(\"a, (b\", ", "f 1"), ("f([1, 2], ", "f 1"), ("print f(a, (1 + ", "f 1"),
            ("f(1)", ""), ("f(1, fn(x) { ", ""), ("x = [1, ", ""), ("(1, ", ""), ("", ""),
        ])
    func places(before: String, wanted: String) {
        let place = CallPlace(before: Array(before.utf8))
        #expect((place.map { "\($0.name) \($0.argument)" } ?? "") == wanted)
    }
}
