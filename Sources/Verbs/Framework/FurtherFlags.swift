/// The flags of kubectl that no verb here reads: they parse as they do there, and each says why it has
/// no effect, or is refused with the reason. So no flag is parsed and forgotten.
///
/// Source of names, letters and kinds: `kubectl COMMAND --help` of 1.36.
enum FurtherFlags {
    /// All flags of the verb that `path` leads to, given those that it reads itself.
    static func complete(_ own: [Flag], of path: [String]) -> [Flag] {
        let known = Set(own.map(\.name))
        var flags =
            own + (table[path.joined(separator: " ")] ?? []).filter { !known.contains($0.name) }
        if let index = flags.firstIndex(where: { $0.name == "field-manager" }) {
            // `apply` and `diff` name themselves after what they do on the client.
            flags[index].standard =
                ["apply", "diff"].contains(path[0])
                ? "kubectl-client-side-apply" : "kubectl-\(path[0])"
        }
        return flags
    }

    private static let table: [String: [Flag]] = {
        var table: [String: [Flag]] = [:]
        for line in text.split(separator: "\n") {
            let halves = line.split(separator: ":", maxSplits: 1).map(String.init)
            let path = halves[0]
            table[path] = halves[1].split(separator: " ").map { flag(String($0), of: path) }
        }
        return table
    }()

    /// `c,container/s=x`: a letter, the name, the kind by its first letter, the standard.
    private static func flag(_ text: String, of path: String) -> Flag {
        let letter = text.dropFirst().first == "," ? text.first : nil
        let parts = (letter == nil ? text[...] : text.dropFirst(2)).split(
            separator: "/", maxSplits: 1)
        let name = String(parts[0])
        let rest = parts[1].split(separator: "=", maxSplits: 1).map(String.init)
        let kind: Flag.Kind =
            switch rest[0] {
            case "b": .bool
            case "i": .int
            case "d": .duration
            case "l", "p": .strings
            default: .string
            }
        let fate = fate(of: name, path)
        var flag = Flag(name, letter, kind, fate.summary, standard: rest.count > 1 ? rest[1] : "")
        flag.isPairs = rest[0] == "p"
        flag.fate = fate
        return flag
    }

    private static func fate(of name: String, _ path: String) -> Flag.Fate {
        if let reason = refused["\(path) \(name)"] ?? refused[name] { return .refused(reason) }
        if path.hasPrefix("kuberc") { return .none("there are no preferences") }
        if let reason = idle[name] { return .none(reason) }
        return .none("simulated containers and networks have nothing that it could change")
    }

    /// Why a flag is not carried out: of every command, or of the one named before it.
    private static let refused: [String: String] = [
        "expose overrides":
            "write the service with `expose --dry-run=client -o yaml > FILE`, then change it",
        "expose override-type":
            "write the service with `expose --dry-run=client -o yaml > FILE`, then change it",
        "diff prune": "`apply --prune --dry-run=server` tells what would go",
        "diff prune-allowlist": "`apply --prune --dry-run=server` tells what would go",
        "kustomize output": "a script writes files with redirections: `kustomize DIR > FILE`",
        "output-directory": "a script writes files with redirections: `cluster-info dump > FILE`",
        "enable-helm": "the simulator starts no programs, and a chart is rendered by helm",
        "enable-alpha-plugins": "the simulator starts no programs, and plugins are programs",
    ]

    /// Why a flag has no effect.
    private static let idle: [String: String] = [
        "show-managed-fields": "what is shown is no object of the cluster, and has no owners",
        "show-swap": "simulated machines have no swap",
        "openapi-patch": "patches are always made by the facts of the fields",
        "show-secrets": "the data of secrets is shown as it is",
        "merge": "there is one configuration, so nothing is merged",
        "insecure-skip-tls-verify-backend": "there are no connections to verify",
        "pod-running-timeout": "there is no process to wait for",
        "detach-keys": "Ctrl-D or `exit` ends a shell; nothing is detached from",
        "cascade": "only --rm deletes, and a pod owns nothing",
        "wait": "kubectl waits for --rm by itself",
        "as-current-user": "kustomizations run no functions",
        "mount": "kustomizations run no functions",
        "env": "no program is started that would see it",
        "network": "kustomizations run no functions",
        "network-name": "kustomizations run no functions",
        "helm-api-versions": "charts are not rendered", "helm-command": "charts are not rendered",
        "helm-debug": "charts are not rendered", "helm-kube-version": "charts are not rendered",
        "load-restrictor": "files are read below the script's folder only",
        "name-only": "there are no plugins to name",
        "allow-missing-template-keys": "without a template there are no keys",
    ]

    private static let text = #"""
        expose:override-type/s=merge overrides/s
        run:cascade/s=background detach-keys/s=ctrl-p,ctrl-q f,filename/l k,kustomize/s R,recursive/b \#
        wait/b
        top node:show-swap/b
        top pod:show-swap/b
        logs:insecure-skip-tls-verify-backend/b
        port-forward:address/l=[localhost] pod-running-timeout/d=1m0s
        proxy:accept-hosts/s=^localhost$,^127\.0\.0\.1$,^\[::1\]$ accept-paths/s=^.* \#
        address/s=127.0.0.1 api-prefix/s=/ append-server-path/b disable-filter/b keepalive/d=0s \#
        p,port/i=8001 reject-methods/s=^$ \#
        reject-paths/s=^/api/.*/pods/.*/exec,^/api/.*/pods/.*/attach u,unix-socket/s w,www/s \#
        P,www-prefix/s=/static/
        diff:prune/b prune-allowlist/l show-secrets/b
        apply:openapi-patch/b=true
        kustomize:as-current-user/b enable-alpha-plugins/b enable-helm/b e,env/l \#
        helm-api-versions/l helm-command/s=helm helm-debug/b helm-kube-version/s \#
        load-restrictor/s=LoadRestrictionsRootOnly mount/l network/b network-name/s=bridge o,output/s
        api-resources:show-managed-fields/b
        kuberc set:allowlist-entry/l appendarg/l command/s kuberc/s name/s option/l overwrite/b \#
        policy/s prependarg/l section/s
        kuberc view:allow-missing-template-keys/b=true kuberc/s o,output/s=yaml \#
        show-managed-fields/b template/s
        config view:merge/b=true
        plugin list:name-only/b
        """#
}
