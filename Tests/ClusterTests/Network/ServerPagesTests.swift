import Model
import Testing
import Value

@testable import Cluster

/// What containers of known images answer, and where: one row each.
@Suite("answers of images")
struct ServerPagesTests {
    struct Row: Sendable {
        var image: String
        var arguments: [String] = []
        var declared: Int?
        var port: Int
        var path = "/"
        var status = 200
        /// The body, or with `…` at its end how it begins; nil where no HTTP is spoken.
        var body: String?
    }

    static let rows: [Row] = [
        Row(
            image: "nginx:1.26", port: 80,
            body:
                "<!DOCTYPE html>\n<html>\n<head>\n<title>Welcome to nginx!</title>\n</head>\n<body>\n"
                + "<h1>Welcome to nginx!</h1>\n<p>web nginx:1.26 /</p>…"),
        Row(image: "nginx", port: 80, path: "/a", status: 404, body: "<html>\n<head><title>404…"),
        Row(image: "bitnami/nginx", port: 8080, body: "<!DOCTYPE html>…"),
        Row(
            image: "httpd:2.4", port: 80,
            body: "<html><body><h1>It works!</h1></body></html>\n<!-- web httpd:2.4 / -->\n"),
        Row(image: "hashicorp/http-echo", arguments: ["-text=hi"], port: 5678, body: "hi\n"),
        Row(
            image: "hashicorp/http-echo:1.0", arguments: ["-listen=:8080", "-text", "hi"],
            port: 8080, path: "/any", body: "hi\n"),
        Row(
            image: "gcr.io/google-samples/hello-app:2.0", port: 8080,
            body: "Hello, world!\nVersion: 2.0.0\nHostname: web\n"),
        Row(
            image: "gcr.io/google-samples/kubernetes-bootcamp:v1", port: 8080,
            body: "Hello Kubernetes bootcamp! | Running on: web | v=1\n"),
        Row(image: "registry.k8s.io/echoserver:1.4", port: 8080, body: "CLIENT VALUES:\n…"),
        Row(image: "registry.k8s.io/echoserver:1.10", port: 8080, body: "\n\nHostname: web\n…"),
        Row(image: "traefik/whoami", port: 80, body: "Hostname: web\nIP: 127.0.0.1\n…"),
        Row(
            image: "registry.k8s.io/e2e-test-images/agnhost:2.53", arguments: ["serve-hostname"],
            port: 9376, body: "web"),
        Row(
            image: "registry.k8s.io/e2e-test-images/agnhost:2.53",
            arguments: ["netexec", "--http-port=8081"], port: 8081, path: "/echo?msg=hey",
            body: "hey"),
        Row(image: "luksa/kubia", port: 8080, body: "You've hit web\n"),
        Row(image: "luksa/kubia:v2", port: 8080, body: "This is v2 running in pod web\n"),
        Row(
            image: "ikubernetes/myapp:v1", port: 80,
            body: "Hello MyApp | Version: v1 | <a href=\"hostname.html\">Pod Name</a>\n"),
        Row(image: "ikubernetes/myapp:v1", port: 80, path: "/hostname.html", body: "web\n"),
        Row(
            image: "nginxdemos/hello:plain-text", port: 80, body: "Server address: 10.244.0.2:80\n…"
        ),
        Row(
            image: "example/web:1", declared: 9000, port: 9000, path: "/a?b",
            body: "web example/web:1 /a\n"),
        Row(image: "redis:7", port: 6379, body: nil), Row(image: "postgres", port: 5432, body: nil),
    ]

    private func world(_ row: Row) throws -> WholeWorld {
        let world = try WholeWorld(nodes: 1)
        var container: Value = [.name: "main", .image: Value(row.image)]
        if !row.arguments.isEmpty { container[.args] = .array(row.arguments.map { Value($0) }) }
        if let port = row.declared { container[.ports] = [["containerPort": Value(port)]] }
        try world.create(.pod, WholeWorld.pod("web", spec: [.containers: [container]]))
        try world.settle()
        return world
    }

    @Test("are what they are known for", arguments: rows)
    func answers(row: Row) throws {
        let world = try world(row)
        let address = try world.found(.pod, "web").value[.status].text(.podIP)
        let network = world.cluster.network
        guard
            case .container(let place) = network.connect(
                from: .machine, to: address, port: row.port)
        else {
            Issue.record("nothing listens")
            return
        }
        let answer = network.answer(place, to: ServerRequest(target: row.path, host: "web"))
        guard let body = row.body else {
            #expect(answer == nil)
            return
        }
        let text = String(decoding: answer?.body ?? [], as: UTF8.self)
        #expect(answer?.status == row.status)
        if body.hasSuffix("…") {
            #expect(text.hasPrefix(body.dropLast()), "\(text)")
        } else {
            #expect(text == body)
        }
    }

    @Test("nobody listens in a container that does something else")
    func idle() throws {
        for (image, arguments) in [
            ("busybox", ["sleep", "1d"]), ("nginx", ["sleep", "infinity"]),
            ("nginx", ["sh", "-c", "while true; do sleep 1; done"]), ("example/web", []),
        ] {
            let world = try world(Row(image: image, arguments: arguments, port: 80))
            let address = try world.found(.pod, "web").value[.status].text(.podIP)
            guard
                case .refused = world.cluster.network.connect(from: .machine, to: address, port: 80)
            else {
                Issue.record("\(image) \(arguments) listens")
                continue
            }
        }
    }
}
