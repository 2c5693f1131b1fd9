import Containers
import Testing
import Tools

@Suite("a container's shell")
struct ShellTests {
    @Test(
        "does what POSIX says",
        arguments: [
            ("echo a; echo b", "a\nb\n"),
            ("echo a && false || echo c", "a\nc\n"),
            ("false && echo a; echo $?", "1\n"),
            ("x=5; echo $x ${x}y ${z:-none} ${#x}", "5 5y none 1\n"),
            ("echo \"a  $HOME\" 'b $HOME' a\\ b", "a  /root b $HOME a b\n"),
            ("x='a  b'; echo $x; echo \"$x\"", "a b\na  b\n"),
            ("echo $(echo in; echo out) `echo old`", "in out old\n"),
            ("echo $((1 + 2 * 3)) $((7 % 4)) $((2 > 1))", "7 3 1\n"),
            ("for i in 1 2 3; do echo -n $i; done; echo", "123\n"),
            ("i=0; while [ $i -lt 3 ]; do i=$((i+1)); echo $i; done", "1\n2\n3\n"),
            ("i=0; until test $i = 2; do i=$((i + 1)); done; echo $i", "2\n"),
            ("for i in a b c; do if [ $i = b ]; then continue; fi; echo $i; done", "a\nc\n"),
            ("while true; do echo x; break; done", "x\n"),
            ("case abc in x) echo 1;; a*) echo 2;; *) echo 3;; esac", "2\n"),
            ("if false; then echo a; elif true; then echo b; else echo c; fi", "b\n"),
            ("f() { echo $1 $#; return 3; }; f x y; echo $?", "x 2\n3\n"),
            ("(cd /tmp; pwd); pwd", "/tmp\n/\n"),
            ("echo hi | tr a-z A-Z | cat", "HI\n"),
            ("printf 'a\\nb\\nc\\n' | while read l; do echo \"<$l>\"; done", "<a>\n<b>\n<c>\n"),
            ("echo a > /tmp/f; echo b >> /tmp/f; cat /tmp/f; cat < /tmp/f | wc -l", "a\nb\n2\n"),
            ("cat <<EOF\nx $((1+1))\nEOF\necho after", "x 2\nafter\n"),
            ("cat <<'EOF'\nx $((1+1))\nEOF", "x $((1+1))\n"),
            ("echo err >&2; echo out 2>/dev/null", "err\nout\n"),
            ("nope 2>/dev/null; echo $?", "127\n"),
            ("{ echo a; echo b; } > /tmp/g; wc -l < /tmp/g", "2\n"),
            ("touch /tmp/a1 /tmp/a2; cd /tmp; echo a* 'a*' b*", "a1 a2 a* b*\n"),
            ("! false; echo $?", "0\n"),
            ("set -e; false; echo not", ""),
            ("set -e; false || true; if false; then :; fi; echo yes", "yes\n"),
            ("exit 3; echo not", ""),
            ("(exit 4); echo $?", "4\n"),
            ("A=1 sh -c 'echo $A'; echo [$A]", "1\n[]\n"),
            ("export B=2; sh -c 'echo $B'", "2\n"),
            ("sh -c 'echo $0 $1' name arg", "name arg\n"),
            ("x=web-12; echo ${x##*-} ${x%-*}", "12 web\n"),
            ("eval 'x=3; echo $x'", "3\n"),
            ("set -- a b c; shift; echo $1 $# $@", "b 2 b c\n"),
            ("[ -f /etc/passwd ] && echo yes", "yes\n"),
            ("echo \"$(hostname)\" > /tmp/h; cat /tmp/h", "box-0\n"),
            ("exec echo last; echo not", "last\n"),
            ("echo '#!/bin/sh\necho script $1' > /tmp/s; chmod +x /tmp/s; /tmp/s x", "script x\n"),
            ("seq 3 | xargs echo", "1 2 3\n"),
            ("# comment\necho a # more", "a\n"),
            ("trap 'exit 0' TERM; echo ok", "ok\n"),
            ("x=1; (x=2); echo $x", "1\n"),
            ("false; true; echo $?", "0\n"),
            ("echo ${x:=set} $x", "set set\n"),
            ("for f in /etc/pass*; do basename $f; done", "passwd\n"),
        ])
    func posix(script: String, expected: String) {
        #expect(Box().run(script).text == expected)
    }

    @Test("knows bash's own where the image has bash")
    func bash() {
        let box = Box("nginx")
        #expect(box.run("for i in {1..3}; do echo $i; done", shell: "bash").text == "1\n2\n3\n")
        #expect(box.run("[[ web-1 =~ -([0-9]+)$ ]] && echo yes", shell: "bash").text == "yes\n")
        #expect(box.run("x=abc; echo ${x/b/-} ${x:1:1}", shell: "bash").text == "a-c b\n")
    }

    @Test(
        "says what is wrong as the shell of the image",
        arguments: [
            ("busybox", "sh", "nope", "sh: nope: not found\n"),
            ("nginx", "sh", "nope", "sh: 1: nope: not found\n"),
            ("nginx", "bash", "nope", "bash: line 1: nope: command not found\n"),
            ("busybox", "sh", "echo x > /no/f", "sh: can't create /no/f: nonexistent directory\n"),
            (
                "nginx", "bash", "echo x > /no/f",
                "bash: line 1: /no/f: No such file or directory\n"
            ),
            ("busybox", "sh", "cd /no", "sh: cd: can't cd to /no: No such file or directory\n"),
        ])
    func words(image: String, shell: String, script: String, expected: String) {
        let text = Box(image).run(script, shell: shell).text
        #expect(text.hasPrefix(expected))
    }

    @Test("stops while it sleeps, in the middle of loops")
    func sleeping() {
        let result = Box().run("for i in 1 2 3; do date +%S; sleep 5; done; date +%S")
        #expect(result.text == "00\n05\n10\n15\n")
        #expect(result.time == 15_000)
        #expect(Box().run("x=$(sleep 2; date +%S); echo $x; sleep 1; date +%S").text == "02\n03\n")
        #expect(Box().run("timeout 3 sleep 10; echo $?; date +%S").text == "124\n03\n")
    }

    @Test("runs on for ever without work where a loop has no end, and ends where it only computes")
    func endless() {
        let forever = Box().run("while true; do sleep 60; done", until: 600_000)
        #expect(forever.status == nil)
        let busy = Box().run("while true; do :; done")
        #expect(busy.status == nil)
        #expect(busy.text.contains("more commands than a simulated process may run"))
    }

    @Test("runs commands in the background beside the others")
    func background() {
        let box = Box()
        _ = box.run("(sleep 2; echo late > /tmp/x) & echo $!")
        #expect(box.run("sleep 1; kill 1; wait; echo done").text == "done\n")
        #expect(box.signals == [15])
    }

    @Test("follows files as tail -f does")
    func following() {
        let box = Box()
        let result = box.run(
            "echo a > /tmp/l; (sleep 3; echo b >> /tmp/l) & tail -f /tmp/l", until: 2_000)
        #expect(result.text == "a\n")
    }

    @Test("asks for more where a text is not at its end")
    func incomplete() {
        for text in [
            "if true", "for i in a; do", "echo 'a", "cat <<EOF\nx", "echo a &&", "(", "$(x",
        ] {
            #expect(throws: ShellSyntaxProblem.self) { _ = try ShellParser.parse(text) }
            do throws(ShellSyntaxProblem) {
                _ = try ShellParser.parse(text)
            } catch {
                #expect(error.isIncomplete, "\(text)")
            }
        }
        for text in ["done", "echo a ;; b", "if; then"] {
            do throws(ShellSyntaxProblem) {
                _ = try ShellParser.parse(text)
                Issue.record("\(text) parses")
            } catch {
                #expect(!error.isIncomplete, "\(text)")
            }
        }
    }

    @Test("survives any text")
    func anyText() {
        let pieces = [
            "$", "(", ")", "{", "}", "'", "\"", "`", "|", "&", ";", "<", ">", "if", "then", "fi",
            "do",
            "done", "a", " ", "\n", "#", "\\", "$((", "))", "${x", "case", "in", "esac", "<<E", "=",
        ]
        var state: UInt64 = 7
        for _ in 0..<3_000 {
            var text = ""
            for _ in 0..<12 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += pieces[Int(state >> 33) % pieces.count]
            }
            _ = try? ShellParser.parse(text)
        }
        let deep = String(repeating: "(", count: 5_000)
        #expect(throws: ShellSyntaxProblem.self) { _ = try ShellParser.parse(deep) }
    }
}
