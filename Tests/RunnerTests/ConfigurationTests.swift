import Foundation
import Testing

@testable import Language
@testable import Runner
@testable import Value

@Suite("drydock.yaml")
struct ConfigurationTests {
    @Test("sets what it names")
    func everything() throws {
        let configuration = try Configuration(
            parsing: """
                # What our scripts need.
                allow-read: [../manifests, /etc/cluster]
                seed: 7
                tags: ["!slow"]
                jobs: 4
                reports: [tap=out/report.tap, quiet]
                version: 1.36
                node: {cpu: 8, memory: 32Gi, pods: 200}
                set:
                  image: nginx:1.27
                  tag: 1.10
                  replicas: 3
                  debug: yes
                  zones: [a, b]
                strict: true
                timeout: 30s
                max-virtual: 1d
                """, path: "tests/drydock.yaml")
        #expect(configuration.allowRead == ["tests/../manifests", "/etc/cluster"])
        #expect(configuration.seed == 7)
        #expect(configuration.tags == ["!slow"])
        #expect(configuration.jobs == 4)
        #expect(configuration.reports == ["tap=tests/out/report.tap", "quiet"])
        #expect(configuration.node.cpu == "8" && configuration.node.memory == "32Gi")
        #expect(configuration.node.pods == 200)
        #expect(
            configuration.parameters.given == [
                "image": .text("nginx:1.27"), "tag": .text("1.10"), "replicas": .text("3"),
                "debug": .text("yes"), "zones": .list(["a", "b"]),
            ])
        #expect(configuration.isStrict == true)
        #expect(configuration.timeout == Duration(milliseconds: 30_000))
        #expect(configuration.maxVirtual == Duration(milliseconds: 86_400_000))
    }

    @Test("may hold nothing", arguments: ["", "# nothing\n", "{}\n"])
    func empty(text: String) throws {
        #expect(try Configuration(parsing: text, path: "drydock.yaml").seed == nil)
    }

    @Test(
        "is refused with the place, what is there and what is expected",
        arguments: [
            ("sed: 3", #"drydock.yaml:1:1: there is no key "sed"; did you mean "seed"?"#),
            (
                "jobs: 2\nallow_read: [a]",
                #"drydock.yaml:2:1: there is no key "allow_read"; did you mean "allow-read"?"#
            ),
            (
                "colour: blue",
                #"drydock.yaml:1:1: there is no key "colour"; the keys are "#
                    + "allow-read, seed, tags, jobs, reports, version, node, set, strict, timeout, "
                    + "max-virtual"
            ),
            (
                "node:\n  cpus: 3",
                #"drydock.yaml:2:3: there is no key "cpus"; did you mean "cpu"?"#
            ),
            (
                "jobs: 0",
                #"drydock.yaml:1:7: `jobs` is a whole number from 1 on; found "0""#
            ),
            ("seed: a", #"drydock.yaml:1:7: `seed` is a whole number from 0 on; found "a""#),
            ("strict: 1", #"drydock.yaml:1:9: `strict` is true or false; found "1""#),
            ("tags: {a: b}", "drydock.yaml:1:7: `tags` is a text; found a map"),
            ("node: 3", #"drydock.yaml:1:7: `node` is a map; found "3""#),
            (
                "node: {memory: much}",
                "drydock.yaml:1:16: `memory` is a quantity above zero such as 4, 500m or 8Gi; found "
                    + #""much""#
            ),
            (
                "timeout: soon",
                #"drydock.yaml:1:10: `timeout` is a duration such as 30s or 2h; found "soon""#
            ),
            (
                "version: 1.34",
                "drydock.yaml:1:10: drydock has the rules and texts of Kubernetes 1.36, and none of "
                    + "1.34"
            ),
            ("set: [a]", "drydock.yaml:1:6: `set` is a map; found a list"),
            ("set: {a: {b: c}}", "drydock.yaml:1:10: `a` is a text; found a map"),
            (
                "seed: 1\nseed: 2",
                #"drydock.yaml:2:1: the key "seed" stands twice, first in line 1"#
            ),
            ("seed: 1\n---\nseed: 2", "drydock.yaml:3:1: a configuration is one document"),
            ("- a", "drydock.yaml:1:1: `` is a map; found a list"),
        ])
    func refusals(text: String, message: String) {
        do {
            _ = try Configuration(parsing: text, path: "drydock.yaml")
            Issue.record("accepted: \(text)")
        } catch {
            #expect(error.message == message)
        }
    }

    @Test("has a row in the documentation for each key")
    func documented() throws {
        let page = try String(
            contentsOf: ScenarioFolder.root.appending(path: "docs/testing.md"), encoding: .utf8)
        let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `") }
        for key in ConfigurationKey.all {
            #expect(rows.contains { $0.contains("`\(key.name)`") }, "\(key.name)")
            #expect(!key.summary.isEmpty && !key.summary.hasSuffix("."))
        }
    }

    @Test("accepts its version in each spelling", arguments: ["1.36", "v1.36", "1.36.2", "'1.36'"])
    func version(text: String) throws {
        #expect(throws: Never.self) {
            try Configuration(parsing: "version: \(text)", path: "drydock.yaml")
        }
    }
}
