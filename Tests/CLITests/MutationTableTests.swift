import Foundation
import Testing

/// The table of broken rules. Running it takes long (`drydock-dev mutations`); that it still fits the
/// sources is seen here.
@Suite struct MutationTableTests {
    @Test("every rule of the table stands in the sources, once")
    func fits() throws {
        let result = try Program.shell(".build/debug/drydock-dev mutations --check")
        #expect(result.exitCode == 0, "\(result.output)")
        #expect(try #require(Int(result.output.prefix { $0.isNumber })) >= 20)
    }

    @Test(
        "a table that does not fit says where and why",
        arguments: [
            (
                "rule: x\nfile: Package.swift\n- nowhere to be found\n+ \ntest: T\n",
                "Error: Package.swift: the code of rule 'x' stands there 0 times, expected once: "
                    + "nowhere to be found\n"
            ),
            (
                "rule: x\nfile: Package.swift\n",
                "Error: t:1: the paragraph lacks '- ' and 'test: '\n"
            ),
            (
                "what?\n",
                "Error: t:1: expected 'rule: ', 'file: ', '- ', '+ ' or 'test: ', found 'what?'\n"
            ),
        ])
    func problems(table: String, message: String) throws {
        try Program.withFolder { folder in
            try table.write(to: folder.appending(path: "t"), atomically: true, encoding: .utf8)
            try "x\n".write(
                to: folder.appending(path: "Package.swift"), atomically: true, encoding: .utf8)
            let result = try Program.shell("drydock-dev mutations --check t", in: folder)
            #expect(result.output == message)
            #expect(result.exitCode == 1)
        }
    }

    @Test(
        "a run that is interrupted puts the source back", arguments: [("INT", 130), ("TERM", 143)])
    func interruption(signal: String, exitCode: Int32) throws {
        try Program.withFolder { folder in
            for (name, text) in [
                ("t", "rule: x\nfile: a.txt\n- whole\n+ broken\ntest: T\n"), ("a.txt", "whole\n"),
                // Stands for the compiler, which takes its time.
                ("swift", "#!/bin/sh\nexec sleep 60\n"),
            ] {
                try text.write(
                    to: folder.appending(path: name), atomically: true, encoding: .utf8)
            }
            let result = try Program.shell(
                """
                chmod +x swift
                PATH=$PWD:$PATH drydock-dev mutations t &
                until grep -q broken a.txt; do sleep 0.02; done
                kill -\(signal) $!
                wait $!
                echo "$? $(cat a.txt)"
                """, in: folder)
            #expect(result.output == "\(exitCode) whole\n")
        }
    }

    @Test("every test that the table names exists")
    func namesTests() throws {
        let table = try String(
            contentsOf: Program.root.appending(path: "Tests/Mutations/mutations.txt"),
            encoding: .utf8)
        let tests = Program.root.appending(path: "Tests")
        let files = try #require(FileManager.default.enumerator(atPath: tests.path))
        let sources = try files.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }
            .map { try String(contentsOf: tests.appending(path: $0), encoding: .utf8) }
        for line in table.split(separator: "\n") where line.hasPrefix("test: ") {
            let name = line.dropFirst("test: ".count).split(separator: "/")[0]
            #expect(sources.contains { $0.contains("struct \(name)") }, "\(line)")
        }
    }
}
