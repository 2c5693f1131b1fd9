import Language
import Support
import Syntax
import Testing
import Value

/// What a script did in a fresh small world.
struct Ran {
    var output = ""
    /// The rendered trouble, or the rendered diagnostics when it did not run.
    var trouble = ""
    var host = FakeHost()
}

/// Parses, checks and runs a script; what goes wrong is rendered.
func run(
    _ text: String, limits: Limits = .standard, prepare: (FakeHost) -> Void = { _ in }
) -> Ran {
    var ran = Ran()
    prepare(ran.host)
    let result = Parser.parse(Source(name: "test.dock", text: text))
    let program = Program(checking: result.script, facts: ran.host, limits: limits)
    let diagnostics = result.diagnostics + program.diagnostics
    if !diagnostics.isEmpty {
        ran.trouble = DiagnosticRenderer().render(diagnostics)
        return ran
    }
    do {
        try ProgramRun(program, host: ran.host).run()
    } catch {
        ran.trouble = rendered(error)
    }
    ran.output = ran.host.output
    return ran
}

func rendered(_ error: any Error) -> String {
    switch error {
    case Trouble.diagnostic(let diagnostic): return DiagnosticRenderer().render([diagnostic])
    case Trouble.expectation(let failure): return FailureRenderer().render(failure)
    case Trouble.command(let failure): return FailureRenderer().render(failure)
    case Trouble.skipped(let reason): return "skipped: \(reason ?? "")"
    case Trouble.interrupted(let place): return "interrupted at \(place.description)"
    default: return "\(error)"
    }
}

/// What `print` writes for an expression, or the message of what went wrong.
func evaluate(_ expression: String, prepare: (FakeHost) -> Void = { _ in }) -> String {
    let ran = run("print (\(expression))\n", prepare: prepare)
    if !ran.trouble.isEmpty { return message(ran.trouble) }
    return String(ran.output.dropLast())
}

/// The first line of rendered trouble.
func message(_ text: String) -> String {
    String(text.prefix { $0 != "\n" })
}

/// Two pods and a deployment.
func smallWorld(_ host: FakeHost) {
    host.put("pods/web-0", Samples.pod("web-0", phase: "Running"))
    host.put("pods/web-1", Samples.pod("web-1", phase: "Pending"))
    host.put("pods/db-0", Samples.pod("db-0", app: "db", phase: "Running"))
    host.put("deployments/web", Samples.deployment)
    host.put(
        "nodes/a",
        [
            .apiVersion: "v1", .kind: "Node", .metadata: [.name: "a"],
            .status: [.capacity: [.cpu: "4"], "grace": "1m30s"],
        ])
}

enum Samples {
    static func pod(_ name: String, app: String = "web", phase: String) -> Value {
        [
            .apiVersion: "v1", .kind: "Pod",
            .metadata: [.name: Value(name), .labels: ["app": Value(app), "a/b": "x"]],
            .spec: [
                .containers: [
                    [.name: "main", .image: "nginx:1", .cpu: "500m"],
                    [.name: "side", .image: "proxy:2", .cpu: "1"],
                ]
            ],
            .status: [.phase: Value(phase)],
        ]
    }

    static var startedPod: Value {
        var pod = pod("web", phase: "Running")
        pod[.metadata][.creationTimestamp] = "2025-01-01T00:00:00Z"
        pod[.status][.startTime] = "2025-01-01T00:00:01Z"
        return pod
    }

    static let deployment: Value = [
        .apiVersion: "apps/v1", .kind: "Deployment",
        .metadata: [.name: "web", .labels: ["app": "web"]],
        .spec: [.replicas: 3, "surge": "25%"],
        .status: [.replicas: 3],
    ]
}
