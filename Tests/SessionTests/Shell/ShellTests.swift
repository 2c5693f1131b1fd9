import Testing
import Tools
import Value

@testable import Session

/// Echoes its arguments as `kubectl`, knows no other program.
private final class EchoHost: ShellHost {
    var slept: Int64 = 0
    var limits: [Int64?] = []

    func run(_ invocation: ShellInvocation) -> ShellResult? {
        guard invocation.arguments[0] == "kubectl" else { return nil }
        limits.append(invocation.timeLimitMilliseconds)
        switch invocation.arguments.dropFirst().first {
        case "mixed":
            return ShellResult(
                chunks: [
                    .init(.output, "one\n"), .init(.error, "two\n"), .init(.output, "three\n"),
                ],
                exitStatus: 1)
        case "watch": return ShellResult(chunks: [.init(.output, "row\n")], timedOut: true)
        case "stdin": return ShellResult(output: invocation.input)
        default:
            return ShellResult(
                output: invocation.arguments.dropFirst().map { "<\($0)>" }.joined() + "\n")
        }
    }

    func sleep(milliseconds: Int64) { slept += milliseconds }
    func hasCommand(_ name: String) -> Bool { name == "kubectl" }
    var now: Timestamp { Timestamp.zero + Duration(milliseconds: slept) }
    var isInterrupted: Bool { false }
}

private func run(_ command: String, files: [String: String] = [:]) throws -> ShellRun {
    let folder = MemoryFolder()
    for path in files.keys.sorted() { try folder.place(files[path] ?? "", at: path) }
    return Shell(folder: folder, host: EchoHost()).run(command)
}

@Suite struct ShellTests {
    @Test(arguments: [
        // Words and quotes.
        (#"kubectl a 'b c' "d e" f\ g"#, "<a><b c><d e><f g>\n"),
        (#"kubectl -p '{"spec":{"replicas":2}}'"#, "<-p><{\"spec\":{\"replicas\":2}}>\n"),
        (#"kubectl "" ''"#, "<><>\n"),
        (#"kubectl -o jsonpath="{.items[0]['a','b']}""#, "<-o><jsonpath={.items[0]['a','b']}>\n"),
        ("kubectl x *=nginx:1.16 a?b", "<x><*=nginx:1.16><a?b>\n"),
        ("kubectl $'a\\tb'", "<a\tb>\n"),
        ("kubectl a # comment", "<a>\n"),
        ("kubectl a#b", "<a#b>\n"),
        ("kubectl {a,b}-x {1..3}", "<a-x><b-x><1><2><3>\n"),
        ("kubectl '{a,b}' {a} {.x}", "<{a,b}><{a}><{.x}>\n"),
        // Variables and substitution.
        ("A=1; B=\"$A 2\"; kubectl $A \"$B\" $B ${C:-d} ${#B}", "<1><1 2><1><2><d><3>\n"),
        ("X=web-0.yaml; kubectl ${X%.yaml} ${X##*-} ${X/web/db}", "<web-0><0.yaml><db-0.yaml>\n"),
        ("kubectl $(echo a b) \"$(echo a b)\" `echo c`", "<a><b><a b><c>\n"),
        ("kubectl a$(printf 'b\\n\\n')c", "<abc>\n"),
        ("kubectl $((2 + 3 * 4)) $(( (1+2)*3 ))", "<14><9>\n"),
        ("echo \"$(echo \"in $(echo deep)\")\"", "in deep\n"),
        ("A=1 kubectl a; echo \"[$A]\"", "<a>\n[]\n"),
        // Lists and pipelines.
        ("true && echo a || echo b", "a\n"),
        ("false && echo a || echo b", "b\n"),
        ("echo a; echo b", "a\nb\n"),
        ("printf 'a\\nb\\n' | kubectl stdin -f -", "a\nb\n"),
        ("(A=2; echo $A); echo \"[$A]\"", "2\n[]\n"),
        ("{ echo b; echo a; } | sort", "a\nb\n"),
        ("! false && echo yes", "yes\n"),
        ("echo x | while read a; do echo \"got $a\"; done", "got x\n"),
        ("for i in 1 2 3; do echo -n $i; done; echo", "123\n"),
        (
            "for i in $(seq 2); do if [ $i = 1 ]; then echo one; else echo other; fi; done",
            "one\nother\n"
        ),
        ("i=0; while [ $i -lt 3 ]; do i=$((i+1)); [ $i = 2 ] && continue; echo $i; done", "1\n3\n"),
        ("until false; do echo once; break; done", "once\n"),
        ("case web-1 in db*) echo db;; web-?|x) echo web;; *) echo no;; esac", "web\n"),
        // Redirections.
        ("kubectl mixed", "one\ntwo\nthree\n"),
        ("kubectl mixed 2>/dev/null", "one\nthree\n"),
        ("kubectl mixed >/dev/null", "two\n"),
        ("kubectl mixed 2>&1 | head -2", "one\ntwo\n"),
        ("kubectl mixed | head -1", "two\none\n"),
        ("kubectl mixed 2>&1 >/dev/null | cat", "two\n"),
        ("kubectl mixed &>both; cat both", "one\ntwo\nthree\n"),
        ("echo a >f; echo b >>f; cat <f", "a\nb\n"),
        ("cat <<EOF | kubectl stdin\na: $((1+1))\nEOF\necho after", "a: 2\nafter\n"),
        ("cat <<'EOF'\na: $x\nEOF", "a: $x\n"),
        ("cat <<-EOF\n\ta\n\tEOF\n", "a\n"),
        ("cat <<<word", "word\n"),
        ("cat <(echo a) <(echo b)", "a\nb\n"),
        ("bash -c 'echo $0 $1' x y", "bash y\n"),
        ("echo a b | xargs -n 1 kubectl get", "<get><a>\n<get><b>\n"),
        ("printf 'a\\nb\\n' | xargs -I{} kubectl get pod/{}", "<get><pod/a>\n<get><pod/b>\n"),
    ])
    func commandLinesRunAsInBash(command: String, output: String) throws {
        #expect(try run(command).terminal == output)
    }

    @Test(arguments: [
        ("kubectl mixed", 1), ("timeout 2 kubectl watch", 124), ("exit 7", 7), ("nonsense", 127),
        ("false || true", 0), ("true | false", 1), ("false | true", 0), ("cat missing", 1),
        ("grep x <<<y", 1), ("if then", 2), ("echo 'open", 2), ("(exit 3)", 3),
    ])
    func theStatusIsTheLastCommands(command: String, status: Int32) throws {
        #expect(try run(command).exitStatus == status)
    }

    @Test(arguments: [
        ("nonsense a", "bash: line 1: nonsense: command not found\n"),
        ("cat missing", "cat: missing: No such file or directory\n"),
        ("echo a > no/where", "bash: line 1: no/where: No such file or directory\n"),
        ("echo a &", "bash: -c: background jobs ('&') are not supported\n"),
        ("echo a )", "bash: -c: syntax error near unexpected token `)'\n"),
        ("echo 'a", "bash: -c: unexpected EOF while looking for matching `''\n"),
        ("f() { echo; }", "bash: -c: functions are not supported\n"),
        ("while true; do :; done", "bash: loops turned more than 100000 times\n"),
    ])
    func whatTheShellCannotDoIsAnError(command: String, output: String) throws {
        let result = try run(command)
        #expect(result.terminal == output)
        #expect(result.exitStatus != 0)
    }

    @Test func timeoutAndSleepReachTheHost() {
        let host = EchoHost()
        let shell = Shell(folder: MemoryFolder(), host: host)
        _ = shell.run("timeout 2.5s kubectl watch; sleep 3; kubectl get")
        #expect(host.limits == [2500, nil])
        #expect(host.slept == 3000)
    }

    @Test func filesPersistBetweenCommandLinesButVariablesDoNot() {
        let folder = MemoryFolder()
        _ = Shell(folder: folder, host: EchoHost()).run("A=1; echo pod/a > picked")
        #expect(
            Shell(folder: folder, host: EchoHost()).run("kubectl $(cat picked) \"$A\"").terminal
                == "<pod/a><>\n")
    }

    @Test func patternsNameFilesInOrder() throws {
        let files = ["b.yaml": "", "a.yaml": "", "d/c.yaml": "", ".hidden.yaml": ""]
        #expect(
            try run("echo *.yaml */*.yaml [a]*", files: files).terminal
                == "a.yaml b.yaml d/c.yaml a.yaml\n")
        #expect(try run("cd d; ls; echo *", files: files).terminal == "c.yaml\nc.yaml\n")
    }
}

@Suite struct ShellTextCommandTests {
    private static let rows = "web-b 3\nweb-a 10\ndb 2\n"

    @Test(arguments: [
        ("grep web rows", "web-b 3\nweb-a 10\n"),
        ("grep -v web rows", "db 2\n"),
        ("grep -c web rows", "2\n"),
        ("grep -n db rows", "3:db 2\n"),
        ("grep -oE '[a-z]+-[ab]' rows", "web-b\nweb-a\n"),
        ("grep -E 'a|db' rows", "web-a 10\ndb 2\n"),
        ("grep 'a\\|db' rows", "web-a 10\ndb 2\n"),
        ("grep -i WEB-A rows", "web-a 10\n"),
        ("grep -F 'b 3' rows", "web-b 3\n"),
        ("grep -w we rows", ""),
        ("grep -A1 web-a rows", "web-a 10\ndb 2\n"),
        ("grep -B 1 db rows", "web-a 10\ndb 2\n"),
        ("grep -e db -e -b rows", "web-b 3\ndb 2\n"),
        ("grep -q web rows && echo yes", "yes\n"),
        (
            "grep web rows rows2 2>&1",
            "rows:web-b 3\nrows:web-a 10\ngrep: rows2: No such file or directory\n"
        ),
        ("head -1 rows", "web-b 3\n"),
        ("head -n -1 rows", "web-b 3\nweb-a 10\n"),
        ("tail -n 1 rows", "db 2\n"),
        ("tail -n +2 rows", "web-a 10\ndb 2\n"),
        ("sort rows", "db 2\nweb-a 10\nweb-b 3\n"),
        ("sort -r rows", "web-b 3\nweb-a 10\ndb 2\n"),
        ("sort -k2 -n rows", "db 2\nweb-b 3\nweb-a 10\n"),
        ("sort -k2,2nr rows", "web-a 10\nweb-b 3\ndb 2\n"),
        ("printf 'b\\na\\nb\\n' | sort -u", "a\nb\n"),
        ("printf 'a\\na\\nb\\n' | uniq -c", "      2 a\n      1 b\n"),
        ("printf 'a\\na\\nb\\n' | uniq -d", "a\n"),
        ("wc -l rows", "3 rows\n"),
        ("cat rows | wc -l", "3\n"),
        ("cat rows | wc", "      3       6      22\n"),
        ("cut -d' ' -f2 rows", "3\n10\n2\n"),
        ("awk '{print $2}' rows", "3\n10\n2\n"),
        ("awk '{print $2, $1}' rows | head -1", "3 web-b\n"),
        ("awk '$2 > 2 {print $1}' rows", "web-b\nweb-a\n"),
        ("awk '/^web/ && NR > 1' rows", "web-a 10\n"),
        ("awk 'NR==1, /web-a/' rows", "web-b 3\nweb-a 10\n"),
        ("awk -F- '{print $NF}' rows | tail -2", "a 10\ndb 2\n"),
        ("awk '{s += $2} END {print s, NR, s / NR}' rows", "15 3 5\n"),
        ("awk '{s += $2} END {print s / 4}' rows", "3.75\n"),
        ("awk '{n[substr($1, 1, 1)]++} END {for (k in n) print k, n[k]}' rows", "w 2\nd 1\n"),
        ("awk 'BEGIN {OFS=\"-\"; print \"a\", 1 + 2 \"x\"}'", "a-3x\n"),
        ("awk '{printf \"%s=%d;\", $1, $2}' rows", "web-b=3;web-a=10;db=2;"),
        ("awk '{sub(/web-/, \"<&>\"); print}' rows | head -1", "<web->b 3\n"),
        ("awk '{gsub(/[0-9]/, \"N\", $2); print}' rows", "web-b N\nweb-a NN\ndb N\n"),
        ("awk '$1 ~ /a$/ {print toupper($1); exit}' rows", "WEB-A\n"),
        ("awk '{if ($2 % 2) print \"odd\"; else print \"even\"}' rows", "odd\neven\neven\n"),
        ("awk '{print (NR == 1 ? \"one\" : \"more\"), length}' rows | head -2", "one 7\nmore 8\n"),
        ("awk '{n = split($1, p, \"-\"); print n, p[n]}' rows", "2 b\n2 a\n1 db\n"),
        ("awk -v x=db '$1 == x {print $2}' rows", "2\n"),
        ("awk 'BEGIN {for (i = 0; i < 3; i++) printf \"%d \", i; print \"\"}'", "0 1 2 \n"),
        ("awk '!seen[$1]++ {n++} END {print n}' rows rows", "3\n"),
        ("awk '{$1 = \"x\"; print; next} {print \"never\"}' rows | head -1", "x 3\n"),
        ("awk '{print $(NF-1)}' rows | head -1", "web-b\n"),
        ("awk 'BEGIN {while (i < 2) i += 1; print i, -i, !i, index(\"ab\", \"b\")}'", "2 -2 0 2\n"),
        ("cut -c1-3 rows", "web\nweb\ndb \n"),
        ("tr a-z A-Z <rows", "WEB-B 3\nWEB-A 10\nDB 2\n"),
        ("tr -d '\\n' <rows", "web-b 3web-a 10db 2"),
        ("tr -s ' ' '\\n' <rows | head -2", "web-b\n3\n"),
        ("sed s/web/www/ rows", "www-b 3\nwww-a 10\ndb 2\n"),
        ("sed -n 2p rows", "web-a 10\n"),
        ("sed '/^web-a/,$d' rows", "web-b 3\n"),
        ("sed '1d;$d' rows", "web-a 10\n"),
        ("sed -E 's/([a-z]+)-([ab])/\\2-\\1/' rows", "b-web 3\na-web 10\ndb 2\n"),
        ("sed 's/\\(w\\)eb/\\1&/' rows", "wweb-b 3\nwweb-a 10\ndb 2\n"),
        ("sed 's/[0-9]*$/N/' rows", "web-b N\nweb-a N\ndb N\n"),
        ("sed s/node-3/zone-b/\\;s/node-[12]/zone-a/ <<<node-1", "zone-a\n"),
        ("sed '2,3!d' rows", "web-a 10\ndb 2\n"),
        ("sed -n '/a/{s/a/A/p}' rows", "web-A 10\n"),
        ("sed 's/b/X/g' rows", "weX-X 3\nweX-a 10\ndX 2\n"),
        ("sed 1q rows", "web-b 3\n"),
        ("sed '1i top' rows | head -1", "top\n"),
        ("sed -i s/db/pg/ rows; tail -1 rows", "pg 2\n"),
        ("sed y/abc/xyz/ rows", "wey-y 3\nwey-x 10\ndy 2\n"),
        ("echo -n abc | base64", "YWJj\n"),
        ("echo YWRtaW4= | base64 -d", "admin"),
        ("printf '%s=%d\\n' a 1 b 2", "a=1\nb=2\n"),
        ("printf '%-5s|%3d|%05.1f\\n' ab 7 2.25", "ab   |  7|002.2\n"),
        ("paste -s -d, rows", "web-b 3,web-a 10,db 2\n"),
        ("column -t rows", "web-b  3\nweb-a  10\ndb     2\n"),
        ("tac rows", "db 2\nweb-a 10\nweb-b 3\n"),
        ("[ -f rows ] && [ ! -e nope ] && echo ok", "ok\n"),
        ("[[ web-1 == web-* ]] && test 2 -gt 1 && echo ok", "ok\n"),
        ("mkdir -p a/b; echo x > a/b/c; cp a/b/c d; rm -r a; ls", "d\nrows\n"),
        ("basename d/web.yaml .yaml; dirname d/web.yaml", "web\nd\n"),
    ])
    func textToolsActAsGNUs(command: String, output: String) throws {
        #expect(try run(command, files: ["rows": Self.rows]).terminal == output)
    }
}
