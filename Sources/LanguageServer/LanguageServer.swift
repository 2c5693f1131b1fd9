import Value

/// Answers an editor over the Language Server Protocol (3.17): bytes in, bytes out.
///
/// One message after another, on one thread. What a client has taken back before its turn came is not
/// worked on; diagnostics are looked for when no more messages wait, so that fast typing costs one look
/// and not one for each letter.
package final class LanguageServer {
    /// How the program ends; nil while the session goes on.
    package private(set) var exitCode: Int32?

    let workspace = Workspace()
    let version: String
    private let write: ([UInt8]) -> Void
    private let hasMoreInput: () -> Bool
    private var reader = MessageReader()
    private var waiting: [Incoming] = []
    private var phase = Phase.fresh
    /// Open texts whose diagnostics are not those of their last version.
    private var unchecked: Set<String> = []
    /// Messages handled since diagnostics were last told.
    private var untold = 0
    private var publisher = DiagnosticPublisher()

    enum Phase {
        case fresh, running, shutDown
    }

    /// - Parameters:
    ///   - version: of the program, for the client's logs.
    ///   - allowedFolders: further folders that the script at a path may read.
    ///   - hasMoreInput: whether bytes wait that ``receive(_:)`` was not given yet.
    ///   - write: sends bytes to the client.
    package init(
        version: String, allowedFolders: @escaping (_ path: String) -> [String] = { _ in [] },
        hasMoreInput: @escaping () -> Bool = { false }, write: @escaping ([UInt8]) -> Void
    ) {
        self.version = version
        self.hasMoreInput = hasMoreInput
        self.write = write
        workspace.configuredFolders = allowedFolders
    }

    // MARK: Messages

    /// Takes bytes from the client and does what the whole messages among them ask.
    package func receive(_ bytes: some Collection<UInt8>) {
        reader.add(bytes)
        while let part = reader.next() {
            switch part {
            case .message(let body): waiting.append(Incoming(body))
            case .broken(let problem):
                waiting.append(.invalid(id: .null, .parse(problem)))
            }
        }
        while !waiting.isEmpty, exitCode == nil { handle(waiting.removeFirst()) }
        // A client that never pauses gets its diagnostics all the same.
        if exitCode == nil, !hasMoreInput() || untold > 100 { tellDiagnostics() }
    }

    /// The client has closed its end: without `exit` before, that is no orderly end.
    package func endOfInput() {
        if exitCode == nil { exitCode = 1 }
    }

    private func handle(_ message: Incoming) {
        untold += 1
        switch message {
        case .response: break
        case .invalid(let id, let error): write(Outgoing.failure(id, error))
        case .notification(let method, let parameters): notified(method, parameters)
        case .request(let id, let method, let parameters):
            do throws(RPCError) {
                if takeCancellation(of: id) { throw .cancelled }
                write(Outgoing.answer(id, try answer(method, parameters)))
            } catch {
                write(Outgoing.failure(id, error))
            }
        }
    }

    /// Whether the client has taken a request back that waits here.
    private func takeCancellation(of id: Value) -> Bool {
        let place = waiting.firstIndex { message in
            if case .notification("$/cancelRequest", let parameters) = message {
                return parameters["id"] == id
            }
            return false
        }
        guard let place else { return false }
        waiting.remove(at: place)
        return true
    }

    private func answer(_ method: String, _ parameters: Value) throws(RPCError) -> Value {
        switch (phase, method) {
        case (.fresh, "initialize"):
            phase = .running
            return initialize(parameters)
        case (.fresh, _): throw .notInitialized
        case (.running, "initialize"): throw .invalidRequest("initialize came a second time")
        case (.running, "shutdown"):
            phase = .shutDown
            return .null
        case (.running, _):
            guard let handler = Self.requests[method] else { throw .unknownMethod(method) }
            return try handler(self, parameters)
        case (.shutDown, _): throw .invalidRequest("\(method) came after shutdown")
        }
    }

    private func notified(_ method: String, _ parameters: Value) {
        if method == "exit" {
            exitCode = phase == .shutDown ? 0 : 1
            return
        }
        guard phase == .running else { return }
        let document = parameters["textDocument"]
        let uri = document["uri"].string ?? ""
        switch method {
        case "textDocument/didOpen":
            guard let text = document["text"].string, !uri.isEmpty else { return }
            workspace.open(
                TextDocument(uri: uri, version: document["version"].int ?? 0, text: text))
            unchecked.formUnion([uri])
        case "textDocument/didChange":
            do throws(RPCError) {
                try workspace.change(
                    uri, parameters["contentChanges"], version: document["version"].int ?? 0)
                unchecked.formUnion([uri])
            } catch {
                log(error.message)
            }
        case "textDocument/didClose":
            workspace.close(uri)
            unchecked.remove(uri)
            // Those that include it see the file of the disk again.
            let path = FileURI.path(uri) ?? uri
            unchecked.formUnion(
                workspace.uris.filter { publisher.included(by: $0).contains(path) })
            for (uri, diagnostics) in publisher.forget(uri) { publish(uri, diagnostics) }
        case "textDocument/didSave", "workspace/didChangeWatchedFiles":
            workspace.forgetAnalyses()
            unchecked.formUnion(workspace.uris)
        case "workspace/didChangeWorkspaceFolders":
            changeFolders(parameters["event"])
        default: break
        }
    }

    /// Tells the client something for its log.
    func log(_ message: String) {
        write(Outgoing.notification("window/logMessage", ["type": 2, "message": Value(message)]))
    }

    // MARK: Diagnostics

    private func tellDiagnostics() {
        untold = 0
        guard !unchecked.isEmpty else { return }
        let changed = unchecked.sorted()
        unchecked = []
        let paths = Set(changed.map { FileURI.path($0) ?? $0 })
        // Those that include a changed text come after it: a person looks at the one that is typed.
        let others = workspace.uris.filter { uri in
            !changed.contains(uri) && !publisher.included(by: uri).isDisjoint(with: paths)
        }
        for uri in changed + others {
            guard let analysis = try? workspace.analysis(uri) else { continue }
            for (place, diagnostics) in publisher.update(uri, analysis, workspace) {
                publish(place, diagnostics)
            }
        }
    }

    private func publish(_ uri: String, _ diagnostics: [Value]) {
        var parameters: Value = ["uri": Value(uri), "diagnostics": .array(diagnostics)]
        if let document = workspace.documents[uri] {
            parameters["version"] = Value(document.version)
        }
        write(Outgoing.notification("textDocument/publishDiagnostics", parameters))
    }
}
