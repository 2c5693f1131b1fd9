import Value

/// What the servers of images answer, where no behavior says otherwise.
struct ServerPages {
    let names: AnswerText
    let plan: ContainerPlan
    let request: ServerRequest
    /// What the file of a path has that the server serves; nil where there is none.
    let file: (_ folder: String, _ path: String) -> [UInt8]?

    private var listening: ListeningPorts { plan.listening }

    /// The line that names who answers: `web-0 nginx:1.26 /`.
    private var line: String { "\(names.pod) \(names.image) \(request.path)" }

    /// Nil where the server does not speak HTTP.
    func answer(isProbed: Bool) -> ServerAnswer? {
        guard let server = listening.server else { return ServerAnswer(line + "\n") }
        switch server.style {
        case .silent: return nil
        case .plain, .ingress: return ServerAnswer(line + "\n")
        case .nginx: return nginx(isProbed)
        case .apache: return apache(isProbed)
        case .echoServer: return ServerAnswer(isOldEchoServer ? oldEcho : newEcho)
        case .helloApp:
            return ServerAnswer(
                "Hello, world!\nVersion: \(dotted(names.version))\nHostname: \(names.hostname)\n")
        case .whoami: return ServerAnswer(whoami)
        case .bootcamp:
            let version = names.version.drop { $0 == "v" }
            return ServerAnswer(
                "Hello Kubernetes bootcamp! | Running on: \(names.hostname) | v=\(version)\n")
        case .httpEcho: return httpEcho
        case .agnhost: return agnhost
        case .kubia:
            return ServerAnswer(
                names.version == "latest"
                    ? "You've hit \(names.hostname)\n"
                    : "This is \(names.version) running in pod \(names.hostname)\n")
        case .myApp:
            return ServerAnswer(
                request.path == "/hostname.html"
                    ? "\(names.hostname)\n"
                    : "Hello MyApp | Version: \(names.version) | "
                        + "<a href=\"hostname.html\">Pod Name</a>\n", type: "text/html")
        case .nginxDemo:
            return ServerAnswer(
                "Server address: \(names.address):\(request.port)\nServer name: \(names.hostname)\n"
                    + "URI: \(request.target)\n")
        }
    }

    // MARK: nginx and httpd

    /// `nginx/1.26.0` for a tag that is a version; else `nginx`.
    private func product(_ name: String) -> String {
        let number = names.version.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        return number.contains(".") ? "\(name)/\(number)" : name
    }

    private func html(_ status: Int, _ text: String, _ product: String) -> ServerAnswer {
        var answer = ServerAnswer(text, status: status, type: "text/html")
        answer.headers.insert(("Server", product), at: 0)
        return answer
    }

    /// A file of the folder that it serves; without one, its page at `/` and where a probe looks, and
    /// 404 elsewhere.
    private func nginx(_ isProbed: Bool) -> ServerAnswer {
        let product = product("nginx")
        if let bytes = file("/usr/share/nginx/html", request.path) {
            var answer = ServerAnswer(body: bytes)
            answer.headers = [("Server", product), ("Content-Type", type(of: request.path))]
            return answer
        }
        let isHome = request.path == "/" || request.path == "/index.html"
        if isHome || isProbed {
            let title = "Welcome to nginx!"
            return html(
                200,
                "<!DOCTYPE html>\n<html>\n<head>\n<title>\(title)</title>\n</head>\n<body>\n"
                    + "<h1>\(title)</h1>\n<p>\(line)</p>\n</body>\n</html>\n", product)
        }
        return html(
            404,
            "<html>\n<head><title>404 Not Found</title></head>\n<body>\n"
                + "<center><h1>404 Not Found</h1></center>\n<hr><center>\(product)</center>\n"
                + "<!-- \(line) -->\n</body>\n</html>\n", product)
    }

    private func apache(_ isProbed: Bool) -> ServerAnswer {
        let product = product("Apache") + " (Unix)"
        if let bytes = file("/usr/local/apache2/htdocs", request.path) {
            var answer = ServerAnswer(body: bytes)
            answer.headers = [("Server", product), ("Content-Type", type(of: request.path))]
            return answer
        }
        if request.path == "/" || request.path == "/index.html" || isProbed {
            return html(
                200, "<html><body><h1>It works!</h1></body></html>\n<!-- \(line) -->\n", product)
        }
        return html(
            404,
            "<!DOCTYPE HTML>\n<html><head>\n<title>404 Not Found</title>\n</head><body>\n"
                + "<h1>Not Found</h1>\n<!-- \(line) -->\n</body></html>\n", product)
    }

    private func type(of path: String) -> String {
        if path.hasSuffix("/") || path.hasSuffix(".html") { return "text/html" }
        if path.hasSuffix(".json") { return "application/json" }
        return path.hasSuffix(".txt") ? "text/plain" : "application/octet-stream"
    }

    // MARK: Servers that tell what they see

    private var isOldEchoServer: Bool {
        ["1.0", "1.1", "1.2", "1.3", "1.4"].contains(names.version)
    }

    private var sortedHeaders: String {
        (request.headers + [("Host", request.host)]).map { "\($0.0.lowercased())=\($0.1)" }.sorted()
            .joined(separator: "\n")
    }

    private var query: String? {
        request.target.firstIndex(of: "?").map {
            String(request.target[request.target.index(after: $0)...])
        }
    }

    private var uri: String {
        "http://\(request.host.split(separator: ":")[0]):\(request.port)\(request.target)"
    }

    private var oldEcho: String {
        "CLIENT VALUES:\nclient_address=\(request.client)\ncommand=\(request.method)\n"
            + "real path=\(request.target)\nquery=\(query ?? "nil")\nrequest_version=1.1\n"
            + "request_uri=\(uri)\n\nSERVER VALUES:\nserver_version=nginx: 1.10.0 - lua: 10001\n\n"
            + "HEADERS RECEIVED:\n\(sortedHeaders)\nBODY:\n\(body ?? "-no body in request-")"
    }

    private var newEcho: String {
        "\n\nHostname: \(names.hostname)\n\nPod Information:\n\t-no pod information available-\n\n"
            + "Server values:\n\tserver_version=nginx: 1.14.2 - lua: 10015\n\n"
            + "Request Information:\n\tclient_address=\(request.client)\n\tmethod=\(request.method)\n"
            + "\treal path=\(request.target)\n\tquery=\(query ?? "")\n\trequest_version=1.1\n"
            + "\trequest_scheme=http\n\trequest_uri=\(uri)\n\nRequest Headers:\n"
            + sortedHeaders.split(separator: "\n").map { "\t\($0)\n" }.joined()
            + "\nRequest Body:\n\t\(body ?? "-no body in request-")\n\n"
    }

    private var body: String? {
        request.body.isEmpty ? nil : String(decoding: request.body, as: UTF8.self)
    }

    private var whoami: String {
        var text = "Hostname: \(names.hostname)\nIP: 127.0.0.1\nIP: \(names.address)\n"
        text += "RemoteAddr: \(request.client)\n\(request.method) \(request.target) HTTP/1.1\n"
        text += "Host: \(request.host)\n"
        for header in request.headers { text += "\(header.name): \(header.value)\n" }
        return text + "\n"
    }

    // MARK: Servers with arguments

    /// The value of an argument `-name=value` or `-name value`.
    private func argument(_ name: String) -> String? {
        let words = listening.words
        for (index, word) in words.enumerated() {
            for flag in ["-\(name)", "--\(name)"] {
                if word.hasPrefix(flag + "=") { return String(word.dropFirst(flag.utf8.count + 1)) }
                if word == flag, index + 1 < words.count { return words[index + 1] }
            }
        }
        return nil
    }

    private var httpEcho: ServerAnswer {
        if request.path == "/health" {
            return ServerAnswer("{\"status\":\"ok\"}\n", type: "application/json")
        }
        var answer = ServerAnswer((argument("text") ?? "hello-world") + "\n")
        answer.status = argument("status-code").flatMap { Int($0) } ?? 200
        answer.headers.insert(("X-App-Name", "http-echo"), at: 0)
        return answer
    }

    private var agnhost: ServerAnswer {
        guard listening.words.contains("netexec") else { return ServerAnswer(names.hostname) }
        switch request.path {
        case "/hostname", "/hostName": return ServerAnswer(names.hostname)
        case "/clientip": return ServerAnswer(request.client)
        case "/echo":
            let code = request.parameter("code").flatMap { Int($0) } ?? 200
            return ServerAnswer(request.parameter("msg") ?? "", status: code)
        case "/healthz", "/healthZ": return ServerAnswer("")
        case "/header": return ServerAnswer(request.header(request.parameter("key") ?? "") ?? "")
        default: return ServerAnswer(line + "\n")
        }
    }

    /// `1.0` as the three numbers of a version.
    private func dotted(_ version: String) -> String {
        let parts = version.split(separator: ".")
        guard parts.allSatisfy({ Int($0) != nil }) else { return "1.0.0" }
        return (parts.map(String.init) + ["0", "0", "0"]).prefix(3).joined(separator: ".")
    }
}
