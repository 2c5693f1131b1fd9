/// The program that `kubectl diff` has compare two folders (`KUBECTL_EXTERNAL_DIFF="diff -q"`).
package struct DiffProgram {
    /// What it is called by, as messages tell it.
    package let name: String
    /// Whether it is one of the session's own: a tool, a shell, a verb.
    package let isOwn: Bool
    /// Compares files of equal names, of which `live` has the old texts and `merged` the new ones.
    /// The program prints what it finds; answers its exit status.
    package let compare: (_ live: [NamedText], _ merged: [NamedText]) -> Int32

    package struct NamedText {
        package let name: String
        package let text: String

        package init(name: String, text: String) {
            self.name = name
            self.text = text
        }
    }

    package init(
        name: String, isOwn: Bool, compare: @escaping ([NamedText], [NamedText]) -> Int32
    ) {
        self.name = name
        self.isOwn = isOwn
        self.compare = compare
    }

    /// The words of a line that kubectl takes for arguments of the program: letters, digits, `-` and `=`.
    package static func arguments(of line: String) -> [String] {
        line.split(separator: " ").dropFirst().map(String.init).filter { word in
            word.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "="):
                    true
                default: false
                }
            }
        }
    }

    /// Puts the texts into a new folder whose name begins with `prefix`, and answers its path.
    package static func place(
        _ texts: [NamedText], prefix: String, in files: any ToolFiles
    ) throws(ToolFileProblem) -> String {
        var number = 1
        while files.kind(of: "/tmp/\(prefix)-\(number)") != nil { number += 1 }
        let folder = "/tmp/\(prefix)-\(number)"
        try files.makeDirectory(folder, parents: true)
        for file in texts { try files.write(Array(file.text.utf8), to: "\(folder)/\(file.name)") }
        return folder
    }

    /// Removes such a folder, and the one that holds it when nothing is left in it.
    package static func remove(_ folder: String, from files: any ToolFiles) {
        try? files.remove(folder, recursive: true)
        if (try? files.list("/tmp"))?.isEmpty == true {
            try? files.remove("/tmp", recursive: false)
        }
    }
}
