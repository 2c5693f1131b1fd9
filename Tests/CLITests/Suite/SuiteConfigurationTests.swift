import Foundation
import Testing

@Suite("drydock.yaml and --set")
struct SuiteConfigurationTests {
    private static let files = [
        "drydock.yaml": """
        allow-read: manifests
        seed: 9
        tags: ["!slow"]
        node: {cpu: 16, pods: 7}
        set: {image: "nginx:1.10", replicas: 2}
        reports: [tap=out.tap]

        """,
        "manifests/pod.yaml": """
        {apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i}]}}

        """,
        "tests/a.dock": """
        param image = "nginx"
        param replicas = 1
        scenario "reads" {
          node add worker-1
          apply -f ../manifests/pod.yaml
          print image, replicas, node/worker-1 .status.capacity.cpu, node/worker-1 .status.capacity.pods
          expect 1 == 2
        }
        scenario "slow" tags slow { expect 1 == 2 }

        """,
        "tests/b.dock": "expect 1 == 1\n",
    ]

    private func run(_ line: String, _ more: [String: String] = [:]) throws -> Program.Result {
        try SuiteFolder.with(Self.files.merging(more) { $1 }) { try $0.shell(line) }
    }

    @Test("holds for scripts below its folder, whatever runs them; flags win")
    func holds() throws {
        let suite = try run("drydock test tests; head -1 out.tap")
        #expect(suite.output.contains("nginx:1.10 2 16 7\n"), "\(suite.output)")
        #expect(suite.output.contains("2 files: 1 passed, 1 failed\n"), "\(suite.output)")
        #expect(suite.output.hasSuffix("--seed 9 --filter reads tests/a.dock\nTAP version 14\n"))
        let one = try run("cd tests; drydock run --set replicas=5 --filter reads a.dock")
        #expect(one.output.contains("nginx:1.10 5 16 7\n"), "\(one.output)")
        let none = try run("drydock test --no-config --filter reads tests")
        #expect(none.output.contains("--allow-read DIR allows more"), "\(none.output)")
        #expect(
            none.output.hasSuffix(
                "again: drydock test --no-config --seed 1 --filter reads tests/a.dock\n"))
        let tagged = try run("drydock test --tag slow tests")
        #expect(tagged.output.contains("✗ slow"), "\(tagged.output)")
    }

    @Test(
        "is refused where it is wrong, and so are names that no script declares",
        arguments: [
            (
                "drydock test --set imge=x tests",
                "no script declares the parameter \"imge\" that --set names; did you mean \"image\"?"
            ),
            (
                "drydock run --set zzz=x tests/b.dock",
                "no script declares the parameter \"zzz\" that --set names"
            ),
            (
                "drydock test --set image",
                "--set takes a name and a value, as in --set image=nginx:1.27; found 'image'"
            ),
            (
                "echo 'set: {imagee: x}' > drydock.yaml; drydock test tests/b.dock",
                "no script declares the parameter \"imagee\" that tests/../drydock.yaml sets; did you mean \"image\"?"
            ),
            (
                "echo 'sed: 1' > drydock.yaml; drydock run tests/b.dock",
                "drydock.yaml:1:1: there is no key \"sed\"; did you mean \"seed\"?"
            ),
            (
                "mv drydock.yaml drydock.yml; drydock test tests",
                "drydock.yml is not read: its name has to be drydock.yaml"
            ),
            ("drydock test --config none.yaml", "cannot read none.yaml: no such file or directory"),
            (
                "drydock test --config drydock.yaml --no-config",
                "--config names a configuration, and --no-config wants none"
            ),
            (
                "mkdir x; cp drydock.yaml tests/b.dock x; drydock test x tests",
                "x is below x/drydock.yaml and tests below drydock.yaml: name one with --config, or none with --no-config"
            ),
        ])
    func refusals(line: String, message: String) throws {
        let result = try run(line)
        #expect(result.exitCode == 1, "\(result.output)")
        #expect(
            result.output.contains(message.replacing("tests/../", with: "")), "\(result.output)")
    }

    @Test("a value of another type is refused at the parameter")
    func types() throws {
        let result = try run("drydock test --set replicas=many tests")
        #expect(result.exitCode == 2)
        #expect(
            result.output.contains(
                "error[DD2082]: the parameter `replicas` is a whole number, and \"many\" is given"),
            "\(result.output)")
        #expect(result.output.contains("┌─ tests/a.dock:2:18"), "\(result.output)")
    }
}
