import Language
import Session
import Syntax

/// A world in which every example of every help text makes sense, as at a prompt.
final class HelpWorld {
    private let session: Session
    private let prompt: Prompt
    private(set) var output = ""

    /// - Parameter isEmpty: without nodes and workloads, for what makes them.
    init(isEmpty: Bool = false) throws {
        var write: (String) -> Void = { _ in }
        var options = SessionOptions()
        options.keepsHistory = true
        session = Session(options, files: ScriptFiles(folder: "/nonexistent")) {
            write($0)
        }
        prompt = Prompt(host: session)
        write = { [unowned self] in output += $0 }
        try run(Self.files)
        if !isEmpty { try run(Self.objects) }
        output = ""
    }

    /// Runs what somebody types. Throws what ends it.
    func run(_ text: String) throws {
        var options = ParseOptions()
        options.expressionNames = Set(prompt.variableNames)
        let parsed = Parser.parse(
            Source(name: Session.promptName, text: text), options: options)
        if let problem = parsed.diagnostics.first(where: { $0.severity == .error }) {
            throw Trouble.diagnostic(problem)
        }
        if text.contains("scenario \"") {
            // Each has a world of its own; here it is enough that it checks.
            let found = ScriptChecker.check(
                Source(name: "scenario", text: text), files: session.files)
            if let problem = found.first(where: { $0.severity == .error }) {
                throw Trouble.diagnostic(problem)
            }
            return
        }
        let found = try prompt.run(parsed.script) { [unowned self] value in
            output += Display.text(value) + "\n"
        }
        if let problem = found.first(where: { $0.severity == .error }) {
            throw Trouble.diagnostic(problem)
        }
        if let trouble = session.takeDeferredTrouble() { throw trouble }
    }

    private static func workload(_ kind: String, _ name: String, _ more: String = "") -> String {
        """
        apiVersion: apps/v1
        kind: \(kind)
        metadata: {name: \(name), labels: {app: \(name)}}
        spec:
          \(more)
          selector: {matchLabels: {app: \(name)}}
          template:
            metadata: {labels: {app: \(name)}}
            spec: {containers: [{name: nginx, image: "nginx:1.25"}]}

        """
    }

    private static let pod = """
        apiVersion: v1
        kind: Pod
        metadata: {name: web-0, labels: {app: solo}}
        spec: {containers: [{name: nginx, image: "nginx:1.25"}]}

        """

    private static let files: String = {
        let texts: [(String, String)] = [
            ("web.yaml", workload("Deployment", "web", "replicas: 3")),
            (
                "cm.yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {size: small}\n"
            ),
            ("pod.yaml", pod), ("manifests/web.yaml", workload("Deployment", "web", "replicas: 3")),
            ("overlays/dev/kustomization.yaml", "resources: [cm.yaml]\n"),
            ("overlays/dev/cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"),
            ("overlays/prod/kustomization.yaml", "resources: []\n"),
            ("overlay/kustomization.yaml", "resources: []\n"), ("base/a.yaml", "a: 1\n"),
            ("kind.yaml", "kind: Cluster\nnodes:\n- role: control-plane\n- role: worker\n"),
            ("lib.dock", "fn twice(n) => 2 * n\n"), ("before.yaml", "a: 1\n"),
            ("after.yaml", "a: 2\n"), ("old", "a\n"), ("new", "b\n"), ("notes", "a b c\n"),
            ("table", "A B\n1 2\n"), ("names", "a\nb\n"), ("ages", "1\n2\n"),
            ("app.ini", "[app]\n"), ("tls.crt", "x\n"), ("tls.key", "x\n"),
            (
                "roles.yaml",
                "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: reader, namespace: default}\n"
                    + "rules: [{apiGroups: [\"\"], resources: [pods], verbs: [get]}]\n"
            ),
            ("description", "Name: a\nEvents:  <none>\n"),
        ]
        return texts.map { "file \"\($0)\" <<'END'\n\($1)END\n" }.joined()
    }()

    private static let objects = """
        node add node-1 node-2 worker-1 worker-2 --label zone=a
        create namespace shop
        apply -f web.yaml
        apply -f pod.yaml
        expose deployment web --port=80
        apply -f - <<'END'
        \(workload("StatefulSet", "mysql", "replicas: 3"))
        ---
        \(workload("ReplicaSet", "api"))
        ---
        \(workload("DaemonSet", "agent"))
        ---
        apiVersion: apps/v1
        kind: ReplicaSet
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: other}}
          template:
            metadata: {labels: {app: other}}
            spec: {containers: [{name: nginx, image: nginx}]}
        END
        create secret generic db --from-literal=password=secret
        settle

        """
}
