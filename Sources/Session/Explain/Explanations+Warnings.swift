// DD25nn and DD40nn: what `drydock check` finds beyond what must not run.

extension Explanation {
    static let warnings: [Explanation] = [
        Explanation(
            "DD2090", "`$name` where `${name}` may be meant",
            "Texts and words take `${…}` alone; `$name` is a shell's way and stays as it is.",
            wrong: "let name = \"web\"\nprint \"$name\", name",
            right: "let name = \"web\"\nprint \"${name}\""),
        Explanation(
            "DD3800", "an `expect fails` for a slip",
            "The block failed, but for a reason of the script's own, which no cluster could change. Name what the "
                + "failure should say.",
            without: "It is told of a scenario when it ends."),
        Explanation(
            "DD3801", "an `always` that was over too early",
            "A command inside gave up at its own time limit and the script went on, so what came later was not looked "
                + "at.",
            without: "It is told of a scenario when it ends."),
        Explanation(
            "DD3802", "a scenario without an expectation",
            "It passes whatever the cluster does. Expect something, or use a command that judges, such as "
                + "`rollout status`.",
            without: "It is told of a scenario when it ends, by `drydock test`."),
        Explanation(
            "DD2501", "a variable that nothing reads",
            "It is given a value that is used nowhere: often a slip in the name further down. A name that "
                + "begins with `_` says that this is meant.",
            wrong: "let replicas = 3\ncreate deployment web --image=nginx",
            right: "let replicas = 3\ncreate deployment web --image=nginx --replicas=${replicas}"),
        Explanation(
            "DD2502", "a function that nothing calls",
            "Checks in a function that is never called check nothing.",
            wrong: "fn checkNodes() {\n  expect count(nodes[]) == 0\n}\nsettle",
            right: "fn checkNodes() {\n  expect count(nodes[]) == 0\n}\ncheckNodes()"),
        Explanation(
            "DD2503", "a parameter that nothing reads",
            "The function, or the table of the scenario, takes something that has no effect.",
            wrong: "fn release(name, tag) {\n  set image deployment/${name} *=nginx\n}\n"
                + "create deployment web --image=nginx\nrelease(\"web\", \"1.27\")",
            right: "fn release(name, tag) {\n  set image deployment/${name} *=nginx:${tag}\n}\n"
                + "create deployment web --image=nginx\nrelease(\"web\", \"1.27\")"),
        Explanation(
            "DD2504", "a statement that is never reached",
            "`return`, `break`, `continue`, `skip` and `fail(…)` end what they stand in, so that nothing behind "
                + "them in the block happens.",
            wrong: "for n in 1..3 {\n  break\n  print n\n}",
            right: "for n in 1..3 {\n  print n\n  break\n}"),
        Explanation(
            "DD2510", "an expectation that can never fail",
            "Whatever the cluster does, it holds: a test that tests nothing.",
            wrong: "expect count(pods[app=web]) >= 0", right: "expect count(pods[app=web]) == 0"),
        Explanation(
            "DD2511", "an expectation that can never hold",
            "Whatever the cluster does, it fails. `expect false` or `fail(\"why\")` says so on purpose.",
            wrong: "if count(nodes[]) > 3 {\n  expect count(pods[app=web]) < 0\n}",
            right: "if count(nodes[]) > 3 {\n  expect count(pods[app=web]) == 0\n}"),
        Explanation(
            "DD2512", "`within 0s`",
            "`expect within` lets time pass until the condition holds; without any time it is a plain `expect`.",
            wrong: "expect within 0s: count(pods[]) == 0", right: "expect count(pods[]) == 0"),
        Explanation(
            "DD4001", "a manifest that is no YAML",
            "The embedded text has `apiVersion` and `kind`, and cannot be read. kubectl refuses it as well.",
            wrong: "file \"pod.yaml\" <<EOF\napiVersion: v1\nkind: Pod\nmetadata: {name: web\nEOF",
            right: "file \"pod.yaml\" <<EOF\napiVersion: v1\nkind: Pod\nmetadata: {name: web}\nEOF"),
        Explanation(
            "DD4002", "a key that stands twice",
            "kubectl takes the last of two equal keys of a map, so that the first has no effect.",
            wrong:
                "file \"pod.yaml\" <<EOF\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  name: api\nEOF",
            right: "file \"pod.yaml\" <<EOF\napiVersion: v1\nkind: Pod\nmetadata:\n  name: api\nEOF"
        ),
        Explanation(
            "DD4003", "a manifest with an unknown field",
            "The kind has no such field. kubectl's strict validation refuses the manifest; without it the field "
                + "is dropped silently.",
            wrong:
                "file \"web.yaml\" <<EOF\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n"
                + "spec: {replica: 3}\nEOF",
            right:
                "file \"web.yaml\" <<EOF\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n"
                + "spec: {replicas: 3}\nEOF"),
        Explanation(
            "DD4004", "a manifest with a value of a wrong type",
            "The API server cannot read the object at all.",
            wrong:
                "file \"web.yaml\" <<EOF\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n"
                + "spec: {replicas: many}\nEOF",
            right:
                "file \"web.yaml\" <<EOF\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n"
                + "spec: {replicas: 3}\nEOF"),
        Explanation(
            "DD4005", "a manifest of an unknown kind",
            "No kind of this name is served in this group and version. Kinds of other groups may be custom "
                + "resources and are left alone.",
            wrong: "file \"web.yaml\" <<EOF\napiVersion: extensions/v1beta1\nkind: Deployment\n"
                + "metadata: {name: web}\nEOF",
            right:
                "file \"web.yaml\" <<EOF\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nEOF"
        ),
    ]
}
