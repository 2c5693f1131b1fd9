@testable import Tools

/// A network with a few hosts, for the golden rows of `curl` and the like: `web` answers on 80, with TLS on
/// 443, and refuses elsewhere; `db` speaks no HTTP; `gone` is silent; nobody is at `far`; of `lost` no name
/// server knows, because none answers.
final class FakeNetwork: ToolNetwork {
    var isOfContainer: Bool { false }
    var ownAddress: String { "10.0.0.9" }

    func addresses(of name: String) -> NameAnswer {
        switch name {
        case "web": .addresses(["10.0.0.1"])
        case "db": .addresses(["10.0.0.2"])
        case "gone": .addresses(["10.0.0.3"])
        case "far": .addresses(["10.0.0.4"])
        case "lost": .silent(milliseconds: 10_000)
        case let address where address.first?.isNumber ?? false: .addresses([address])
        default: .unknown
        }
    }

    func connect(to address: String, port: Int) -> ConnectionAnswer {
        switch (address, port) {
        case ("10.0.0.1", 80), ("10.0.0.1", 443), ("10.0.0.2", 6379):
            .open(FakeConnection(address: address, port: port))
        case ("10.0.0.3", _): .silent
        case ("10.0.0.4", _): .unreachable(milliseconds: 3_000)
        default: .refused
        }
    }

    func ping(_ address: String) -> PingAnswer {
        switch address {
        case "10.0.0.3": .silent
        case "10.0.0.4": .unreachable
        default: .answered
        }
    }
}

/// A connection to one of them.
final class FakeConnection: ToolConnection {
    private let address: String
    private let port: Int
    private var requests = 0

    init(address: String, port: Int) {
        self.address = address
        self.port = port
    }

    var isOpen: Bool { true }
    var speaksTLS: Bool { port == 443 }
    var isTrusted: Bool { false }

    func answer(_ request: WebRequest) -> WebAnswer? {
        guard address == "10.0.0.1" else { return nil }
        var answer = WebAnswer(status: 200)
        var text = "hello\n"
        switch request.target.prefix(while: { $0 != "?" }) {
        case "/503": (answer.status, text) = (503, "no\n")
        case "/moved":
            (answer.status, text) = (302, "elsewhere\n")
            answer.headers.append(("Location", "/"))
        case "/slow": answer.takes = 3_000
        case "/echo":
            text = "\(request.method) \(request.target)\nHost: \(request.host)\n"
            for header in request.headers { text += "\(header.name): \(header.value)\n" }
            text += String(decoding: request.body, as: UTF8.self)
            if !request.body.isEmpty { text += "\n" }
        default: break
        }
        answer.headers.insert(("Content-Length", String(text.utf8.count)), at: 0)
        answer.body = request.method == "HEAD" ? [] : Array(text.utf8)
        return answer
    }
}
