import Language
import Syntax
import Testing

@testable import Session

/// A statement that is stopped leaves a world as if it had been told to go only so far.
@Suite("A world after Ctrl-C")
struct InterruptedWorldTests {
    private final class Bench {
        let session: Session
        private let prompt: Prompt
        var output = ""
        /// How often the session may still ask before it is told to stop.
        var questions = Int.max

        init() throws {
            var write: (String) -> Void = { _ in }
            session = Session(
                SessionOptions(), files: ScriptFiles(folder: "/nonexistent")
            ) { write($0) }
            prompt = Prompt(host: session)
            write = { [unowned self] in output += $0 }
            session.interruptCheck = { [unowned self] in
                questions -= 1
                return questions <= 0
            }
            try run(InterruptedWorldTests.preparation)
            output = ""
        }

        func run(_ text: String) throws {
            let parsed = Parser.parse(Source(name: Session.promptName, text: text))
            let found = try prompt.run(parsed.script) { _ in }
            if let problem = found.first(where: { $0.severity == .error }) {
                throw Trouble.diagnostic(problem)
            }
        }

        /// Whether the statement was stopped, after so many questions.
        func stop(_ text: String, after count: Int) throws -> Bool {
            questions = count
            defer { questions = .max }
            do {
                try run(text)
                return false
            } catch Trouble.interrupted {
                return true
            } catch is Unwinding {
                return true
            } catch {
                // It came to its own end.
                return false
            }
        }

        /// Everything there is, at an instant.
        func dump(at milliseconds: Int64) throws -> String {
            try run("advance \(milliseconds - session.virtualMilliseconds)ms")
            output = ""
            try run("get all,nodes,events,configmaps,leases -A -o yaml")
            return output
        }
    }

    /// Containers that end again and again, a rollout under way, a clock for Jobs, a machine that died.
    private static let preparation = """
        node add n1 n2 n3
        create deployment web --image=nginx:1 --replicas=6
        behavior example/sick { exitAfter: 1s, exitCode: 1 }
        create deployment sick --image=example/sick --replicas=2
        create cronjob tick --image=busybox --schedule="* * * * *" -- date
        behavior nginx:2 { startDelay: 20s }
        settle
        set image deployment/web nginx=nginx:2
        node fail n2

        """

    @Test(
        "goes on as the world that nobody stopped",
        arguments: [
            "advance 20m", "settle", "rollout status deployment/web --timeout=20m",
            "wait --for=condition=Nope deployment/web --timeout=20m", "get pods -w",
            "expect within 20m: deployment/web .status.readyReplicas == 70",
            "always deployment/web .spec.replicas == 6 { advance 20m }",
            "every 10s { annotate deployment web a=b --overwrite }; advance 20m",
        ])
    func goesOn(statement: String) throws {
        let end: Int64 = 1_500_000
        for count in [3, 40, 333, 1_111, 3_001] {
            let stopped = try Bench()
            let wasStopped = try stopped.stop(statement, after: count)
            if !wasStopped { continue }
            // The same as far as it came, told to stop there by nobody.
            let other = try Bench()
            if statement.contains("every") {
                try other.run("every 10s { annotate deployment web a=b --overwrite }")
            }
            let (left, right) = (try stopped.dump(at: end), try other.dump(at: end))
            #expect(left == right, "\(statement) stopped after \(count)")
        }
    }

    @Test(
        "takes the same statement again, and comes to the same end",
        arguments: [
            "apply -f - <<'END'\n\(manifests)END\n",
            "for i in 1..60 { create configmap c${i} --from-literal=a=b || true }",
            "delete pods --all --wait=false", "scale deployment web --replicas=9",
            "drain n1 --ignore-daemonsets --force",
        ])
    func takesAgain(statement: String) throws {
        let wanted = try Bench()
        try wanted.run(statement)
        try wanted.run("advance 30m")
        for count in [2, 9, 40, 170] {
            let bench = try Bench()
            _ = try bench.stop(statement, after: count)
            try bench.run(statement)
            try bench.run("advance 30m")
            for bench in [bench, wanted] {
                bench.output = ""
                try bench.run("get deployments,replicasets,configmaps,nodes -A -o name")
                try bench.run(
                    "get deployments -o custom-columns=A:.spec.replicas,B:.status.readyReplicas")
                try bench.run("print count(pods[app=web])")
            }
            #expect(bench.output == wanted.output, "\(statement.prefix(40)) stopped after \(count)")
        }
    }

    private static let manifests = (1...60).map {
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m\($0)}\ndata: {a: b}\n---\n"
    }.joined()
}
