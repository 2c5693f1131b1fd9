import Foundation
import Testing

@Suite("drydock fmt")
struct FormatCommandTests {
    @Test("the scripts of this repository are laid out")
    func repository() throws {
        let result = try Program.shell("drydock fmt --diff scenarios Benchmarks")
        #expect(result.output == "", "run `drydock fmt scenarios Benchmarks`")
        #expect(result.exitCode == 0)
    }

    @Test("so are the scripts that the documentation shows", arguments: DocumentationTests.pages)
    func documentation(_ page: String) throws {
        for block in try DocumentationTests.blocks(page) where block.language == "dock" {
            let result = try Program.shell("drydock fmt --diff -", input: block.text)
            #expect(result.output == "", "\(page):\(block.line)")
        }
    }

    @Test("files are written in place, as a whole, and only where something changes")
    func writes() throws {
        try Program.withFolder { folder in
            let file = folder.appending(path: "a.dock")
            try "setup {\nsettle\n}\n".write(to: file, atomically: true, encoding: .utf8)
            try "print 1\n".write(
                to: folder.appending(path: "b.dock"), atomically: true, encoding: .utf8)
            let first = try Program.shell(
                "chmod 640 a.dock; ln -s a.dock link; drydock fmt --check .; echo $?; "
                    + "drydock fmt link b.dock; stat -c %a a.dock; test -L link && cat link; "
                    + "drydock fmt .; ls -A", in: folder)
            #expect(
                first.output
                    == "./a.dock\n4\nlink\n640\nsetup {\n  settle\n}\na.dock\nb.dock\nlink\n")
        }
    }

    @Test("a file with errors stays as it is, and others are laid out all the same")
    func errors() throws {
        try Program.withFolder { folder in
            let result = try Program.shell(
                "printf 'expect (1\\n' > a.dock; printf 'print  1\\n' > b.dock; "
                    + "drydock fmt a.dock b.dock; echo $?; cat a.dock b.dock", in: folder)
            #expect(result.output.contains("error[DD1002]"))
            #expect(result.output.hasSuffix("2\nexpect (1\nprint 1\n"))
        }
    }

    @Test("a file that may not be written, or is none, is an error")
    func problems() throws {
        try Program.withFolder { folder in
            let result = try Program.shell(
                "drydock fmt no.dock; echo $?; printf '\\377\\n' > x.dock; drydock fmt x.dock; echo $?",
                in: folder)
            #expect(
                result.output == """
                    drydock: no.dock: no such file or directory
                    1
                    drydock: x.dock: is not UTF-8
                    1

                    """)
        }
    }
}
