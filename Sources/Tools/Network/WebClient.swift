/// Sends requests over a network, and waits as a program would: what `curl`, `wget` and `http(…)` share.
package struct WebClient {
    /// From the start of a program to its first request.
    package static let startMilliseconds: Int64 = 20
    /// For one way there and back.
    static let tripMilliseconds: Int64 = 1
    /// When Linux gives up a connection: the first attempt and six more, after 1, 2, 4 … 64 s.
    static let patienceMilliseconds: Int64 = 127_000

    private let network: any ToolNetwork
    /// Lets time pass.
    private let wait: (Int64) throws(ToolStop) -> Void
    /// How long a connection may take, and everything together.
    package var connectLimit: Int64?
    package var limit: Int64?
    /// What `host:port` stands for, whatever DNS says.
    package var known: [(host: String, port: Int, address: String)] = []
    /// What is said on the way, for `curl -v`.
    package var notes: ((String) -> Void)?

    /// Since the request began.
    private var spent: Int64 = 0

    /// - Parameter wait: lets time pass; nothing where none is to pass.
    package init(
        _ network: any ToolNetwork, wait: @escaping (Int64) throws(ToolStop) -> Void
    ) {
        self.network = network
        self.wait = wait
    }

    /// A reply and how it came.
    package struct Reply: Sendable {
        package let answer: WebAnswer
        package let address: String
        package let port: Int
        /// Milliseconds from the beginning to the name's address, the connection, and the answer.
        package let looked: Int64
        package let connected: Int64
        package let answered: Int64
    }

    /// Why no reply came, with the milliseconds it took to find out.
    package enum Failure: Error, Equatable {
        case unknownHost(after: Int64)
        /// The limit of all came before the name's address.
        case stillLooking(after: Int64)
        /// A limit came before the connection; that of all, or that of connections.
        case stillConnecting(after: Int64, ofAll: Bool)
        case refused(address: String, after: Int64)
        case unreachable(address: String, after: Int64)
        /// The system gave up.
        case silent(address: String, after: Int64)
        case stillWaiting(after: Int64)
        /// The other end went away, or does not speak HTTP.
        case empty(after: Int64)
        case notSecure(after: Int64)
        case untrusted(after: Int64)

        package var after: Int64 {
            switch self {
            case .unknownHost(let after), .stillLooking(let after), .stillConnecting(let after, _),
                .refused(_, let after), .unreachable(_, let after), .silent(_, let after),
                .stillWaiting(let after), .empty(let after), .notSecure(let after),
                .untrusted(let after):
                after
            }
        }
    }

    package enum Outcome {
        case reply(Reply)
        case failure(Failure)
    }

    /// Sends one request to where `address` says. Throws what cut the waiting short.
    ///
    /// - Parameter trusts: whether any certificate will do.
    package mutating func send(
        _ request: WebRequest, to address: WebAddress, trusts: Bool = true
    ) throws(ToolStop) -> Outcome {
        spent = 0
        let target: String
        switch try look(up: address) {
        case .found(let found): target = found
        case .failed(let failure): return .failure(failure)
        }
        let looked = spent
        notes?("  Trying \(Self.shown(target, address.port))...")
        switch try connect(target, address.port) {
        case .failed(let failure): return .failure(failure)
        case .found(let connection):
            let connected = spent
            notes?("Connected to \(address.host) (\(target)) port \(address.port)")
            if address.isSecure, !connection.speaksTLS { return .failure(.notSecure(after: spent)) }
            if address.isSecure, !trusts, !connection.isTrusted {
                return .failure(.untrusted(after: spent))
            }
            return try exchange(
                request, connection, to: (target, address.port), looked: looked,
                connected: connected)
        }
    }

    private enum Step<Found> {
        case found(Found)
        case failed(Failure)
    }

    /// Waits `milliseconds`, or until `limit` is over; answers whether it was not.
    private mutating func pass(_ milliseconds: Int64, within limit: Int64?) throws(ToolStop) -> Bool
    {
        let end = spent + milliseconds
        let due = limit.map { min($0, end) } ?? end
        if due > spent { try wait(due - spent) }
        spent = max(due, spent)
        return due == end
    }

    /// The shorter of the two limits, and whether it is that of everything together.
    private var connectionEnd: (limit: Int64?, ofAll: Bool) {
        guard let connectLimit else { return (limit, true) }
        guard let limit, limit <= connectLimit else { return (connectLimit, false) }
        return (limit, true)
    }

    private mutating func look(up address: WebAddress) throws(ToolStop) -> Step<String> {
        if let row = known.last(where: { $0.host == address.host && $0.port == address.port }) {
            return .found(row.address)
        }
        switch network.addresses(of: address.host) {
        case .addresses(let found): return .found(found[0])
        case .unknown: return .failed(.unknownHost(after: spent))
        case .silent(let milliseconds):
            let end = connectionEnd.limit
            let isOver = try pass(milliseconds, within: end)
            return .failed(
                isOver ? .unknownHost(after: spent) : .stillLooking(after: spent))
        }
    }

    private mutating func connect(
        _ target: String, _ port: Int
    ) throws(ToolStop) -> Step<any ToolConnection> {
        let end = connectionEnd
        switch network.connect(to: target, port: port) {
        case .open(let connection):
            guard try pass(Self.tripMilliseconds, within: end.limit) else {
                return .failed(.stillConnecting(after: spent, ofAll: end.ofAll))
            }
            return .found(connection)
        case .refused:
            _ = try pass(Self.tripMilliseconds, within: end.limit)
            return .failed(.refused(address: target, after: spent))
        case .unreachable(let milliseconds):
            guard try pass(milliseconds, within: end.limit) else {
                return .failed(.stillConnecting(after: spent, ofAll: end.ofAll))
            }
            return .failed(.unreachable(address: target, after: spent))
        case .silent:
            guard try pass(Self.patienceMilliseconds, within: end.limit) else {
                return .failed(.stillConnecting(after: spent, ofAll: end.ofAll))
            }
            return .failed(.silent(address: target, after: spent))
        }
    }

    private mutating func exchange(
        _ request: WebRequest, _ connection: any ToolConnection,
        to target: (address: String, port: Int), looked: Int64, connected: Int64
    ) throws(ToolStop) -> Outcome {
        guard let answer = connection.answer(request) else {
            return .failure(.empty(after: spent))
        }
        guard try pass(Self.tripMilliseconds + answer.takes, within: limit) else {
            return .failure(.stillWaiting(after: spent))
        }
        // A process that ends meanwhile takes its connections along.
        if answer.takes > 0, !connection.isOpen { return .failure(.empty(after: spent)) }
        return .reply(
            Reply(
                answer: answer, address: target.address, port: target.port, looked: looked,
                connected: connected, answered: spent))
    }

    /// `10.96.0.1:80`, `[fd00::1]:80`.
    static func shown(_ address: String, _ port: Int) -> String {
        address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)"
    }
}

extension ToolCall {
    /// The network; ends the program where there is none.
    func network() throws(ToolStop) -> any ToolNetwork {
        if let network = context.host.network { return network }
        throw .failure("there is no network here")
    }

    /// Lets time pass for a program that waits. Ends it when its time is over or somebody stops it.
    func wait(_ milliseconds: Int64) throws(ToolStop) {
        guard milliseconds > 0 else { return }
        try step()
        switch context.host.sleep(milliseconds: milliseconds) {
        case 0: return
        case 130: throw .interrupted
        case let status: throw .status(status)
        }
    }
}
