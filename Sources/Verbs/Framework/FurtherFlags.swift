/// The flags of kubectl that no verb here reads: they parse as they do there, and each says why it has
/// no effect, or is refused with the reason. So no flag is parsed and forgotten.
///
/// Source of names, letters and kinds: `kubectl COMMAND --help` of 1.36.
enum FurtherFlags {
    /// The flags of the verb that `path` leads to, without those it has itself.
    static func flags(of path: [String], besides own: [Flag]) -> [Flag] {
        let known = Set(own.map(\.name))
        return (table[path.joined(separator: " ")] ?? []).filter { !known.contains($0.name) }
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
        let parts = (letter == nil ? text[...] : text.dropFirst(2)).split(separator: "/")
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
        "show-managed-fields": "owners of fields are not tracked, so there is nothing to show",
        "field-manager": "owners of fields are not tracked",
        "show-swap": "simulated machines have no swap",
        "openapi-patch": "patches are always made by the facts of the fields",
        "show-secrets": "the data of secrets is shown as it is",
        "merge": "there is one configuration, so nothing is merged",
        "insecure-skip-tls-verify-backend": "there are no connections to verify",
        "pod-running-timeout": "there is no process to wait for",
        "leave-stdin-open": "there is no process to read its input",
        "detach-keys": "there is no process to detach from",
        "cascade": "only --rm deletes, and nothing can be attached to",
        "force": "only --rm deletes, and nothing can be attached to",
        "grace-period": "only --rm deletes, and nothing can be attached to",
        "timeout": "only --rm deletes, and nothing can be attached to",
        "wait": "only --rm deletes, and nothing can be attached to",
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

    private static let text = """
        expose:override-type/s=merge overrides/s
        run:cascade/s=background detach-keys/s f,filename/l force/b grace-period/i=-1 \
        k,kustomize/s leave-stdin-open/b pod-running-timeout/d=1m0s R,recursive/b timeout/d=0s wait/b
        top node:show-swap/b
        top pod:show-swap/b
        logs:insecure-skip-tls-verify-backend/b
        attach:c,container/s detach-keys/s pod-running-timeout/d=1m0s q,quiet/b i,stdin/b t,tty/b
        exec:c,container/s f,filename/l pod-running-timeout/d=1m0s q,quiet/b i,stdin/b t,tty/b
        port-forward:address/l pod-running-timeout/d=1m0s
        proxy:accept-hosts/s accept-paths/s address/s api-prefix/s append-server-path/b \
        disable-filter/b keepalive/d p,port/i=8001 reject-methods/s reject-paths/s u,unix-socket/s \
        w,www/s P,www-prefix/s=/static/
        cp:c,container/s no-preserve/b retries/i=0
        auth reconcile:allow-missing-template-keys/b dry-run/s=none f,filename/l k,kustomize/s \
        o,output/s R,recursive/b remove-extra-permissions/b remove-extra-subjects/b \
        show-managed-fields/b template/s
        auth whoami:allow-missing-template-keys/b o,output/s show-managed-fields/b template/s
        debug:arguments-only/b attach/b c,container/s copy-to/s custom/s env/p f,filename/l image/s \
        image-pull-policy/s keep-annotations/b keep-init-containers/b=true keep-labels/b \
        keep-liveness/b keep-readiness/b keep-startup/b profile/s=general q,quiet/b replace/b \
        same-node/b set-image/p share-processes/b=true i,stdin/b target/s t,tty/b
        diff:prune/b prune-allowlist/l show-secrets/b
        apply:openapi-patch/b=true
        kustomize:as-current-user/b enable-alpha-plugins/b enable-helm/b e,env/l \
        helm-api-versions/l helm-command/s=helm helm-debug/b helm-kube-version/s \
        load-restrictor/s mount/l network/b network-name/s o,output/s
        api-resources:show-managed-fields/b
        config set:set-raw-bytes/b
        config set-cluster:certificate-authority/s embed-certs/b insecure-skip-tls-verify/b \
        proxy-url/s server/s tls-server-name/s
        config set-credentials:auth-provider/s auth-provider-arg/p client-certificate/s \
        client-key/s embed-certs/b exec-api-version/s exec-arg/l exec-command/s exec-env/l \
        exec-interactive-mode/s exec-provide-cluster-info/b password/s token/s username/s
        config view:merge/b
        plugin list:name-only/b
        """
}
