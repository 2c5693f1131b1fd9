import Value

/// Why a request has no answer, in the protocol's codes.
struct RPCError: Error, Equatable {
    let code: Int
    let message: String

    static func parse(_ message: String) -> RPCError { RPCError(code: -32_700, message: message) }
    static func invalidRequest(_ message: String) -> RPCError {
        RPCError(code: -32_600, message: message)
    }
    static func unknownMethod(_ method: String) -> RPCError {
        RPCError(code: -32_601, message: "no method is called \(method)")
    }
    static func invalidParameters(_ message: String) -> RPCError {
        RPCError(code: -32_602, message: message)
    }
    static let notInitialized = RPCError(
        code: -32_002, message: "the first request must be initialize")
    static let cancelled = RPCError(code: -32_800, message: "the request was cancelled")
    /// What was asked for cannot be done, and the reason is for people.
    static func failed(_ message: String) -> RPCError { RPCError(code: -32_803, message: message) }
}

/// A message from the client.
enum Incoming {
    case request(id: Value, method: String, Value)
    case notification(method: String, Value)
    /// An answer to something that the server asked.
    case response
    /// Nothing that the protocol knows; with the id, if it has one.
    case invalid(id: Value, RPCError)

    init(_ bytes: [UInt8]) {
        let limits = InputLimits(bytes: MessageReader.maximumLength, depth: 200)
        let message: Value
        do {
            message = try JSON.parse(bytes: bytes, limits: limits)
        } catch {
            self = .invalid(id: .null, .parse("not JSON: \(error.description)"))
            return
        }
        guard case .object(let fields) = message else {
            self = .invalid(id: .null, .invalidRequest("a message is an object"))
            return
        }
        let id = message["id"]
        guard let method = message["method"].string else {
            let isResponse = fields.contains("result") || fields.contains("error")
            self = isResponse ? .response : .invalid(id: id, .invalidRequest("it has no method"))
            return
        }
        guard fields.contains("id") else {
            self = .notification(method: method, message["params"])
            return
        }
        switch id {
        case .int, .text: self = .request(id: id, method: method, message["params"])
        case .null, .bool, .double, .array, .object, .opaque:
            self = .invalid(id: .null, .invalidRequest("an id is a number or a text"))
        }
    }
}

/// Messages to the client, as bytes with their header.
enum Outgoing {
    static func answer(_ id: Value, _ result: Value) -> [UInt8] {
        frame(["jsonrpc": "2.0", "id": id, "result": result])
    }

    static func failure(_ id: Value, _ error: RPCError) -> [UInt8] {
        frame([
            "jsonrpc": "2.0", "id": id,
            "error": ["code": Value(error.code), "message": Value(error.message)],
        ])
    }

    static func notification(_ method: String, _ parameters: Value) -> [UInt8] {
        frame(["jsonrpc": "2.0", "method": Value(method), "params": parameters])
    }

    private static func frame(_ message: Value) -> [UInt8] {
        let body = JSON.bytes(message)
        return Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body
    }
}
