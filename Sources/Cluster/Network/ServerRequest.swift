import Model
import Value

/// A request of HTTP that arrives at a server.
package struct ServerRequest: Sendable {
    package var method: String
    /// Path and query.
    package var target: String
    package var host: String
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]
    package var isSecure: Bool
    /// Where it comes from, as the server sees it.
    package var client = ""
    /// The port that it came to.
    package var port = 0

    package init(
        method: String = "GET", target: String = "/", host: String = "",
        headers: [(name: String, value: String)] = [], body: [UInt8] = [], isSecure: Bool = false
    ) {
        self.method = method
        self.target = target
        self.host = host
        self.headers = headers
        self.body = body
        self.isSecure = isSecure
    }

    /// Without the query.
    package var path: String { String(target.prefix { $0 != "?" }) }

    /// The value of a parameter of the query; nil without it.
    func parameter(_ name: String) -> String? {
        guard let mark = target.firstIndex(of: "?") else { return nil }
        for pair in target[target.index(after: mark)...].split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if halves[0] == name { return halves.count > 1 ? String(halves[1]) : "" }
        }
        return nil
    }

    func header(_ name: String) -> String? {
        headers.last { $0.name.lowercased() == name }?.value
    }
}

/// What a server answers to a request of HTTP.
package struct ServerAnswer: Sendable {
    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]
    /// How long it takes.
    package var takes: Milliseconds = 0
    /// The pod that gave it, be it through others; nil where none did.
    package var pod: ObjectKey?

    package init(
        status: Int = 200, headers: [(name: String, value: String)] = [], body: [UInt8] = []
    ) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    init(_ text: String, status: Int = 200, type: String = "text/plain") {
        self.init(
            status: status, headers: [("Content-Type", type)], body: Array(text.utf8))
    }
}
