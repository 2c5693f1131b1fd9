/// What is known of an image by its name: which system it is built on, and what it starts.
package struct ContainerImage: Sendable {
    /// The system that an image is built on.
    package enum Family: Sendable {
        case busybox, alpine, debian
        /// One program and nothing else: `pause`, distroless images, the control plane's.
        case bare
    }

    /// As the manifest has it.
    package let text: String
    /// The last part of its name, without tag: `nginx` of `docker.io/library/nginx:1.25`.
    package let name: String
    /// The tag; `latest` where there is none.
    package let tag: String
    package let family: Family

    package init(_ text: String) {
        self.text = text
        let plain = text.split(separator: "@").first.map(String.init) ?? text
        let last = plain.split(separator: "/").last.map(String.init) ?? plain
        let parts = last.split(separator: ":", maxSplits: 1).map(String.init)
        name = parts.first ?? last
        tag = parts.count > 1 ? parts[1] : "latest"
        family = Self.family(plain, name, tag)
    }

    private static func family(_ text: String, _ name: String, _ tag: String) -> Family {
        let bare = [
            "pause", "hello-world", "coredns", "etcd", "metrics-server", "whoami", "scratch",
            "http-echo", "kube-apiserver", "kube-controller-manager", "kube-scheduler",
        ]
        if bare.contains(name) || text.contains("distroless") { return .bare }
        if name.hasPrefix("busybox") { return .busybox }
        let alpine = [
            "alpine", "agnhost", "curl", "netshoot", "dnsutils", "hello-app", "kubia-unhealthy",
        ]
        return alpine.contains(name) || tag.contains("alpine") ? .alpine : .debian
    }

    /// Whether its files are known, as far as pages look at them.
    package var isKnown: Bool { Self.known[name] != nil }

    package var hasShell: Bool { family != .bare }

    /// The names of the shells that it has.
    var shells: [String] {
        switch family {
        case .busybox: ["sh", "ash"]
        case .alpine: name == "alpine" ? ["sh", "ash"] : ["sh", "ash", "bash"]
        case .debian: ["sh", "bash", "dash"]
        case .bare: []
        }
    }

    /// Where a program lies.
    func place(of name: String) -> String {
        switch family {
        case .busybox: "/bin/\(name)"
        case .alpine:
            ["sh", "ls", "cat", "ps", "sed", "grep", "echo"].contains(name)
                ? "/bin/\(name)" : "/usr/bin/\(name)"
        case .debian, .bare: "/usr/bin/\(name)"
        }
    }

    /// What the image starts where the manifest says nothing.
    package var entryPoint: [String] {
        Self.known[name]?.words
            ?? (family == .bare
                ? ["/\(name)"]
                : family == .debian && name != "debian" && name != "ubuntu" ? [name] : ["sh"])
    }

    /// How the container's own process is shown once it runs.
    package var processTitle: String? { Self.known[name]?.title }

    /// The folder that commands begin in, where the manifest says nothing.
    package var workingDirectory: String { Self.known[name]?.folder ?? "/" }

    /// The version that the tag tells; nil for `latest` and its like.
    package var version: String? {
        guard tag.first?.isNumber == true else { return nil }
        return String(tag.prefix { $0.isNumber || $0 == "." })
    }

    /// Variables that the image sets itself, besides PATH.
    package var variables: [(String, String)] {
        guard let name = Self.known[name]?.version, tag.first?.isNumber == true else { return [] }
        return [(name, String(tag.prefix { $0.isNumber || $0 == "." }))]
    }

    private struct Known {
        var words: [String]
        var title: String?
        var folder = "/"
        var version: String?
    }

    private static let known: [String: Known] = [
        "nginx": Known(
            words: ["/docker-entrypoint.sh", "nginx", "-g", "daemon off;"],
            title: "nginx: master process nginx -g daemon off;", version: "NGINX_VERSION"),
        "httpd": Known(
            words: ["httpd-foreground"], title: "httpd -DFOREGROUND",
            folder: "/usr/local/apache2", version: "HTTPD_VERSION"),
        "redis": Known(
            words: ["docker-entrypoint.sh", "redis-server"], title: "redis-server *:6379",
            folder: "/data", version: "REDIS_VERSION"),
        "mysql": Known(
            words: ["docker-entrypoint.sh", "mysqld"], title: "mysqld", version: "MYSQL_VERSION"),
        "postgres": Known(
            words: ["docker-entrypoint.sh", "postgres"], title: "postgres", version: "PG_VERSION"),
        "tomcat": Known(
            words: ["catalina.sh", "run"], title: nil, folder: "/usr/local/tomcat",
            version: "TOMCAT_VERSION"),
        "wordpress": Known(
            words: ["docker-entrypoint.sh", "apache2-foreground"], title: "apache2 -DFOREGROUND",
            folder: "/var/www/html", version: nil),
        "busybox": Known(words: ["sh"]),
        "alpine": Known(words: ["/bin/sh"]),
        "debian": Known(words: ["bash"]),
        "ubuntu": Known(words: ["/bin/bash"]),
        "python": Known(words: ["python3"], version: "PYTHON_VERSION"),
        "node": Known(words: ["docker-entrypoint.sh", "node"], version: "NODE_VERSION"),
        "pause": Known(words: ["/pause"]),
    ]
}
