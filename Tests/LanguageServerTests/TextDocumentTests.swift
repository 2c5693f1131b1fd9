import Testing
import Value

@testable import LanguageServer

@Suite("A text that is open")
struct TextDocumentTests {
    /// Deterministic numbers for the edits.
    private struct Numbers {
        var state: UInt64

        mutating func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % max(bound, 1)
        }
    }

    @Test(
        "changes as its editor's copy does", arguments: [PositionEncoding.utf16, .utf8, .utf32])
    func edits(encoding: PositionEncoding) throws {
        // Without CR LF, inside which a position cannot be told.
        let pieces = ["", "a", "é", "漢", "🚢", "\n", "x🚢y\n漢", "scenario \"b\" {\n}\n"]
        var numbers = Numbers(state: 7)
        var document = TextDocument(uri: "file:///a", version: 1, text: "")
        var copy: [Unicode.Scalar] = []
        for version in 2..<400 {
            let start = numbers.next(copy.count + 1)
            let end = start + numbers.next(min(6, copy.count - start + 1))
            let piece = pieces[numbers.next(pieces.count)]
            let change: Value = [
                "range": [
                    "start": position(of: start, in: copy, encoding),
                    "end": position(of: end, in: copy, encoding),
                ],
                "text": Value(piece),
            ]
            try document.change([change], version: version, encoding)
            copy.replaceSubrange(start..<end, with: piece.unicodeScalars)
            try #require(
                String(decoding: document.bytes, as: UTF8.self)
                    == String(String.UnicodeScalarView(copy)))
        }
        #expect(document.version == 399)
    }

    private func position(
        of index: Int, in scalars: [Unicode.Scalar], _ encoding: PositionEncoding
    ) -> Value {
        let before = Array(String(String.UnicodeScalarView(scalars[..<index])).utf8)
        return LineTable(before).position(of: before.count, encoding).value
    }

    @Test("a change without a range replaces all; several follow one another")
    func several() throws {
        var document = TextDocument(uri: "file:///a", version: 1, text: "old")
        try document.change(
            [["text": "one\ntwo"], change(1, 0, 1, 3, "zwei"), change(0, 3, 1, 0, " ")],
            version: 2, .utf16)
        #expect(String(decoding: document.bytes, as: UTF8.self) == "one zwei")
    }

    @Test("what is no change is refused and changes nothing")
    func refusals() {
        for change: Value in [
            ["range": .null], change(2, 0, 1, 0, "x"), change(-1, 0, 0, 0, "x"), .null,
            ["text": "x", "range": ["start": 1]],
        ] {
            var document = TextDocument(uri: "file:///a", version: 1, text: "a\nb\nc")
            #expect(throws: RPCError.self) {
                try document.change([change], version: 2, .utf16)
            }
            #expect(document.version == 1)
            #expect(String(decoding: document.bytes, as: UTF8.self) == "a\nb\nc")
        }
    }

    private func change(_ line: Int, _ from: Int, _ last: Int, _ to: Int, _ text: String) -> Value {
        [
            "range": [
                "start": ["line": Value(line), "character": Value(from)],
                "end": ["line": Value(last), "character": Value(to)],
            ],
            "text": Value(text),
        ]
    }
}

@Suite("Addresses")
struct FileURITests {
    @Test(
        "of files stand for paths, whatever is in them",
        arguments: [
            ("file:///a/b.dock", "/a/b.dock"), ("file:///a%20b/%C3%A9.dock", "/a b/é.dock"),
            ("file://localhost/a.dock", "/a.dock"), ("file:///100%", "/100%"),
        ])
    func paths(uri: String, path: String) {
        #expect(FileURI.path(uri) == path)
        #expect(FileURI.path(FileURI.uri(path)) == path)
    }

    @Test(
        "of other things stand for none",
        arguments: ["untitled:Untitled-1", "http://a/b", "file://"])
    func others(uri: String) { #expect(FileURI.path(uri) == nil) }
}
