extension Tool {
    static let nc = Tool(
        "nc", aliases: ["netcat"], summary: "looks whether somebody listens on a port",
        usage: "-z [-v] [-w SECONDS] HOST PORT[-PORT]...",
        examples: ["nc -zv web 80", "nc -z -w 2 10.96.0.10 53"],
        options: [
            ToolOption("4", "nothing: names have addresses of one family"),
            ToolOption("n", "take no names, only addresses"),
            ToolOption("u", "not possible: only TCP is spoken"),
            ToolOption("l", "not possible: programs here do not listen"),
            ToolOption("v", "say what came of it"),
            ToolOption("w", .required("SECONDS"), "give a connection so long"),
            ToolOption("z", "only connect, send nothing"),
        ]
    ) { call throws(ToolStop) in
        let netcat = try Netcat(call)
        return try netcat.run()
    }

    static let telnet = Tool(
        "telnet", summary: "looks whether somebody listens on a port", usage: "HOST [PORT]",
        examples: ["telnet web 80"], takesOptions: false
    ) { call throws(ToolStop) in
        guard let host = call.arguments.first, call.arguments.count <= 2 else {
            throw .failure("give a host and a port, as in: telnet web 80")
        }
        let word = call.arguments.count > 1 ? call.arguments[1] : "23"
        guard let port = Int(word), 1...65_535 ~= port else {
            throw .failure(
                "could not resolve \(host)/\(word): Servname not supported for ai_socktype")
        }
        try call.wait(WebClient.startMilliseconds)
        let outcome = try PortCheck(call, limit: nil).look(host, port)
        if let address = outcome.address { call.output.write("Trying \(address)...\n") }
        switch outcome.result {
        case .open:
            // Nobody is there to type: the connection is closed again.
            call.output.write("Connected to \(host).\nEscape character is '^]'.\n")
            call.output.write("Connection closed.\n")
            return 0
        case .unknown:
            throw .failure("could not resolve \(host)/\(word): Name or service not known")
        case .refused, .timedOut, .unreachable:
            call.error.write(
                "telnet: Unable to connect to remote host: \(outcome.result.words)\n")
            return 1
        }
    }
}

/// What became of an attempt to connect to a port.
private struct PortCheck {
    enum Result {
        case open, refused, timedOut, unreachable, unknown

        var words: String {
            switch self {
            case .open: "succeeded"
            case .refused: "Connection refused"
            case .timedOut: "Connection timed out"
            case .unreachable: "No route to host"
            case .unknown: "Name or service not known"
            }
        }
    }

    let call: ToolCall
    let limit: Int64?
    let network: any ToolNetwork

    init(_ call: ToolCall, limit: Int64?) throws(ToolStop) {
        self.call = call
        self.limit = limit
        network = try call.network()
    }

    private func wait(_ milliseconds: Int64) throws(ToolStop) {
        try call.wait(min(milliseconds, limit ?? milliseconds))
    }

    func look(_ host: String, _ port: Int) throws(ToolStop) -> (result: Result, address: String?) {
        let address: String
        switch network.addresses(of: host) {
        case .addresses(let found): address = found[0]
        case .unknown: return (.unknown, nil)
        case .silent(let milliseconds):
            try wait(milliseconds)
            return (.unknown, nil)
        }
        switch network.connect(to: address, port: port) {
        case .open:
            try wait(WebClient.tripMilliseconds)
            return (.open, address)
        case .refused:
            try wait(WebClient.tripMilliseconds)
            return (.refused, address)
        case .unreachable(let milliseconds):
            try wait(milliseconds)
            return (limit.map { $0 < milliseconds } ?? false ? .timedOut : .unreachable, address)
        case .silent:
            try wait(WebClient.patienceMilliseconds)
            return (.timedOut, address)
        }
    }
}

/// One call of `nc -z`: OpenBSD's on a machine, busybox's in a container. Source of the texts: OpenBSD,
/// usr.bin/nc/netcat.c; busybox, networking/nc_bloaty.c and libbb/xconnect.c.
private struct Netcat {
    let call: ToolCall
    let options: ToolOptions
    let limit: Int64?
    let network: any ToolNetwork

    init(_ call: ToolCall) throws(ToolStop) {
        self.call = call
        options = try call.options()
        network = try call.network()
        guard let word = options.value("w") else {
            limit = nil
            return
        }
        guard let seconds = Int64(word), 1...1_000_000 ~= seconds else {
            throw .failure("timeout cannot be \(word)")
        }
        limit = seconds * 1000
    }

    func run() throws(ToolStop) -> Int32 {
        if options.has("l") {
            throw .failure(
                "programs here do not listen; the containers of a pod do, on the ports that they declare"
            )
        }
        if options.has("u") { throw .failure("only TCP is spoken here; leave -u out") }
        guard options.operands.count > 1 else {
            throw .failure("give a host and a port, as in: nc -zv web 80")
        }
        if !options.has("z") {
            throw .failure(
                "nothing can be typed into a connection; -z looks whether it comes about")
        }
        let host = options.operands[0]
        try call.wait(WebClient.startMilliseconds)
        var status: Int32 = 0
        for word in options.operands.dropFirst() {
            guard let ports = Self.ports(word) else {
                throw .failure("port number invalid: \(word)")
            }
            for port in ports {
                try call.step()
                if try !look(host, port) { status = 1 }
            }
        }
        return status
    }

    /// `80`, `80-90`
    private static func ports(_ word: String) -> ClosedRange<Int>? {
        let ends = word.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard ends.count <= 2, let first = ends[0], let last = ends[ends.count - 1],
            1...65_535 ~= first, first...65_535 ~= last
        else { return nil }
        return first...last
    }

    private func look(_ host: String, _ port: Int) throws(ToolStop) -> Bool {
        let (result, found) = try PortCheck(call, limit: limit).look(host, port)
        let address = found ?? host
        if case .open = result {
            if options.has("v") {
                call.error.write(
                    network.isOfContainer
                        ? "\(host) (\(WebClient.shown(address, port))) open\n"
                        : "Connection to \(host)\(host == address ? "" : " (\(address))") \(port) port "
                            + "[tcp/\(Self.service(port))] succeeded!\n")
            }
            return true
        }
        if case .unknown = result {
            throw .failure(
                network.isOfContainer
                    ? "bad address '\(host)'"
                    : "getaddrinfo for host \"\(host)\" port \(port): Name or service not known")
        }
        if network.isOfContainer {
            call.error.write(
                "nc: \(host) (\(WebClient.shown(address, port))): \(result.words)\n")
        } else if options.has("v") {
            let words =
                result == .timedOut && limit != nil
                ? "timed out: Operation now in progress" : "failed: \(result.words)"
            call.error.write(
                "nc: connect to \(host)\(host == address ? "" : " (\(address))") port \(port) (tcp) \(words)\n"
            )
        }
        return false
    }

    /// The name of a port. Source: the registry of service names (RFC 6335) as in /etc/services.
    private static func service(_ port: Int) -> String {
        [
            22: "ssh", 25: "smtp", 53: "domain", 80: "http", 110: "pop3", 143: "imap2",
            389: "ldap", 443: "https", 3306: "mysql", 5432: "postgresql", 5672: "amqp",
            6379: "redis", 8080: "http-alt", 9100: "jetdirect", 11211: "memcached",
        ][port] ?? "*"
    }
}
