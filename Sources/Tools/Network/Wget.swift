extension Tool {
    static let wget = Tool(
        "wget", summary: "fetches what HTTP answers, as busybox's does",
        usage: "[OPTION]... URL...",
        examples: ["wget -qO- http://web/", "wget -q -T 2 -O- http://web.default:80/"],
        options: [
            ToolOption("c|continue", "nothing: files are fetched whole"),
            ToolOption("q|quiet", "say nothing but what goes wrong"),
            ToolOption(
                "O|output-document", .required("FILE"), "write to the file; - is the output"),
            ToolOption("S|server-response", "show the headers of the answer"),
            ToolOption(
                "T|timeout", .required("SECONDS"), "give a connection and an answer so long"),
            ToolOption("t|tries", .required("N"), "nothing: it is tried once"),
            ToolOption("U|user-agent", .required("NAME"), "what the header User-Agent says"),
            ToolOption("|header", .required("LINE"), "a header of the request"),
            ToolOption("|no-check-certificate", "trust every certificate"),
            ToolOption("|post-data", .required("DATA"), "send data, by POST"),
            ToolOption("|spider", "only look whether there is an answer"),
        ]
    ) { call throws(ToolStop) in
        let wget = try Wget(call)
        return try wget.run()
    }
}

/// One call of busybox's `wget`. Source of the texts: busybox, networking/wget.c.
private struct Wget {
    let call: ToolCall
    let options: ToolOptions
    let network: any ToolNetwork
    let isQuiet: Bool
    let limit: Int64?

    init(_ call: ToolCall) throws(ToolStop) {
        self.call = call
        options = try call.options()
        network = try call.network()
        isQuiet = options.has("q")
        guard let word = options.value("T") else {
            limit = nil
            return
        }
        guard let seconds = Int64(word), 0...1_000_000 ~= seconds else {
            throw .failure("invalid number '\(word)'")
        }
        limit = seconds == 0 ? nil : seconds * 1000
    }

    func run() throws(ToolStop) -> Int32 {
        if options.operands.isEmpty { throw .usage("missing URL") }
        try call.wait(WebClient.startMilliseconds)
        for url in options.operands { try fetch(url) }
        return 0
    }

    private func note(_ line: String) { if !isQuiet { call.error.write("\(line)\n") } }

    private func fetch(_ url: String) throws(ToolStop) {
        var address: WebAddress
        do throws(WebAddress.Problem) {
            address = try WebAddress(url)
        } catch {
            switch error {
            case .scheme: throw .failure("not an http or ftp url: \(url)")
            case .malformed: throw .failure("bad address '\(url)'")
            }
        }
        var file = options.value("O") ?? address.fileName
        if options.value("O") == nil, !options.has("spider"),
            call.context.files.kind(of: call.resolve(file)) != nil
        {
            throw .failure("can't open '\(file)': File exists")
        }
        if file == "/dev/stdout" { file = "-" }
        var client = WebClient(network, wait: call.wait)
        client.limit = limit
        for _ in 0..<10 {
            let request = request(to: address)
            var target = address.host
            if case .addresses(let found) = network.addresses(of: address.host) {
                target = found[0]
                note("Connecting to \(address.host) (\(WebClient.shown(target, address.port)))")
            }
            switch try client.send(
                request, to: address, trusts: options.has("no-check-certificate"))
            {
            case .failure(let failure): throw .failure(words(failure, address))
            case .reply(let reply):
                if options.has("S") {
                    let lines = Curl.head(of: reply.answer).dropLast()
                    call.error.write(lines.map { "  \($0)\n" }.joined())
                }
                let answer = reply.answer
                if 300..<400 ~= answer.status, let place = answer.header("Location"),
                    let next = address.following(place)
                {
                    address = next
                    continue
                }
                guard 200..<300 ~= answer.status else {
                    throw .failure("server returned error: HTTP/1.1 \(answer.statusText)")
                }
                return try keep(answer, file)
            }
        }
        throw .failure("too many redirections")
    }

    private func request(to address: WebAddress) -> WebRequest {
        var request = WebRequest()
        request.target = address.target
        request.isSecure = address.isSecure
        request.host = address.hostHeader
        request.headers = [("User-Agent", options.value("U") ?? "Wget")]
        for line in options.values("header") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = String(line[line.index(after: colon)...].drop { $0 == " " })
            if line[..<colon].lowercased() == "host" {
                request.host = value
            } else {
                request.headers.append((String(line[..<colon]), value))
            }
        }
        if let data = options.value("post-data") {
            request.method = "POST"
            request.body = Array(data.utf8)
        } else if options.has("spider") {
            request.method = "HEAD"
        }
        return request
    }

    private func keep(_ answer: WebAnswer, _ file: String) throws(ToolStop) {
        if options.has("spider") { return note("remote file exists") }
        let name = file == "-" ? "stdout" : "'\(file)'"
        note(file == "-" ? "writing to stdout" : "saving to \(name)")
        if file == "-" {
            call.output.write(answer.body)
        } else {
            do throws(ToolFileProblem) {
                try call.write(answer.body, to: file)
            } catch {
                throw .failure("can't open '\(file)': \(error.reason)")
            }
        }
        note(progress(file, answer.body.count))
        note(file == "-" ? "written to stdout" : "\(name) saved")
    }

    /// `index.html           100% |********************************|   615  0:00:00 ETA`
    private func progress(_ file: String, _ count: Int) -> String {
        let name = String(file.prefix(20))
        let size = String(count)
        return name + String(repeating: " ", count: 20 - name.count) + " 100% |"
            + String(repeating: "*", count: 32) + "|"
            + String(repeating: " ", count: max(0, 6 - size.count)) + size + "  0:00:00 ETA"
    }

    private func words(_ failure: WebClient.Failure, _ address: WebAddress) -> String {
        switch failure {
        case .unknownHost: "bad address '\(address.host)'"
        case .stillLooking, .stillConnecting, .stillWaiting: "download timed out"
        case .refused(let place, _):
            "can't connect to remote host (\(place)): Connection refused"
        case .unreachable(let place, _): "can't connect to remote host (\(place)): No route to host"
        case .silent(let place, _): "can't connect to remote host (\(place)): Connection timed out"
        case .empty: "error getting response"
        case .notSecure: "TLS error from peer"
        case .untrusted: "note: the certificate is not trusted; use --no-check-certificate"
        }
    }
}
