extension Tool {
    static let curl = Tool(
        "curl", summary: "sends requests of HTTP to Services, pods and nodes",
        usage: "[OPTION]... URL...",
        examples: [
            "curl http://web/", "curl -s -o /dev/null -w '%{http_code}\\n' web.default/healthz",
            "curl -H 'Host: shop.example.com' http://web/",
        ],
        options: CurlOptions.all, usageStatus: 2,
        usageHint: "curl: try 'curl --help' or 'curl --manual' for more information\n"
    ) { call throws(ToolStop) in
        var curl = try Curl(call)
        return try curl.run()
    }
}

/// What `curl` understands. What has no effect in a simulated network says so.
enum CurlOptions {
    static let all: [ToolOption] = [
        ToolOption("#|progress-bar", "nothing: no progress is shown"),
        ToolOption("4|ipv4", "nothing: names have addresses of one family"),
        ToolOption("A|user-agent", .required("NAME"), "what the header User-Agent says"),
        ToolOption("|cacert", .required("FILE"), "trust the authority of that file"),
        ToolOption("|compressed", "nothing: answers come as they are"),
        ToolOption("|connect-timeout", .required("SECONDS"), "give a connection so long"),
        ToolOption("d|data", .required("DATA"), "send data (@FILE: a file's), by POST"),
        ToolOption("|data-binary", .required("DATA"), "send data as they are, by POST"),
        ToolOption("|data-raw", .required("DATA"), "send data, also those that begin with @"),
        ToolOption("e|referer", .required("URL"), "what the header Referer says"),
        ToolOption("f|fail", "exit with 22 where the status is 400 or more"),
        ToolOption("|fail-with-body", "the same, and show the answer"),
        ToolOption("G|get", "send data in the query, by GET"),
        ToolOption("g|globoff", "nothing: brackets are never ranges"),
        ToolOption("H|header", .required("LINE"), "a header of the request, as in 'Host: web'"),
        ToolOption("I|head", "ask for the headers alone"),
        ToolOption("i|include", "show the headers of the answer, too"),
        ToolOption("k|insecure", "trust every certificate"),
        ToolOption("L|location", "follow the answers that lead elsewhere"),
        ToolOption("m|max-time", .required("SECONDS"), "give everything so long"),
        ToolOption("|max-redirs", .required("N"), "follow so many answers at most: 50"),
        ToolOption("N|no-buffer", "nothing: answers come at once"),
        ToolOption("|no-progress-meter", "nothing: no progress is shown"),
        ToolOption("O|remote-name", "write to a file of the name in the URL"),
        ToolOption("o|output", .required("FILE"), "write the answer to a file"),
        ToolOption("|resolve", .required("HOST:PORT:ADDRESS"), "take an address for a name"),
        ToolOption("|retry", .required("N"), "try again so often, where it may help"),
        ToolOption("|retry-all-errors", "try again after every error"),
        ToolOption("|retry-connrefused", "try again after a refused connection, too"),
        ToolOption("|retry-delay", .required("SECONDS"), "wait so long in between"),
        ToolOption("|retry-max-time", .required("SECONDS"), "try again no later than that"),
        ToolOption("S|show-error", "say what went wrong, for all of -s"),
        ToolOption("s|silent", "say nothing of what goes wrong"),
        ToolOption("|url", .required("URL"), "where to send the request"),
        ToolOption("u|user", .required("NAME:WORD"), "the header Authorization of a user"),
        ToolOption("v|verbose", "tell what is sent and received"),
        ToolOption("w|write-out", .required("FORMAT"), "what to print behind the answer"),
        ToolOption("X|request", .required("METHOD"), "the method of the request"),
        ToolOption("|http1.1", "nothing: that is what is spoken"),
    ]
}

/// One call of `curl`. Texts and exit statuses are those of curl 8.5 (docs/network.md says what
/// differs).
struct Curl {
    let call: ToolCall
    let options: ToolOptions
    private let network: any ToolNetwork
    let isSilent: Bool
    private let showsErrors: Bool
    private var client: WebClient

    init(_ call: ToolCall) throws(ToolStop) {
        self.call = call
        do throws(ToolStop) {
            options = try call.options()
        } catch .usage(let message) {
            throw .usage(Self.optionMessage(message))
        }
        network = try call.network()
        isSilent = options.has("s")
        showsErrors = !options.has("s") || options.has("S")
        client = WebClient(network, wait: call.wait)
        client.connectLimit = try Self.seconds(options, "connect-timeout")
        client.limit = try Self.seconds(options, "m")
        for row in options.values("resolve") {
            let parts = row.split(separator: ":", maxSplits: 2).map(String.init)
            guard parts.count == 3, let port = Int(parts[1]) else {
                call.complain("(49) Couldn't parse CURLOPT_RESOLVE entry '\(row)'")
                throw .status(49)
            }
            client.known.append((parts[0].lowercased(), port, parts[2]))
        }
        if options.has("v") { client.notes = { call.error.write("* \($0)\n") } }
    }

    /// curl's own words for options that it does not know, or that lack their argument.
    private static func optionMessage(_ message: String) -> String {
        let parts = message.split(separator: "'").map(String.init)
        guard parts.count > 1 else { return message }
        let option = parts[1].hasPrefix("-") ? parts[1] : "-\(parts[1])"
        if message.contains("requires") { return "option \(option): requires parameter" }
        return "option \(option): is unknown"
    }

    private static func seconds(
        _ options: ToolOptions, _ id: String
    ) throws(ToolStop) -> Int64? {
        guard let word = options.value(id) else { return nil }
        guard let seconds = Double(word), seconds.isFinite, seconds >= 0, seconds < 1e9 else {
            throw .usage(
                "option \(id.count == 1 ? "-" : "--")\(id): expected a proper numerical parameter")
        }
        // Zero stands for no limit.
        return seconds == 0 ? nil : Int64((seconds * 1000).rounded())
    }

    mutating func run() throws(ToolStop) -> Int32 {
        let urls = options.values("url") + options.operands
        if urls.isEmpty {
            call.error.write(call.tool.usageHint ?? "")
            return 2
        }
        try call.wait(WebClient.startMilliseconds)
        var status: Int32 = 0
        for (place, url) in urls.enumerated() { status = try transfer(url, place) }
        return status
    }

    // MARK: One URL

    private mutating func transfer(_ url: String, _ place: Int) throws(ToolStop) -> Int32 {
        let address: WebAddress
        do throws(WebAddress.Problem) {
            address = try WebAddress(url)
        } catch {
            switch error {
            case .scheme(let name):
                return fail(1, "Protocol \"\(name)\" not supported or disabled in libcurl")
            case .malformed:
                return fail(3, "URL using bad/illegal format or missing URL")
            }
        }
        var retries = try count("retry") ?? 0
        var pause: Int64 = 1_000
        var waited: Int64 = 0
        let longest = try Self.seconds(options, "retry-max-time")
        while true {
            var transfer = CurlTransfer(address: address, place: place)
            let status = try attempt(&transfer)
            let reason = retryReason(transfer)
            let delay = try Self.seconds(options, "retry-delay") ?? pause
            guard retries > 0, let reason, longest.map({ waited + delay <= $0 }) ?? true else {
                finish(transfer, status)
                return status
            }
            if !isSilent {
                call.error.write(
                    "Warning: Problem : \(reason). Will retry in \(delay / 1000) seconds. "
                        + "\(retries) retries left.\n")
            }
            try call.wait(delay)
            waited += delay
            retries -= 1
            pause = min(pause * 2, 600_000)
        }
    }

    private func count(_ id: String) throws(ToolStop) -> Int? {
        guard let word = options.value(id) else { return nil }
        guard let number = Int(word), number >= 0 else {
            throw .usage("option --\(id): expected a positive numerical parameter")
        }
        return number
    }

    /// Why another attempt may help; nil where it would not. Source: curl's tool_operate.c,
    /// post_per_transfer.
    private func retryReason(_ transfer: CurlTransfer) -> String? {
        if let failure = transfer.failure {
            switch failure {
            case .stillLooking, .stillConnecting, .stillWaiting, .silent, .unknownHost:
                return "timeout"
            case .refused where options.has("retry-connrefused"): return "connection refused"
            case .refused, .unreachable, .empty, .notSecure, .untrusted: break
            }
        }
        if let status = transfer.reply?.answer.status,
            [408, 429, 500, 502, 503, 504].contains(status)
        {
            return "HTTP error"
        }
        let hasFailed = transfer.failure != nil || transfer.isRefused
        return options.has("retry-all-errors") && hasFailed ? "(retrying all errors)" : nil
    }

    /// Sends the request, follows where it leads, and shows the answer.
    private mutating func attempt(_ transfer: inout CurlTransfer) throws(ToolStop) -> Int32 {
        var request = try request(to: transfer.address)
        let most = try count("max-redirs") ?? 50
        while true {
            if options.has("v") { client.notes = { [call] in call.error.write("* \($0)\n") } }
            let trusts = options.has("k") || options.has("cacert")
            switch try client.send(request, to: transfer.address, trusts: trusts) {
            case .failure(let failure):
                transfer.failure = failure
                transfer.total += failure.after
                return fail(failure, transfer)
            case .reply(let reply):
                transfer.reply = reply
                transfer.total += reply.answered
                if options.has("v") { tell(request, reply) }
                if let next = following(reply, transfer.address), options.has("L") {
                    guard transfer.redirects < most else {
                        return fail(47, "Maximum (\(most)) redirects followed")
                    }
                    if options.has("i") || options.has("I") { show(headersOf: reply, transfer) }
                    transfer.redirects += 1
                    transfer.address = next
                    request.target = next.target
                    request.isSecure = next.isSecure
                    if !hasOwnHost { request.host = next.hostHeader }
                    let seeOther = [301, 302, 303].contains(reply.answer.status)
                    if seeOther, request.method == "POST", !options.has("X") {
                        request.method = "GET"
                        request.body = []
                    }
                    continue
                }
                return try show(reply, &transfer)
            }
        }
    }

    private func following(_ reply: WebClient.Reply, _ address: WebAddress) -> WebAddress? {
        guard 300..<400 ~= reply.answer.status, let place = reply.answer.header("Location") else {
            return nil
        }
        return address.following(place)
    }

    // MARK: What is told

    /// What `-v` tells of a request and the head of its answer.
    private func tell(_ request: WebRequest, _ reply: WebClient.Reply) {
        var lines = ["\(request.method) \(request.target) HTTP/1.1", "Host: \(request.host)"]
        lines += request.headers.map { "\($0.name): \($0.value)" }
        lines.append("")
        call.error.write(lines.map { "> \($0)\n" }.joined())
        call.error.write(Self.head(of: reply.answer).map { "< \($0)\n" }.joined())
    }

    /// The lines of an answer before its body, with the empty one.
    static func head(of answer: WebAnswer) -> [String] {
        ["HTTP/1.1 \(answer.statusText)"] + answer.headers.map { "\($0.name): \($0.value)" } + [""]
    }

    private func show(headersOf reply: WebClient.Reply, _ transfer: CurlTransfer) {
        call.output.write(Self.head(of: reply.answer).map { "\($0)\n" }.joined())
    }

    private func show(
        _ reply: WebClient.Reply, _ transfer: inout CurlTransfer
    ) throws(ToolStop) -> Int32 {
        let isBad = reply.answer.status >= 400
        let fails = isBad && (options.has("f") || options.has("fail-with-body"))
        if fails, !options.has("fail-with-body") {
            transfer.isRefused = true
            closes(transfer)
            return fail(22, "The requested URL returned error: \(reply.answer.status)")
        }
        var bytes: [UInt8] = []
        if options.has("i") || options.has("I") {
            bytes += Self.head(of: reply.answer).map { "\($0)\n" }.joined().utf8
        }
        if !options.has("I") {
            bytes += reply.answer.body
            transfer.size = reply.answer.body.count
        }
        var file = options.values("o").dropFirst(transfer.place).first
        if file == nil, options.has("O") { file = transfer.address.fileName }
        if let file, file != "-" {
            do throws(ToolFileProblem) {
                try call.write(bytes, to: file)
            } catch {
                call.error.write("Warning: Failed to open the file \(file): \(error.reason)\n")
                return fail(23, "Failure writing output to destination")
            }
        } else {
            call.output.write(bytes)
        }
        closes(transfer)
        if fails {
            transfer.isRefused = true
            return fail(22, "The requested URL returned error: \(reply.answer.status)")
        }
        return 0
    }

    private func closes(_ transfer: CurlTransfer) {
        if options.has("v") {
            call.error.write("* Connection #0 to host \(transfer.address.host) left intact\n")
        }
    }

    private func finish(_ transfer: CurlTransfer, _ status: Int32) {
        guard let format = options.value("w") else { return }
        call.output.write(transfer.text(format, status: status))
    }

    // MARK: What goes wrong

    private func fail(_ status: Int32, _ message: String) -> Int32 {
        if showsErrors { call.error.write("curl: (\(status)) \(message)\n") }
        return status
    }

    private func fail(_ failure: WebClient.Failure, _ transfer: CurlTransfer) -> Int32 {
        let place = "\(transfer.address.host) port \(transfer.address.port)"
        switch failure {
        case .unknownHost: return fail(6, "Could not resolve host: \(transfer.address.host)")
        case .stillLooking(let after):
            return fail(28, "Resolving timed out after \(after) milliseconds")
        case .stillConnecting(let after, ofAll: true):
            return fail(28, "Connection timed out after \(after) milliseconds")
        case .stillConnecting(let after, ofAll: false):
            return fail(28, "Failed to connect to \(place) after \(after) ms: Timeout was reached")
        case .refused(_, let after), .unreachable(_, let after):
            return fail(
                7, "Failed to connect to \(place) after \(after) ms: Couldn't connect to server")
        case .silent(_, let after):
            return fail(
                28, "Failed to connect to \(place) after \(after) ms: Couldn't connect to server")
        case .stillWaiting(let after):
            return fail(28, "Operation timed out after \(after) milliseconds with 0 bytes received")
        case .empty: return fail(52, "Empty reply from server")
        case .notSecure:
            return fail(35, "OpenSSL/3.0.13: error:0A00010B:SSL routines::wrong version number")
        case .untrusted:
            let code = fail(60, "SSL certificate problem: unable to get local issuer certificate")
            if showsErrors {
                call.error.write("-k trusts every certificate, --cacert that of the cluster.\n")
            }
            return code
        }
    }
}
