/// The canonical text of a tree: one layout, four blanks of indentation, no comments.
///
/// Parsing the text gives the same tree again, spans aside. Comments are not part of the tree, so
/// this is the basis of a formatter and not one yet.
package struct SyntaxPrinter {
    var text = ""
    var indentation = 0
    /// Bodies of here-documents that follow the line at hand.
    var pendingDocuments: [HereDocument] = []
    var isInSubstitution = false
    /// Writes the shell dialect, in which a parameter has braces and a bare word may hold some.
    private(set) var isShell = false
    /// Puts the statements of compound commands on one line.
    var isFlat = false

    init() {}

    /// The text of a script; every line ends in a newline. `asShell` writes what
    /// `Parser.parseShell` read.
    package static func text(of script: Script, asShell: Bool = false) -> String {
        var printer = SyntaxPrinter()
        printer.isShell = asShell
        for statement in script.statements {
            printer.print(statement)
            printer.newline()
        }
        return printer.text
    }

    /// The text of one expression, on one line unless it holds a block.
    package static func text(of expression: Expression) -> String {
        var printer = SyntaxPrinter()
        printer.print(expression, .whole)
        return printer.text
    }

    /// Ends the line, puts the bodies of its here-documents below it, and indents the next one.
    mutating func newline() {
        text += "\n"
        let documents = pendingDocuments
        pendingDocuments = []
        for document in documents { printBody(document) }
        text += String(repeating: "    ", count: indentation)
    }

    /// The body and terminator of a here-document, indented as the statement is.
    private mutating func printBody(_ document: HereDocument) {
        let margin = String(repeating: "    ", count: indentation)
        var isAtLineStart = true
        for (index, piece) in document.pieces.enumerated() {
            switch piece {
            case .text(let text):
                if index > 0,
                    case .expansion(.parameter(let parameter)) = document.pieces[index - 1],
                    goesOn(parameter, with: text)
                {
                    self.text += "\\\n" + margin
                }
                for character in text.unicodeScalars {
                    if isAtLineStart, character != "\n" { self.text += margin }
                    isAtLineStart = character == "\n"
                    if document.isInterpolated,
                        character == "\\" || character == "$" || character == "`"
                    {
                        self.text += "\\"
                    }
                    self.text.unicodeScalars.append(character)
                }
            case .interpolation(let expression):
                if isAtLineStart { self.text += margin }
                isAtLineStart = false
                printInterpolation(expression)
            case .expansion(let expansion):
                if isAtLineStart { self.text += margin }
                isAtLineStart = false
                print(expansion)
            }
        }
        text += margin + document.tag + "\n"
    }

    /// `{ … }` over several lines.
    mutating func print(_ block: Block) {
        if block.statements.isEmpty {
            text += "{ }"
            return
        }
        let (wasInSubstitution, wasFlat) = (isInSubstitution, isFlat)
        isInSubstitution = false
        isFlat = false
        text += "{"
        indentation += 1
        for statement in block.statements {
            newline()
            print(statement)
        }
        indentation -= 1
        newline()
        text += "}"
        isInSubstitution = wasInSubstitution
        isFlat = wasFlat
    }

    mutating func printNames(_ names: [Identifier]) {
        text += names.map(\.name).joined(separator: ", ")
    }
}
