/// Scripts that parse; together they use every production of the grammar.
enum SampleScripts {
    static let canary = #"""
        # canary.dock: a partition holds old ordinals back
        file "mysql.yaml" <<EOF
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: mysql}
        EOF

        scenario "partition 2 updates only the ordinals from 2 up" {
          node add worker-1 worker-2 worker-3 --cpu 4 --memory 8Gi
          apply -f mysql.yaml
          expect within 2m: statefulset/mysql .status.readyReplicas == 3

          patch statefulset mysql -p '{"spec":{"updateStrategy":{"rollingUpdate":{"partition":2}}}}'
          set image statefulset/mysql mysql=mysql:5.7.23
          settle

          expect pod/mysql-2 .spec.containers[0].image == "mysql:5.7.23"
          expect every pods[app=mysql, statefulset.kubernetes.io/pod-name!=mysql-2] has .spec.containers[0].image == "mysql:5.7.22"

          delete pod mysql-0
          settle
          expect pod/mysql-0 .spec.containers[0].image == "mysql:5.7.22"
        }

        scenario "a rollout never drops below three" tags slow, rollout-2 skip "not yet" for surge, x in [[1, 0], [25%, "a"]] {
          always deployment/web .status.availableReplicas >= 3 {
            set image deployment/web web=nginx:1.25
            rollout status deployment/web
          }
        }
        """#

    static let statements: [String] = [
        "let x = 3",
        "let a, b = [1, 2]",
        "x = 3", "x += 1; y -= 2", "x.y = 3", "x[0] = 1", "x[i] = 2", "x[i].y[name=a] = 2",
        "if x == 3 { print 1 } else if y { print 2 } else { print 3 }",
        "for x in 1..5 { print x }", "for k, v in {a: 1} { break; continue }",
        "while true { }", "fn f() { return }", "fn f(a, b = 2) { return a + b }",
        "fn f(a) => a * 2", "let f = fn(x) => x + 1", "fn() { }",
        "include \"lib.dock\"", "file \"x\" = yaml(x)",
        "file \"x\" <<$EOF\na: ${x + 1}\n  b: \\${y}\n  EOF\n",
        "setup { apply -f x }", "teardown { expect x == 1 }", "finally { get pods }",
        "param image = \"nginx\"",
        "attach \"pods\" pods[app=web]", "attach 'a' {b: 1}",
        "expect soft x == 3, \"message\"", "expect soft within 30s: x .y == 3",
        "expect soft output { get pods } contains \"web\"",
        "skip", "skip \"reason\"",
        "exercise \"a\" { }", "exercise \"a\" { title \"t\" zh 'u'; level 2; time 10 }",
        "exercise \"a\" {\n  title \"t\"\n    zh \"u\"\n  story <<EOF\nx ${y}\nEOF\n  story zh <<EOF\nz\nEOF\n}",
        "exercise \"a\" { topics a-b, scenario; needs \"x\", 'y'; vary n in [1, \"b\"] }",
        "exercise \"a\" { setup { settle }; forbid \"delete pod\" \"no\" zh \"u\"; allow \"x\" \"y\" 'z' }",
        "exercise \"a\" { goal \"g\" { expect x == 1 }; goal once kept \"h\" zh \"u\" { } }",
        "exercise \"a\" { always \"t\" zh \"u\": pod/a exists; never \"t\":\n pod/a absent }",
        "exercise \"a\" { after \"t\" { settle }; solution { }; solution \"s\" { get pods } }",
        "exercise \"a\" { hint \"t\"\n zh \"u\"; hint when pod/a .x == \"b\" \"t\"; hint when a == b\n\"t\" }",
        "exercise \"a\" { pitfall \"p\" when count(pods[a=b]) > 1 \"t\" zh \"u\"\n pt_BR \"v\" }",
        "exercise \"a\" { wrong { } expects forbidden; wrong \"w\" { x y } expects goal \"g\" }",
        "expect x == 3, \"message\"", "expect within 30s: x .y == 3",
        "expect within limit: pod/web exists", "expect within 1h30m:\n pod/a absent",
        "expect fails \"not found\" { delete pod x }", "expect fails { delete pod x }",
        "expect output { get pods } contains \"web\"",
        "expect output { get pods } not matches \"^a\"",
        "expect output { get pods } == <<EOF\nNAME\nEOF\n",
        "expect unchanged pods[app=web] { settle }", "expect unchanged (x) { settle }",
        "expect order pod/a exists then pod/b exists then x == 3 { settle }",
        "expect order (not x) then\n y { settle }", "expect order == 3", "expect order exists",
        "expect order.x", "expect unchanged",
        "always count(pods[app=web]) >= 3 { settle }", "never pod/web absent { settle }",
        "at 10s { delete pod x }", "every 10s { delete pod x }",
        "every pods[] has .status.phase == \"Running\"",
        "every pods[] where .a has .b", "any x has .y", "none x has any .z has it == 3",
        "behavior nginx:1.25 { startDelay: 2s, exitCode: 1 }",
        "behavior ${image} --container web {\n  ready: false\n  probes: {liveness: \"fail\"}\n}",
        "print", "print 1, \"a ${x + \"b\"}\"",
        "pods[app=web] where .spec.nodeName == \"a\" and .x sort by .metadata.name desc",
        "(pods[] where .x)[0]", "count(pods@*[]) == 0",
        "pods@kube-system[a in (b, \"c\"), !d, e notin (f), g=, h==i, j!=k]",
        "deployments.apps/web .spec", "deployments.apps[app=web].spec",
        "pod/web-${i}@ns-${j} .spec",
        "${kind}/${name}", "${kind}[]", "po${x}/y", "pods[${sel}, ${k}=v]",
        "x.status.conditions[type=Available].status", "x[0][-1][*][\"a/b\"]",
        "expect a / b - c * -d % 3", "expect 25% == x", "expect x % 3", "3%2", "1..n",
        "expect not a and b or c", "expect x not in [1, 2]", "expect x in y",
        "expect x contains \"a\"", "\"a\" =~ \"b\"",
        "deployment/web matches {spec: {replicas: 3, containers: [..., {name: \"x\"}], l: […]}}",
        "expect x matches {a: 1} and y", "always x matches {a: 1} { settle }",
        "let x = if a then b else c", "[1, 2.5, 1e3, \"a\", 'b', null, true, 5m, 500m, 2Gi, 10%]",
        "{a: 1, \"b c\": 2, if: 3,}", "let text = output { get pods }", "f(1, 2,)(3)[0].x",
        "(1 +\n 2)", "1 +\n 2", "[\n 1,\n 2\n]", "let x = <<EOF\ntext\nEOF",
        "map(pods[], fn(p) => p.metadata.name)", "sum(map(pods[], .spec.x))",
        "\"\\n\\t\\\"\\u{e9}\\$\"", "it.x", "expect x .y .z",
        "get pods -o wide", "kubectl get pods", "$ kubectl get pods", "$ get pods",
        "get pods -w { delete pod x }", "settle", "advance 30s; settle",
        "patch deploy web -p {\"spec\": {\"replicas\": ${n}, \"x\": \"a${b}\"}}",
        "get pods -o jsonpath={.items[0].metadata.name}", "get pods -l a=b,c!=d",
        "cat <<EOF | kubectl apply -f -\na: ${x}\nEOF\n",
        "kubectl apply -f - <<'EOF'\na: $x ${y}\nEOF",
        "get pods | grep web > out.txt 2>&1", "get pods && settle || print", "sleep 5 &",
        "echo a'b'\"c${d}\"e${f}{}", "get pods \\\n  -o wide",
        "echo $(get pods -o name | head -1) x",
        "echo \\{ \\; a\\ b # comment", "label pod web a=b c-", "api-resources",
        "apply -f a.yaml # comment",
        "\u{FEFF}settle", "expect de${x}-a.b/c exists", "count(pods[k${x}=v, it])", "expect xs[it]",
        "echo \"a\\\"b\"", "cat <<-EOF\n\ta\n\tEOF\n", "expect 25% and 3%(x)",
        "get pods { settle }",
        "patch x { }", "patch x -p { \"a\": 1 }", "behavior a {\n}",
        "cat <<A <<'B'\na\nA\nb\nB\nsettle", "get pods < in.txt >> out 3<&2",
    ]

    /// Longer expressions, where most changes break something.
    static let expressions: [String] = [
        "expect every pods[app=web] has .status.phase == \"Running\" and .spec.nodeName != null",
        "expect count(pods[app=web, tier in (a, b)] where .metadata.name =~ \"^web-[0-9]+$\") >= 3",
        "expect within 2m: statefulset/mysql .status.readyReplicas == 3, \"three are ready\"",
        "expect deployment/web matches {spec: {replicas: 3, template: {spec: {containers: [{name: \"a\"}]}}}}",
        "let names = map(pods@kube-system[!skip] sort by .metadata.name desc, fn(p) => p.metadata.name)",
        "let total = sum(map(items, fn(i) { return i.price * (1 + i.tax / 100) }))",
        "if (a or not b) and c in [1, 2..5] { x.y[0][name=z].w += -3 % 2 } else if d { return }",
        "fn ready(name, wanted = 3) { return deployment/${name} .status.readyReplicas == wanted }",
        "for i, pod in enumerate(pods[]) { if pod.spec.nodeName == \"node-${i + 1}\" { break } }",
        "expect x[i].conditions[type=Ready].status == (if up then \"True\" else \"False\")",
        "print \"${count(pods[])} of ${deployment/web .spec.replicas}\", f(a)(b), {a: [1, {b: 2}]}.a[1]",
        "always none pods[] has .status.containerStatuses[*].restartCount > 0 { settle }",
        "expect output { get pods -o name } not contains \"web-${n}\"",
        "scenario \"s ${x}\" tags a, b skip \"r\" for x, y in [[1, 2], [25%, 3]] { }",
        "let a, b = if x exists then [x.y[\"k/v\"], 2Gi] else [null, 1h30m]",
    ]

    /// What shells have beyond commands and pipes.
    static let shellForms: [String] = [
        "for i in 1 2 3; do echo $i; done", "for f in *.yaml {a,b}.yml; do\n  apply -f $f\ndone",
        "for x; do echo a; done", "for i in $(seq 1 5)\ndo\n  delete pod web-$i\n  settle\ndone",
        "for file in a; do apply -f ${file} $file; done | sort > out",
        "for n in a; do expect pod/web-${n} exists; done",
        "while true; do get pods; sleep 1; done", "until [ -f x ]; do advance 1s; break; done",
        "while read name rest; do echo \"$name\"; done < list",
        "while get pods \\\n -o wide && sleep 1\ndo\n  print 1\ndone",
        "while get pods -o jsonpath={.items} | grep -q \"a\\\" b\" 'c;d' [x] (y z); do settle; done",
        "while a; b; do settle; done", "while a [{x}]; do b; done", "if a; b; then settle; fi",
        "if get pod web; then echo yes; elif test -f y; then settle; else echo no; fi",
        "if [ $x = 1 ]\nthen\n  let y = 2\n  if y == 2 { print 1 } else { settle }\nfi",
        "case $x in (a|b*) echo 1 ;; \"c d\") print 2;;\n *) settle\nesac",
        "case web in\n\n[a-z]?) ;; x) let y = 1 ;;\nesac",
        "{ echo a; echo b; } > out.txt", "{\n  get pods\n  settle\n} | sort",
        "(cd d; pwd)", "(get pods && settle) 2>&1", "( x=1; echo $x )", "(! a)",
        "(for x in a; do b; done)",
        "(if a; then b; fi)", "a | (b; (c)) | { d; }",
        "a && for i in 1; do b; done || if c; then d; fi",
        "[ -f x ] && echo yes", "[ ! -e x ] || settle", "[ $x -lt 3 ] && break",
        "[ \"$x\" = y ] && a",
        "[ web-1.a/b = 'x' ] && a", "[[ $x == web-* ]] && a", "true && echo a || false",
        "! grep x y",
        "true | cat", ": x", "$k get pods", "false & ", "true; false",
        "x=1", "x=", "file=web.yaml; apply -f $file", "x=$(get pods -o name | wc -l)",
        "x=\"a $y\"'b'${z}{\"c\": 1}", "n=$((n + 1)) m=2",
        "KUBE_EDITOR=\"sed -i s/a/b/\" kubectl edit d/x",
        "$ x=1 kubectl get $x", "export x=1", "x=1 >y", "a && x=1 b",
        "echo ${x:-a b} ${x:=${y}} ${x:+'c'} ${#x} ${x#*/} ${x##a\"b\"} ${x%.yaml} ${x%%\\}} ${x/a/b}",
        "echo ${x//a/} ${x:-$(b)} ${x:-$y} ${x%-*} ${x % 3} ${x%3} ${kind/name}",
        "echo $x $1 $? $# $@ $* $$ $! $- a$ $_a",
        "echo \"$x ${y:-z} $(a | b) $((1 + (2 * $x))) `c`\"",
        "echo $((1+2)) $(( (x) )) a$((${n} * 2))b", "echo `get pods -o name | head -1` x`a`y",
        "echo $(a; b && c) $( (a) ) $() \"$(for i in 1; do a; done)\"",
        "diff <(a) <(b | c) -f=<(d)",
        "echo $'a\\tb\\'c\\q'", "touch v{1..3}.{yaml,json} a{,-b} {c,d{1,2}} {1..1}",
        "patch x -p {\"$patch\": \"$x\", \"a\": $n}", "label pod web-* a=b x[12]? \\*\\[",
        "cat <<< word", "a &> out &>> log", "a |& b 2> c", "a << EOF\nx $y $(z) ${w}\nEOF\n",
        "cat <<EOF\n`a` \\` $((1+1)) ${x:-1}\nEOF\n", "cat <<$EOF\n$(a) `\nEOF\n",
        "cat <<-'EOF' | b $'\\n'\n$(a\nEOF\n",
        "echo \"$(cat <<EOF\na\nEOF\n)\"",
    ]

    /// Texts of the shell dialect.
    static let shellTexts: [String] = [
        "kubectl get pods -o jsonpath='{.items[0]}' | head -1", "", "# comment", "a; b\nc",
        "kubectl get pods -o jsonpath={.items[*].metadata.name} {} { }", "echo }", "echo a}b {a b}",
        "if let; then expect; fi", "for let in if expect; do print ${let}; done",
        "case at in at) let;; esac",
        "echo ${x} ${x-a} ${x=b} ${x+c} ${?} ${10} ${#} ${x:-{}} ${x/ /_} ${x//[0-9]/\"$y\"}",
        "x==1 y=~z; x= a", "[[ ( a == b* && ! -e c ) || $x < d ]] && e",
        "'a b' \"c\" $x ${x} $(a) `b` {a,b}", "> out", "2>&1 >x <y",
        "(a); { a; }; ! a | b", "a|b&&c||d", "a <(b) < c", "cat <<EOF\n$x ${y:-z} $(a)\nEOF\nb",
        "n=$(kubectl get pods -l a=b -o jsonpath='{.items[0].metadata.name}'); kubectl delete pod $n",
        "i=0; while [ $i -lt 3 ]; do i=$((i+1)); [ $i = 2 ] && continue; echo $i; done",
        "case web-1 in db*) echo db;; web-?|x) echo web;; *) echo no;; esac",
        "for i in 1 2 3; do if [ $i = 2 ]; then continue; else :; fi; done 2>/dev/null",
        "until false; do { echo a; }; break; done | sed s/node-3/zone-b/\\;s/a/b/",
        "kubectl patch cm two -p \"{\\\"metadata\\\":{\\\"uid\\\":\\\"$(kubectl get cm boss -o jsonpath='{.metadata.uid}')\\\"}}\"",
        "kubectl set image deploy/web *=nginx:1.16 a#b \\a\\ b", "echo $'a' a$",
    ]

    static let all = [canary] + statements + expressions + shellForms
}
