extension VerbCall {
    /// Throws where the flags of `apply` do not go together. Source: kubectl's ApplyOptions.Validate.
    func checkApplyFlags(_ dryRun: DryRun) throws(VerbError) {
        let isOnServer = flags.bool("server-side")
        if flags.bool("force-conflicts"), !isOnServer {
            throw .message("--force-conflicts only works with --server-side")
        }
        if dryRun == .client, isOnServer {
            throw .message(
                "--dry-run=client doesn't work with --server-side (did you mean --dry-run=server "
                    + "instead?)")
        }
        if isOnServer, flags.bool("force") {
            throw .message("--force cannot be used with --server-side")
        }
        if dryRun == .server, flags.bool("force") {
            throw .message("--dry-run=server cannot be used with --force")
        }
        if flags.bool("all"), !flags.string("selector").isEmpty {
            throw .message("cannot set --all and --selector at the same time")
        }
        if flags.has("applyset"), !flags.bool("prune") {
            throw .message("--applyset requires --prune")
        }
        if flags.bool("prune") { try checkPruneFlags(isOnServer) }
        if !flags.string("subresource").isEmpty, !isOnServer {
            throw .message("--subresource can only be specified for --server-side")
        }
    }

    private func checkPruneFlags(_ isOnServer: Bool) throws(VerbError) {
        if flags.bool("force") { throw .message("--force cannot be used with --prune") }
        if flags.has("applyset") {
            if flags.bool("all") { throw .message("--all is incompatible with --applyset") }
            if !flags.string("selector").isEmpty {
                throw .message("--selector is incompatible with --applyset")
            }
            if !flags.list("prune-allowlist").isEmpty {
                throw .message("--prune-allowlist is incompatible with --applyset")
            }
            return
        }
        guard flags.has("selector") || flags.bool("all") else {
            throw .message(
                "all resources selected for prune without explicitly passing --all. To prune all "
                    + "resources, pass the --all flag. If you did not mean to prune all resources, "
                    + "specify a label selector")
        }
        if isOnServer {
            throw .message(
                "--prune is in alpha and doesn't currently work on objects created by server-side "
                    + "apply")
        }
    }
}
