/// The network as the programs of one machine, or of one pod, reach it: what `curl` and the like ask.
///
/// Nothing of it lets time pass. An answer says how long something takes, and the program waits.
package protocol ToolNetwork: AnyObject {
    /// Whether the programs are those of a container, where they are busybox's.
    var isOfContainer: Bool { get }

    /// The address of the machine or pod itself.
    var ownAddress: String { get }

    /// The addresses that a name stands for; an address stands for itself.
    func addresses(of name: String) -> NameAnswer

    /// Opens a connection of TCP.
    func connect(to address: String, port: Int) -> ConnectionAnswer

    /// What an echo request (`ping`) comes to.
    func ping(_ address: String) -> PingAnswer
}

/// What a look for a name came to.
package enum NameAnswer: Sendable, Equatable {
    /// At least one, the one to be tried first in front.
    case addresses([String])
    /// There is no such name.
    case unknown
    /// No answer came from any server, after so many milliseconds.
    case silent(milliseconds: Int64)
}

/// What an attempt to connect came to.
package enum ConnectionAnswer {
    case open(any ToolConnection)
    /// Somebody is there who does not listen on that port.
    case refused
    /// Nothing comes back: what was sent is thrown away on the way.
    case silent
    /// No way leads there, as turns out after so many milliseconds.
    case unreachable(milliseconds: Int64)
}

/// What an echo request came to.
package enum PingAnswer: Sendable, Equatable {
    case answered
    case silent
    case unreachable
}

/// An open connection.
package protocol ToolConnection: AnyObject {
    /// Whether the process at the other end still runs.
    var isOpen: Bool { get }

    /// Whether it speaks TLS.
    var speaksTLS: Bool { get }

    /// Whether a client would know who signed its certificate: nobody's is known, but a cluster's own to
    /// whoever names the cluster's authority (`--cacert`).
    var isTrusted: Bool { get }

    /// The answer to a request; nil where nothing there speaks HTTP.
    func answer(_ request: WebRequest) -> WebAnswer?
}

/// A request of HTTP.
package struct WebRequest: Sendable {
    package var method = "GET"
    /// Path and query: `/a?b=c`.
    package var target = "/"
    /// What the header Host says.
    package var host = ""
    /// The other headers, in order.
    package var headers: [(name: String, value: String)] = []
    package var body: [UInt8] = []
    package var isSecure = false

    package init() {}

    /// The value of a header by its name in any case; nil without it.
    package func header(_ name: String) -> String? {
        headers.last { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// An answer of HTTP.
package struct WebAnswer: Sendable {
    package var status: Int
    package var headers: [(name: String, value: String)] = []
    package var body: [UInt8] = []
    /// How long it takes to come, in milliseconds.
    package var takes: Int64 = 0
    /// Who gave it, as `namespace/pod`; empty where no pod did.
    package var pod = ""

    package init(status: Int, body: [UInt8] = []) {
        self.status = status
        self.body = body
    }

    package func header(_ name: String) -> String? {
        headers.last { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// `200 OK`. Source of the phrases: RFC 9110, section 15.
    package var statusText: String { Self.statusText(status) }

    package static func statusText(_ status: Int) -> String {
        guard let phrase = phrases[status] else { return String(status) }
        return "\(status) \(phrase)"
    }

    /// `Service Unavailable` for 503; empty for a status without a name.
    package static func phrase(_ status: Int) -> String { phrases[status] ?? "" }

    private static let phrases: [Int: String] = [
        200: "OK", 201: "Created", 202: "Accepted", 204: "No Content", 206: "Partial Content",
        301: "Moved Permanently", 302: "Found", 303: "See Other", 304: "Not Modified",
        307: "Temporary Redirect", 308: "Permanent Redirect", 400: "Bad Request",
        401: "Unauthorized", 402: "Payment Required", 403: "Forbidden", 404: "Not Found",
        405: "Method Not Allowed", 406: "Not Acceptable", 408: "Request Timeout", 409: "Conflict",
        410: "Gone", 411: "Length Required", 412: "Precondition Failed", 413: "Content Too Large",
        414: "URI Too Long", 415: "Unsupported Media Type", 418: "I'm a teapot",
        422: "Unprocessable Content", 429: "Too Many Requests", 500: "Internal Server Error",
        501: "Not Implemented", 502: "Bad Gateway", 503: "Service Unavailable",
        504: "Gateway Timeout", 505: "HTTP Version Not Supported",
    ]
}
