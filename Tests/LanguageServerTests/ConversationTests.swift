import Testing
import Value

@testable import LanguageServer

/// A client that keeps what it was told.
private final class Client {
    private(set) var told: [Value] = []
    private var server: LanguageServer!
    /// Whether the server believes that more bytes are on their way.
    var sendsMore = false

    init(starts: Bool = true) {
        server = LanguageServer(version: "1", hasMoreInput: { [unowned self] in sendsMore }) {
            [unowned self] bytes in
            var reader = MessageReader()
            reader.add(bytes)
            while case .message(let body)? = reader.next() {
                told.append((try? JSON.parse(bytes: body)) ?? .null)
            }
        }
        if starts {
            send(request(0, "initialize", ["capabilities": .emptyObject]))
            told = []
        }
    }

    var exitCode: Int32? { server.exitCode }

    func send(_ messages: Value...) {
        server.receive(messages.flatMap { Self.bytes(JSON.text($0)) })
    }

    func send(text: String) { server.receive(Self.bytes(text)) }

    func end() { server.endOfInput() }

    private static func bytes(_ text: String) -> [UInt8] {
        Array("Content-Length: \(text.utf8.count)\r\n\r\n\(text)".utf8)
    }

    func request(_ id: Value, _ method: String, _ parameters: Value = .null) -> Value {
        ["jsonrpc": "2.0", "id": id, "method": Value(method), "params": parameters]
    }

    func notification(_ method: String, _ parameters: Value = .null) -> Value {
        ["jsonrpc": "2.0", "method": Value(method), "params": parameters]
    }

    func open(_ uri: String, _ text: String, version: Int = 1) -> Value {
        notification(
            "textDocument/didOpen",
            [
                "textDocument": [
                    "uri": Value(uri), "version": Value(version), "languageId": "drydock",
                    "text": Value(text),
                ]
            ])
    }

    /// The answers' ids with `ok` or the error's code, in order.
    var answers: [String] {
        told.filter { !$0["id"].isNull || !$0["error"].isNull }.map { message in
            let code = message["error"]["code"].int.map { "\($0)" } ?? "ok"
            return "\(JSON.text(message["id"])) \(code)"
        }
    }

    /// What was published: address, version, number of findings.
    var published: [String] {
        told.filter { $0["method"].string == "textDocument/publishDiagnostics" }.map { message in
            let parameters = message["params"]
            let version = parameters["version"].int.map { " \($0)" } ?? ""
            return "\(parameters["uri"].string ?? "")\(version): \(parameters["diagnostics"].count)"
        }
    }
}

@Suite("A conversation with an editor")
struct ConversationTests {
    @Test("begins with initialize and ends with shutdown and exit")
    func order() {
        let client = Client(starts: false)
        client.send(client.request(1, "textDocument/hover"), client.notification("initialized"))
        client.send(client.request(2, "initialize", ["capabilities": .emptyObject]))
        client.send(client.request(3, "initialize"), client.request("four", "shutdown"))
        client.send(client.request(5, "textDocument/hover"), client.request(6, "initialize"))
        #expect(
            client.answers == [
                "1 -32002", "2 ok", "3 -32600", "\"four\" ok", "5 -32600", "6 -32600",
            ])
        #expect(client.exitCode == nil)
        client.send(client.notification("exit"))
        #expect(client.exitCode == 0)
    }

    @Test("that breaks off is no success")
    func breakingOff() {
        let leaving = Client()
        leaving.send(leaving.notification("exit"))
        #expect(leaving.exitCode == 1)
        let silent = Client()
        silent.end()
        #expect(silent.exitCode == 1)
    }

    @Test("goes on after messages that mean nothing")
    func nonsense() {
        let client = Client()
        for text in [
            "{", "[]", "3", "{}", "null", "{\"id\": 1}", "{\"method\": 3, \"id\": 2}",
            "{\"method\": \"a\", \"id\": {}}", "{\"method\": \"a\", \"id\": null}", "\u{0}",
            "{\"id\": 7, \"result\": 1}", String(repeating: "[", count: 1_000),
        ] {
            client.send(text: text)
        }
        client.send(client.request(9, "nothing/known"), client.notification("nothing/known"))
        client.send(client.request(10, "textDocument/hover", ["textDocument": 3]))
        client.send(client.request(11, "shutdown"))
        #expect(
            client.answers == [
                "null -32700", "null -32600", "null -32600", "null -32600", "null -32600",
                "1 -32600", "2 -32600", "null -32600", "null -32600", "null -32700", "null -32700",
                "9 -32601", "10 -32602", "11 ok",
            ])
    }

    @Test("forgets requests that are taken back before their turn")
    func cancellation() {
        let client = Client()
        let uri = "file:///a.dock"
        let hover: Value = [
            "textDocument": ["uri": Value(uri)], "position": ["line": 0, "character": 0],
        ]
        client.send(
            client.open(uri, "print 1\n"), client.request(1, "textDocument/hover", hover),
            client.request(2, "textDocument/hover", hover),
            client.notification("$/cancelRequest", ["id": 1]),
            client.notification("$/cancelRequest", ["id": 77]))
        #expect(client.answers == ["1 -32800", "2 ok"])
    }

    @Test("tells findings when nobody types, and of the last version only")
    func diagnostics() {
        let client = Client()
        let uri = "file:///a.dock"
        func change(_ version: Int, _ text: String) -> Value {
            client.notification(
                "textDocument/didChange",
                [
                    "textDocument": ["uri": Value(uri), "version": Value(version)],
                    "contentChanges": [["text": Value(text)]],
                ])
        }
        client.sendsMore = true
        client.send(client.open(uri, "print x\n"))
        #expect(client.published.isEmpty)
        client.sendsMore = false
        client.send(change(2, "print x, y\n"), change(3, "print x, y, z\n"))
        client.send(change(4, "print 1\n"))
        client.send(
            client.notification("textDocument/didClose", ["textDocument": ["uri": Value(uri)]]))
        #expect(client.published == ["\(uri) 3: 3", "\(uri) 4: 0", "\(uri): 0"])
    }

    @Test("refuses changes of what is not open, and what is no change, and goes on")
    func changes() {
        let client = Client()
        client.send(
            client.notification(
                "textDocument/didChange",
                [
                    "textDocument": ["uri": "file:///b.dock", "version": 2],
                    "contentChanges": [["text": "x"]],
                ]),
            client.notification("textDocument/didChange", .null),
            client.notification("textDocument/didOpen", ["textDocument": 3]),
            client.request(1, "shutdown"))
        #expect(client.answers == ["1 ok"])
        #expect(client.published.isEmpty)
    }

    @Test("answers about a text that is too large, or no script at all")
    func odd() {
        let client = Client()
        let texts = [
            String(repeating: "print 1\n", count: 1_100_000), "\u{FEFF}print 1\r\nprint x\r",
            String(repeating: "{", count: 5_000), "\0\0\0", "file \"a.yaml\" <<EOF\n: : :\nEOF\n",
            "include \"a.dock\"\n", "let a = a\nfn f(f) => f(f)\n",
        ]
        for (number, text) in texts.enumerated() {
            let uri = "untitled:\(number)"
            client.send(client.open(uri, text))
            for method in [
                "hover", "completion", "definition", "references", "documentHighlight",
                "signatureHelp", "documentSymbol", "foldingRange", "semanticTokens/full",
                "codeLens", "prepareRename",
            ] {
                let parameters: Value = [
                    "textDocument": ["uri": Value(uri)], "position": ["line": 0, "character": 3],
                ]
                client.send(client.request(Value(method), "textDocument/\(method)", parameters))
            }
        }
        #expect(client.answers.count == 11 * texts.count)
        #expect(client.answers.allSatisfy { $0.hasSuffix("ok") || $0.hasSuffix("-32803") })
        #expect(client.published.first == "untitled:0 1: 1")
    }
}
