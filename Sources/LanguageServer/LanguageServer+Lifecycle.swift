import Value

extension LanguageServer {
    typealias Handler = @Sendable (LanguageServer, Value) throws(RPCError) -> Value

    /// What can be asked, by the protocol's names.
    static let requests: [String: Handler] = [
        "textDocument/completion": { (server, value) throws(RPCError) in
            try server.completion(value)
        },
        "completionItem/resolve": { (server, value) throws(RPCError) in
            try server.resolveCompletion(value)
        },
        "textDocument/hover": { (server, value) throws(RPCError) in try server.hover(value) },
        "textDocument/signatureHelp": { (server, value) throws(RPCError) in
            try server.signatureHelp(value)
        },
        "textDocument/definition": { (server, value) throws(RPCError) in
            try server.definition(value)
        },
        "textDocument/references": { (server, value) throws(RPCError) in
            try server.references(value)
        },
        "textDocument/documentHighlight": { (server, value) throws(RPCError) in
            try server.highlight(value)
        },
        "textDocument/prepareRename": { (server, value) throws(RPCError) in
            try server.prepareRename(value)
        },
        "textDocument/rename": { (server, value) throws(RPCError) in try server.rename(value) },
        "textDocument/formatting": { (server, value) throws(RPCError) in
            try server.formatting(value)
        },
        "textDocument/rangeFormatting": { (server, value) throws(RPCError) in
            try server.rangeFormatting(value)
        },
        "textDocument/documentSymbol": { (server, value) throws(RPCError) in
            try server.documentSymbols(value)
        },
        "textDocument/foldingRange": { (server, value) throws(RPCError) in
            try server.foldingRanges(value)
        },
        "textDocument/semanticTokens/full": { (server, value) throws(RPCError) in
            try server.semanticTokens(value)
        },
        "textDocument/codeLens": { (server, value) throws(RPCError) in
            try server.codeLenses(value)
        },
        "textDocument/codeAction": { (server, value) throws(RPCError) in
            try server.codeActions(value)
        },
    ]

    /// Agrees with the client on what both can do.
    func initialize(_ parameters: Value) -> Value {
        let offered = parameters["capabilities"]["general"]["positionEncodings"].elements
            .compactMap(\.string)
        // Offsets are bytes here: where the client can count them too, nobody has to convert.
        workspace.encoding = offered.contains("utf-8") ? .utf8 : .utf16
        workspace.folders = parameters["workspaceFolders"].elements.compactMap { folder in
            folder["uri"].string.flatMap { FileURI.path($0) }
        }
        if workspace.folders.isEmpty, let root = parameters["rootUri"].string,
            let path = FileURI.path(root)
        {
            workspace.folders = [path]
        }
        workspace.allowedFolders = parameters["initializationOptions"]["allowRead"].elements
            .compactMap(\.string)
        return [
            "capabilities": capabilities,
            "serverInfo": ["name": "drydock", "version": Value(version)],
        ]
    }

    private var capabilities: Value {
        [
            "positionEncoding": Value(workspace.encoding.rawValue),
            "textDocumentSync": [
                "openClose": true, "change": 2, "save": ["includeText": false],
            ],
            "completionProvider": [
                "triggerCharacters": .array(
                    [".", "/", "-", "=", "\"", "[", "{", ","].map { Value($0) }),
                "resolveProvider": true,
            ],
            "hoverProvider": true,
            "signatureHelpProvider": ["triggerCharacters": ["(", ","]],
            "definitionProvider": true,
            "referencesProvider": true,
            "documentHighlightProvider": true,
            "renameProvider": ["prepareProvider": true],
            "documentFormattingProvider": true,
            "documentRangeFormattingProvider": true,
            "documentSymbolProvider": true,
            "foldingRangeProvider": true,
            "semanticTokensProvider": [
                "legend": [
                    "tokenTypes": Value(strings: TokenType.allCases.map(\.rawValue)),
                    "tokenModifiers": ["declaration"],
                ],
                "full": true,
            ],
            "codeLensProvider": ["resolveProvider": false],
            "codeActionProvider": ["codeActionKinds": ["quickfix"]],
            "workspace": [
                "workspaceFolders": ["supported": true, "changeNotifications": true]
            ],
        ]
    }

    func changeFolders(_ event: Value) {
        func paths(_ list: Value) -> [String] {
            list.elements.compactMap { $0["uri"].string.flatMap { FileURI.path($0) } }
        }
        let removed = paths(event["removed"])
        workspace.folders.removeAll { removed.contains($0) }
        workspace.folders += paths(event["added"]).filter { !workspace.folders.contains($0) }
    }

    // MARK: Places

    /// A cursor in an open text.
    struct Cursor {
        let uri: String
        let lines: LineTable
        let offset: Int
        let analysis: Analysis

        /// The absolute path, or what else the text is called.
        var path: String { FileURI.path(uri) ?? uri }
    }

    func cursor(_ parameters: Value) throws(RPCError) -> Cursor {
        let uri = try documentURI(parameters)
        let document = try workspace.document(uri)
        let position = try Position(parameters["position"])
        return Cursor(
            uri: uri, lines: document.lines,
            offset: document.lines.offset(of: position, workspace.encoding),
            analysis: try workspace.analysis(uri))
    }

    func documentURI(_ parameters: Value) throws(RPCError) -> String {
        guard let uri = parameters["textDocument"]["uri"].string else {
            throw .invalidParameters("textDocument.uri is missing")
        }
        return uri
    }
}
