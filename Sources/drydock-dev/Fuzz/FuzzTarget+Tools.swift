import Support
import Tools
import Value

/// The text tools: their programs and their options.
extension FuzzTarget {
    static let tools: [FuzzTarget] = [awk, sed, grep, jq, toolOptions]

    /// What the tools read.
    private static let table = """
        NAME    READY  STATUS             RESTARTS  AGE
        web-1   1/1    Running            0         5m
        web-2   0/1    CrashLoopBackOff   12        1h30m
        db-0,x  1/1    "Running" {a: 1}   3         -9223372036854775808

        """

    private static let awk = FuzzTarget(
        name: "awk",
        seeds: [
            "NR > 1 && $4 ~ /^[0-9]+$/ { n[$3] += $4; s = s $1 \",\" } END { for (k in n) printf \"%-5s %d\\n\", k, n[k] }",
            "BEGIN { FS = \"[ ,]+\"; OFS = \":\" } { $2 = \"\"; $9 = NF; print; NF = 2; print $NF }",
            "function f(a, b,  c) { return b > 0 ? f(a * 2, b - 1) : substr(a, 2, 3) } { print f(1, 9), length, toupper($1) }",
            "{ gsub(/[a-z]+/, \"<&\\\\&>\"); if (match($0, /R.*g/)) print RSTART, RLENGTH; sub(\"x\", \"y\", $2) } $1 == \"web-1\", /db/ { next }",
            "BEGIN { while ((getline line) > 0) { split(line, p, \"\"); i++; do { --i } while (i in p); delete p } printf \"%c%5.2f%x%s\", 65, 1e3 / 7, 255, -1 ^ .5 % 3 }",
        ]
    ) { run("awk", ["--", $0]) }

    private static let sed = FuzzTarget(
        name: "sed",
        seeds: [
            "2,/db/{s/\\([a-z]*\\)-\\([0-9]\\)/\\2-\\1/gp;y/abc/xyz/;n;d}",
            "1!G;h;$!d", ":a;N;$!ba;s/\\n/,/2", "/web/I{x;p;x;=;l;q5}",
            "$a\\\nlast\n1i first\n3c\\\nchanged\n", "s|a|\\U&\\n|;t e;b;:e;w /dev/stdout\nD;P",
            "0,/x/s//y/;2~3d;5,+2p;5,~4!s/./&&/3w f",
        ]
    ) { text in
        run("sed", ["-e", text]) ?? run("sed", ["-nEs", "-e", text, "in"])
    }

    private static let grep = FuzzTarget(
        name: "grep",
        seeds: [
            "^web-[0-9]\\+ *[01]/1", "R(unning|.*)g$", "\\bdb\\b|\\<x\\>", "\\(.\\).*\\1",
            "[[:space:]][^ ]{2,}\nNAME", "(?<=a)\\d+?(?i:X)",
        ]
    ) { text in
        for flags in ["-n", "-Eo", "-Fxc", "-Pvi", "-wob"] {
            if let problem = run("grep", [flags, "-e", text, "in", "-"]) { return problem }
        }
        return nil
    }

    private static let jq = FuzzTarget(
        name: "jq",
        seeds: [
            ".items[] | select(.spec.n > 1) | {name: .metadata.name, \"a b\": (.x // \"none\")}",
            "def f(g; $x): reduce .[] as [$a, {b: $c}] (0; . + ($a | g) * $x); try f(.n; 2) catch .",
            "[paths] | map(join(\".\")) | group_by(length) | .[1:-1] | @csv, @base64 \"a\\(.)\"",
            "to_entries | sort_by(.key) | limit(3; .[] , range(1; 9; 2)) as $x | $x | tojson | ascii_downcase",
            ".. |= (if type == \"number\" then . / 0 elif . == null then empty else . end) | del(.[\"a\"]?, .b[2:])",
            "[.[] | strings | test(\"^w\"; \"ix\"), sub(\"(?<l>.)\"; \"\\(.l)!\"), splits(\", *\")] | add | fromjson?",
            "foreach range(5) as $i (null; $i; [., $i]) | first, last(limit(2; repeat(.))) | label $f | 1, break $f",
            "input, $ENV.HOME, (now | todate), ltrimstr(\"a\"), implode, walk(.), getpath([\"a\", 0]), @sh, tojson",
        ]
    ) { text in
        let document =
            #"{"items": [{"metadata": {"name": "w"}, "spec": {"n": 2}}, [1, 2.5, -9007199254740993, null, "a, b"]], "a": {"b": [true, "é"]}}"#
        return run("jq", ["-c", "--", text], input: document)
            ?? run("jq", ["-nr", "--", text], input: document)
    }

    private static let toolOptions = FuzzTarget(
        name: "options",
        seeds: [
            "sort -t , -k 2,2nr -k1.2,1.4b -u --stable in",
            "cut -d: -f1-3,5- --output-delimiter=x in",
            "head -n -2 in", "tail -n +2 -c 5 in", "tr -cs [:alpha:]a-z \\n",
            "uniq -c -f1 -s2 -w3 in",
            "seq -s, -w 1 .5 9", "printf %-*.*s|%x|%5.1e\\n 5 2 abc 255 1e9",
            "column -t -s, -o| in",
            "paste -sd,: in in", "nl -ba -w3 -s: -v5 in",
            "date -u -d 2025-01-31T10:00:00Z+1day +%F%T%N",
            "xargs -n2 -I{} echo {} x", "base64 -w5 -d in", "wc -lwcm in",
            "test 1 -lt 2 -a ( -n x )",
            "env -i A=b timeout -s TERM 5s sleep 1m", "join in in", "tee -a f", "find . -name x",
            "ls -la1R .", "mkdir -p a/b/c", "cp -r a b", "time -p true", "basename -s .x a/b.x",
            "awk -F, -v a=1\\n -f in in", "sed -i.bak -n 1p in",
            "grep -A2 -B 1 -rnH --include=*.x a .",
            "jq -r --arg a b --argjson c 1 --slurp --indent 3 . in",
        ]
    ) { text in
        let words = text.split { " \n".contains($0) }.map(String.init)
        guard let first = words.first else { return nil }
        if ToolRegistry.tool(named: first) != nil { return run(first, Array(words.dropFirst())) }
        // A misspelt name would be no test of options.
        var hash = StableHash()
        hash.combine(first)
        let names = ToolRegistry.names
        return run(names[Int(hash.value % UInt64(names.count))], Array(words.dropFirst()))
    }

    /// Runs a tool; answers what is wrong with how it ended.
    private static func run(
        _ name: String, _ arguments: [String], input: String = table
    ) -> String? {
        let host = FuzzToolHost()
        let code = host.run(
            ToolCommand(
                words: [name] + arguments, input: ToolInput(input), output: host.output(),
                error: host.output()))
        return (0...255).contains(code) ? nil : "the exit status \(code)"
    }

    /// What tools stand in: three files and little room.
    private final class FuzzToolHost: ToolHost {
        private(set) var now = Timestamp(milliseconds: 1_735_732_800_000)
        let isInterrupted = false
        private var depth = 0
        private lazy var context: ToolContext = {
            var limits = ToolLimits()
            limits.steps = 20_000
            limits.outputBytes = 1 << 16
            limits.textBytes = 1 << 16
            let files = MemoryFolder()
            try? files.write(FuzzTarget.table, to: "in")
            try? files.place("b\na\n", at: "a/b.x")
            return ToolContext(
                files: files, host: self, environment: ["HOME": "/home"], limits: limits)
        }()

        func output() -> ToolOutput { ToolOutput(limit: context.limits.outputBytes) }

        func sleep(milliseconds: Int64) -> Int32 {
            now = now + Duration(milliseconds: milliseconds)
            return 0
        }

        func hasCommand(_ name: String) -> Bool { name == "kubectl" }

        func run(_ command: ToolCommand) -> Int32 {
            guard let tool = ToolRegistry.tool(named: command.words[0]) else { return 127 }
            depth += 1
            defer { depth -= 1 }
            // The evaluator bounds how deep commands run each other.
            if depth > 50 { return 126 }
            return ToolRegistry.run(
                tool, command.words, input: command.input, output: command.output,
                error: command.error, in: context)
        }
    }
}
