extension Tool {
    static let ping = Tool(
        "ping", summary: "sends echo requests to an address", usage: "[OPTION]... HOST",
        examples: ["ping -c 3 172.18.0.2", "ping -c 1 -W 1 172.18.0.3"],
        options: [
            ToolOption("4", "nothing: names have addresses of one family"),
            ToolOption("c", .required("COUNT"), "so many requests; 4 where nobody says"),
            ToolOption("i", .required("SECONDS"), "wait so long in between: 1"),
            ToolOption("n", "nothing: addresses are shown as they are"),
            ToolOption("q", "only the summary"),
            ToolOption("s", .required("BYTES"), "the size of a request: 56"),
            ToolOption("W", .required("SECONDS"), "wait so long for the last answer: 10"),
            ToolOption("w", .required("SECONDS"), "end after so long"),
        ], usageStatus: 2
    ) { call throws(ToolStop) in
        var ping = try Ping(call)
        return try ping.run()
    }
}

/// One call of `ping`: iputils' on a machine, busybox's in a container. Source of the texts: iputils,
/// ping/ping_common.c; busybox, networking/ping.c.
private struct Ping {
    /// What a request and its answer take, in microseconds: within a machine's neighbourhood.
    private static let trip = "0.100"

    let call: ToolCall
    let options: ToolOptions
    let network: any ToolNetwork
    let host: String
    private var received = 0

    init(_ call: ToolCall) throws(ToolStop) {
        self.call = call
        options = try call.options()
        network = try call.network()
        guard let host = options.operands.first else {
            throw .usage("usage error: Destination address required")
        }
        self.host = host
    }

    private func number(_ id: String, _ range: ClosedRange<Double>) throws(ToolStop) -> Double? {
        guard let word = options.value(id) else { return nil }
        guard let number = Double(word), range.contains(number) else {
            throw .failure("invalid argument: '\(word)'")
        }
        return number
    }

    mutating func run() throws(ToolStop) -> Int32 {
        // Somebody at a terminal would press Ctrl-C; virtual time would be over before.
        let count = Int(try number("c", 1...1_000_000) ?? 4)
        let interval = Int64((try number("i", 0.002...86_400) ?? 1) * 1000)
        let patience = Int64((try number("W", 0...86_400) ?? 10) * 1000)
        let limit = try number("w", 1...86_400).map { Int64($0 * 1000) }
        let size = Int(try number("s", 0...65_507) ?? 56)
        try call.wait(WebClient.startMilliseconds)
        let address = try address()
        let isSmall = network.isOfContainer
        call.output.write(
            isSmall
                ? "PING \(host) (\(address)): \(size) data bytes\n"
                : "PING \(host) (\(address)) \(size)(\(size + 28)) bytes of data.\n")
        var sent = 0
        var spent: Int64 = 0
        while sent < count {
            try call.step()
            sent += 1
            try look(address, sent, size)
            if sent < count {
                if let limit, spent + interval >= limit { break }
                try call.wait(interval)
                spent += interval
            }
        }
        if received < sent { try call.wait(limit.map { min(patience, $0 - spent) } ?? patience) }
        summarize(sent, address, spent)
        return received > 0 ? 0 : 1
    }

    private func address() throws(ToolStop) -> String {
        switch network.addresses(of: host) {
        case .addresses(let found): return found[0]
        case .silent(let milliseconds): try call.wait(milliseconds)
        case .unknown: break
        }
        if network.isOfContainer { throw .failure("bad address '\(host)'") }
        call.complain("\(host): Name or service not known")
        throw .status(2)
    }

    private mutating func look(_ address: String, _ number: Int, _ size: Int) throws(ToolStop) {
        let isSmall = network.isOfContainer
        let isTold = !options.has("q")
        switch network.ping(address) {
        case .answered:
            received += 1
            guard isTold else { return }
            call.output.write(
                "\(size + 8) bytes from \(address): "
                    + (isSmall ? "seq=\(number - 1)" : "icmp_seq=\(number)")
                    + " ttl=64 time=\(Self.trip) ms\n")
        case .silent: return
        case .unreachable:
            if isTold, !isSmall {
                call.output.write(
                    "From \(network.ownAddress) icmp_seq=\(number) Destination Host Unreachable\n")
            }
        }
    }

    private func summarize(_ sent: Int, _ address: String, _ spent: Int64) {
        let isSmall = network.isOfContainer
        let lost = (sent - received) * 100 / sent
        call.output.write("\n--- \(host) ping statistics ---\n")
        call.output.write(
            isSmall
                ? "\(sent) packets transmitted, \(received) packets received, \(lost)% packet loss\n"
                : "\(sent) packets transmitted, \(received) received, \(lost)% packet loss, time \(spent)ms\n"
        )
        guard received > 0 else { return }
        let trip = Self.trip
        call.output.write(
            isSmall
                ? "round-trip min/avg/max = \(trip)/\(trip)/\(trip) ms\n"
                : "rtt min/avg/max/mdev = \(trip)/\(trip)/\(trip)/0.000 ms\n")
    }
}
