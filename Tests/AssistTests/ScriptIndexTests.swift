import Language
import Model
import Session
import Syntax
import Testing

@testable import Assist

@Suite("The index of a script")
struct ScriptIndexTests {
    private func index(_ text: String) -> ScriptIndex {
        ScriptIndex(Parser.parse(Source(name: "a.dock", text: text)).script)
    }

    /// `name@offset` of a declaration with the offsets of its mentions.
    private func uses(_ index: ScriptIndex) -> [String] {
        index.declarations.indices.map { id in
            let places = index.mentions(of: id).map { "\($0.span.start)" }
            return "\(index.declarations[id].name): \(places.joined(separator: " "))"
        }
    }

    @Test(
        "leads each mention to the declaration in whose scope it stands",
        arguments: [
            ("let a = 1\nprint a", ["a: 4 16"]),
            (
                "let a = 1\nif true {\n  let a = a\n  print a\n}\nprint a",
                ["a: 4 30 50", "a: 26 40"]
            ),
            ("fn f(a) { return g(a) }\nfn g(b) => b", ["f: 3", "g: 17 27", "a: 5 19", "b: 29 35"]),
            ("fn f() => late\nlet late = 1", ["f: 3", "late: 10 19"]),
            ("for x in [1] { print x }\nprint \"${x}\"", ["x: 4 21"]),
            ("let xs = [1]\nlet i = 0\nprint xs[i], xs[0]", ["xs: 4 29 36", "i: 17 32"]),
            ("let n = 2\nscale deployment/a --replicas=${n}", ["n: 4 42"]),
            ("let n = 2\nn += 1\nn = n", ["n: 4 10 17 21"]),
            ("let a, b = [1, 2]\nprint b", ["a: 4", "b: 7 24"]),
            ("scenario \"t ${n}\" for n in [1] { print n }", ["n: 14 22 39"]),
            ("let f = fn(x) => x + 1\nprint f(2)", ["f: 4 29", "x: 11 17"]),
            ("for p in $(echo a); do echo $p ${p}; done", ["p: 4 29 33"]),
            ("name=web\necho $name", ["name: 0 15"]),
            ("let p = 1\nget pods[app=${p}]\nexpect pods[app=${p}] exists", ["p: 4 25 47"]),
        ])
    func scopes(text: String, wanted: [String]) {
        #expect(uses(index(text)) == wanted)
    }

    @Test("knows the same names as the checker, in every script of the repository")
    func sameNames() throws {
        var count = 0
        for (path, text) in try Scripts.all() {
            let source = Source(name: path, text: text)
            let folder = path.split(separator: "/").dropLast().joined(separator: "/")
            let facts = ClusterFacts(files: ScriptFiles(folder: "/" + folder, name: path))
            let script = Parser.parse(source).script
            let index = ScriptIndex(script) { path, including in
                facts.includedText(path: path, including: including).map {
                    Parser.parse(Source(name: $0.name, text: $0.text)).script
                }
            }
            for mention in index.mentions where mention.declaration == nil {
                // The checker found nothing wrong: what is no function of the language is declared.
                let isKnown =
                    Builtins.named(mention.name) != nil
                    || KindRegistry.builtIn.kind(named: mention.name) != nil
                #expect(isKnown, "\(path): \(mention.name)")
            }
            for mention in index.mentions {
                let own = index.sources[mention.source].text(in: mention.span)
                #expect(own == mention.name, "\(path): \(own)")
            }
            count += index.mentions.count
        }
        #expect(count > 800)
    }

    @Test("tells the shapes of values along paths, items and variables")
    func shapes() {
        let index = index(
            """
            let d = deployment/web
            print d.spec.template.spec.containers[0].image, pods[][*].metadata.labels["app"]
            for p in pods[app=web] where .status.phase == "Running" { print p.spec.nodeName }
            print map(pods[], it.status.podIP), d.spec.nothing
            """)
        #expect(
            index.fields.map { "\($0.shape.kind.name)\($0.shape.pathText)" } == [
                "Deployment.spec", "Deployment.spec.template", "Deployment.spec.template.spec",
                "Deployment.spec.template.spec.containers",
                "Deployment.spec.template.spec.containers[*].image",
                "Pod.metadata", "Pod.metadata.labels", "Pod.status", "Pod.status.phase", "Pod.spec",
                "Pod.spec.nodeName", "Pod.status", "Pod.status.podIP", "Deployment.spec",
            ])
    }

    @Test("lists what is visible at a place")
    func visible() {
        let text =
            "let a = 1\nfn f(p) {\n  let b = 2\n  # here\n}\nscenario \"s\" { let c = 3 }\nlet z = 1"
        let index = index(text)
        func names(_ offset: Int) -> [String] { index.visible(at: offset).map(\.name) }
        #expect(names(0) == ["f"])
        #expect(names(text.utf8.count) == ["a", "f", "z"])
        let inside =
            text.utf8.count
            - text.suffix(from: text.firstRange(of: "# here")!.lowerBound)
            .utf8.count
        #expect(names(inside) == ["a", "b", "f", "p", "z"])
    }

    @Test("knows files, documents, includes, and what commands make")
    func files() {
        let text = """
            file "web.yaml" <<EOF
              kind: Pod
              EOF
            apply -f - <<X
            a
            X
            include "lib.dock"
            node add n1 n2
            create service clusterip db --tcp=80
            run web --image=nginx
            create quota q
            """
        let script = Parser.parse(Source(name: "a.dock", text: text)).script
        let library = Parser.parse(Source(name: "lib.dock", text: "fn shared() => 1")).script
        let index = ScriptIndex(script) { path, _ in path == "lib.dock" ? library : nil }
        #expect(index.documents.map(\.lines) == [1..<2, 4..<5])
        #expect(index.files.map(\.text) == ["kind: Pod\n"])
        #expect(index.includes.map(\.included) == [1])
        #expect(index.declarations.map(\.name) == ["shared"])
        #expect(
            CreatedObject.all(in: index).map { "\($0.kind.plural)/\($0.name)" } == [
                "nodes/n1", "nodes/n2", "services/db", "pods/web", "resourcequotas/q",
            ])
    }

    @Test("files that include one another end")
    func cycles() {
        let a = Parser.parse(Source(name: "a.dock", text: "include \"b.dock\"\nlet x = 1")).script
        let b = Parser.parse(Source(name: "b.dock", text: "include \"a.dock\"\nlet y = 1")).script
        let index = ScriptIndex(a) { path, _ in path == "a.dock" ? a : b }
        #expect(index.declarations.contains { $0.name == "y" })
    }
}
