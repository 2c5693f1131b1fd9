import Foundation
import Testing

@Suite("drydock check")
struct CheckCommandTests {
    @Test("finds nothing in the scripts of this repository but what one of them is about")
    func repository() throws {
        let result = try Program.shell("drydock check --format json scenarios Benchmarks")
        #expect(result.exitCode == 0)
        let lines = result.output.split(separator: "\n")
        #expect(lines.count == 1, "\(result.output)")
        #expect(lines.first?.contains("duplicate-keys-in-manifests.dock") == true)
    }

    @Test("findings as people, programs and GitHub read them")
    func formats() throws {
        try Program.withFolder { folder in
            try "let a = 1\nexpect pod/web .spec.nodename == \"100%\"\n".write(
                to: folder.appending(path: "a.dock"), atomically: true, encoding: .utf8)
            let human = try Program.shell("drydock check a.dock", in: folder)
            #expect(human.exitCode == 2)
            #expect(human.output.contains("warning[DD2501]"))
            #expect(human.output.contains("error[DD2031]"))
            #expect(
                human.output.hasSuffix(
                    "1 script checked: 1 error, 1 warning\n(drydock explain DD2501 tells more)\n"))
            let json = try Program.shell("drydock check --format json a.dock", in: folder)
            #expect(
                json.output == """
                    {"file":"a.dock","line":1,"column":5,"endLine":1,"endColumn":6,"severity":"warning",\
                    "code":"DD2501","message":"the variable `a` is never read","label":"not used",\
                    "hint":"remove it, or name it `_a` where that is meant"}
                    {"file":"a.dock","line":2,"column":21,"endLine":2,"endColumn":30,"severity":"error",\
                    "code":"DD2031","message":"PodSpec has no field `.nodename`","label":"no such field",\
                    "hint":"did you mean `.nodeName`?"}

                    """)
            let github = try Program.shell("drydock check --format github a.dock", in: folder)
            #expect(
                github.output == """
                    ::warning file=a.dock,line=1,endLine=1,col=5,endColumn=6,title=DD2501::the variable `a` \
                    is never read%0Ahint: remove it, or name it `_a` where that is meant
                    ::error file=a.dock,line=2,endLine=2,col=21,endColumn=30,title=DD2031::PodSpec has no \
                    field `.nodename`%0Ahint: did you mean `.nodeName`?

                    """)
        }
    }

    @Test("warnings fail with --strict alone, and a file that cannot be read is bad usage")
    func exitCodes() throws {
        try Program.withFolder { folder in
            let result = try Program.shell(
                "printf 'let a = 1\\nsettle\\n' > a.dock; drydock check a.dock >/dev/null; echo $?; "
                    + "drydock check --strict a.dock >/dev/null; echo $?; "
                    + "drydock check b.dock; echo $?", in: folder)
            #expect(
                result.output
                    == "0\n2\ndrydock: b.dock: no such file or directory; did you mean a.dock?\n1\n"
            )
        }
    }

    @Test("drydock.yaml names folders to read, and a file that is missing is told of once")
    func configuration() throws {
        try Program.withFolder { folder in
            let make =
                "mkdir -p tests lib; printf 'fn twice(n) => n * 2\\n' > lib/a.dock; "
                + "printf 'include \"../lib/a.dock\"\\nprint twice(2)\\n' > tests/a.dock; "
            let without = try Program.shell(make + "drydock check tests", in: folder)
            #expect(without.exitCode == 2)
            #expect(without.output.contains("error[DD2043]: cannot read \"../lib/a.dock\""))
            #expect(without.output.contains("1 script checked: 1 error, 0 warnings"))
            let with = try Program.shell(
                "echo 'allow-read: [lib]' > drydock.yaml; drydock check tests", in: folder)
            #expect(with.output == "1 script checked: 0 errors, 0 warnings\n")
            let ignoring = try Program.shell("drydock check --no-config tests", in: folder)
            #expect(ignoring.exitCode == 2)
        }
    }

    @Test("codes are explained, unknown ones corrected")
    func explain() throws {
        let one = try Program.shell("drydock explain dd2031")
        #expect(one.output.hasPrefix("DD2031: a field that the kind does not have\n"))
        #expect(one.output.contains("error[DD2031]: PodSpec has no field `.nodename`"))
        let unknown = try Program.shell("drydock explain DDD2031")
        #expect(unknown.exitCode == 1)
        #expect(unknown.output.contains("there is no code DDD2031; did you mean DD2031?"))
        #expect(
            try Program.shell("drydock explain").output.contains("\nDD3021  a division by zero\n"))
    }
}
